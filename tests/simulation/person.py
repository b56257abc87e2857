"""Somebody with a device: each command is a process of its own, which may be killed."""

from __future__ import annotations

from contextlib import contextmanager
from typing import TYPE_CHECKING, Any, TypeVar

from terminal_kit.device_keys import DeviceKeys
from terminal_kit.device_state import DeviceState
from terminal_kit.profiles import Profile
from terminal_kit.session import Standing
from tests.simulation.actors import Actor, Killed
from tests.simulation.core import URL
from wallet_api.client.sync import Client
from wallet_api.contract.error_base import WalletError
from wallet_api.contract.ids import new_id
from wallet_api.contract.signatures import encode_bytes
from wallet_api.contract.wire import (
    DeviceKeys as PublicKeys,
)

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path
    from random import Random

    from tests.simulation.world import World

T = TypeVar("T")

CURRENCY = "CNY"
#: A program takes about so many steps; it is killed at one of them.
STEPS = 30


def is_answer(answer: object) -> bool:
    """Say whether a command brought an outcome, good or bad, and was not killed or left unsure."""
    return answer is not None and (not isinstance(answer, WalletError) or answer.decides)


class _SteppingState(DeviceState):
    """The real state on disk; each change is a step."""

    def __init__(self, folder: Path, key: bytes, clock: Callable[[], int], actor: Actor) -> None:
        super().__init__(folder, key, clock)
        self._actor = actor

    @contextmanager
    def change(self) -> Iterator[Any]:
        """Take a step before and after."""
        self._actor.step()
        with super().change() as remembered:
            yield remembered
            self._actor.step()
        self._actor.step()


class Person(Actor):
    """Somebody with a device that is enrolled."""

    name = ""

    def __init__(self, world: World, folder: Path) -> None:
        super().__init__()
        self.world = world
        self.random: Random = world.random
        self.id, self.device = new_id(), new_id()
        self._folder = folder
        self._keys = DeviceKeys(world.random.randbytes(32))
        self._transport = world.network.transport(self, self.name)

    @property
    def public(self) -> PublicKeys:
        """What the device enrols with."""
        return PublicKeys(
            id=self.device,
            signing_key=encode_bytes(self._keys.signing.public_key().public_bytes_raw()),
            code_key=encode_bytes(self._keys.code.public_key().public_bytes_raw()),
        )

    def client(self) -> Client:
        """Connect to the service."""
        return Client(
            URL,
            self.device,
            self._keys.signing,
            clock=self.world.clock.milliseconds,
            sleep=self.sleep,
            transport=self._transport,
        )

    def sleep(self, seconds: float) -> None:
        """Let time pass for everybody."""
        self.hold(self.world.sleep(seconds))

    def state(self) -> DeviceState:
        """Read what the device remembers."""
        return DeviceState(self._folder, self._keys.state, self.world.clock.milliseconds)

    def run(
        self,
        command: Callable[[Standing], T],
        hear: Callable[[T], None] | None = None,
        *,
        may_die: bool = True,
        dies_at: int = 0,
    ) -> T | WalletError | None:
        """Run a command as a process; give its answer or refusal, None when it died before that.

        ``hear`` is the moment in which it writes its output.
        """
        heard = False
        if not dies_at and may_die and self.random.random() < self.world.mortality:
            dies_at = self.random.randrange(1, STEPS)
        self.start_program(dies_at or None)
        state = _SteppingState(self._folder, self._keys.state, self.world.clock.milliseconds, self)
        service = self.world.core.keys
        profile = Profile(
            store="file",
            owner=self.id,
            device=self.device,
            currency=CURRENCY,
            url=URL,
            service_key=encode_bytes(service.signing_public),
            service_code_key=encode_bytes(service.code_public),
        )
        standing = Standing(
            profile,
            self._keys,
            state,
            self.client,
            clock=self.world.clock.milliseconds,
            sleep=self.sleep,
        )
        try:
            with standing:
                answer = command(standing)
            self.step()
            if hear is not None:
                hear(answer)
            heard = True
            self.step()
            state.forget_answered()
        except WalletError as error:
            self.world.trace(f"{self.name} hears: {error.code}")
            state.forget_answered()
            return error
        except Killed:
            self.world.trace(f"{self.name} is killed{' after its output' if heard else ''}")
            return answer if heard else None
        finally:
            state.close()
            self.start_program(None)
        return answer

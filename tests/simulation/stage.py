"""A shop on a virtual clock whose network does what a test says."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, TypeVar

from payment_codes.amount import Amount
from tests.simulation.core import Core
from tests.simulation.loop import VirtualClock, VirtualLoop
from tests.simulation.person import CURRENCY
from tests.simulation.world import World

if TYPE_CHECKING:
    from collections.abc import Callable, Coroutine
    from pathlib import Path

    from terminal_kit.session import Standing
    from tests.simulation.network import Script
    from tests.simulation.person import Person

T = TypeVar("T")

MONEY = 5_000_00


class Stage:
    """A wallet with 5,000.00 CNY and a till, in calm weather; ``sent`` is what they sent since.

    An entry of ``sent`` is the seconds since `play` began, the method, and the target.
    """

    def __init__(self, folder: Path) -> None:
        self.clock = VirtualClock()
        self._loop = VirtualLoop(self.clock)
        self.core = Core(folder / "books.db", self.clock)
        self.do(self.core.start())
        self.world = World(0, self.core, self.clock, folder)
        self.world.mortality = 0.0
        self.till, self.wallet = self.world.till, self.world.wallet
        self.do(self.world.open_shop())
        self.do(self.wallet.play(lambda: self.wallet.top_up(Amount(MONEY, CURRENCY))))
        self.sent: list[tuple[float, str, str]] = []
        self.follow(lambda _method, _target: None)

    def follow(self, script: Script) -> None:
        """Have the network do as a test says, from now on."""
        start = self.clock.seconds
        self.sent.clear()

        def noted(method: str, target: str) -> str | None:
            self.sent.append((round(self.clock.seconds - start, 1), method, target))
            return script(method, target)

        self.world.network.script = noted

    def do(self, work: Coroutine[Any, Any, T]) -> T:
        """Let something happen, as long as it takes."""
        return self._loop.run_until_complete(work)

    def run(self, person: Person, command: Callable[[Standing], T], dies_at: int = 0) -> T | None:
        """Run a command as a process, which dies at a step unless that is 0. Raises a refusal."""
        from wallet_api.contract.error_base import WalletError

        answer = self.do(person.play(lambda: person.run(command, dies_at=dies_at)))
        if isinstance(answer, WalletError):
            raise answer
        return answer

    def wait(self, seconds: float) -> None:
        """Let time pass."""
        self.do(self.world.sleep(seconds))

    def close(self) -> None:
        """End everything."""
        self.till.leave()
        self.wallet.leave()
        self.do(self.core.crash())
        self._loop.close()

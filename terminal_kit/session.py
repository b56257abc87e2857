"""A command's standing: which profile, which store, which service, and the client between them."""

from __future__ import annotations

import os
import time
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, TypeVar

from terminal_kit.asking import QUESTION_SECONDS
from terminal_kit.credentials.choose import open_store
from terminal_kit.credentials.passphrase import ask_on_terminal
from terminal_kit.device_keys import SECRET_NAME, DeviceKeys
from terminal_kit.device_state import DeviceState
from terminal_kit.diagnostics import say
from terminal_kit.language import _
from terminal_kit.local_service import ensure_running, serves_default_address
from terminal_kit.profiles import Profile, load_profile, profile_folder
from wallet_api.contract.instants import system_ms
from wallet_api.contract.rules import DEFAULT_URL

if TYPE_CHECKING:
    from collections.abc import Callable
    from types import TracebackType
    from typing import Self

    from terminal_kit.credentials.passphrase import Ask
    from wallet_api.client.blocking import BlockingCalls

T = TypeVar("T")

URL_VARIABLE = "WALLET_API_URL"
#: A business clock this far from what is remembered is written down again.
CLOCK_DRIFT_MS = 1_000


@dataclass(frozen=True, slots=True)
class Chosen:
    """What the options before the command chose: the program and its profile.

    ``resume`` finishes what an earlier command left without an outcome, and ``ask`` asks for a
    passphrase.
    """

    program: str
    profile: str
    resume: Callable[[Session], None] | None = field(default=None, compare=False, repr=False)
    ask: Ask = field(default=ask_on_terminal, compare=False, repr=False)


def _warn_if_insecure(url: str) -> None:
    """Say it loudly when somebody chose to talk without encryption."""
    from wallet_api.client.address import insecure_allowed, is_insecure

    if insecure_allowed() and is_insecure(url):
        say(
            _(
                "WARNING: WALLET_API_INSECURE=1, and {url} is neither https nor on this machine."
                " Whoever is in between can read your PIN and forge every answer."
            ).format(url=url)
        )


def service_url() -> str:
    """Give the service's URL: WALLET_API_URL, else one that runs here, else a started one.

    Raises ServiceNotStarted.
    """
    given = os.environ.get(URL_VARIABLE)
    if given:
        _warn_if_insecure(given)
        return given
    if serves_default_address():
        return DEFAULT_URL
    url, started = ensure_running()
    if started:
        said = _("Started the local service at {url}; `wallet-api stop` ends it.")
        say(said.format(url=url))
    return url


def say_repeat() -> None:
    """Say that this is not a new request."""
    say(_("An earlier command sent this and got no answer: asking what became of it, not again."))


class Standing:
    """A device with its keys and its state, and a client of the service that is opened when needed.

    ``clock`` gives this machine's wall time in milliseconds, ``sleep`` takes seconds.
    """

    def __init__(
        self,
        profile: Profile,
        keys: DeviceKeys,
        state: DeviceState,
        connect: Callable[[], BlockingCalls],
        *,
        clock: Callable[[], int] = system_ms,
        sleep: Callable[[float], None] = time.sleep,
    ) -> None:
        self.profile = profile
        self.keys = keys
        self.state = state
        self.clock = clock
        self.sleep = sleep
        self._connect = connect
        self._client: BlockingCalls | None = None

    @property
    def client(self) -> BlockingCalls:
        """The client of this device, opened at first use."""
        if self._client is None:
            self._client = self._connect()
        return self._client

    def send(self, path: str, body: object, answer: type[T], *, asked: object = None) -> T:
        """Change something exactly once, whatever is lost on the way.

        ``asked`` stands for the body where that holds a PIN, which is never written down.
        """

        def act(key: str) -> T:
            return self.client.send("POST", path, body=body, key=key, answer=answer).value

        return self.state.exactly_once(path, body if asked is None else asked, act, say_repeat)

    def send_once(self, path: str, body: object, answer: type[T], key: str) -> T:
        """Send a request a single time, for a caller that asks what became of it by itself.

        Raises OutcomeUnknown as soon as its answer is lost.
        """
        return self.client.send(
            "POST",
            path,
            body=body,
            key=key,
            answer=answer,
            read_timeout=QUESTION_SECONDS,
            insist=False,
        ).value

    def get(self, path: str, answer: type[T], **query: str | int | None) -> T:
        """Read something."""
        return self.client.get(path, answer=answer, query=query).value

    def business_ms(self) -> int:
        """Give the service's business time in milliseconds, as far as it is known offline."""
        return self.clock() + self.state.read().offset_ms

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        """Close the connections and remember what the service's clock said.

        A command that ends in an error has not told what it was answered, so that stays unfinished.
        """
        from typer import Exit

        if error is not None and not isinstance(error, Exit):
            self.state.keep_answered()
        self.close()

    def close(self) -> None:
        """Close the connections and remember what the service's clock said."""
        if self._client is None:
            return
        self._client.close()
        offset = self._client.business_offset_ms
        if abs(offset - self.state.read().offset_ms) > CLOCK_DRIFT_MS:
            with self.state.change() as remembered:
                remembered.offset_ms = offset


class Session(Standing):
    """The standing of an enrolled profile on this machine.

    ``ask`` asks for a passphrase in place of what was chosen.
    Raises NoProfile, StoreLocked, StoreUnavailable, SecretMissing, StateDamaged.
    """

    def __init__(self, chosen: Chosen, ask: Ask | None = None) -> None:
        folder = profile_folder(chosen.program, chosen.profile)
        profile = load_profile(chosen.program, chosen.profile)
        self.chosen = chosen
        self.store = open_store(
            profile.store,
            program=chosen.program,
            profile=chosen.profile,
            folder=folder,
            ask=ask or chosen.ask,
        )
        keys = DeviceKeys(self.store.read(SECRET_NAME))
        super().__init__(profile, keys, DeviceState(folder, keys.state), self.connect)

    def connect(self) -> BlockingCalls:
        """Give a client of the service, starting the local one when it is needed."""
        from wallet_api.client.sync import Client

        return Client(service_url(), self.profile.device, self.keys.signing)

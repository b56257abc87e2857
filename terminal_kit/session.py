"""A command's standing: which profile, which store, which service, and the client between them."""

from __future__ import annotations

import os
import time
from dataclasses import dataclass
from typing import TYPE_CHECKING, TypeVar

from terminal_kit.credentials.choose import open_store
from terminal_kit.device_keys import SECRET_NAME, DeviceKeys
from terminal_kit.device_state import DeviceState
from terminal_kit.diagnostics import say
from terminal_kit.local_service import ensure_running, serves_default_address
from terminal_kit.profiles import Profile, load_profile, profile_folder
from wallet_api.contract.rules import DEFAULT_URL

if TYPE_CHECKING:
    from types import TracebackType
    from typing import Self

    from wallet_api.client.sync import Client

T = TypeVar("T")

URL_VARIABLE = "WALLET_API_URL"
#: A business clock this far from what is remembered is written down again.
CLOCK_DRIFT_MS = 1_000


@dataclass(frozen=True, slots=True)
class Chosen:
    """What the options before the command chose: the program and its profile."""

    program: str
    profile: str


def service_url() -> str:
    """Give the service's URL: WALLET_API_URL, else one that runs here, else a started one.

    Raises ServiceNotStarted.
    """
    given = os.environ.get(URL_VARIABLE)
    if given:
        return given
    if serves_default_address():
        return DEFAULT_URL
    url, started = ensure_running()
    if started:
        say(f"Started the local service at {url}; `wallet-api stop` ends it.")
    return url


def _say_repeat() -> None:
    say("An earlier command sent this and got no answer: asking what became of it, not again.")


class Session:
    """An enrolled profile with its keys; the service is found and called only when needed.

    Raises NoProfile, StoreLocked, StoreUnavailable, SecretMissing, StateDamaged.
    """

    def __init__(self, chosen: Chosen) -> None:
        folder = profile_folder(chosen.program, chosen.profile)
        self.chosen = chosen
        self.profile: Profile = load_profile(chosen.program, chosen.profile)
        self.store = open_store(
            self.profile.store, program=chosen.program, profile=chosen.profile, folder=folder
        )
        self.keys = DeviceKeys(self.store.read(SECRET_NAME))
        self.state = DeviceState(folder, self.keys.state)
        self._client: Client | None = None

    @property
    def client(self) -> Client:
        """The client of this device, opened at first use."""
        if self._client is None:
            from wallet_api.client.sync import Client

            self._client = Client(service_url(), self.profile.device, self.keys.signing)
        return self._client

    def send(self, path: str, body: object, answer: type[T], *, asked: object = None) -> T:
        """Change something exactly once, whatever is lost on the way.

        ``asked`` stands for the body where that holds a PIN, which is never written down.
        """

        def act(key: str) -> T:
            return self.client.send("POST", path, body=body, key=key, answer=answer).value

        return self.state.exactly_once(path, body if asked is None else asked, act, _say_repeat)

    def get(self, path: str, answer: type[T], **query: str | int | None) -> T:
        """Read something."""
        return self.client.get(path, answer=answer, query=query).value

    def business_ms(self) -> int:
        """Give the service's business time in milliseconds, as far as it is known offline."""
        return time.time_ns() // 1_000_000 + self.state.read().offset_ms

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        """Close the connections and remember what the service's clock said."""
        if self._client is None:
            return
        self._client.close()
        offset = self._client.business_offset_ms
        if abs(offset - self.state.read().offset_ms) > CLOCK_DRIFT_MS:
            with self.state.change() as remembered:
                remembered.offset_ms = offset

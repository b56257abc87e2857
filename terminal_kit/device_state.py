"""What a device must remember between commands, sealed: requests sent, codes shown, the clock.

A request is written down, fsynced, before it is sent, and struck out once whoever asked has been
told its outcome. Until then asking for the very same thing uses the same key again, so a command
repeated after a crash or a lost answer never acts twice. Two commands that run at the same time
are two requests, even for the same thing. A PIN is never written.
"""

from __future__ import annotations

from contextlib import contextmanager
from typing import TYPE_CHECKING, TypeVar

import msgspec

from terminal_kit.claims import Claims
from terminal_kit.folders import exclusive_lock, private_folder
from terminal_kit.language import _
from terminal_kit.sealed import SealedFile
from wallet_api.contract.error_base import WalletError
from wallet_api.contract.errors import OutcomeUnknown, StoreUnavailable
from wallet_api.contract.ids import id_milliseconds, new_id
from wallet_api.contract.instants import system_ms
from wallet_api.contract.rules import ANSWER_LIFE

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

T = TypeVar("T")

FILE_NAME = "state.sealed"
LOCK_NAME = "state.lock"
CLAIMS_NAME = "sent"
LOCK_SECONDS = 10.0
MOST_SENT = 100


class SentRequest(msgspec.Struct, frozen=True, kw_only=True):
    """A request whose outcome nobody was told: its key, and what it asked without PIN.

    ``sent_at`` is when it was last begun to be sent, in milliseconds of wall time.
    """

    key: str
    path: str
    asked: str
    sent_at: int = 0


class Remembered(msgspec.Struct, kw_only=True):
    """The sealed value.

    ``counter`` is the next presentation of the payer's code, ``horizon`` the first that the
    service would not recognise, ``offset_ms`` the business clock minus this machine's, ``open``
    the charges that nobody was told the end of.
    """

    counter: int = 0
    horizon: int = 0
    offset_ms: int = 0
    sent: list[SentRequest] = []
    open: list[str] = []


class DeviceState:
    """The sealed state of one profile, changed under a lock so that two commands never mix.

    ``clock`` gives the wall time in milliseconds that new keys carry.
    """

    def __init__(self, folder: Path, key: bytes, clock: Callable[[], int] = system_ms) -> None:
        self._folder = folder
        self._clock = clock
        self._file = SealedFile(folder / FILE_NAME, key)
        self._claims = Claims(folder / CLAIMS_NAME)
        self._answered: set[str] = set()
        self._ended: set[str] = set()

    def read(self) -> Remembered:
        """Give what is remembered. Raises StateDamaged."""
        return self._file.load(Remembered) or Remembered()

    @contextmanager
    def change(self) -> Iterator[Remembered]:
        """Change what is remembered; written and fsynced at the end unless an error is raised."""
        lock = private_folder(self._folder) / LOCK_NAME
        try:
            with exclusive_lock(lock, LOCK_SECONDS):
                remembered = self.read()
                yield remembered
                self._file.save(remembered)
        except TimeoutError:
            raise StoreUnavailable(reason=_("Another command holds this profile.")) from None

    def exactly_once(
        self, path: str, asked: object, act: Callable[[str], T], repeats: Callable[[], None]
    ) -> T:
        """Run ``act`` with the key of this request: a new one, or that of a sent one.

        ``repeats`` is called before when it is the key of one that an earlier command sent.
        The key is kept when the outcome stays unknown, which that of an earlier command also does
        when this one does not reach the service. That of a refusal is struck out, because nothing
        happened; that of an answer by ``forget_answered``.
        """
        key, repeated = self._note(path, as_text(asked))
        if repeated:
            repeats()
        try:
            value = act(key)
        except OutcomeUnknown:
            raise
        except WalletError as error:
            if repeated and not error.decides:
                raise OutcomeUnknown(id=key) from error
            with self.change() as remembered:
                self._strike(remembered, {key})
            raise
        self._answered.add(key)
        return value

    def forget_answered(self) -> None:
        """Strike out what was answered; to be called when whoever asked has been told."""
        # What another thread is answered meanwhile stays for the next time.
        answered, ended = set(self._answered), set(self._ended)
        if answered or ended:
            with self.change() as remembered:
                self._strike(remembered, answered)
                remembered.open = [one for one in remembered.open if one not in ended]
            self._answered -= answered
            self._ended -= ended

    def keep_answered(self) -> None:
        """Leave what was answered to a later command, because nobody was told."""
        self._answered.clear()
        self._ended.clear()

    def watch(self, charge_id: str, *, is_open: bool) -> None:
        """Keep a charge in mind that is left open, until somebody was told its end."""
        known = self.read().open
        if charge_id in known and not is_open:
            self._ended.add(charge_id)
        if charge_id not in known and is_open:
            with self.change() as remembered:
                remembered.open.append(charge_id)

    def unfinished(self) -> list[SentRequest]:
        """Take over, oldest first, the requests of commands that ended without an outcome.

        Those of commands that still run are left to them.
        """
        if not self.read().sent:
            return []
        with self.change() as remembered:
            return [
                sent
                for sent in remembered.sent
                if sent.key not in self._answered and self._claims.take(sent.key)
            ]

    def has_unfinished(self) -> bool:
        """Say whether an earlier command may have left anything without an outcome."""
        remembered = self.read()
        return bool(remembered.sent or remembered.open)

    def lacks_outcome(self, key: str) -> bool:
        """Say whether the request of this key is still to be found out about."""
        return key not in self._answered and any(sent.key == key for sent in self.read().sent)

    def settle(self, key: str) -> None:
        """Take the outcome of a request as found; it is struck out as an answered one is."""
        self._answered.add(key)

    def close(self) -> None:
        """Leave what has no answer to others, as the end of the process does."""
        self._claims.release()

    def is_sent(self, path: str, asked: object) -> bool:
        """Say whether this very request was sent and nobody was told its outcome."""
        text = as_text(asked)
        return any((sent.path, sent.asked) == (path, text) for sent in self.read().sent)

    def _note(self, path: str, asked: str) -> tuple[str, bool]:
        """Give the key to use, and whether an earlier command sent it."""
        with self.change() as remembered:
            self._drop_old(remembered)
            now = self._clock()
            for place, sent in enumerate(remembered.sent):
                if (sent.path, sent.asked) != (path, asked) or sent.key in self._answered:
                    continue
                if self._claims.take(sent.key):
                    remembered.sent[place] = msgspec.structs.replace(sent, sent_at=now)
                    return sent.key, True
            key = new_id(now)
            self._claims.take(key)
            remembered.sent.append(SentRequest(key=key, path=path, asked=asked, sent_at=now))
            return key, False

    def _strike(self, remembered: Remembered, keys: set[str]) -> None:
        remembered.sent = [sent for sent in remembered.sent if sent.key not in keys]
        for key in keys:
            self._claims.drop(key)

    def _drop_old(self, remembered: Remembered) -> None:
        """Drop requests beyond their answers' life, and the oldest beyond the largest number."""
        oldest = self._clock() - ANSWER_LIFE * 1_000
        kept = [sent for sent in remembered.sent if id_milliseconds(sent.key) > oldest]
        kept = kept[-MOST_SENT:]
        for sent in remembered.sent:
            if sent not in kept:
                self._claims.drop(sent.key)
        remembered.sent = kept


def as_text(asked: object) -> str:
    """Give what was asked as it is written down."""
    return msgspec.json.encode(asked).decode()

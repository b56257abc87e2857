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
from terminal_kit.sealed import SealedFile
from wallet_api.contract.error_base import WalletError
from wallet_api.contract.errors import OutcomeUnknown, StoreUnavailable
from wallet_api.contract.ids import id_milliseconds, new_id
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
    """A request whose outcome nobody was told: its key, and what it asked without PIN."""

    key: str
    path: str
    asked: str


class Remembered(msgspec.Struct, kw_only=True):
    """The sealed value.

    ``counter`` is the next presentation of the payer's code, ``horizon`` the first that the
    service would not recognise, ``offset_ms`` the business clock minus this machine's.
    """

    counter: int = 0
    horizon: int = 0
    offset_ms: int = 0
    sent: list[SentRequest] = []


class DeviceState:
    """The sealed state of one profile, changed under a lock so that two commands never mix."""

    def __init__(self, folder: Path, key: bytes) -> None:
        self._folder = folder
        self._file = SealedFile(folder / FILE_NAME, key)
        self._claims = Claims(folder / CLAIMS_NAME)
        self._answered: set[str] = set()

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
            raise StoreUnavailable(reason="Another command holds this profile.") from None

    def exactly_once(
        self, path: str, asked: object, act: Callable[[str], T], repeats: Callable[[], None]
    ) -> T:
        """Run ``act`` with the key of this request: a new one, or that of a sent one.

        ``repeats`` is called before when it is the key of one that an earlier command sent.
        The key is kept when the outcome stays unknown. That of a refusal is struck out, because
        nothing happened; that of an answer by ``forget_answered``, or before the next request.
        """
        key, repeated = self._note(path, _text(asked))
        if repeated:
            repeats()
        try:
            value = act(key)
        except OutcomeUnknown:
            raise
        except WalletError:
            self._answered.add(key)
            self.forget_answered()
            raise
        self._answered.add(key)
        return value

    def forget_answered(self) -> None:
        """Strike out what was answered; to be called when whoever asked has been told."""
        if self._answered:
            with self.change() as remembered:
                self._strike(remembered)

    def close(self) -> None:
        """Leave what has no answer to others, as the end of the process does."""
        self._claims.release()

    def is_sent(self, path: str, asked: object) -> bool:
        """Say whether this very request was sent and nobody was told its outcome."""
        text = _text(asked)
        return any((sent.path, sent.asked) == (path, text) for sent in self.read().sent)

    def _note(self, path: str, asked: str) -> tuple[str, bool]:
        """Give the key to use, and whether an earlier command sent it."""
        with self.change() as remembered:
            self._strike(remembered)
            self._drop_old(remembered)
            for sent in remembered.sent:
                if (sent.path, sent.asked) == (path, asked) and self._claims.take(sent.key):
                    return sent.key, True
            key = new_id()
            self._claims.take(key)
            remembered.sent.append(SentRequest(key=key, path=path, asked=asked))
            return key, False

    def _strike(self, remembered: Remembered) -> None:
        remembered.sent = [sent for sent in remembered.sent if sent.key not in self._answered]
        for key in self._answered:
            self._claims.drop(key)
        self._answered.clear()

    def _drop_old(self, remembered: Remembered) -> None:
        """Drop requests beyond their answers' life, and the oldest beyond the largest number."""
        oldest = id_milliseconds(new_id()) - ANSWER_LIFE * 1_000
        kept = [sent for sent in remembered.sent if id_milliseconds(sent.key) > oldest]
        kept = kept[-MOST_SENT:]
        for sent in remembered.sent:
            if sent not in kept:
                self._claims.drop(sent.key)
        remembered.sent = kept


def _text(asked: object) -> str:
    return msgspec.json.encode(asked).decode()

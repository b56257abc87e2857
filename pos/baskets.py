"""What each sale consisted of: the bank knows a charge's amount, its lines stay with the till.

A basket is one sealed file named after its charge, so to keep one costs the same however many
there are. The newest `MOST_BASKETS` are kept.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from pos.sale import Line
from terminal_kit.folders import private_folder
from terminal_kit.profiles import profile_folder
from terminal_kit.sealed import SealedFile
from wallet_api.contract.ids import is_id

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from terminal_kit.session import Session

FOLDER = "baskets"
SUFFIX = ".sealed"
MOST_BASKETS = 1_000


class Baskets:
    """The lines of one till's newest sales."""

    def __init__(self, folder: Path, key: bytes) -> None:
        self._folder = folder / FOLDER
        self._key = key

    @classmethod
    def of(cls, session: Session) -> Baskets:
        """Give those of an open profile."""
        chosen = session.chosen
        return cls(profile_folder(chosen.program, chosen.profile), session.keys.state)

    def keep(self, charge_id: str, lines: Sequence[Line]) -> None:
        """Remember the lines of a charge; durable on return. Raises OSError."""
        if not lines:
            return
        self._file(charge_id).save(list(lines))
        for path in self._paths()[:-MOST_BASKETS]:
            path.unlink(missing_ok=True)

    def lines(self, charge_id: str) -> tuple[Line, ...]:
        """Give the lines of a charge, none when they are not known here.

        Raises StateDamaged, OSError.
        """
        return self._file(charge_id).load(tuple[Line, ...]) or ()

    def _file(self, charge_id: str) -> SealedFile:
        assert is_id(charge_id), "a charge has an id"
        return SealedFile(private_folder(self._folder) / f"{charge_id}{SUFFIX}", self._key)

    def _paths(self) -> list[Path]:
        """Give all files, the oldest charge first: ids begin with their time (UUIDv7)."""
        return sorted(self._folder.glob(f"*{SUFFIX}"))

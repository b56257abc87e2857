"""Which receipts this profile has handed out: a second copy says that it is one."""

from __future__ import annotations

from typing import TYPE_CHECKING

from terminal_kit.folders import exclusive_lock, replace_file

if TYPE_CHECKING:
    from pathlib import Path

#: How many are remembered; the file holds their ids only.
MOST = 2_000
LOCK_SECONDS = 5.0


class PrintedReceipts:
    """The ids in a profile's folder, oldest first."""

    def __init__(self, folder: Path) -> None:
        self._path = folder / "printed"

    def has(self, receipt: str) -> bool:
        """Say whether a receipt was handed out before."""
        return receipt in self._read()

    def add(self, receipt: str) -> None:
        """Remember that a receipt was handed out."""
        with exclusive_lock(self._path.with_suffix(".lock"), LOCK_SECONDS):
            known = self._read()
            if receipt not in known:
                kept = [*known, receipt][-MOST:]
                replace_file(self._path, "\n".join(kept).encode())

    def _read(self) -> list[str]:
        if not self._path.exists():
            return []
        return self._path.read_text("ascii").split("\n")

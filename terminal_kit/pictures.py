"""Which pictures lie in a folder, for somebody who looks for one with a code."""

from __future__ import annotations

import os
from dataclasses import dataclass
from pathlib import Path

from terminal_kit.language import _
from terminal_kit.words import system_reason
from wallet_api.contract.errors import Usage

#: The endings of what can be read: see `payment_codes.scan.picture.FORMATS`.
SUFFIXES = frozenset({".png", ".jpg", ".jpeg", ".gif", ".bmp", ".webp"})
#: More than a person looks through; typing a name narrows them down.
MOST = 2_000


@dataclass(frozen=True, slots=True)
class Entry:
    """A folder or a picture: its name, its size in bytes, when it was written (Unix seconds)."""

    path: Path
    is_folder: bool
    size: int = 0
    written_at: float = 0.0

    @property
    def name(self) -> str:
        """What it is called."""
        return self.path.name


def entries(folder: Path) -> list[Entry]:
    """Give the folders, by name, and then the pictures, newest first; hidden ones are left out.

    Raises Usage for a folder that cannot be read.
    """
    try:
        with os.scandir(folder) as children:
            found = [entry for child in children if (entry := _entry(child)) is not None]
    except OSError as error:
        reason = _("{name} cannot be read: {reason}.")
        raise Usage(reason=reason.format(name=folder, reason=system_reason(error))) from None
    folders = sorted((one for one in found if one.is_folder), key=lambda one: one.name.casefold())
    pictures = sorted(
        (one for one in found if not one.is_folder), key=lambda one: (-one.written_at, one.name)
    )
    return [*folders, *pictures][:MOST]


def is_picture(path: Path) -> bool:
    """Say whether a file's name is that of a picture that can be read."""
    return path.suffix.lower() in SUFFIXES


def _entry(child: os.DirEntry[str]) -> Entry | None:
    path = Path(child.path)
    if child.name.startswith("."):
        return None
    try:
        if child.is_dir():
            return Entry(path, is_folder=True)
        if not (is_picture(path) and child.is_file()):
            return None
        known = child.stat()
    except OSError:
        # A link to nowhere is nothing to choose.
        return None
    return Entry(path, is_folder=False, size=known.st_size, written_at=known.st_mtime)

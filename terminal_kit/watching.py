"""A watched folder: the next picture that appears in it, once it is written whole."""

from __future__ import annotations

import time
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from terminal_kit.diagnostics import as_wallet_error, say
from terminal_kit.language import _
from terminal_kit.pictures import entries
from terminal_kit.words import told

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

#: Seconds between two looks; a picture that is the same at both is written whole.
PAUSE = 0.25


class _Stand(NamedTuple):
    """What tells whether a file has changed: its size in bytes, when it was written."""

    size: int
    written_at: float


def new_pictures(folder: Path, wait: Callable[[], None]) -> Iterator[Path]:
    """Give the pictures that appear in a folder, or are written anew, each when it has settled.

    What is there at this call is not new. ``wait`` passes the time between two looks. Raises Usage
    for a folder that cannot be read.
    """
    return _settled(folder, wait, _pictures(folder))


def _settled(folder: Path, wait: Callable[[], None], known: dict[Path, _Stand]) -> Iterator[Path]:
    before = known
    while True:
        wait()
        now = _pictures(folder)
        for path, stand in now.items():
            if stand.size and before.get(path) == stand != known.get(path):
                known = {**known, path: stand}
                yield path
        known = {path: stand for path, stand in known.items() if path in now}
        before = now


def _pictures(folder: Path) -> dict[Path, _Stand]:
    """Give the pictures in a folder, the oldest first."""
    found = [entry for entry in reversed(entries(folder)) if not entry.is_folder]
    return {entry.path: _Stand(entry.size, entry.written_at) for entry in found}


def codes_from(name: str, wait: Callable[[], None] = lambda: time.sleep(PAUSE)) -> list[str]:
    """Give the codes in the next picture of a folder that has any; the others are named."""
    from payment_codes.errors import CodeError, NoCodeFound
    from payment_codes.scan.scanner import scan

    folder = Path(name).expanduser()
    pictures = new_pictures(folder, wait)
    say(_("Waiting for a picture in {folder}; Ctrl+C ends it.").format(folder=folder))
    while True:
        path = next(pictures)
        wrong: CodeError = NoCodeFound("No code was found in the picture.")
        try:
            found = scan(path)
        except FileNotFoundError:
            continue
        except CodeError as error:
            wrong, found = error, []
        if found:
            return [code.text for code in found]
        say(f"{path.name}: {told(as_wallet_error(wrong))}")

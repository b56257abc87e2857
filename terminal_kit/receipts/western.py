"""Which characters are Western ones: those of Windows-1252, as printers and plain fonts have."""

from __future__ import annotations

from itertools import groupby
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator


def is_western(character: str) -> bool:
    """Say whether Windows-1252 has a character."""
    try:
        character.encode("cp1252")
    except UnicodeEncodeError:
        return False
    return True


def runs(text: str) -> Iterator[tuple[bool, str]]:
    """Break a text into what is Western and what is not."""
    for western, characters in groupby(text, is_western):
        yield western, "".join(characters)

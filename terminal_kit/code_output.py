"""A code on stdout: drawn on a terminal with text beside it, one line of payload into a pipe."""

from __future__ import annotations

import os
import sys
from pathlib import Path
from typing import TYPE_CHECKING

from terminal_kit.console import draws, write_lines
from terminal_kit.language import _
from terminal_kit.words import system_reason
from wallet_api.contract.errors import Usage
from wallet_api.contract.text import printable

if TYPE_CHECKING:
    from collections.abc import Sequence

GAP = "  "
SUFFIXES = frozenset({".png", ".svg", ".txt"})


def show_code(text: str, beside: Sequence[str], *, draw: bool, below: Sequence[str] = ()) -> bool:
    """Write a code: drawn with lines ``beside`` and ``below`` it, or as its text alone.

    Says whether it was drawn; a drawing fills 24 rows but one, so nothing may follow it.
    """
    if not draw and not draws(sys.stdout):
        write_lines([printable(text)])
        return False
    from payment_codes.draw.matrix import qr_matrix
    from payment_codes.draw.terminal import half_blocks

    rows = half_blocks(qr_matrix(text))
    first = max((len(rows) - len(beside)) // 2, 0)
    padded = [""] * first + list(beside)
    padded += [""] * (len(rows) - len(padded))
    write_lines(row + (GAP + line if line else "") for row, line in zip(rows, padded, strict=True))
    write_lines(below)
    return True


def require_savable(name: str) -> None:
    """Raise Usage for a file that no code could be saved as: before a code is made for it."""
    path = Path(name)
    if path.suffix.lower() not in SUFFIXES:
        reason = _("A code is saved as .png, .svg or .txt, and {name} is none.")
        raise Usage(reason=reason.format(name=path.name))
    if not os.access(path.parent, os.W_OK | os.X_OK):
        reason = _("{name} cannot be written: there is no such folder to write in.")
        raise Usage(reason=reason.format(name=name))


def save_code_as(text: str, name: str) -> None:
    """Write a code to a file that `require_savable` let pass. Raises Usage."""
    from payment_codes.draw.picture import save_code

    try:
        save_code(text, Path(name))
    except OSError as error:
        reason = _("{name} cannot be written: {reason}.")
        raise Usage(reason=reason.format(name=name, reason=system_reason(error))) from None

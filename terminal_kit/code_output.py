"""A code on stdout: drawn on a terminal with text beside it, one line of payload into a pipe."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING

from terminal_kit.console import draws, write_lines
from wallet_api.contract.errors import Usage

if TYPE_CHECKING:
    from collections.abc import Sequence

GAP = "  "


def show_code(text: str, beside: Sequence[str], *, draw: bool, below: Sequence[str] = ()) -> None:
    """Write a code: drawn with lines ``beside`` and ``below`` it, or as its text alone."""
    if not draw and not draws(sys.stdout):
        write_lines([text])
        return
    from payment_codes.draw.matrix import qr_matrix
    from payment_codes.draw.terminal import half_blocks

    rows = half_blocks(qr_matrix(text))
    first = max((len(rows) - len(beside)) // 2, 0)
    padded = [""] * first + list(beside)
    padded += [""] * (len(rows) - len(padded))
    write_lines(row + (GAP + line if line else "") for row, line in zip(rows, padded, strict=True))
    write_lines(below)


def save_code_as(text: str, name: str) -> None:
    """Write a code to a file chosen by its suffix. Raises Usage."""
    from payment_codes.draw.picture import UnknownSuffixError, save_code

    try:
        save_code(text, Path(name))
    except UnknownSuffixError as error:
        raise Usage(reason=str(error)) from None
    except OSError as error:
        raise Usage(reason=f"{name} cannot be written: {error.strerror}.") from None

"""A code on stdout: drawn on a terminal with text beside it, one line of payload into a pipe."""

from __future__ import annotations

import os
import re
import sys
from functools import partial
from pathlib import Path
from shutil import get_terminal_size
from typing import TYPE_CHECKING, get_args

from terminal_kit.console import draws, write_lines
from terminal_kit.language import _
from terminal_kit.settings import Draw, load_settings
from terminal_kit.words import system_reason
from wallet_api.contract.errors import Usage
from wallet_api.contract.text import printable

if TYPE_CHECKING:
    from collections.abc import Sequence

    from payment_codes.draw.drawing import Form, Symbology

GAP = "  "
#: The environment variable that says how codes are drawn.
DRAW_VARIABLE = "WALLET_DRAW"
_BREAKS = re.compile("([\r\n])")
SUFFIXES = frozenset({".png", ".svg", ".txt"})


def show_code(
    text: str,
    beside: Sequence[str],
    *,
    draw: bool,
    bars: bool = False,
    scheme: str | None = None,
) -> bool:
    """Write a code: drawn with lines ``beside`` it and its bars below, or as its text alone.

    ``scheme`` is the id of a scheme of others, whose codes are drawn at the level that it demands,
    or at the highest that there is room for; ours are as small as can be. Says whether it was
    drawn; a drawing fills 24 rows but one, so nothing may follow it.
    """
    if not draw and not draws(sys.stdout):
        write_lines([_payload(text)])
        return False
    from payment_codes.draw.drawing import Symbology
    from payment_codes.draw.terminal import BAR_ROWS

    rows = _lines(text, Symbology.QR, scheme=scheme, spared=BAR_ROWS if bars else 0)
    first = max((len(rows) - len(beside)) // 2, 0)
    padded = [""] * first + list(beside)
    padded += [""] * (len(rows) - len(padded))
    write_lines(row + (GAP + line if line else "") for row, line in zip(rows, padded, strict=True))
    if bars:
        write_lines(_lines(text, Symbology.CODE_128))
    return True


def _payload(text: str) -> str:
    """Make a code safe to print, with the line breaks that some schemes have."""
    breaks = ("\n",) if sys.stdout.isatty() else ("\r", "\n")
    return "".join(part if part in breaks else printable(part) for part in _BREAKS.split(text))


def _lines(
    text: str, symbology: Symbology, *, scheme: str | None = None, spared: int = 0
) -> tuple[str, ...]:
    """Draw a code as the person chose; in half blocks where a larger form has no room.

    ``spared`` are rows that something else takes.
    """
    from payment_codes.draw.detect import light_ink
    from payment_codes.draw.drawing import Form, draw
    from payment_codes.draw.levels import Level

    terminal = draws(sys.stdout)
    room = get_terminal_size() if terminal else None
    drawn = partial(
        draw,
        text,
        symbology=symbology,
        scheme=scheme,
        level=None if scheme else Level.L,
        columns=room and room.columns,
        rows=room and room.lines - 1 - spared,
        light_ink=light_ink(os.environ, terminal=terminal),
    )
    drawing = drawn(_form(terminal=terminal))
    if room and (drawing.columns > room.columns or len(drawing.lines) > room.lines - 1 - spared):
        drawing = drawn(Form.TEXT if drawing.form is Form.ASCII else Form.HALF)
    return drawing.lines


def _form(*, terminal: bool) -> Form:
    """Give the form that WALLET_DRAW or else the settings choose. Raises Usage."""
    from payment_codes.draw.detect import terminal_form
    from payment_codes.draw.drawing import Form

    chosen = os.environ.get(DRAW_VARIABLE) or load_settings().draw
    if chosen not in get_args(Draw):
        reason = _("{variable} is one of {choices}.")
        raise Usage(reason=reason.format(variable=DRAW_VARIABLE, choices=", ".join(get_args(Draw))))
    return terminal_form(os.environ, terminal=terminal) if chosen == "auto" else Form(chosen)


def require_savable(name: str) -> None:
    """Raise Usage for a file that no code could be saved as: before a code is made for it."""
    path = Path(name)
    if path.suffix.lower() not in SUFFIXES:
        reason = _("A code is saved as .png, .svg or .txt, and {name} is none.")
        raise Usage(reason=reason.format(name=path.name))
    if not os.access(path.parent, os.W_OK | os.X_OK):
        reason = _("{name} cannot be written: there is no such folder to write in.")
        raise Usage(reason=reason.format(name=name))


def save_code_as(text: str, name: str, scheme: str | None = None) -> None:
    """Write a code to a file that `require_savable` let pass. Raises Usage.

    ``scheme`` is the id of a scheme that may demand something of the drawing.
    """
    from payment_codes.draw.picture import save_code

    try:
        save_code(text, Path(name), scheme)
    except OSError as error:
        reason = _("{name} cannot be written: {reason}.")
        raise Usage(reason=reason.format(name=name, reason=system_reason(error))) from None

"""Which form of drawing a terminal takes, told by its environment alone: nothing is asked of it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from payment_codes.draw.drawing import Form

if TYPE_CHECKING:
    from collections.abc import Mapping

#: Values of TERM_PROGRAM, and what TERM begins with, of terminals that have the protocol unasked.
_KITTY_PROGRAMS: Final = frozenset({"kitty", "ghostty"})
_KITTY_TERMS: Final = ("xterm-kitty", "xterm-ghostty")
_SIXEL_PROGRAMS: Final = frozenset({"WezTerm", "iTerm.app", "mintty", "contour", "rio"})
_SIXEL_TERMS: Final = ("foot", "mlterm", "yaft", "contour", "wezterm", "xterm-sixel")
#: What stands between a program and its terminal passes no pictures on.
_BETWEEN: Final = ("screen", "tmux")


def terminal_form(environment: Mapping[str, str], *, terminal: bool = True) -> Form:
    """Return the best form for a terminal, or for a pipe where `terminal` is false.

    The colours of a code are content, so NO_COLOR changes nothing on a terminal.
    """
    term, program = environment.get("TERM", ""), environment.get("TERM_PROGRAM", "")
    if not terminal or term == "dumb":
        return Form.TEXT
    if "TMUX" in environment or term.startswith(_BETWEEN):
        return Form.HALF
    if "KITTY_WINDOW_ID" in environment or program in _KITTY_PROGRAMS:
        return Form.KITTY
    if term.startswith(_KITTY_TERMS):
        return Form.KITTY
    if program in _SIXEL_PROGRAMS or term.startswith(_SIXEL_TERMS):
        return Form.SIXEL
    return Form.HALF


def light_ink(environment: Mapping[str, str], *, terminal: bool = True) -> bool:
    """Say whether ink without a colour is light: on a terminal, unless COLORFGBG says otherwise.

    Its last part is the colour of the ground, 7 and 9 to 15 being the light ones (rxvt).
    """
    ground = environment.get("COLORFGBG", "").rpartition(";")[2]
    light_ground = ground == "7" or (ground.isascii() and ground.isdigit() and int(ground) >= 9)
    return terminal and not light_ground

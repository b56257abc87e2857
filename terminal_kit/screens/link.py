"""How the line to the bank stands, as the screens show it: a mark, a word, and since when."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import Enum
from typing import TYPE_CHECKING

from terminal_kit.language import N_, _
from wallet_api.contract.error_base import Exit

if TYPE_CHECKING:
    from wallet_api.contract.error_base import WalletError


class Line(Enum):
    """What the line can be: mark, word, and the style class that colours both."""

    CONNECTING = ("◌", N_("connecting"), "muted")
    LIVE = ("●", N_("live"), "good")
    OFFLINE = ("▲", N_("offline"), "warn")
    REFUSED = ("✗", N_("refused"), "bad")

    @property
    def tone(self) -> str:
        """The style class."""
        return self.value[2]


@dataclass(frozen=True, slots=True)
class Link:
    """The line, since when (``HH:MM`` of this machine), and the error that explains it."""

    line: Line = Line.CONNECTING
    since: str = ""
    error: WalletError | None = None

    @property
    def is_live(self) -> bool:
        """Say whether what is shown is what the bank says now."""
        return self.line is Line.LIVE

    def text(self) -> str:
        """Say it in a few cells."""
        mark, name, _tone = self.line.value
        if self.line is Line.OFFLINE and self.since:
            return _("{mark} {state} since {time}").format(
                mark=mark, state=_(name), time=self.since
            )
        return f"{mark} {_(name)}"


def line_after(error: WalletError) -> Line:
    """Give how the line stands after an error: only one that may go away by itself is a gap."""
    return Line.OFFLINE if error.exit_code is Exit.UNREACHABLE else Line.REFUSED


def clock_time() -> str:
    """Give this machine's time of day, hours and minutes."""
    return datetime.now().astimezone().strftime("%H:%M")

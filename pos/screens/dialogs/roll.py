"""What a simulated printer printed, as it came out of it."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from textual import on
from textual.binding import Binding
from textual.containers import HorizontalGroup, VerticalGroup, VerticalScroll
from textual.screen import ModalScreen
from textual.widgets import Button, Static

from terminal_kit.language import N_, _
from wallet_api.contract.text import cells

if TYPE_CHECKING:
    from collections.abc import Sequence

    from textual.app import ComposeResult

    from terminal_kit.receipts.paper import Row


#: Columns beside the rows: two at each side, and the scroll bar.
ROLL_MARGIN = 6


class RollDialog(ModalScreen[None]):
    """Shows the rows of a roll until the person has seen them."""

    DEFAULT_CSS = """
    RollDialog .dialog { max-height: 100%; }
    RollDialog #roll { height: auto; max-height: 1fr; background: $panel; padding: 0 2; }
    RollDialog .row { width: 100%; height: auto; }
    RollDialog .bold { text-style: bold; }
    RollDialog .center { text-align: center; }
    """
    BINDINGS: ClassVar = [Binding("escape", "dismiss", N_("Back"), id="back")]

    def __init__(self, rows: Sequence[Row]) -> None:
        super().__init__()
        self._rows = rows

    def compose(self) -> ComposeResult:
        """Give the roll."""
        with VerticalGroup(classes="dialog"):
            said = _("No printer is set, so a simulated one printed this.")
            yield Static(said, classes="question", markup=False)
            with VerticalScroll(id="roll"):
                for row in self._rows:
                    yield Static(row.left or " ", classes=_classes(row), markup=False)
            with HorizontalGroup(classes="buttons"):
                yield Button(_("Done"), variant="primary", id="done")

    def on_mount(self) -> None:
        """Make the roll as wide as what stands on it, and let Enter go on."""
        widest = max((cells(row.left) for row in self._rows), default=0)
        self.query_one("#roll").styles.width = widest + ROLL_MARGIN
        self.query_one("#done", Button).focus()

    @on(Button.Pressed, "#done")
    def _go_on(self) -> None:
        self.dismiss()


def _classes(row: Row) -> str:
    chosen = (("bold", row.bold or row.large), ("center", row.align == "center"))
    return " ".join(["row", *(name for name, holds in chosen if holds)])

"""A receipt: on the screen, printed, saved."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, ClassVar

from textual import on
from textual.binding import Binding
from textual.containers import HorizontalGroup, Vertical
from textual.widgets import Button, Static

from pos.printer import Printer
from pos.screens.dialogs.roll import RollDialog
from pos.screens.widgets.receipt_view import ReceiptView
from terminal_kit.language import N_, _
from terminal_kit.receipts.output import Output, hand_out
from terminal_kit.screens.dialogs.save import SaveDialog
from terminal_kit.screens.screen import KitScreen
from terminal_kit.screens.workers import start
from terminal_kit.words import told
from wallet_api.contract.error_base import WalletError
from wallet_api.contract.ids import short_code

if TYPE_CHECKING:
    from textual.app import ComposeResult

    from pos.screens.widgets.receipt_view import Bought
    from terminal_kit.receipts.paper import Row


class Handing(KitScreen[None]):
    """A screen with the receipt of a charge, by its full id, that can be handed out."""

    BINDINGS: ClassVar = [
        Binding("p", "print", N_("Print"), id="print"),
        Binding("s", "save", N_("Save"), id="save"),
    ]

    def __init__(self, charge: str) -> None:
        super().__init__()
        self._charge = charge

    def receipt(self) -> ReceiptView:
        """Make the part that shows it."""
        return ReceiptView(self._charge)

    def hands(self) -> ComposeResult:
        """Give the buttons that hand it out, and the row that says what became of that."""
        yield Button(_("Print"), id="print")
        yield Button(_("Save"), id="save")

    def said(self) -> Static:
        """Make the row that says what became of printing."""
        return Static(id="said", markup=False)

    @property
    def bought(self) -> Bought | None:
        """The receipt and the lines rung up, once they are there."""
        views = self.query(ReceiptView)
        return views.first().bought if views else None

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Hand out only what is there."""
        if action in {"print", "save"}:
            return None if self.bought is None else True
        return super().check_action(action, parameters)

    def _say(self, text: str, tone: str = "good") -> None:
        row = self.query_one("#said", Static)
        row.update(text)
        row.set_classes(tone)

    @on(Button.Pressed, "#print")
    def action_print(self) -> None:
        """Print it."""
        if self.bought is not None:
            start(self, partial(self._print, self.bought), group="print", exclusive=True)

    async def _print(self, bought: Bought) -> None:
        self._say(_("◌ Printing…"), "warn")
        try:
            rows = await self.desk.look(partial(self._printed, bought))
        except WalletError as error:
            self._say(f"✗ {told(error)}", "bad")
            return
        self._say(_("✓ Printed."))
        if rows:
            self.app.push_screen(RollDialog(rows))

    def _printed(self, bought: Bought) -> list[Row]:
        """Print, and give what a simulated printer shows."""
        printer = Printer(self.desk.session)
        printer.receipt(*bought)
        return printer.roll()

    @on(Button.Pressed, "#save")
    def action_save(self) -> None:
        """Save it as a file."""
        if self.bought is None:
            return
        receipt, lines = self.bought
        session = self.desk.session

        def write(file: str) -> None:
            output = Output(Printer(session).width, file, None)
            output.check()
            hand_out(session.chosen, receipt, output, items=lines)

        hint = _("A page as .pdf, text as .txt, for a printer as .bin")
        name = f"receipt-{short_code(receipt.charge)}.pdf"
        self.app.push_screen(SaveDialog(_("Save the receipt"), name, write, hint))


class ReceiptScreen(Handing):
    """The receipt of a charge of any time."""

    TITLE = N_("Receipt")
    CSS_PATH = "receipt.tcss"

    def body(self) -> ComposeResult:
        """Give the paper, and under it what can be done with it."""
        with Vertical(id="slip"):
            yield self.receipt()
            yield self.said()
            with HorizontalGroup(classes="buttons"):
                yield from self.hands()

"""One movement: what it was, what became of it, its receipt."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from textual.binding import Binding
from textual.containers import VerticalScroll

from terminal_kit.language import N_, _
from terminal_kit.receipts.output import Output, hand_out
from terminal_kit.receipts.plain import WIDTHS
from terminal_kit.screens.dialogs.save import SaveDialog
from terminal_kit.screens.screen import KitScreen
from wallet_api.contract.ids import short_code
from wallet_cli.screens.widgets.movement_card import MovementCard

if TYPE_CHECKING:
    from textual.app import ComposeResult

    from wallet_api.contract.statement import Movement


class MovementScreen(KitScreen[None]):
    """Shows one movement, live: a refund is seen as it comes."""

    TITLE = N_("Details")
    CSS_PATH: ClassVar = ["movement.tcss"]
    BINDINGS: ClassVar = [
        Binding("s", "save", N_("Save the receipt"), id="save"),
        Binding("c", "copy", N_("Copy the id"), id="copy"),
    ]

    def __init__(self, movement: Movement) -> None:
        super().__init__()
        self.movement = movement

    def body(self) -> ComposeResult:
        """Give the card, which scrolls where it is too long."""
        with VerticalScroll(id="scroll"):
            yield MovementCard(self.movement, id="movement")

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Offer to save only where there is a receipt."""
        if action == "save":
            return self.query_one(MovementCard).receipt is not None
        return super().check_action(action, parameters)

    def action_copy(self) -> None:
        """Copy the full id to the terminal's clipboard."""
        self.app.copy_to_clipboard(self.movement.id)
        self.notify(_("Copied."))

    def action_save(self) -> None:
        """Save the receipt to a file."""
        receipt = self.query_one(MovementCard).receipt
        assert receipt is not None, "there is a receipt"

        def write(file: str) -> None:
            output = Output(WIDTHS[-1], file, None)
            output.check()
            hand_out(self.kit.chosen, receipt, output)

        hint = _("A page as .pdf, text as .txt, for a receipt printer as .bin")
        name = f"receipt-{short_code(receipt.charge)}.pdf"
        self.app.push_screen(SaveDialog(_("Save the receipt"), name, write, hint))

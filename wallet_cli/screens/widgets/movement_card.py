"""One movement in all its facts, and the receipt of the purchase that it belongs to."""

from __future__ import annotations

from typing import TYPE_CHECKING

from textual.containers import VerticalGroup
from textual.content import Content
from textual.widgets import Static

from terminal_kit.console import local_time
from terminal_kit.language import _
from terminal_kit.receipts.movements import kind_name, party_name
from terminal_kit.receipts.plain import WIDTHS, text_rows
from terminal_kit.receipts.purchase import receipt_paper
from terminal_kit.screens.marks import mark_of, marked, tone_of
from terminal_kit.screens.money import shown, signed
from terminal_kit.screens.outcome import Fact
from terminal_kit.screens.panel import Panel
from wallet_api.contract.ids import short_code
from wallet_api.contract.statement import Movement, Receipt
from wallet_cli.screens.widgets.movement_list import moved
from wallet_cli.statement import Statements

if TYPE_CHECKING:
    from collections.abc import Mapping

    from textual.app import ComposeResult
    from textual.timer import Timer

    from wallet_api.contract.events import Event

#: Seconds that the cursor rests on a movement before its receipt is asked for.
REST = 0.15
TONES = ("good", "warn", "bad", "muted")


class MovementCard(Panel[Receipt | None]):
    """Shows ``movement``; ``receipt`` is that of its purchase, once it is there."""

    FOLLOWS = ("refund.*", "payment.reversed")

    def __init__(
        self,
        movement: Movement | None = None,
        *,
        id: str | None = None,  # noqa: A002 - Textual's name
    ) -> None:
        super().__init__(id=id)
        self.movement = movement
        self.receipt: Receipt | None = None
        self._resting: Timer | None = None

    def content(self) -> ComposeResult:
        """Give the headline, the amount, the facts and the paper."""
        with VerticalGroup(classes="movement-facts"):
            yield Static(classes="movement-kind", markup=False)
            yield Static(classes="movement-amount", markup=False)
            for name, title in _titles().items():
                yield Fact(title, "", id=name)
        yield Static(classes="movement-paper", markup=False)

    def on_mount(self) -> None:
        """Show what is known already, and ask for the rest."""
        self._show_facts()
        super().on_mount()

    def look_at(self, movement: Movement | None) -> None:
        """Show another movement, once the cursor rests on it."""
        self.movement, self.receipt = movement, None
        if self._resting is not None:
            self._resting.stop()
        self._resting = self.set_timer(REST, self._rested)

    def _rested(self) -> None:
        self._show_facts()
        self.reload()

    def is_about(self, event: Event) -> bool:
        """Say whether an event is about the same purchase."""
        movement = self.movement
        if movement is None or not super().is_about(event):
            return False
        return event.data.get("charge") in {movement.charge, movement.id}

    def load(self) -> Receipt | None:
        """Ask for the receipt, where there is one."""
        if self.movement is None:
            return None
        return Statements(self.desk.session).receipt_of(self.movement)

    def show(self, value: Receipt | None) -> None:
        """Fill in what became of the purchase, and its receipt."""
        self.receipt = value
        self._show_facts()
        self.screen.refresh_bindings()

    def _show_facts(self) -> None:
        movement = self.movement
        self.set_class(movement is None, "-empty")
        if movement is None:
            return
        state = "" if self.receipt is None else str(self.receipt.state)
        headline = self.query_one(".movement-kind", Static)
        headline.update(f"{mark_of(state or 'succeeded')} {kind_name(movement.kind)}")
        for tone in TONES:
            headline.set_class(tone_of(state or "succeeded") == tone, tone)
        self.query_one(".movement-amount", Static).update(signed(moved(movement)))
        for name, value in _values(movement, self.receipt).items():
            fact = self.query_one(f"#{name}", Fact)
            fact.display = bool(value)
            fact.show(value)
        paper = self.query_one(".movement-paper", Static)
        paper.display = self.receipt is not None
        if self.receipt is not None:
            paper.update(paper_text(self.receipt))


def paper_text(receipt: Receipt) -> Content:
    """Give a receipt as it stands on paper."""
    rows = text_rows(receipt_paper(receipt), WIDTHS[-1])
    lines = (Content.styled(text, "bold") if bold else Content(text) for text, bold in rows)
    return Content("\n").join(lines)


def _titles() -> Mapping[str, str]:
    return {
        "movement-from": _("From"),
        "movement-to": _("To"),
        "movement-note": _("Note"),
        "movement-reference": _("Reference"),
        "movement-when": _("When"),
        "movement-state": _("State"),
        "movement-refunded": _("Refunded"),
        "movement-balance": _("Balance"),
        "movement-id": _("Id"),
    }


def _values(movement: Movement, receipt: Receipt | None) -> Mapping[str, str]:
    """Give the value of each fact, an empty one where there is none."""
    came = movement.direction == "in"
    refunded = receipt is not None and receipt.refunded.minor > 0
    return {
        "movement-from": party_name(movement) if came else "",
        "movement-to": "" if came else party_name(movement),
        "movement-note": movement.note or "",
        "movement-reference": movement.reference or "",
        "movement-when": local_time(movement.created_at),
        "movement-state": marked(str(receipt.state)) if receipt is not None else "",
        "movement-refunded": shown(receipt.refunded) if receipt is not None and refunded else "",
        "movement-balance": shown(movement.balance_after),
        "movement-id": short_code(movement.id),
    }

"""What is known of one sale: how it stands, what was paid and given back, when."""

from __future__ import annotations

from typing import TYPE_CHECKING

from textual.containers import VerticalGroup
from textual.widgets import Static

from payment_codes.amount import Amount
from pos.screens.sale_state import sale_stage
from pos.screens.stages import about
from terminal_kit.console import local_time
from terminal_kit.language import _
from terminal_kit.screens.money import shown
from terminal_kit.screens.outcome import Fact
from wallet_api.contract.ids import short_code

if TYPE_CHECKING:
    from textual.app import ComposeResult

    from wallet_api.contract.wire import Charge

FACTS = (
    *("tip", "discount", "refunded", "left", "fee", "note", "reference"),
    *("created", "paid", "number"),
)


def left_of(charge: Charge) -> Amount:
    """Give what can still be given back of a charge."""
    paid = charge.amount.minor if charge.state.is_paid else 0
    returned = charge.refunded.minor if charge.refunded else 0
    return Amount(max(paid - returned, 0), charge.amount.currency)


class SaleFacts(VerticalGroup):
    """Shows a charge; what it has not is left out."""

    def compose(self) -> ComposeResult:
        """Give the state, the amount and the facts."""
        yield Static(id="stage", markup=False)
        yield Static(id="stage-about", classes="muted", markup=False)
        yield Static(id="sale-amount", markup=False)
        names = _names()
        for fact in FACTS:
            yield Fact(names[fact], "", id=f"fact-{fact}")

    def show(self, charge: Charge) -> None:
        """Fill it in."""
        stage = sale_stage(charge)
        headline = self.query_one("#stage", Static)
        headline.update(stage.headline)
        headline.set_classes(stage.tone)
        self.query_one("#stage-about", Static).update(about(stage, charge))
        self.query_one("#sale-amount", Static).update(shown(charge.amount))
        for fact, value in _values(charge).items():
            row = self.query_one(f"#fact-{fact}", Fact)
            row.display = bool(value)
            row.show(value)


def _names() -> dict[str, str]:
    return {
        "tip": _("Tip in it"),
        "discount": _("Discount"),
        "refunded": _("Refunded"),
        "left": _("Left to refund"),
        "fee": _("Fee"),
        "note": _("Note"),
        "reference": _("Reference"),
        "created": _("Rung up"),
        "paid": _("Paid"),
        "number": _("Number"),
    }


def _values(charge: Charge) -> dict[str, str]:
    refunded, left = charge.refunded, left_of(charge)
    is_part = bool(refunded and refunded.minor and left.minor)
    return {
        "tip": _money(charge.tip),
        "discount": _money(charge.discount),
        "refunded": _money(refunded),
        "left": shown(left) if is_part else "",
        "fee": _money(charge.fee),
        "note": charge.note or "",
        "reference": charge.reference or "",
        "created": local_time(charge.created_at),
        "paid": local_time(charge.paid_at) if charge.paid_at else "",
        "number": short_code(charge.id),
    }


def _money(amount: Amount | None) -> str:
    return shown(amount) if amount is not None and amount.minor else ""

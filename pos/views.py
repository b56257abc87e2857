"""How a till's answers look to a cashier."""

from __future__ import annotations

from typing import TYPE_CHECKING

from payment_codes.amount import amount_text
from terminal_kit.console import fitted, local_time, style, table
from terminal_kit.language import _
from terminal_kit.words import word
from wallet_api.contract.ids import short_code
from wallet_api.contract.wire import ChargeState

if TYPE_CHECKING:
    from wallet_api.contract.wire import Charge, Refund, Reversal

BESIDE_CELLS = 33


def _mark(state: ChargeState) -> tuple[str, str]:
    """Say what became of a charge, and in which colour."""
    return {
        ChargeState.CREATED: (_("… Waiting for the customer"), "yellow"),
        ChargeState.AWAITING_PAYER: (_("… Waiting for the customer's PIN"), "yellow"),
        ChargeState.SUCCEEDED: (_("✓ Paid"), "green"),
        ChargeState.PARTIALLY_REFUNDED: (_("↩ Paid, partly refunded"), "cyan"),
        ChargeState.REFUNDED: (_("↩ Refunded"), "cyan"),
        ChargeState.REVERSED: (_("↩ Reversed"), "cyan"),
        ChargeState.CLOSED: (_("✗ Closed, not paid"), "red"),
        ChargeState.FAILED: (_("✗ Not paid"), "red"),
    }[state]


def charge_lines(charge: Charge) -> list[str]:
    """Show one charge as a receipt."""
    mark, colour = _mark(charge.state)
    refunded = charge.refunded
    return [
        style(mark, "bold", colour),
        *table(
            [
                (_("Merchant"), charge.merchant),
                (_("Amount"), amount_text(charge.amount)),
                (_("Tip in it"), amount_text(charge.tip) if charge.tip else ""),
                (_("Discount"), amount_text(charge.discount) if charge.discount else ""),
                (_("Note"), charge.note or ""),
                (_("Reference"), charge.reference or ""),
                (_("Refunded"), amount_text(refunded) if refunded and refunded.minor else ""),
                (_("Fee"), amount_text(charge.fee) if charge.fee and charge.fee.minor else ""),
                (_("Why"), word(charge.reason or "")),
                (_("When"), local_time(charge.paid_at or charge.created_at)),
                (_("Charge"), short_code(charge.id)),
            ]
        ),
    ]


def beside_code(charge: Charge, *, saved: bool) -> list[str]:
    """Say what a drawn code is for, in lines of at most 33 cells."""
    assert charge.expires_at is not None, "a charge with a code expires"
    return [
        style(amount_text(charge.amount), "bold"),
        fitted(charge.merchant, BESIDE_CELLS).rstrip(),
        "",
        _("until {time}").format(time=local_time(charge.expires_at)[11:]),
        _("charge {id}").format(id=short_code(charge.id)),
        *([] if saved else ["", style(_("a picture: --save FILE.png"), "dim")]),
    ]


def sale_line(charge: Charge) -> str:
    """Show one charge in a list, within 80 columns."""
    mark, colour = _mark(charge.state)
    when = local_time(charge.created_at)[:16]
    amount = amount_text(charge.amount)
    return f"{when}  {short_code(charge.id)}  {amount:>17}  {style(mark, colour)}"


def refund_lines(refund: Refund) -> list[str]:
    """Show a refund as a receipt."""
    return [
        style(_("↩ Refunded"), "bold", "green"),
        *table(
            [
                (_("Amount"), amount_text(refund.amount)),
                (_("Why"), refund.reason or ""),
                (_("When"), local_time(refund.created_at)),
                (_("Charge"), short_code(refund.charge)),
                (_("Refund"), short_code(refund.id)),
            ]
        ),
    ]


def reversal_lines(reversal: Reversal) -> list[str]:
    """Say what a reverse did."""
    said = {
        "returned": _("↩ Reversed, the customer has the money back"),
        "closed": _("✓ Closed, no money moved and none can"),
        "none": _("✓ The charge had failed, no money moved"),
    }
    return [
        style(said[reversal.action], "bold", "green"),
        *table([(_("Charge"), short_code(reversal.charge))]),
    ]

"""How a till's answers look to a cashier."""

from __future__ import annotations

from typing import TYPE_CHECKING

from payment_codes.amount import amount_text
from terminal_kit.console import fitted, local_time, style, table
from wallet_api.contract.ids import short_code
from wallet_api.contract.wire import ChargeState

if TYPE_CHECKING:
    from wallet_api.contract.wire import Charge, Refund, Reversal

MARKS = {
    ChargeState.CREATED: ("… Waiting for the customer", "yellow"),
    ChargeState.AWAITING_PAYER: ("… Waiting for the customer's PIN", "yellow"),
    ChargeState.SUCCEEDED: ("✓ Paid", "green"),
    ChargeState.PARTIALLY_REFUNDED: ("↩ Paid, partly refunded", "cyan"),
    ChargeState.REFUNDED: ("↩ Refunded", "cyan"),
    ChargeState.REVERSED: ("↩ Reversed", "cyan"),
    ChargeState.CLOSED: ("✗ Closed, not paid", "red"),
    ChargeState.FAILED: ("✗ Not paid", "red"),
}
BESIDE_CELLS = 33


def charge_lines(charge: Charge) -> list[str]:
    """Show one charge as a receipt."""
    mark, colour = MARKS[charge.state]
    refunded = charge.refunded
    return [
        style(mark, "bold", colour),
        *table(
            [
                ("Merchant", charge.merchant),
                ("Amount", amount_text(charge.amount)),
                ("Tip in it", amount_text(charge.tip) if charge.tip else ""),
                ("Note", charge.note or ""),
                ("Reference", charge.reference or ""),
                ("Refunded", amount_text(refunded) if refunded and refunded.minor else ""),
                ("Fee", amount_text(charge.fee) if charge.fee and charge.fee.minor else ""),
                ("Why", (charge.reason or "").replace("_", " ")),
                ("When", local_time(charge.paid_at or charge.created_at)),
                ("Charge", short_code(charge.id)),
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
        f"until {local_time(charge.expires_at)[11:]}",
        f"charge {short_code(charge.id)}",
        *([] if saved else ["", style("a picture: --save FILE.png", "dim")]),
    ]


def sale_line(charge: Charge) -> str:
    """Show one charge in a list, within 80 columns."""
    mark, colour = MARKS[charge.state]
    when = local_time(charge.created_at)[:16]
    amount = amount_text(charge.amount)
    return f"{when}  {short_code(charge.id)}  {amount:>17}  {style(mark, colour)}"


def refund_lines(refund: Refund) -> list[str]:
    """Show a refund as a receipt."""
    return [
        style("↩ Refunded", "bold", "green"),
        *table(
            [
                ("Amount", amount_text(refund.amount)),
                ("Why", refund.reason or ""),
                ("When", local_time(refund.created_at)),
                ("Charge", short_code(refund.charge)),
                ("Refund", short_code(refund.id)),
            ]
        ),
    ]


def reversal_lines(reversal: Reversal) -> list[str]:
    """Say what a reverse did."""
    said = {
        "returned": "↩ Reversed, the customer has the money back",
        "closed": "✓ Closed, no money moved and none can",
        "none": "✓ The charge had failed, no money moved",
    }
    return [
        style(said[reversal.action], "bold", "green"),
        *table([("Charge", short_code(reversal.charge))]),
    ]

"""How a wallet's answers look to a person."""

from __future__ import annotations

from typing import TYPE_CHECKING

from payment_codes.amount import amount_text
from terminal_kit.console import fitted, local_time, style, table
from wallet_api.contract.ids import short_code
from wallet_api.contract.wire import PaymentState

if TYPE_CHECKING:
    from wallet_api.contract.wire import Movement, Payment

MARKS = {
    PaymentState.SUCCEEDED: ("✓ Paid", "green"),
    PaymentState.PIN_REQUIRED: ("… Waiting for your PIN", "yellow"),
    PaymentState.FAILED: ("✗ Not paid", "red"),
    PaymentState.EXPIRED: ("✗ Expired, not paid", "red"),
    PaymentState.REVERSED: ("↩ Reversed, the money is back", "cyan"),
}
PARTY_CELLS = 24


def payment_lines(payment: Payment) -> list[str]:
    """Show one payment as a receipt."""
    mark, colour = MARKS[payment.state]
    refunded = payment.refunded
    return [
        style(mark, "bold", colour),
        *table(
            [
                ("Amount", amount_text(payment.amount)),
                ("To", payment.payee),
                ("Note", payment.note or ""),
                ("Refunded", amount_text(refunded) if refunded and refunded.minor else ""),
                ("Why", (payment.reason or "").replace("_", " ")),
                ("When", local_time(payment.created_at)),
                ("Payment", short_code(payment.id)),
            ]
        ),
    ]


def movement_line(movement: Movement) -> str:
    """Show one line of the statement, within 80 columns."""
    sign = "-" if movement.direction == "out" else "+"
    party = fitted(movement.party, PARTY_CELLS)
    amount = f"{sign}{amount_text(movement.amount)}"
    return (
        f"{local_time(movement.created_at)[:16]}  {short_code(movement.id)}"
        f"  {movement.kind:<8} {style(party, 'bold')} {amount:>18}"
    )

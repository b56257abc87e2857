"""How a wallet's answers look to a person."""

from __future__ import annotations

from typing import TYPE_CHECKING

from payment_codes.amount import amount_text
from terminal_kit.console import fitted, local_time, style, table
from terminal_kit.language import _
from terminal_kit.receipts.movements import kind_name, party_name
from terminal_kit.words import word
from wallet_api.contract.ids import short_code
from wallet_api.contract.wire import PaymentState

if TYPE_CHECKING:
    from wallet_api.contract.statement import Movement
    from wallet_api.contract.wire import Payment

PARTY_CELLS = 24
#: Of a line of the history; both columns and the amount fill 80.
KIND_CELLS = 8


def _mark(state: PaymentState) -> str:
    texts = {
        PaymentState.SUCCEEDED: (_("✓ Paid"), "green"),
        PaymentState.PIN_REQUIRED: (_("… Waiting for your PIN"), "yellow"),
        PaymentState.FAILED: (_("✗ Not paid"), "red"),
        PaymentState.EXPIRED: (_("✗ Expired, not paid"), "red"),
        PaymentState.REVERSED: (_("↩ Reversed, the money is back"), "cyan"),
    }
    text, colour = texts[state]
    return style(text, "bold", colour)


def payment_lines(payment: Payment) -> list[str]:
    """Show one payment as a receipt."""
    refunded = payment.refunded
    return [
        _mark(payment.state),
        *table(
            [
                (_("Amount"), amount_text(payment.amount)),
                (_("To"), payment.payee),
                (_("Note"), payment.note or ""),
                (_("Refunded"), amount_text(refunded) if refunded and refunded.minor else ""),
                (_("Why"), word(payment.reason or "")),
                (_("When"), local_time(payment.created_at)),
                (_("Payment"), short_code(payment.id)),
            ]
        ),
    ]


def movement_line(movement: Movement) -> str:
    """Show one line of the history, within 80 columns."""
    sign = "-" if movement.direction == "out" else "+"
    party = fitted(party_name(movement), PARTY_CELLS)
    amount = f"{sign}{amount_text(movement.amount)}"
    return (
        f"{local_time(movement.created_at)[:16]}  {short_code(movement.id)}"
        f"  {fitted(kind_name(movement.kind), KIND_CELLS)} {style(party, 'bold')} {amount:>18}"
    )


def movement_lines(movement: Movement) -> list[str]:
    """Show one movement whole."""
    return [
        style(kind_name(movement.kind), "bold"),
        *table(
            [
                (_("Amount"), amount_text(movement.amount)),
                (_("From") if movement.direction == "in" else _("To"), party_name(movement)),
                (_("Note"), movement.note or ""),
                (_("Reference"), movement.reference or ""),
                (_("When"), local_time(movement.created_at)),
                (_("Balance after it"), amount_text(movement.balance_after)),
                (_("Id"), short_code(movement.id)),
            ]
        ),
    ]

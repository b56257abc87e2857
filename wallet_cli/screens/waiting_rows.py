"""What waits for its owner, as rows of a list and as acts to check."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from terminal_kit.console import local_time
from terminal_kit.language import N_, _
from terminal_kit.screens.money import shown
from terminal_kit.screens.widgets.columns import Column
from wallet_api.contract.banking import Withdrawal
from wallet_api.contract.people import Gift, MoneyRequest, Transfer
from wallet_api.contract.wire import Payment
from wallet_cli.screens.acts import (
    ConfirmingGift,
    ConfirmingTransfer,
    ConfirmingWithdrawal,
    PayingRequest,
)
from wallet_cli.screens.outcomes import gift_outcome, request_outcome, transfer_outcome
from wallet_cli.screens.paying import ConfirmingPayment, payment_outcome

if TYPE_CHECKING:
    from terminal_kit.screens.outcome import Outcome
    from terminal_kit.screens.widgets.columns import Cell
    from wallet_cli.screens.check import Act
    from wallet_cli.waiting import Record, Waiting

COLUMNS = (
    Column(N_("What"), 24),
    Column(N_("With whom")),
    Column(N_("Note"), narrow=False),
    Column(N_("Amount"), 16, "right"),
    Column(N_("Until"), 11),
)
#: What may change the list.
FOLLOWS = ("payment.*", "transfer.*", "gift.*", "withdrawal.*", "request.*", "device.*")
_NAMES = {
    "payment": N_("Payment: your PIN"),
    "transfer": N_("Transfer: your PIN"),
    "gift": N_("Gift: your PIN"),
    "withdrawal": N_("Withdrawal: your PIN"),
    "request": N_("Asks you for money"),
    "present": N_("A gift for you"),
    "device": N_("A device to let in"),
}


def cells(item: Waiting) -> tuple[Cell, ...]:
    """Give a row of the list."""
    party = item.party or (_("My bank account") if item.kind == "withdrawal" else "")
    return (
        (f"◌ {_(_NAMES[item.kind])}", "warn"),
        (party, "bold"),
        (item.note, ""),
        ("" if item.amount is None else shown(item.amount), ""),
        ("" if item.expires_at is None else _until(item.expires_at), ""),
    )


def _until(moment: str) -> str:
    """Write the time of a moment of today, and the day of another."""
    text, today = local_time(moment), _today()
    return text[11:19] if text[:10] == today else text[5:16]


def _today() -> str:
    from datetime import datetime

    return datetime.now().astimezone().strftime("%Y-%m-%d")


def act_of(record: Record) -> Act[Any] | None:
    """Give what checking a record means; None for what is not paid by its owner."""
    match record:
        case Payment():
            return ConfirmingPayment(record)
        case Transfer():
            return ConfirmingTransfer(record)
        case Gift():
            return ConfirmingGift(record)
        case Withdrawal():
            return ConfirmingWithdrawal(record)
        case MoneyRequest():
            return PayingRequest(record)
    return None


def outcome_of(record: Record, own: str) -> Outcome:
    """Say what became of a record that was declined; ``own`` is one's own wallet."""
    match record:
        case Payment():
            return payment_outcome(record)
        case Transfer():
            return transfer_outcome(record, own)
        case Gift():
            return gift_outcome(record)
        case MoneyRequest():
            return request_outcome(record, own)
    raise TypeError(record)

"""The bank's answers: each is applied to what its order is for, once."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from wallet_api.banking import records
from wallet_api.banking.firm import settle_transfer
from wallet_api.banking.outbox import waiting
from wallet_api.banking.records import ORDERS, PAID, REFUSED
from wallet_api.banking.settlements import finish_settlement
from wallet_api.banking.top_ups import settle_top_up
from wallet_api.banking.withdrawal_money import finish_withdrawal

if TYPE_CHECKING:
    from wallet_api.store.clock import Now
    from wallet_api.store.database import Transaction

_FINISH = {
    records.TOP_UP: settle_top_up,
    records.WITHDRAWAL: finish_withdrawal,
    records.SETTLEMENT: finish_settlement,
    records.SWEEP: settle_transfer,
    records.FUNDING: settle_transfer,
}


@dataclass(frozen=True, slots=True)
class Answer:
    """The bank moved the money of an order, or refused to.

    ``simulated`` names the rule of a simulated bank.
    """

    order: str
    paid: bool
    simulated: str | None = None


def apply_answer(transaction: Transaction, command: Answer, now: Now) -> None:
    """Do what the answer to an order means; a second answer changes nothing."""
    order = waiting(transaction, command.order)
    if order is None:
        return
    ORDERS.change(
        transaction,
        order,
        state=PAID if command.paid else REFUSED,
        simulated=command.simulated,
    )
    _FINISH[order.purpose](transaction, order.id, paid=command.paid, now=now)

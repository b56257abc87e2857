"""What the bank says unasked: an answer once more, money taken back, money without an owner."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

from wallet_api.banking.orders import Answer, apply_answer
from wallet_api.banking.records import NOTICES, NoticeRow
from wallet_api.banking.strays import receive
from wallet_api.banking.top_ups import take_back

if TYPE_CHECKING:
    from wallet_api.store.clock import Now
    from wallet_api.store.database import Transaction


@dataclass(frozen=True, slots=True)
class Notice:
    """A message under the bank's own number. ``paid`` belongs to an answer.

    ``key`` is that of our order; of money that came by itself (``incoming``) the bank's own.
    """

    id: int
    kind: Literal["answer", "taken_back", "incoming"]
    key: str
    minor: int
    currency: str
    paid: bool = True
    simulated: str | None = None


def hear(transaction: Transaction, notice: Notice, now: Now) -> None:
    """Act on a notice; one that was heard before changes nothing."""
    if NOTICES.get(transaction, notice.id) is not None:
        return
    row = NoticeRow(
        id=notice.id,
        kind=notice.kind,
        reference=notice.key,
        amount=notice.minor,
        currency=notice.currency,
        simulated=notice.simulated,
        heard_at=now.business,
    )
    NOTICES.insert(transaction, row)
    if notice.kind == "answer":
        apply_answer(transaction, Answer(notice.key, notice.paid, notice.simulated), now)
    elif notice.kind == "taken_back":
        # The money is gone again, so an answer that was still awaited can only be a refusal.
        apply_answer(transaction, Answer(notice.key, paid=False, simulated=notice.simulated), now)
        take_back(transaction, notice.key, now)
    else:
        receive(transaction, notice.key, notice.minor, notice.currency, notice.simulated, now)

"""A wallet has scanned a charge's code: the till is told once, before anybody decides to pay."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from wallet_api.checkout.announcements import announce_seen
from wallet_api.checkout.records import CHARGES, ChargeRow
from wallet_api.checkout.terms import as_of
from wallet_api.contract.wire import ChargeState

if TYPE_CHECKING:
    from wallet_api.store.clock import Now
    from wallet_api.store.database import Transaction


@dataclass(frozen=True, slots=True)
class SeeCharge:
    """Some wallet asked what a charge's code stands for; which one is not written down."""

    charge: str


def is_unseen(charge: ChargeRow, now: Now) -> bool:
    """Say whether a till that shows a charge would be told something new."""
    return charge.seen_at is None and as_of(charge, now).state == ChargeState.CREATED


def see_charge(transaction: Transaction, command: SeeCharge, now: Now) -> None:
    """Tell the merchant that a charge's code was scanned, the first time only."""
    charge = CHARGES.get(transaction, command.charge)
    assert charge is not None, "it was read before"
    if is_unseen(charge, now):
        announce_seen(transaction, CHARGES.change(transaction, charge, seen_at=now.business), now)

"""Taking one's share of a gift; who comes first is decided by the order of commands and ``now``."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from wallet_api.checkout.terms import the_customer
from wallet_api.contract.errors import (
    CurrencyMismatch,
    GiftClaimed,
    GiftOver,
    GiftOwn,
    NotFound,
    NotYours,
    WalletFrozen,
)
from wallet_api.contract.people import Claim, GiftState
from wallet_api.limits.allowance import require_room
from wallet_api.people.announcements import announce_claim
from wallet_api.people.outgoing import move_held
from wallet_api.people.records import CLAIMS, GIFTS, ClaimRow, GiftRow
from wallet_api.people.standing import gift_as_of
from wallet_api.people.views import claim_view
from wallet_api.store.answers import Answered, Key, once

if TYPE_CHECKING:
    from wallet_api.identity.records import Customer
    from wallet_api.store.clock import Now
    from wallet_api.store.database import Transaction


@dataclass(frozen=True, slots=True)
class TakeShare:
    """A wallet takes its share; ``gift`` is the token of its code or, if it is for one, its id."""

    key: Key
    customer: str
    gift: str


def claim(transaction: Transaction, command: TakeShare, now: Now) -> Answered[Claim]:
    """Take the next share of a gift: one for each person, none for its sender.

    Raises NotFound, NotYours, GiftOwn, GiftClaimed, GiftOver, WalletFrozen, CurrencyMismatch, and
    LimitExceeded where the wallet is too full: the share then stays for later.
    """

    def act() -> Claim:
        customer = the_customer(transaction, command.customer)
        gift = _found(transaction, command.gift, customer.id)
        _require_claimable(transaction, gift, customer, now)
        amount = _share(transaction, gift)
        require_room(transaction, customer, amount, now, own=True)
        row = ClaimRow(command.key.id, gift.id, gift.claims, customer.id, amount, now.business)
        CLAIMS.insert(transaction, row)
        _give(transaction, gift, row, now)
        return claim_view(transaction, row, gift)

    def current() -> Claim:
        return view_claim(transaction, command.key.id, command.customer)

    return once(transaction, now, command.key, Claim, act, current)


def view_claim(transaction: Transaction, claim_id: str, customer: str) -> Claim:
    """Give one's own share of a gift. Raises NotFound, NotYours."""
    row = CLAIMS.get(transaction, claim_id)
    if row is None:
        raise NotFound(what="claim")
    if row.customer != customer:
        raise NotYours
    gift = GIFTS.get(transaction, row.gift)
    assert gift is not None, "a claim names a gift that exists"
    return claim_view(transaction, row, gift)


def _found(transaction: Transaction, name: str, customer: str) -> GiftRow:
    """Give a paid gift by its token; by its id only where it is for this very person."""
    rows = GIFTS.where(
        transaction,
        "(token = ? OR (id = ? AND receiver = ?)) AND moved_at IS NOT NULL",
        name,
        name,
        customer,
    )
    if not rows:
        raise NotFound(what="gift")
    return rows[0]


def _require_claimable(
    transaction: Transaction, gift: GiftRow, customer: Customer, now: Now
) -> None:
    if gift.sender == customer.id:
        raise GiftOwn
    if gift.receiver not in (None, customer.id):
        raise NotYours
    if CLAIMS.where(transaction, "gift = ? AND customer = ?", gift.id, customer.id):
        raise GiftClaimed
    state = gift_as_of(gift, now).state
    if state != GiftState.OPEN:
        raise GiftOver(state=state)
    if customer.frozen:
        raise WalletFrozen
    if customer.currency != gift.currency:
        raise CurrencyMismatch(charge=gift.currency, wallet=customer.currency)


def _share(transaction: Transaction, gift: GiftRow) -> int:
    """Give the next share in minor units."""
    row = transaction.one(
        "SELECT amount FROM gift_shares WHERE gift = ? AND number = ?", gift.id, gift.claims
    )
    assert row is not None, "an open gift has a share left"
    return int(row[0])


def _give(transaction: Transaction, gift: GiftRow, row: ClaimRow, now: Now) -> None:
    """Move one share to whoever took it, and tell both."""
    move_held(transaction, "gift_claim", row.id, gift, row.customer, row.amount, now)
    claims = gift.claims + 1
    GIFTS.change(
        transaction,
        gift,
        claimed=gift.claimed + row.amount,
        claims=claims,
        state=GiftState.CLAIMED if claims == gift.count else GiftState.OPEN,
    )
    announce_claim(transaction, gift, row, now)

"""Splitting a bill: a request to each person, whose shares and one's own add up to the bill."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from wallet_api.checkout.terms import require_amount, the_customer
from wallet_api.contract.errors import NotFound, NotYours, SharesInvalid
from wallet_api.contract.people import RequestState, Split, SplitRequest, SplitShares
from wallet_api.contract.rules import LARGEST_WEIGHT, MOST_SPLIT_PEOPLE, REQUEST_LIFE
from wallet_api.contract.shares import shared_out
from wallet_api.people.outgoing import cleaned_note
from wallet_api.people.records import SPLITS, RequestRow, SplitRow
from wallet_api.people.requests import open_request, payer_of
from wallet_api.people.views import split_shares_view, split_view
from wallet_api.store.answers import Answered, Key, once

if TYPE_CHECKING:
    from collections.abc import Sequence

    from wallet_api.contract.error_base import WalletError
    from wallet_api.identity.records import Customer
    from wallet_api.store.clock import Now
    from wallet_api.store.database import Transaction


@dataclass(frozen=True, slots=True)
class SplitBill:
    """A wallet splits a bill; ``requests`` are ids from the edge for the requests to be made."""

    key: Key
    customer: str
    request: SplitRequest
    requests: Sequence[str]


def split_bill(transaction: Transaction, command: SplitBill, now: Now) -> Answered[Split]:
    """Ask each person for a share; what does not divide falls on one's own share first.

    Raises NotFound, ToOneself, AmountInvalid, SharesInvalid, CurrencyMismatch, TextInvalid.
    """

    def act() -> Split:
        owner = the_customer(transaction, command.customer)
        amount = require_amount(command.request.amount, owner.currency)
        own, *others = _shares(command.request, amount)
        payers = [payer_of(transaction, owner, person) for person in command.request.people]
        row = SplitRow(
            id=command.key.id,
            sender=owner.id,
            currency=owner.currency,
            amount=amount,
            own=own,
            note=cleaned_note(command.request.note),
            created_at=now.business,
        )
        SPLITS.insert(transaction, row)
        for request, payer, share in zip(command.requests, payers, others, strict=True):
            open_request(transaction, _request(row, request, payer, share, now), now)
        return split_view(transaction, row)

    def current() -> Split:
        return split_view(transaction, _own_split(transaction, command.key.id, command.customer))

    return once(transaction, now, command.key, Split, act, current)


def view_split(transaction: Transaction, split: str, customer: str, now: Now) -> SplitShares:
    """Give one's own split with who has paid. Raises NotFound, NotYours."""
    return split_shares_view(transaction, _own_split(transaction, split, customer), now)


def _own_split(transaction: Transaction, split: str, customer: str) -> SplitRow:
    row = SPLITS.get(transaction, split)
    if row is None:
        raise NotFound(what="split")
    if row.sender != customer:
        raise NotYours
    return row


def _shares(request: SplitRequest, amount: int) -> list[int]:
    """Give the share of each in minor units, one's own first."""
    people = request.people
    if not 1 <= len(people) <= MOST_SPLIT_PEOPLE or len(set(people)) != len(people):
        raise _wrong(
            f"name 1 to {MOST_SPLIT_PEOPLE} people, each once",
            f"请指定 1 至 {MOST_SPLIT_PEOPLE} 人，不可重复",
        )
    weights = [1] * (len(people) + 1) if request.shares is None else request.shares
    if len(weights) != len(people) + 1:
        raise _wrong(
            "give a share to yourself first, and then to each person",
            "请先写自己的份额，再写每个人的份额",
        )
    if not all(0 <= weight <= LARGEST_WEIGHT for weight in weights) or not any(weights):
        raise _wrong(f"a share is 0 to {LARGEST_WEIGHT}", f"份额须为 0 至 {LARGEST_WEIGHT}")
    shares = shared_out(amount, weights)
    if not all(shares[1:]):
        raise _wrong("each person's share must be more than nothing", "每个人的份额须大于零")
    return shares


def _wrong(english: str, chinese: str) -> WalletError:
    return SharesInvalid(reason={"en": english, "zh": chinese})


def _request(row: SplitRow, request: str, payer: Customer, share: int, now: Now) -> RequestRow:
    return RequestRow(
        id=request,
        requester=row.sender,
        payer=payer.id,
        currency=row.currency,
        amount=share,
        note=row.note,
        state=RequestState.OPEN,
        split=row.id,
        transfer=None,
        created_at=now.business,
        expires_at=now.business + REQUEST_LIFE * 1_000,
    )

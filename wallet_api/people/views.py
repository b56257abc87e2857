"""Rows as they cross the wire, for the two people that each of them is between."""

from __future__ import annotations

from typing import TYPE_CHECKING

from payment_codes.amount import Amount
from payment_codes.native import Kind, NativeCode, build
from wallet_api.checkout.terms import the_customer
from wallet_api.contract.instants import instant_text
from wallet_api.contract.people import (
    Claim,
    Gift,
    GiftState,
    MoneyRequest,
    Payee,
    Person,
    PersonalCode,
    RequestState,
    Split,
    SplitShares,
    Transfer,
    TransferState,
)
from wallet_api.people.records import (
    REQUESTS,
    ClaimRow,
    GiftRow,
    PersonalCodeRow,
    RequestRow,
    SplitRow,
    TransferRow,
)
from wallet_api.people.standing import gift_as_of, request_as_of, transfer_as_of

if TYPE_CHECKING:
    from wallet_api.store.clock import Now
    from wallet_api.store.database import Transaction

#: ISO 18245: money transfer.
CATEGORY = "4829"
#: What a code says for a name: a picture of it tells nobody whose it is, the service's answer does.
NAMES = {Kind.PERSON: "A PERSON", Kind.GIFT: "A GIFT"}
CITY = "TERMINAL WALLET"


def payload(token: str, kind: Kind, currency: str, amount: int | None = None) -> str:
    """Give the text of a person's or a gift's code; ``amount`` is in minor units."""
    return build(
        NativeCode(
            token=token,
            amount=None if amount is None else Amount(amount, currency),
            merchant_name=NAMES[kind],
            city=CITY,
            category=CATEGORY,
            dynamic=False,
            currency=currency,
            kind=kind,
        )
    )


def name_of(transaction: Transaction, customer: str) -> str:
    """Give the name that a person is known by."""
    return the_customer(transaction, customer).name


def person_view(transaction: Transaction, customer: str) -> Person:
    """Give what others may learn of a customer who exists."""
    row = the_customer(transaction, customer)
    return Person(wallet=row.id, name=row.name, currency=row.currency)


def personal_code_view(row: PersonalCodeRow) -> PersonalCode:
    """Give a code to whom it belongs to."""
    return PersonalCode(
        id=row.id,
        payload=payload(row.token, Kind.PERSON, row.currency, row.amount),
        created_at=instant_text(row.created_at),
        amount=None if row.amount is None else Amount(row.amount, row.currency),
        note=row.note,
    )


def payee_view(transaction: Transaction, row: PersonalCodeRow) -> Payee:
    """Give whom a personal code pays."""
    return Payee(
        wallet=row.customer,
        name=name_of(transaction, row.customer),
        currency=row.currency,
        amount=None if row.amount is None else Amount(row.amount, row.currency),
        note=row.note,
    )


def transfer_view(transaction: Transaction, row: TransferRow, now: Now) -> Transfer:
    """Give a transfer at a moment."""
    row = transfer_as_of(row, now)
    return Transfer(
        id=row.id,
        state=TransferState(row.state),
        amount=Amount(row.amount, row.currency),
        sender=name_of(transaction, row.sender),
        sender_id=row.sender,
        receiver=name_of(transaction, row.receiver),
        receiver_id=row.receiver,
        created_at=instant_text(row.created_at),
        expires_at=instant_text(row.expires_at),
        deliver_at=None if row.deliver_at is None else instant_text(row.deliver_at),
        request=row.request,
        note=row.note,
        reason=row.reason,
    )


def request_view(transaction: Transaction, row: RequestRow, now: Now) -> MoneyRequest:
    """Give a request for money at a moment."""
    row = request_as_of(row, now)
    return MoneyRequest(
        id=row.id,
        state=RequestState(row.state),
        amount=Amount(row.amount, row.currency),
        requester=name_of(transaction, row.requester),
        requester_id=row.requester,
        payer=name_of(transaction, row.payer),
        payer_id=row.payer,
        created_at=instant_text(row.created_at),
        expires_at=instant_text(row.expires_at),
        split=row.split,
        transfer=row.transfer,
        note=row.note,
    )


def split_view(transaction: Transaction, row: SplitRow) -> Split:
    """Give a split without its requests."""
    found = transaction.one(
        "SELECT COUNT(*), COUNT(CASE WHEN state = 'paid' THEN 1 END),"
        " COALESCE(SUM(CASE WHEN state = 'paid' THEN amount END), 0) FROM requests WHERE split = ?",
        row.id,
    )
    assert found is not None, "an aggregate has one row"
    people, paid, received = found
    return Split(
        id=row.id,
        amount=Amount(row.amount, row.currency),
        own=Amount(row.own, row.currency),
        received=Amount(int(received), row.currency),
        people=people,
        paid=paid,
        created_at=instant_text(row.created_at),
        note=row.note,
    )


def split_shares_view(transaction: Transaction, row: SplitRow, now: Now) -> SplitShares:
    """Give a split with its requests, in the order of the people that were named."""
    summary = split_view(transaction, row)
    rows = REQUESTS.where(transaction, "split = ? ORDER BY id", row.id)
    return SplitShares(
        id=summary.id,
        amount=summary.amount,
        own=summary.own,
        received=summary.received,
        people=summary.people,
        paid=summary.paid,
        created_at=summary.created_at,
        note=summary.note,
        requests=[request_view(transaction, request, now) for request in rows],
    )


def gift_view(transaction: Transaction, row: GiftRow, viewer: str, now: Now) -> Gift:
    """Give a gift at a moment; its code is its sender's alone, and only while it can be taken.

    One to a certain person is taken by its id and shows none.
    """
    row = gift_as_of(row, now)
    shows_code = viewer == row.sender and row.receiver is None and row.state == GiftState.OPEN
    return Gift(
        id=row.id,
        state=GiftState(row.state),
        amount=Amount(row.amount, row.currency),
        count=row.count,
        random=bool(row.random),
        claimed=Amount(row.claimed, row.currency),
        claims=row.claims,
        sender=name_of(transaction, row.sender),
        sender_id=row.sender,
        created_at=instant_text(row.created_at),
        expires_at=instant_text(
            row.confirm_by if row.state == GiftState.PIN_REQUIRED else row.expires_at
        ),
        receiver=None if row.receiver is None else name_of(transaction, row.receiver),
        receiver_id=row.receiver,
        payload=payload(row.token, Kind.GIFT, row.currency) if shows_code else None,
        note=row.note,
        reason=row.reason,
    )


def claim_view(transaction: Transaction, row: ClaimRow, gift: GiftRow) -> Claim:
    """Give one person's share of a gift."""
    return Claim(
        id=row.id,
        state="succeeded",
        amount=Amount(row.amount, gift.currency),
        gift=gift.id,
        sender=name_of(transaction, gift.sender),
        claimer=name_of(transaction, row.customer),
        created_at=instant_text(row.created_at),
        note=gift.note,
    )

"""Requests for money: one person asks, another pays, declines, or lets the time pass."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from wallet_api.checkout.terms import Evidence, require_amount, the_customer
from wallet_api.contract.errors import CurrencyMismatch, NotYours, TermsChanged
from wallet_api.contract.people import (
    MoneyRequest,
    MoneyRequestRequest,
    PayRequest,
    RequestState,
    Transfer,
)
from wallet_api.contract.rules import REQUEST_LIFE
from wallet_api.people.announcements import announce_request
from wallet_api.people.outgoing import cleaned_note, other_person
from wallet_api.people.records import REQUESTS, RequestRow
from wallet_api.people.standing import request_as_of, require_open, the_request
from wallet_api.people.transfers import begin, new_transfer, view_transfer
from wallet_api.people.views import request_view
from wallet_api.store.answers import Answered, Key, once
from wallet_api.store.database import AGENDA

if TYPE_CHECKING:
    from wallet_api.identity.records import Customer, Device
    from wallet_api.store.clock import Now
    from wallet_api.store.database import Transaction


@dataclass(frozen=True, slots=True)
class RequestMoney:
    """A wallet asks a person for money; the key's id is the request's."""

    key: Key
    customer: str
    request: MoneyRequestRequest


@dataclass(frozen=True, slots=True)
class PayForRequest:
    """A wallet pays a request on the terms it names; the key's id is the transfer's."""

    key: Key
    customer: str
    device: Device
    request: str
    terms: PayRequest
    evidence: Evidence


@dataclass(frozen=True, slots=True)
class EndRequest:
    """The payer declines a request, or the requester cancels it."""

    key: Key
    customer: str
    request: str


def request_money(
    transaction: Transaction, command: RequestMoney, now: Now
) -> Answered[MoneyRequest]:
    """Ask a person for money.

    Raises NotFound, ToOneself, AmountInvalid, CurrencyMismatch, TextInvalid.
    """

    def act() -> MoneyRequest:
        requester = the_customer(transaction, command.customer)
        amount = require_amount(command.request.amount, requester.currency)
        open_request(
            transaction,
            RequestRow(
                id=command.key.id,
                requester=requester.id,
                payer=payer_of(transaction, requester, command.request.payer).id,
                currency=requester.currency,
                amount=amount,
                note=cleaned_note(command.request.note),
                state=RequestState.OPEN,
                split=None,
                transfer=None,
                created_at=now.business,
                expires_at=now.business + REQUEST_LIFE * 1_000,
            ),
            now,
        )
        return current()

    def current() -> MoneyRequest:
        return view_request(transaction, command.key.id, command.customer, now)

    return once(transaction, now, command.key, MoneyRequest, act, current)


def pay_request(transaction: Transaction, command: PayForRequest, now: Now) -> Answered[Transfer]:
    """Pay a request by a transfer, which may have to wait for the PIN.

    Raises NotFound, NotYours, RequestOver, TermsChanged, and what a send raises.
    """

    def act() -> Transfer:
        row = the_request(transaction, command.request, command.customer, now)
        if row.payer != command.customer:
            raise NotYours
        terms = command.terms
        signed = (terms.payee, terms.amount.minor, terms.amount.currency)
        if signed != (row.requester, row.amount, row.currency):
            raise TermsChanged
        payer = the_customer(transaction, command.customer)
        transfer = new_transfer(
            command.key.id, payer, row.requester, row.amount, row.note, now, row.id
        )
        begin(transaction, transfer, command.device, command.evidence, now)
        return current()

    def current() -> Transfer:
        return view_transfer(transaction, command.key.id, command.customer, now)

    return once(transaction, now, command.key, Transfer, act, current)


def decline_request(
    transaction: Transaction, command: EndRequest, now: Now
) -> Answered[MoneyRequest]:
    """Refuse to pay a request. Raises NotFound, NotYours, RequestOver."""
    return _end(transaction, command, now, RequestState.DECLINED)


def cancel_request(
    transaction: Transaction, command: EndRequest, now: Now
) -> Answered[MoneyRequest]:
    """Take back a request of one's own. Raises NotFound, NotYours, RequestOver."""
    return _end(transaction, command, now, RequestState.CANCELLED)


def expire_request(transaction: Transaction, request: str, now: Now) -> None:
    """End a request whose time is over; a second call changes nothing."""
    row = REQUESTS.get(transaction, request)
    assert row is not None, "the agenda names requests that exist"
    if row.state == RequestState.OPEN and request_as_of(row, now).state == RequestState.EXPIRED:
        _change(transaction, row, RequestState.EXPIRED, now)


def view_request(transaction: Transaction, request: str, person: str, now: Now) -> MoneyRequest:
    """Give a request to one of its two sides. Raises NotFound, NotYours."""
    return request_view(transaction, the_request(transaction, request, person, now), now)


def payer_of(transaction: Transaction, requester: Customer, payer: str) -> Customer:
    """Give a person who can pay a requester. Raises NotFound, ToOneself, CurrencyMismatch."""
    person = other_person(transaction, requester.id, payer)
    if person.currency != requester.currency:
        raise CurrencyMismatch(charge=requester.currency, wallet=person.currency)
    return person


def open_request(transaction: Transaction, row: RequestRow, now: Now) -> None:
    """Write a request and tell both sides; it ends by the agenda."""
    REQUESTS.insert(transaction, row)
    announce_request(transaction, row, "created", now)
    transaction.touch(AGENDA)


def _end(
    transaction: Transaction, command: EndRequest, now: Now, state: RequestState
) -> Answered[MoneyRequest]:
    def act() -> MoneyRequest:
        row = the_request(transaction, command.request, command.customer, now)
        side = row.payer if state is RequestState.DECLINED else row.requester
        if side != command.customer:
            raise NotYours
        if row.state != state:
            require_open(row)
            _change(transaction, row, state, now)
        return current()

    def current() -> MoneyRequest:
        return view_request(transaction, command.request, command.customer, now)

    return once(transaction, now, command.key, MoneyRequest, act, current)


def _change(transaction: Transaction, row: RequestRow, state: RequestState, now: Now) -> None:
    changed = REQUESTS.change(transaction, row, state=state)
    announce_request(transaction, changed, state.value, now)

"""Personal codes: what a person shows to receive money, with or without an amount."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from wallet_api.checkout.terms import require_amount, the_customer
from wallet_api.contract.errors import NotFound
from wallet_api.contract.people import Payee, PersonalCode, ReceiveRequest
from wallet_api.people.outgoing import cleaned_note
from wallet_api.people.records import PERSONAL_CODES, PersonalCodeRow
from wallet_api.people.views import payee_view, personal_code_view
from wallet_api.store.answers import Answered, Key, once

if TYPE_CHECKING:
    from wallet_api.identity.records import Customer
    from wallet_api.store.clock import Now
    from wallet_api.store.database import Transaction


@dataclass(frozen=True, slots=True)
class Receive:
    """A wallet asks for a code; ``token`` is random and made at the edge."""

    key: Key
    customer: str
    request: ReceiveRequest
    token: str


def receive(transaction: Transaction, command: Receive, now: Now) -> Answered[PersonalCode]:
    """Give a code to receive money with. The one without amount and note stays the same.

    Raises AmountInvalid, CurrencyMismatch, TextInvalid.
    """

    def act() -> PersonalCode:
        request, customer = command.request, the_customer(transaction, command.customer)
        if request.amount is None and request.note is None:
            kept = _plain(transaction, customer.id)
            if kept:
                return personal_code_view(kept[0])
        row = PersonalCodeRow(
            id=command.key.id,
            token=command.token,
            customer=customer.id,
            currency=customer.currency,
            amount=_stated(request, customer),
            note=cleaned_note(request.note),
            created_at=now.business,
        )
        PERSONAL_CODES.insert(transaction, row)
        return personal_code_view(row)

    def current() -> PersonalCode:
        row = PERSONAL_CODES.get(transaction, command.key.id)
        return personal_code_view(row or _plain(transaction, command.customer)[0])

    return once(transaction, now, command.key, PersonalCode, act, current)


def payee(transaction: Transaction, token: str) -> Payee:
    """Give whom a personal code pays. Raises NotFound."""
    rows = PERSONAL_CODES.where(transaction, "token = ?", token)
    if not rows:
        raise NotFound(what="code")
    return payee_view(transaction, rows[0])


def _stated(request: ReceiveRequest, customer: Customer) -> int | None:
    if request.amount is None:
        return None
    return require_amount(request.amount, customer.currency)


def _plain(transaction: Transaction, customer: str) -> list[PersonalCodeRow]:
    return PERSONAL_CODES.where(
        transaction, "customer = ? AND amount IS NULL AND note IS NULL", customer
    )

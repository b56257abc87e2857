"""What all money that a person sends goes through: limits, the PIN, the proof of an approval."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from wallet_api.checkout.approval import Terms, approved
from wallet_api.checkout.settlement import has_evidence
from wallet_api.checkout.terms import the_customer
from wallet_api.contract.errors import InsufficientFunds, NotFound, ToOneself, WalletFrozen
from wallet_api.contract.text import clean_text
from wallet_api.identity.pin import check_pin
from wallet_api.identity.records import CUSTOMERS
from wallet_api.ledger.accounts import customer_account, held_account, owed_to
from wallet_api.ledger.journal import credit, debit, post
from wallet_api.limits.allowance import count_outgoing, give_back, require_allowed

if TYPE_CHECKING:
    from wallet_api.checkout.terms import Evidence
    from wallet_api.identity.keys import Keys
    from wallet_api.identity.records import Customer, Device
    from wallet_api.people.records import GiftRow, TransferRow
    from wallet_api.store.answers import Key
    from wallet_api.store.clock import Now
    from wallet_api.store.database import Transaction


@dataclass(frozen=True, slots=True)
class Confirm:
    """A wallet's PIN and its signed approval (64 bytes) of a transfer or a gift."""

    key: Key
    customer: str
    device: Device
    subject: str
    pin: str
    approval: bytes
    keys: Keys


def other_person(transaction: Transaction, customer: str, other: str) -> Customer:
    """Give somebody else with a wallet. Raises NotFound, ToOneself."""
    if other == customer:
        raise ToOneself
    person = CUSTOMERS.get(transaction, other)
    if person is None:
        raise NotFound(what="person")
    return person


def cleaned_note(note: str | None) -> str | None:
    """Give a note that is safe to show. Raises TextInvalid."""
    return None if note is None else clean_text(note, "note")


def require_funds(transaction: Transaction, customer: Customer, amount: int, now: Now) -> None:
    """Refuse what no PIN would help. Raises WalletFrozen, InsufficientFunds, LimitExceeded."""
    if customer.frozen:
        raise WalletFrozen
    if owed_to(transaction, customer_account(customer.id), customer.currency) < amount:
        raise InsufficientFunds
    require_allowed(transaction, customer, amount, now)


def proven(command: Confirm, terms: Terms) -> Evidence:
    """Check that the device approved these terms. Raises SignatureInvalid."""
    return approved(terms, command.device, command.approval, command.keys)


def require_pin(transaction: Transaction, command: Confirm) -> None:
    """Check the PIN and count the try. Raises PinNotSet, PinLocked, PinWrong."""
    customer = the_customer(transaction, command.customer)
    check_pin(transaction, command.keys, customer, command.pin)


def move_out(
    transaction: Transaction,
    kind: str,
    row: TransferRow | GiftRow,
    account: str,
    now: Now,
) -> None:
    """Post money from its sender to an account, and count it."""
    post(
        transaction,
        kind,
        row.id,
        [
            debit(customer_account(row.sender), row.currency, row.amount),
            credit(account, row.currency, row.amount),
        ],
        now,
    )
    count_outgoing(
        transaction,
        the_customer(transaction, row.sender),
        row.amount,
        now,
        pin_free=not has_evidence(transaction, row.id, "confirm"),
    )
    transaction.touch(row.sender)


def move_held(
    transaction: Transaction,
    kind: str,
    subject: str,
    row: TransferRow | GiftRow,
    receiver: str,
    amount: int,
    now: Now,
) -> None:
    """Post held money to a person; ``subject`` is the id of what delivers it."""
    post(
        transaction,
        kind,
        subject,
        [
            debit(held_account(row.id), row.currency, amount),
            credit(customer_account(receiver), row.currency, amount),
        ],
        now,
    )
    transaction.touch(receiver)


def restore_allowance(
    transaction: Transaction, row: TransferRow | GiftRow, amount: int, now: Now
) -> None:
    """Give a sender the allowance back for money that returned on the day it left."""
    assert row.moved_at is not None, "only what left comes back"
    give_back(
        transaction,
        the_customer(transaction, row.sender),
        amount,
        row.moved_at,
        now,
        pin_free=amount == row.amount and not has_evidence(transaction, row.id, "confirm"),
    )

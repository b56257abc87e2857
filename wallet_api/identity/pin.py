"""The PIN: six digits, weak ones refused, three wrong tries lock it.

The verifier is HMAC-SHA-256 under a key outside the database, with a salt per customer: a stolen
database alone lets nobody try the million PINs.
"""

from __future__ import annotations

import hashlib
import hmac
from dataclasses import dataclass
from typing import TYPE_CHECKING

from wallet_api.contract.administration import PinState
from wallet_api.contract.errors import (
    NotFound,
    PinLocked,
    PinNeeded,
    PinNotSet,
    PinWrong,
)
from wallet_api.contract.pins import require_strong
from wallet_api.contract.rules import PIN_TRIES
from wallet_api.identity.records import CUSTOMERS, Customer
from wallet_api.store.answers import Answered, Key, once

if TYPE_CHECKING:
    from wallet_api.contract.administration import SetPin
    from wallet_api.identity.keys import Keys
    from wallet_api.store.clock import Now
    from wallet_api.store.database import Transaction

SALT_BYTES = 16


@dataclass(frozen=True, slots=True)
class ChangePin:
    """A PIN to set; ``salt`` is 16 new random bytes from the edge."""

    key: Key
    customer: str
    request: SetPin
    salt: bytes
    keys: Keys


@dataclass(frozen=True, slots=True)
class UnlockPin:
    """A PIN that the bank unlocks."""

    key: Key
    customer: str


def verifier(keys: Keys, salt: bytes, pin: str) -> bytes:
    """Give what the database keeps of a PIN (32 bytes)."""
    return hmac.digest(keys.pin, salt + pin.encode(), hashlib.sha256)


def check_pin(transaction: Transaction, keys: Keys, customer: Customer, pin: str) -> None:
    """Check a try and count it. Raises PinNotSet, PinLocked, PinWrong (with the tries left).

    The third wrong try raises PinLocked, and so does every later one, right or wrong.
    """
    if customer.pin_salt is None or customer.pin_verifier is None:
        raise PinNotSet
    if customer.pin_failures >= PIN_TRIES:
        raise PinLocked
    if hmac.compare_digest(verifier(keys, customer.pin_salt, pin), customer.pin_verifier):
        if customer.pin_failures:
            CUSTOMERS.change(transaction, customer, pin_failures=0)
        return
    failures = customer.pin_failures + 1
    CUSTOMERS.change(transaction, customer, pin_failures=failures)
    if failures >= PIN_TRIES:
        raise PinLocked
    raise PinWrong(tries_left=PIN_TRIES - failures)


def require_pin(transaction: Transaction, keys: Keys, customer_id: str, pin: str | None) -> None:
    """Check the PIN of a wallet that has one. Raises PinNeeded, PinLocked, PinWrong."""
    customer = _customer(transaction, customer_id)
    if customer.pin_verifier is None:
        return
    if pin is None:
        raise PinNeeded
    check_pin(transaction, keys, customer, pin)


def change_pin(transaction: Transaction, command: ChangePin, now: Now) -> Answered[PinState]:
    """Set the first PIN, or change it with the one before.

    Raises PinWeak, PinNeeded, PinLocked, PinWrong.
    """

    def act() -> PinState:
        require_strong(command.request.new_pin)
        require_pin(transaction, command.keys, command.customer, command.request.pin)
        proof = verifier(command.keys, command.salt, command.request.new_pin)
        customer = _customer(transaction, command.customer)
        CUSTOMERS.change(
            transaction, customer, pin_salt=command.salt, pin_verifier=proof, pin_failures=0
        )
        return current()

    def current() -> PinState:
        return _state(_customer(transaction, command.customer))

    return once(transaction, now, command.key, PinState, act, current)


def unlock_pin(transaction: Transaction, command: UnlockPin, now: Now) -> Answered[PinState]:
    """Forget the wrong tries of a PIN; the PIN stays what it is. Raises NotFound."""

    def act() -> PinState:
        customer = _customer(transaction, command.customer)
        return _state(CUSTOMERS.change(transaction, customer, pin_failures=0))

    def current() -> PinState:
        return _state(_customer(transaction, command.customer))

    return once(transaction, now, command.key, PinState, act, current)


def _customer(transaction: Transaction, customer_id: str) -> Customer:
    customer = CUSTOMERS.get(transaction, customer_id)
    if customer is None:
        raise NotFound(what="wallet")
    return customer


def _state(customer: Customer) -> PinState:
    return PinState(
        wallet=customer.id,
        pin_set=customer.pin_verifier is not None,
        pin_locked=customer.pin_failures >= PIN_TRIES,
    )

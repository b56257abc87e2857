"""The PIN: six digits, weak ones refused, three wrong tries lock it.

The verifier is HMAC-SHA-256 under a key outside the database, with a salt per customer: a stolen
database alone lets nobody try the million PINs.
"""

from __future__ import annotations

import hashlib
import hmac
import itertools
from typing import TYPE_CHECKING

from wallet_api.contract.errors import PinLocked, PinNotSet, PinWeak, PinWrong
from wallet_api.contract.rules import PIN_TRIES
from wallet_api.identity.records import CUSTOMERS, Customer

if TYPE_CHECKING:
    from wallet_api.identity.keys import Keys
    from wallet_api.store.database import Transaction

PIN_DIGITS = 6
SALT_BYTES = 16


def require_strong(pin: str) -> None:
    """Refuse a PIN that is not six ASCII digits, repeats one digit, or counts up or down.

    Raises PinWeak.
    """
    if len(pin) != PIN_DIGITS or not (pin.isascii() and pin.isdigit()):
        raise PinWeak
    steps = {int(second) - int(first) for first, second in itertools.pairwise(pin)}
    if steps <= {0} or steps <= {1} or steps <= {-1}:
        raise PinWeak


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

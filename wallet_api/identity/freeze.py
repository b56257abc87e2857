"""Freezing: a frozen customer cannot pay, a frozen merchant cannot be paid; both get money back.

The bank and the owner each have a mark of their own, and lift only that.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from wallet_api.contract.administration import FreezeState
from wallet_api.contract.errors import NotFound
from wallet_api.identity.pin import require_pin
from wallet_api.identity.records import CUSTOMERS, MERCHANTS, Customer, Frozen, Merchant
from wallet_api.store.answers import Answered, Key, once

if TYPE_CHECKING:
    from wallet_api.contract.wire import Freezer
    from wallet_api.identity.keys import Keys
    from wallet_api.store.clock import Now
    from wallet_api.store.database import Transaction

MARKS: tuple[tuple[Frozen, Freezer], ...] = ((Frozen.BANK, "bank"), (Frozen.OWNER, "owner"))


@dataclass(frozen=True, slots=True)
class Freeze:
    """Set, or clear, one mark of the customer or merchant of this id."""

    subject: str
    frozen: bool
    by: Frozen = Frozen.BANK


@dataclass(frozen=True, slots=True)
class FreezeOnce:
    """Freeze or unfreeze under an idempotency key."""

    key: Key
    freeze: Freeze


@dataclass(frozen=True, slots=True)
class UnfreezeOwn:
    """Lift a customer's own mark, with the PIN of a wallet that has one."""

    key: Key
    customer: str
    pin: str | None
    keys: Keys


def frozen_by(frozen: int) -> list[Freezer]:
    """Name who has set the marks."""
    return [name for mark, name in MARKS if frozen & mark]


def freeze(transaction: Transaction, command: Freeze, _now: Now) -> FreezeState:
    """Set or clear a mark. Raises NotFound."""
    account = _account(transaction, command.subject)
    marks = account.frozen | command.by if command.frozen else account.frozen & ~command.by
    if isinstance(account, Customer):
        CUSTOMERS.change(transaction, account, frozen=int(marks))
    else:
        MERCHANTS.change(transaction, account, frozen=int(marks))
    transaction.touch(command.subject)
    return freeze_state(transaction, command.subject)


def freeze_once(transaction: Transaction, command: FreezeOnce, now: Now) -> Answered[FreezeState]:
    """Set or clear a mark. Raises NotFound."""

    def act() -> FreezeState:
        return freeze(transaction, command.freeze, now)

    def current() -> FreezeState:
        return freeze_state(transaction, command.freeze.subject)

    return once(transaction, now, command.key, FreezeState, act, current)


def unfreeze_own(transaction: Transaction, command: UnfreezeOwn, now: Now) -> Answered[FreezeState]:
    """Lift the customer's own mark; the bank's stays. Raises PinNeeded, PinWrong, PinLocked."""

    def act() -> FreezeState:
        require_pin(transaction, command.keys, command.customer, command.pin)
        return freeze(transaction, Freeze(command.customer, frozen=False, by=Frozen.OWNER), now)

    def current() -> FreezeState:
        return freeze_state(transaction, command.customer)

    return once(transaction, now, command.key, FreezeState, act, current)


def freeze_state(transaction: Transaction, subject: str) -> FreezeState:
    """Say who has frozen a customer or a merchant. Raises NotFound."""
    account = _account(transaction, subject)
    return FreezeState(
        id=account.id,
        kind="wallet" if isinstance(account, Customer) else "merchant",
        frozen_by=frozen_by(account.frozen),
    )


def _account(transaction: Transaction, subject: str) -> Customer | Merchant:
    account = CUSTOMERS.get(transaction, subject) or MERCHANTS.get(transaction, subject)
    if account is None:
        raise NotFound(what="customer or merchant")
    return account

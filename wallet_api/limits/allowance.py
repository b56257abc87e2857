"""What a customer may spend and hold: asked before money moves, counted when it has.

Single, day and year limits count money that leaves: payments, sends, withdrawals. The balance cap
bounds what comes in by top-ups and receipts. Refunds and reversals ask nobody.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from wallet_api.contract.errors import PinLocked, PinNotSet, ReceiverFull
from wallet_api.contract.limits import Tier
from wallet_api.contract.rules import PIN_FREE_LIMITS, PIN_TRIES
from wallet_api.ledger.accounts import customer_account, owed_to
from wallet_api.limits.records import SPENDING
from wallet_api.limits.refusals import limit_exceeded
from wallet_api.limits.spending import spending_at, with_recent
from wallet_api.limits.tables import PIN_FREE_PAYMENTS, STATIC_CODE_DAY, TIERS, Limits

if TYPE_CHECKING:
    from wallet_api.identity.records import Customer
    from wallet_api.store.clock import Now
    from wallet_api.store.database import Transaction


def limits_of(customer: Customer) -> Limits:
    """Give the limits of a customer's tier."""
    return TIERS[Tier(customer.tier), customer.currency]


def require_allowed(
    transaction: Transaction,
    customer: Customer,
    amount: int,
    now: Now,
    *,
    static_code: bool = False,
) -> None:
    """Refuse money that may not leave now: too much at once, in a day or in a year.

    With ``static_code`` the payer typed the amount on a static code, which has a cap of its own.
    Raises LimitExceeded, which says which limit, what is left, when it renews and how to raise it.
    """
    limits = limits_of(customer)
    spending = spending_at(transaction, customer.id, now)
    static_cap = STATIC_CODE_DAY[customer.currency] if static_code else None
    for limit, size, used, renews_at in (
        ("single", limits.single, 0, None),
        ("static_code", static_cap, spending.static_amount, spending.day_ends_at),
        ("day", limits.day, spending.day_amount, spending.day_ends_at),
        ("year", limits.year, spending.year_amount, spending.year_ends_at),
    ):
        if size is not None and used + amount > size:
            raise limit_exceeded(transaction, customer, limit, size, size - used, renews_at)


def count_outgoing(
    transaction: Transaction,
    customer: Customer,
    amount: int,
    now: Now,
    *,
    static_code: bool = False,
    pin_free: bool = False,
) -> None:
    """Count money that leaves, in the transaction that moves it.

    ``pin_free`` says that a payment went without a PIN.
    """
    spending = spending_at(transaction, customer.id, now)
    counted = replace(
        spending,
        day_amount=spending.day_amount + amount,
        static_amount=spending.static_amount + (amount if static_code else 0),
        pin_free=spending.pin_free + pin_free,
        year_amount=spending.year_amount + amount,
        movements=spending.movements + 1,
        total=spending.total + amount,
        recent=with_recent(spending, now),
    )
    SPENDING.put(transaction, counted)


def give_back(
    transaction: Transaction,
    customer: Customer,
    amount: int,
    counted_at: int,
    now: Now,
    *,
    static_code: bool = False,
    pin_free: bool = False,
) -> None:
    """Give the allowance back that a reversed movement took at ``counted_at``, on that day only.

    The flags are those that the movement was counted with.
    """
    spending = spending_at(transaction, customer.id, now)
    if counted_at < max(spending.day_began_at, spending.since):
        return
    restored = replace(
        spending,
        day_amount=spending.day_amount - amount,
        static_amount=spending.static_amount - (amount if static_code else 0),
        pin_free=spending.pin_free - pin_free,
        year_amount=spending.year_amount - amount,
    )
    SPENDING.put(transaction, restored)


def require_room(
    transaction: Transaction, customer: Customer, amount: int, _now: Now, *, own: bool = False
) -> None:
    """Refuse money that would bring a wallet above what its tier may hold.

    ``own`` says that the customer asks for it, as with a top-up: LimitExceeded then tells the
    figures. Anybody else learns nothing about the wallet but ReceiverFull.
    """
    size = limits_of(customer).balance
    if size is None:
        return
    left = size - owed_to(transaction, customer_account(customer.id), customer.currency)
    if amount <= left:
        return
    if not own:
        raise ReceiverFull
    raise limit_exceeded(transaction, customer, "balance", size, max(left, 0), None)


def needs_pin(
    transaction: Transaction, customer: Customer, amount: int, now: Now, *, step_up: bool = False
) -> bool:
    """Say whether money may leave only with the PIN: a large amount, the eleventh, or ``step_up``.

    Raises PinNotSet or PinLocked when it is needed and none could be given.
    """
    if amount <= PIN_FREE_LIMITS[customer.currency] and not step_up:
        used = spending_at(transaction, customer.id, now).pin_free
        if used < PIN_FREE_PAYMENTS:
            return False
    if customer.pin_verifier is None:
        raise PinNotSet
    if customer.pin_failures >= PIN_TRIES:
        raise PinLocked
    return True

"""Calls on the limits of a town's wallets, each in a command of its own."""

from __future__ import annotations

from typing import TYPE_CHECKING

from wallet_api.contract.errors import LimitExceeded
from wallet_api.limits.allowance import require_allowed, require_room
from wallet_api.limits.records import SPENDING, Spending
from wallet_api.risk.cards import limits_card

if TYPE_CHECKING:
    from tests.wallet_api.checkout.town import Town, Wallet
    from wallet_api.contract.limits import LimitsCard


def refused(town: Town, wallet: Wallet, minor: int, *, static_code: bool = False) -> str:
    """Give the limit that refuses money which wants to leave, or nothing."""
    row = town.customer_row(wallet)
    try:
        town.engine.read(
            lambda tx, now: require_allowed(tx, row, minor, now, static_code=static_code)
        )
    except LimitExceeded as refusal:
        return str(refusal.details["limit"])
    return ""


def has_room(town: Town, wallet: Wallet, minor: int) -> bool:
    """Say whether the wallet's owner may bring so much in."""
    row = town.customer_row(wallet)
    try:
        town.engine.read(lambda tx, now: require_room(tx, row, minor, now, own=True))
    except LimitExceeded as refusal:
        return bool(refusal.details["limit"] != "balance")
    return True


def counters(town: Town, wallet: Wallet) -> Spending | None:
    """Give the row of counters as it lies in the books."""
    return town.engine.read(lambda tx, _now: SPENDING.get(tx, wallet.id))


def card(town: Town, wallet: Wallet) -> LimitsCard:
    """Give what the wallet is shown of its limits."""
    return town.engine.read(lambda tx, now: limits_card(tx, wallet.id, now))

"""A wallet's limits."""

from __future__ import annotations

from typing import TYPE_CHECKING

from wallet_api.contract.limits import LimitsCard
from wallet_api.risk.cards import limits_card
from wallet_api.service.routes.table import Query, Read

if TYPE_CHECKING:
    from wallet_api.service.authentication import Call


def _limits(call: Call) -> Query:
    return lambda tx, now: limits_card(tx, call.customer, now)


READS = (
    Read(
        "/v1/limits", "What a wallet may spend and hold now, and why", "wallet", LimitsCard, _limits
    ),
)

"""What the bank decides for its books at the start: the calendar of their days, the risk rules."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from wallet_api.risk.rules import RULES, Rule, adopt_rules
from wallet_api.store.calendar import WrongZoneError, keep_zone

if TYPE_CHECKING:
    from wallet_api.store.clock import Now
    from wallet_api.store.database import Transaction
    from wallet_api.store.engine import Engine


@dataclass(frozen=True, slots=True)
class Policy:
    """The name of the books' time zone, None for the kept one or the default; the risk rules."""

    business_zone: str | None = None
    rules: tuple[Rule, ...] = RULES


DEFAULT_POLICY = Policy()


def adopt(engine: Engine, policy: Policy) -> None:
    """Put a policy in force. Raises WrongZoneError."""

    def put_in_force(transaction: Transaction, _now: Now) -> str:
        adopt_rules(transaction, policy.rules)
        return keep_zone(transaction, policy.business_zone)

    kept = engine.submit(put_in_force).result()
    if policy.business_zone not in {None, kept}:
        raise WrongZoneError(kept)

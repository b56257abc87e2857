"""The rows of risk: ids and numbers only, no personal data. Times are business milliseconds."""

from __future__ import annotations

from dataclasses import dataclass

from wallet_api.store.table import Table


@dataclass(frozen=True, slots=True)
class Finding:
    """A decision that was not to allow: which rule, what it saw and from where on it speaks.

    ``seen`` and ``threshold`` are movements or minor units, as the rule counts. ``payee`` is the id
    of who would have got the money.
    """

    number: int
    customer: str
    rule: str
    outcome: str
    seen: int
    threshold: int
    payee: str
    found_at: int


@dataclass(frozen=True, slots=True)
class Standing:
    """Where a customer stands: held back by a rule, or trusted for a while after a release."""

    customer: str
    held_by: str | None
    trusted_until: int


FINDINGS = Table("risk_findings", Finding)
STANDINGS = Table("risk_standings", Standing)

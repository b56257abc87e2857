"""The decision about money that wants to leave: every rule looks, the gravest one decides."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from wallet_api.contract.errors import RiskHeld, RiskRefused
from wallet_api.contract.risk import Outcome
from wallet_api.events.publish import publish
from wallet_api.identity.records import DEVICES
from wallet_api.limits.spending import recent_moments, spending_at
from wallet_api.risk.explanations import explain, explain_hold
from wallet_api.risk.records import FINDINGS, STANDINGS, Finding, Standing
from wallet_api.risk.rules import Habit, Rule, Velocity, rules_in_force

if TYPE_CHECKING:
    from wallet_api.identity.records import Customer
    from wallet_api.limits.records import Spending
    from wallet_api.risk.rules import NewDevice
    from wallet_api.store.clock import Now
    from wallet_api.store.database import Transaction

HOUR_MS = 3_600_000


@dataclass(frozen=True, slots=True)
class Decision:
    """What a rule decided and why. ``seen`` and ``threshold`` are as the rule counts.

    ``explanation`` is a sentence for each language, empty where all is allowed.
    """

    outcome: Outcome
    rule: str = ""
    seen: int = 0
    threshold: int = 0
    explanation: dict[str, str] = field(default_factory=dict)


ALLOWED = Decision(Outcome.ALLOW)


@dataclass(frozen=True, slots=True)
class _Movement:
    """Money that wants to leave, and what is known about who sends it."""

    customer: Customer
    device: str
    amount: int
    spending: Spending


def assess(
    transaction: Transaction,
    customer: Customer,
    device: str,
    amount: int,
    payee: str,
    now: Now,
    *,
    pin_given: bool = False,
) -> Decision:
    """Decide about money that wants to leave; a decision that is not to allow is written down.

    ``device`` and ``payee`` are ids. With ``pin_given`` a step up is met. Nothing is refused here:
    who moves the money acts on the decision.
    """
    standing = STANDINGS.get(transaction, customer.id)
    if standing is not None and standing.held_by is not None:
        return Decision(Outcome.HOLD, standing.held_by, explanation=explain_hold(standing.held_by))
    movement = _Movement(customer, device, amount, spending_at(transaction, customer.id, now))
    trusted = standing is not None and now.business < standing.trusted_until
    decision = ALLOWED
    for rule in rules_in_force(transaction):
        outcome = _softened(rule.outcome, trusted=trusted, pin_given=pin_given)
        if outcome.gravity <= decision.outcome.gravity:
            continue
        found = _look(transaction, rule, movement, now)
        if found is not None:
            explanation = explain(rule, *found, customer.currency)
            decision = Decision(outcome, rule.name, *found, explanation)
    if decision is not ALLOWED:
        _write_down(transaction, customer.id, decision, payee, now)
    return decision


def admit(
    transaction: Transaction,
    customer: Customer,
    device: str,
    amount: int,
    payee: str,
    now: Now,
    *,
    pin_given: bool = False,
) -> bool:
    """Let a payment pass that cannot wait for the bank; say whether it needs the PIN all the same.

    A hold lasts until the bank releases the customer. Raises RiskHeld, RiskRefused.
    """
    decision = assess(transaction, customer, device, amount, payee, now, pin_given=pin_given)
    if decision.outcome is Outcome.HOLD:
        _hold(transaction, customer.id, decision.rule, now)
    if decision.outcome in {Outcome.HOLD, Outcome.REFUSE}:
        refusal = RiskHeld if decision.outcome is Outcome.HOLD else RiskRefused
        raise refusal(
            rule=decision.rule,
            seen=decision.seen,
            threshold=decision.threshold,
            reason=decision.explanation,
        )
    return decision.outcome is Outcome.STEP_UP


def _hold(transaction: Transaction, customer: str, rule: str, now: Now) -> None:
    """Hold a customer back from now on, unless held already."""
    standing = STANDINGS.get(transaction, customer)
    if standing is None or standing.held_by is None:
        STANDINGS.put(transaction, Standing(customer, rule, 0))
        publish(transaction, customer, "risk.held", {"rule": rule}, now)


def _softened(outcome: Outcome, *, trusted: bool, pin_given: bool) -> Outcome:
    """Give what a rule still asks for: the bank's trust turns a hold into a step up."""
    if outcome is Outcome.HOLD and trusted:
        outcome = Outcome.STEP_UP
    return Outcome.ALLOW if outcome is Outcome.STEP_UP and pin_given else outcome


def _look(
    transaction: Transaction, rule: Rule, movement: _Movement, now: Now
) -> tuple[int, int] | None:
    """Give what a rule sees and its threshold where it speaks."""
    if isinstance(rule, Velocity):
        return _velocity(rule, movement, now)
    above = rule.above.get(movement.customer.currency)
    if above is None or movement.amount <= above:
        return None
    if isinstance(rule, Habit):
        return _habit(rule, movement, above)
    return _new_device(transaction, rule, movement, above, now)


def _velocity(rule: Velocity, movement: _Movement, now: Now) -> tuple[int, int] | None:
    since = now.business - rule.seconds * 1_000
    seen = 1 + sum(moment > since for moment in recent_moments(movement.spending))
    return (seen, rule.movements) if seen > rule.movements else None


def _habit(rule: Habit, movement: _Movement, above: int) -> tuple[int, int] | None:
    spending = movement.spending
    if spending.movements < rule.movements:
        return None
    usual = max(spending.total * rule.times // spending.movements, above)
    return (movement.amount, usual) if movement.amount > usual else None


def _new_device(
    transaction: Transaction, rule: NewDevice, movement: _Movement, above: int, now: Now
) -> tuple[int, int] | None:
    device = DEVICES.get(transaction, movement.device)
    assert device is not None, "a signed request names a device that exists"
    age = now.business - device.added_at
    return (movement.amount, above) if age < rule.hours * HOUR_MS else None


def _write_down(
    transaction: Transaction, customer: str, decision: Decision, payee: str, now: Now
) -> None:
    row = transaction.one("SELECT COALESCE(MAX(number), 0) + 1 FROM risk_findings")
    assert row is not None
    finding = Finding(
        row[0],
        customer,
        decision.rule,
        decision.outcome,
        decision.seen,
        decision.threshold,
        payee,
        now.business,
    )
    FINDINGS.insert(transaction, finding)

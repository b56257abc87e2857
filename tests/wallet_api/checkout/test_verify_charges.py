"""The proof of the charges finds whatever is off, each rule by a damage of its own."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from wallet_api.checkout.charges import close_charge, create_charge
from wallet_api.checkout.returns import refund, reverse
from wallet_api.checkout.verify import RULES
from wallet_api.contract.ids import new_id
from wallet_api.ledger.accounts import customer_account, merchant_account
from wallet_api.ledger.journal import credit, debit, post
from wallet_api.service.proof import STRAY, SUBJECTS

if TYPE_CHECKING:
    from tests.wallet_api.checkout.town import Town

#: Rule → statements that break it. Braces name the records of `street` below.
DAMAGES = {
    "a charge was refunded beyond what was captured": (
        ("UPDATE charges SET refunded = amount + 1 WHERE id = '{part}'",),
        ("UPDATE charges SET fee_returned = fee + 1 WHERE id = '{paid}'",),
    ),
    "the refunds of a charge do not add up": (
        ("UPDATE charges SET refunded = refunded + 1 WHERE id = '{part}'",),
        ("UPDATE refunds SET amount = amount - 1 WHERE charge = '{part}'",),
        ("DELETE FROM refunds WHERE charge = '{part}'",),
    ),
    "a charge's state and its refunds disagree": (
        ("UPDATE charges SET state = 'succeeded' WHERE id = '{part}'",),
        ("UPDATE charges SET state = 'refunded' WHERE id = '{part}'",),
        ("UPDATE charges SET state = 'partially_refunded' WHERE id = '{whole}'",),
        ("UPDATE charges SET state = 'reversed' WHERE id = '{part}'",),
    ),
    "a charge's state and its payment disagree": (
        ("UPDATE charges SET state = 'closed' WHERE id = '{paid}'",),
        ("UPDATE charges SET state = 'succeeded' WHERE id = '{closed}'",),
        ("UPDATE charges SET paid_at = 1 WHERE id = '{closed}'",),
        ("UPDATE charges SET journal = 1 WHERE id = '{closed}'",),
    ),
    "a charge was not paid by exactly one entry": (
        ("UPDATE charges SET journal = journal + 1 WHERE id = '{paid}'",),
        ("UPDATE payments SET charge = '{closed}' WHERE charge = '{paid}'",),
        ("UPDATE payments SET charge = '{other}' WHERE charge = '{paid}'",),
    ),
    "the journal moved other money than a charge says": (
        ("UPDATE charges SET amount = amount + 1 WHERE id = '{paid}'",),
        ("UPDATE charges SET fee = fee - 1 WHERE id = '{paid}'",),
        ("UPDATE charges SET fee_returned = fee_returned - 1 WHERE id = '{part}'",),
        ("UPDATE charges SET customer = '{stranger}' WHERE id = '{paid}'",),
        ("UPDATE charges SET merchant = '{rival}' WHERE id = '{paid}'",),
        ("UPDATE charges SET currency = 'EUR' WHERE id = '{paid}'",),
        ("UPDATE charges SET state = 'reversed' WHERE id = '{paid}'",),
        ("UPDATE charges SET state = 'succeeded' WHERE id = '{reversed}'",),
        (
            "UPDATE charges SET refunded = 1, state = 'partially_refunded' WHERE id = '{paid}'",
            "INSERT INTO refunds VALUES ('{fresh}', '{paid}', 1, NULL, 0, NULL)",
        ),
    ),
    "a payment's state and the journal disagree": (
        ("UPDATE payments SET state = 'failed' WHERE charge = '{paid}'",),
        ("UPDATE payments SET state = 'succeeded' WHERE charge = '{reversed}'",),
        ("INSERT INTO payments VALUES ('{fresh}', '{closed}', '{stranger}', 'succeeded', '', 0)",),
    ),
    "a refund and the journal disagree": (
        ("UPDATE refunds SET amount = amount + 1 WHERE charge = '{part}'",),
        ("INSERT INTO refunds VALUES ('{fresh}', '{paid}', 1, NULL, 0, NULL)",),
    ),
    "a tombstone holds money": (
        ("UPDATE charges SET amount = 1 WHERE id = '{tombstone}'",),
        ("UPDATE charges SET state = 'failed' WHERE id = '{tombstone}'",),
    ),
    STRAY: (
        ("DELETE FROM top_ups WHERE id = '{top_up}'",),
        ("UPDATE refunds SET id = '{fresh}' WHERE charge = '{part}'",),
    ),
}
CASES = [
    pytest.param(rule, statements, id=f"{rule} {number}")
    for rule, damages in DAMAGES.items()
    for number, statements in enumerate(damages)
]


def street(town: Town) -> dict[str, str]:
    """Make one record of every kind and give their ids."""
    wallet, shop = town.wallet(100_000), town.shop()
    tombstone = new_id(town.clock.wall)
    closed = town.run(create_charge, town.charge(shop, 700)).value.id
    names = {
        "paid": town.buy(wallet, shop, 10_000),
        "other": town.buy(wallet, shop, 20_000),
        "part": town.buy(wallet, shop, 10_000),
        "whole": town.buy(wallet, shop, 10_000),
        "reversed": town.buy(wallet, shop, 10_000),
        "closed": closed,
        "tombstone": tombstone,
        "top_up": town.fund(wallet, 50),
        "stranger": town.wallet(5).id,
        "rival": town.shop().id,
        "fresh": new_id(town.clock.wall),
    }
    town.run(close_charge, town.close_charge(shop, closed))
    town.run(refund, town.refund(shop, names["part"], 5_000))
    town.run(refund, town.refund(shop, names["whole"]))
    town.run(reverse, town.reverse(shop, names["reversed"]))
    town.run(reverse, town.reverse(shop, tombstone))
    assert town.findings() == []
    return names


@pytest.mark.parametrize(("rule", "statements"), CASES)
def test_a_damaged_record_is_found(damaged: Town, rule: str, statements: tuple[str, ...]) -> None:
    names = street(damaged)
    damaged.change(*(statement.format(**names) for statement in statements))
    found = [finding for finding in damaged.findings() if finding.startswith(f"{rule}: ")]
    assert len(found) == 1


def test_every_rule_is_broken_once() -> None:
    assert DAMAGES.keys() == {*RULES, STRAY}


@pytest.mark.parametrize("kind", ["payment", "refund", "reversal"])
def test_an_entry_too_many_is_found(damaged: Town, kind: str) -> None:
    """The journal itself is sound: only the charges tell that this money should not have moved."""
    names = street(damaged)
    row = damaged.charge_row(names["paid"])
    subject = {
        "payment": f"SELECT id FROM payments WHERE charge = '{names['paid']}'",
        "reversal": f"SELECT id FROM payments WHERE charge = '{names['paid']}'",
        "refund": f"SELECT id FROM refunds WHERE charge = '{names['part']}'",
    }[kind]
    lines = [
        debit(merchant_account(row.merchant), "CNY", 1),
        credit(customer_account(row.customer or ""), "CNY", 1),
    ]
    found = damaged.rows(subject)[0][0]
    damaged.engine.submit(lambda tx, now: post(tx, kind, found, lines, now)).result()
    findings = damaged.findings()
    assert findings
    # What else is counted beside the charges, such as a day's spending, may be off with them.
    rules = {rule for subject in SUBJECTS for rule in subject.RULES}
    assert all(finding.split(":")[0] in rules for finding in findings)

"""The proof of money between people finds whatever is off, each rule by a damage of its own."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from wallet_api.contract.ids import new_id
from wallet_api.contract.risk import Outcome
from wallet_api.ledger.accounts import BANK_SAFEGUARDED, customer_account, held_account
from wallet_api.ledger.journal import credit, debit, post
from wallet_api.people.claims import claim
from wallet_api.people.due import due
from wallet_api.people.gifts import give
from wallet_api.people.requests import pay_request
from wallet_api.people.splits import split_bill
from wallet_api.people.transfers import cancel_transfer
from wallet_api.people.verify import RULES
from wallet_api.risk.rules import NewDevice
from wallet_api.service.proof import STRAY

if TYPE_CHECKING:
    from tests.wallet_api.people.neighbours import Neighbours

#: Rule → statements that break it. Braces name the records of `street` below.
DAMAGES = {
    "held money is not what its transfer or gift says": (
        ("UPDATE gifts SET amount = amount + 1 WHERE id = '{gift}'",),
        ("UPDATE gifts SET state = 'returned' WHERE id = '{gift}'",),
        ("UPDATE gifts SET state = 'open' WHERE id = '{returned_gift}'",),
        ("UPDATE transfers SET state = 'succeeded' WHERE id = '{held}'",),
        ("UPDATE transfers SET state = 'held' WHERE id = '{sent}'",),
    ),
    "held money belongs to nothing": (
        ("UPDATE gifts SET currency = 'EUR' WHERE id = '{gift}'",),
        ("UPDATE transfers SET currency = 'EUR' WHERE id = '{held}'",),
    ),
    "a transfer's state and when its money moved disagree": (
        ("UPDATE transfers SET moved_at = NULL WHERE id = '{sent}'",),
        ("UPDATE transfers SET moved_at = 1 WHERE id = '{waiting}'",),
        ("UPDATE transfers SET state = 'failed' WHERE id = '{sent}'",),
        ("UPDATE transfers SET deliver_at = NULL WHERE id = '{held}'",),
    ),
    "the journal moved other money than a transfer says": (
        ("UPDATE transfers SET amount = amount + 1 WHERE id = '{sent}'",),
        ("UPDATE transfers SET sender = '{stranger}' WHERE id = '{sent}'",),
        ("UPDATE transfers SET receiver = '{stranger}' WHERE id = '{sent}'",),
        ("UPDATE transfers SET receiver = '{stranger}', state = 'succeeded' WHERE id = '{back}'",),
        ("UPDATE transfers SET state = 'returned', deliver_at = 1 WHERE id = '{sent}'",),
        ("UPDATE transfers SET state = 'returned' WHERE id = '{held}'",),
    ),
    "a request was not paid by exactly one transfer": (
        ("UPDATE requests SET state = 'open' WHERE id = '{paid}'",),
        ("UPDATE requests SET state = 'paid' WHERE id = '{open}'",),
        ("UPDATE requests SET transfer = NULL WHERE id = '{paid}'",),
        ("UPDATE requests SET transfer = '{sent}' WHERE id = '{open}'",),
        ("UPDATE requests SET amount = amount + 1 WHERE id = '{paid}'",),
        ("UPDATE requests SET payer = '{stranger}' WHERE id = '{paid}'",),
        ("UPDATE requests SET requester = '{stranger}' WHERE id = '{paid}'",),
        ("UPDATE requests SET currency = 'EUR' WHERE id = '{paid}'",),
        ("UPDATE transfers SET request = '{open}' WHERE id = '{sent}'",),
    ),
    "the shares of a split do not add up": (
        ("UPDATE splits SET own = own + 1",),
        ("UPDATE requests SET amount = amount - 1 WHERE id = '{open}'",),
        ("UPDATE requests SET split = NULL WHERE id = '{open}'",),
    ),
    "the shares of a gift do not add up": (
        ("UPDATE gift_shares SET amount = amount + 1 WHERE gift = '{gift}' AND number = 1",),
        ("UPDATE gifts SET count = count + 1 WHERE id = '{gift}'",),
        (
            "UPDATE gift_shares SET amount = 0 WHERE gift = '{gift}' AND number = 1",
            "UPDATE gift_shares SET amount = 6667 WHERE gift = '{gift}' AND number = 2",
        ),
    ),
    "the claims of a gift do not add up": (
        ("UPDATE gifts SET claims = claims + 1 WHERE id = '{gift}'",),
        ("UPDATE gifts SET claimed = claimed + 1 WHERE id = '{gift}'",),
        ("UPDATE claims SET amount = amount + 1",),
        ("UPDATE claims SET number = 2",),
    ),
    "a gift's state and its claims disagree": (
        ("UPDATE gifts SET state = 'claimed' WHERE id = '{gift}'",),
        ("UPDATE gifts SET claims = count WHERE id = '{gift}'",),
        ("UPDATE gifts SET moved_at = NULL WHERE id = '{gift}'",),
        ("UPDATE gifts SET state = 'failed' WHERE id = '{returned_gift}'",),
    ),
    "the journal moved other money than a gift says": (
        ("UPDATE gifts SET amount = amount + 1 WHERE id = '{gift}'",),
        ("UPDATE gifts SET sender = '{stranger}' WHERE id = '{gift}'",),
        ("UPDATE gifts SET state = 'open' WHERE id = '{returned_gift}'",),
    ),
    "a claim and the journal disagree": (
        ("UPDATE claims SET amount = amount + 1",),
        ("UPDATE claims SET customer = '{stranger}'",),
        ("UPDATE claims SET id = '{fresh}'",),
        ("UPDATE claims SET gift = '{returned_gift}'",),
    ),
    STRAY: (
        ("UPDATE claims SET id = '{fresh}'",),
        ("DELETE FROM transfers WHERE id = '{sent}'",),
    ),
}
CASES = [
    pytest.param(rule, statements, id=f"{rule} {number}")
    for rule, damages in DAMAGES.items()
    for number, statements in enumerate(damages)
]


def street(town: Neighbours) -> dict[str, str]:
    """Make one record of every kind and give their ids."""
    ann, bob = town.wallet(2_000_000), town.wallet(1_000_000)
    sent = town.sent(ann, bob, 10_000)
    rule = NewDevice("new_device", Outcome.HOLD, hours=999, above={"CNY": 30_000})
    town.adopt(rule)
    held, back = town.sent(ann, bob, 40_000), town.sent(ann, bob, 40_001)
    town.run(cancel_transfer, town.cancel(ann, back.id))
    waiting = town.sent(ann, bob, 150_000)
    eve = town.wallet()
    split = town.run(split_bill, town.split(ann, 10_000, (bob, eve))).value
    shown = town.show_split(ann, split.id)
    town.run(pay_request, town.pay_request(bob, shown.requests[0]))
    returned = town.run(give, town.give(ann, 500, expires_in=60)).value
    town.advance(60_000)
    for act in town.engine.read(due):
        town.engine.submit(act).result(timeout=30)
    gift, token = town.given(ann, 10_000, 3)
    town.run(claim, town.take(bob, token))
    assert town.findings() == []
    return {
        "sent": sent.id,
        "held": held.id,
        "back": back.id,
        "waiting": waiting.id,
        "paid": shown.requests[0].id,
        "open": shown.requests[1].id,
        "gift": gift.id,
        "returned_gift": returned.id,
        "stranger": town.wallet().id,
        "fresh": new_id(town.clock.wall),
        "ann": ann.id,
        "bob": bob.id,
    }


@pytest.mark.parametrize(("rule", "statements"), CASES)
def test_a_damaged_record_is_found(
    damaged: Neighbours, rule: str, statements: tuple[str, ...]
) -> None:
    names = street(damaged)
    damaged.change(*(statement.format(**names) for statement in statements))
    found = [finding for finding in damaged.findings() if finding.startswith(f"{rule}: ")]
    assert len(found) == 1


def test_every_rule_is_broken_once() -> None:
    assert DAMAGES.keys() == {*RULES, STRAY}


@pytest.mark.parametrize("subject", ["sent", "held", "gift", "claim"])
@pytest.mark.parametrize("source", [BANK_SAFEGUARDED, "held:gift"])
def test_an_entry_too_many_is_found(damaged: Neighbours, subject: str, source: str) -> None:
    """The journal itself is sound: only the rows tell that this money should not have moved."""
    names = street(damaged)
    names["claim"] = damaged.rows("SELECT id FROM claims")[0][0]
    account = held_account(names["gift"]) if source == "held:gift" else source
    lines = [debit(account, "CNY", 1), credit(customer_account(names["bob"]), "CNY", 1)]
    damaged.engine.submit(lambda tx, now: post(tx, "send", names[subject], lines, now)).result()
    findings = damaged.findings()
    assert findings
    assert all(finding.split(":")[0] in DAMAGES for finding in findings)

"""The proof of the bank connection finds whatever is off, each rule by a damage of its own."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from wallet_api.banking.notices import Notice
from wallet_api.banking.strays import Match, match
from wallet_api.banking.top_ups import request_top_up
from wallet_api.banking.verify import RULES
from wallet_api.contract.ids import new_id
from wallet_api.ledger.journal import credit, debit, post
from wallet_api.service.proof import STRAY

if TYPE_CHECKING:
    from tests.wallet_api.banking.harbour import Harbour

#: Rule → statements that break it. Braces name the records of `quay` below.
DAMAGES = {
    "a top-up and the journal disagree": (
        ("UPDATE top_ups SET amount = amount + 1 WHERE id = '{top_up}'",),
        ("UPDATE top_ups SET state = 'failed' WHERE id = '{top_up}'",),
        ("UPDATE top_ups SET state = 'succeeded' WHERE id = '{taken_back}'",),
        ("UPDATE top_ups SET state = 'returned' WHERE id = '{top_up}'",),
        ("UPDATE top_ups SET customer = '{stranger}' WHERE id = '{top_up}'",),
        ("INSERT INTO top_ups VALUES ('{fresh}', '{stranger}', 'CNY', 5, 'succeeded', 0)",),
    ),
    "a withdrawal and the journal disagree": (
        ("UPDATE withdrawals SET amount = amount + 1 WHERE id = '{withdrawn}'",),
        ("UPDATE withdrawals SET fee = fee + 1 WHERE id = '{in_transit}'",),
        ("UPDATE withdrawals SET state = 'pending' WHERE id = '{withdrawn}'",),
        ("UPDATE withdrawals SET state = 'succeeded' WHERE id = '{sent_back}'",),
        ("UPDATE withdrawals SET state = 'failed' WHERE id = '{in_transit}'",),
        ("UPDATE withdrawals SET customer = '{stranger}' WHERE id = '{withdrawn}'",),
    ),
    "a settlement and the journal disagree": (
        ("UPDATE settlements SET amount = amount + 1 WHERE id = '{settled}'",),
        ("UPDATE settlements SET state = 'returned' WHERE id = '{settled}'",),
        ("UPDATE settlements SET state = 'pending' WHERE id = '{settled}'",),
        ("UPDATE settlements SET merchant = '{rival}' WHERE id = '{settled}'",),
    ),
    "a settlement does not follow the one before": (
        ("UPDATE settlements SET opening = opening + 1, closing = closing + 1",),
        ("UPDATE settlements SET first = first + 1 WHERE id = '{settled_later}'",),
    ),
    "a settlement is not what its entries add up to": (
        ("UPDATE settlements SET closing = closing + 1 WHERE id = '{settled_later}'",),
        ("UPDATE settlements SET last = last - 2 WHERE id = '{settled_later}'",),
    ),
    "a transfer of the firm and the journal disagree": (
        ("UPDATE firm_transfers SET amount = amount + 1 WHERE id = '{swept}'",),
        ("UPDATE firm_transfers SET state = 'failed' WHERE id = '{swept}'",),
        ("UPDATE firm_transfers SET account = 'suspense.unmatched' WHERE id = '{swept}'",),
    ),
    "money without an owner and the journal disagree": (
        ("UPDATE strays SET amount = amount + 1 WHERE id = '{stray}'",),
        ("UPDATE strays SET customer = '{stranger}' WHERE id = '{stray}'",),
        ("UPDATE strays SET customer = NULL WHERE id = '{matched}'",),
        ("UPDATE strays SET customer = '{stranger}' WHERE id = '{matched}'",),
    ),
    "an order to the bank and what it is for disagree": (
        ("UPDATE bank_orders SET state = 'waiting' WHERE id = '{top_up}'",),
        ("UPDATE bank_orders SET state = 'refused' WHERE id = '{withdrawn}'",),
        ("UPDATE bank_orders SET amount = amount + 1 WHERE id = '{settled}'",),
        ("UPDATE bank_orders SET kind = 'debit' WHERE id = '{swept}'",),
        ("UPDATE bank_orders SET purpose = 'withdrawal' WHERE id = '{pending}'",),
    ),
    "what waits for the bank was not ordered": (
        ("DELETE FROM bank_orders WHERE id = '{pending}'",),
        ("DELETE FROM bank_orders WHERE id = '{in_transit}'",),
        ("UPDATE bank_orders SET state = 'paid' WHERE id = '{pending}'",),
    ),
    STRAY: (
        ("DELETE FROM top_ups WHERE id = '{top_up}'",),
        ("DELETE FROM strays WHERE id = '{stray}'",),
    ),
}
CASES = [
    pytest.param(rule, statements, id=f"{rule} {number}")
    for rule, damages in DAMAGES.items()
    for number, statements in enumerate(damages)
]


def quay(harbour: Harbour) -> dict[str, str]:
    """Make one record of every kind and give their ids."""
    wallet, shop = harbour.wallet(900_000), harbour.shop()
    harbour.buy(wallet, shop, 10_000)
    names = {
        "top_up": harbour.fund(wallet, 50),
        "taken_back": harbour.fund(wallet, 60),
        "withdrawn": harbour.take_out(wallet, 1_000),
        "sent_back": harbour.take_out(wallet, 2_000),
        "in_transit": harbour.take_out(wallet, 3_000),
        "settled": harbour.settled(shop).id,
        "swept": harbour.sweep(),
        "stray": new_id(harbour.clock.wall),
        "matched": new_id(harbour.clock.wall),
        "stranger": harbour.wallet(5).id,
        "rival": harbour.shop().id,
        "fresh": new_id(harbour.clock.wall),
    }
    pending = harbour.top_up(wallet, 70)
    harbour.run(request_top_up, pending)
    names["pending"] = pending.key.id
    harbour.take_back(1, names["taken_back"], 60)
    for order, paid in (("withdrawn", True), ("sent_back", False), ("settled", True)):
        harbour.answer(names[order], paid=paid)
    harbour.answer(names["swept"], paid=True)
    for number, name in enumerate(("stray", "matched"), start=2):
        harbour.say(Notice(number, "incoming", names[name], 9, "CNY"))
    harbour.run(match, Match(harbour.key("admin", 1), names["matched"], wallet.id))
    harbour.clock.wall += 1
    harbour.buy(wallet, shop, 20_000)
    names["settled_later"] = harbour.settled(shop).id
    assert harbour.findings() == []
    return names


@pytest.mark.parametrize(("rule", "statements"), CASES)
def test_a_damaged_record_is_found(
    damaged: Harbour, rule: str, statements: tuple[str, ...]
) -> None:
    names = quay(damaged)
    damaged.change(*(statement.format(**names) for statement in statements))
    found = [finding for finding in damaged.findings() if finding.startswith(f"{rule}: ")]
    assert len(found) == 1


def test_every_rule_is_broken_once() -> None:
    assert DAMAGES.keys() == {*RULES, STRAY}


@pytest.mark.parametrize(
    "name", ["top_up", "taken_back", "withdrawn", "in_transit", "settled", "swept", "stray"]
)
def test_an_entry_too_many_is_found(damaged: Harbour, name: str) -> None:
    """The journal itself is sound: only the rows of banking tell that it should not be there."""
    names = quay(damaged)
    lines = [debit("bank.safeguarded", "CNY", 1), credit("fees.unswept", "CNY", 1)]
    damaged.engine.submit(lambda tx, now: post(tx, "top_up", names[name], lines, now)).result()
    findings = damaged.findings()
    assert findings
    assert all(finding.split(":")[0] in DAMAGES for finding in findings)

"""The first three rules: from where on each speaks, what then happens, and what it says."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import msgspec
import pytest

from tests.wallet_api.checkout.books import DAY, MINUTE, SECOND
from wallet_api.checkout.charges import create_charge
from wallet_api.checkout.payments import confirm, pay
from wallet_api.contract.error_base import WalletError
from wallet_api.contract.errors import NotHeld, RiskHeld, RiskRefused
from wallet_api.contract.risk import Outcome
from wallet_api.risk.assess import Decision, assess
from wallet_api.risk.cards import findings_of, limits_card
from wallet_api.risk.release import Release, release
from wallet_api.risk.rules import (
    RULES,
    Habit,
    NewDevice,
    Rule,
    Velocity,
    adopt_rules,
    read_rules,
    rules_in_force,
    write_rules,
)

if TYPE_CHECKING:
    from tests.wallet_api.checkout.town import Shop, Town, Wallet

OFTEN = Velocity("often", Outcome.HOLD, movements=3, seconds=60)
UNUSUAL = Habit("unusual", Outcome.STEP_UP, times=4, movements=5, above={"CNY": 20_00})
NEW = NewDevice("fresh", Outcome.REFUSE, hours=24, above={"CNY": 300_00})


def adopt(town: Town, *rules: Rule) -> None:
    town.engine.submit(lambda tx, _now: adopt_rules(tx, rules)).result(timeout=30)


def decision(town: Town, wallet: Wallet, minor: int, *, pin_given: bool = False) -> Decision:
    row, device = town.customer_row(wallet), wallet.device.id
    answer = town.engine.submit(
        lambda tx, now: assess(tx, row, device, minor, "payee", now, pin_given=pin_given)
    )
    return answer.result(timeout=30)


def attempt(town: Town, wallet: Wallet, shop: Shop, minor: int) -> str:
    """Pay a charge to scan without a PIN and give the state or the code."""
    charge = town.run(create_charge, town.charge(shop, minor)).value.id
    try:
        return town.run(pay, town.pay(wallet, charge)).value.state
    except WalletError as refusal:
        return refusal.code


def findings(town: Town) -> list[tuple[object, ...]]:
    return town.rows("SELECT rule, outcome, seen, threshold FROM risk_findings ORDER BY number")


def test_the_fourth_movement_within_a_minute_is_too_fast(town: Town) -> None:
    adopt(town, OFTEN)
    wallet, shop = town.wallet(100_00), town.shop()
    for _ in range(3):
        assert decision(town, wallet, 1).outcome is Outcome.ALLOW
        town.buy(wallet, shop, 1)
        town.advance(SECOND)
    seen = decision(town, wallet, 1)
    assert (seen.outcome, seen.rule, seen.seen, seen.threshold) == (Outcome.HOLD, "often", 4, 3)
    assert seen.explanation["en"] == (
        "Rule often: 4 movements within 1 min, and 3 are usual at most."
    )
    assert "often" in seen.explanation["zh"]
    assert "4" in seen.explanation["zh"]
    town.advance(MINUTE - 3 * SECOND - 1)
    assert decision(town, wallet, 1).outcome is Outcome.HOLD
    town.advance(1)
    assert decision(town, wallet, 1).outcome is Outcome.ALLOW
    assert findings(town) == [("often", "hold", 4, 3)] * 2


def test_an_amount_far_above_the_habit_steps_up(town: Town) -> None:
    adopt(town, UNUSUAL)
    wallet, shop = town.wallet(500_00), town.shop()
    for _ in range(4):
        town.buy(wallet, shop, 10_00)
    assert decision(town, wallet, 400_00).outcome is Outcome.ALLOW, "too few to be a habit"
    town.buy(wallet, shop, 10_00)
    assert decision(town, wallet, 40_00).outcome is Outcome.ALLOW
    seen = decision(town, wallet, 40_01)
    assert (seen.outcome, seen.seen, seen.threshold) == (Outcome.STEP_UP, 40_01, 40_00)
    assert "40.01 CNY" in seen.explanation["en"]
    assert "40.00 CNY" in seen.explanation["zh"]
    assert decision(town, wallet, 40_01, pin_given=True).outcome is Outcome.ALLOW
    assert len(findings(town)) == 1

    charge = town.run(create_charge, town.charge(shop, 40_01)).value.id
    waiting = town.run(pay, town.pay(wallet, charge)).value
    assert waiting.state == "pin_required"
    assert town.run(confirm, town.confirm(wallet, waiting.id)).value.state == "succeeded"
    assert attempt(town, wallet, shop, 40_02) == "succeeded", "the habit has grown with it"


def test_small_amounts_are_no_matter_of_habit(town: Town) -> None:
    adopt(town, UNUSUAL)
    wallet, shop = town.wallet(500_00), town.shop()
    for _ in range(5):
        town.buy(wallet, shop, 1)
    assert decision(town, wallet, 20_00).outcome is Outcome.ALLOW
    assert decision(town, wallet, 20_01).outcome is Outcome.STEP_UP


@pytest.mark.parametrize(
    ("minor", "age", "outcome"),
    [
        (300_00, 0, Outcome.ALLOW),
        (300_01, 0, Outcome.REFUSE),
        (300_01, DAY - 1, Outcome.REFUSE),
        (300_01, DAY, Outcome.ALLOW),
    ],
)
def test_a_new_device_spends_little(town: Town, minor: int, age: int, outcome: Outcome) -> None:
    adopt(town, NEW)
    wallet, shop = town.wallet(500_00), town.shop()
    town.advance(age)
    seen = decision(town, wallet, minor)
    assert seen.outcome is outcome
    if outcome is Outcome.REFUSE:
        assert "less than 24 h ago" in seen.explanation["en"]
        assert "300.01 CNY" in seen.explanation["zh"]
        charge = town.run(create_charge, town.charge(shop, minor)).value.id
        refusal = town.refusal(pay, town.pay(wallet, charge))
        assert isinstance(refusal, RiskRefused)
        assert "No money moved" in refusal.sentence("en")
        assert attempt(town, wallet, shop, 300_00) == "succeeded", "a refusal holds nobody"
    else:
        assert attempt(town, wallet, shop, minor) == "succeeded"


def test_a_rule_says_nothing_about_a_currency_without_a_row(town: Town) -> None:
    adopt(town, NEW, UNUSUAL)
    assert decision(town, town.wallet(currency="EUR"), 10_000_00).outcome is Outcome.ALLOW


def test_the_gravest_rule_decides_and_one_finding_is_written(town: Town) -> None:
    calm = NewDevice("calm", Outcome.STEP_UP, hours=24, above={"CNY": 1})
    grave = NewDevice("grave", Outcome.HOLD, hours=24, above={"CNY": 2})
    adopt(town, calm, grave, msgspec.structs.replace(calm, name="also_calm"))
    wallet = town.wallet()
    assert decision(town, wallet, 2).rule == "calm"
    assert decision(town, wallet, 3).rule == "grave"
    assert [row[0] for row in findings(town)] == ["calm", "grave"]


def test_a_hold_lasts_until_the_bank_releases(town: Town) -> None:
    adopt(town, OFTEN)
    wallet, shop = town.wallet(100_00), town.shop()
    for _ in range(3):
        town.buy(wallet, shop, 1)
    held = town.pay(wallet, town.run(create_charge, town.charge(shop, 1)).value.id)
    for _ in range(2):
        assert isinstance(town.refusal(pay, held), RiskHeld)
    town.advance(DAY)
    assert attempt(town, wallet, shop, 1) == "risk_held"
    code = town.show(wallet)
    failed = town.run(create_charge, town.charge(shop, 1, code=code)).value
    assert (failed.state, failed.reason) == ("failed", "risk_held")
    card = town.engine.read(lambda tx, now: limits_card(tx, wallet.id, now))
    assert card.held_by == "often"
    assert [(one.rule, one.outcome) for one in card.findings] == [("often", "hold")]

    town.run(release, Release(wallet.id))
    assert isinstance(town.refusal(release, Release(wallet.id)), NotHeld)
    assert [attempt(town, wallet, shop, 1) for _ in range(4)] == ["succeeded"] * 3 + [
        "pin_required"
    ]
    town.advance(DAY)
    for _ in range(3):
        town.buy(wallet, shop, 1)
    assert attempt(town, wallet, shop, 1) == "risk_held", "the trust is for a day"
    told = town.rows("SELECT kind, data FROM events WHERE kind LIKE 'risk.%' ORDER BY number")
    assert told == [
        ("risk.held", '{"rule":"often"}'),
        ("risk.released", '{"rule":"often"}'),
        ("risk.held", '{"rule":"often"}'),
    ]


def test_a_hold_while_a_payment_waits_refuses_its_confirmation(town: Town) -> None:
    wallet, shop = town.wallet(9_000_00), town.shop()
    charge = town.run(create_charge, town.charge(shop, 2_000_00)).value.id
    waiting = town.run(pay, town.pay(wallet, charge)).value.id
    adopt(town, NewDevice("fresh", Outcome.HOLD, hours=24, above={"CNY": 1}))
    assert isinstance(town.refusal(confirm, town.confirm(wallet, waiting)), RiskHeld)
    assert town.payment_view(wallet, waiting).state == "failed"
    assert town.charge_view(shop, charge).state == "created"
    assert isinstance(town.refusal(release, Release(shop.id)), NotHeld)


def test_the_newest_findings_are_shown_and_hold_no_personal_data(town: Town) -> None:
    adopt(town, NewDevice("fresh", Outcome.STEP_UP, hours=24, above={"CNY": 1}))
    wallet = town.wallet(name="王小明")
    for minor in range(2, 20):
        decision(town, wallet, minor)
    shown = town.engine.read(lambda tx, _now: findings_of(tx, wallet.id))
    assert [one.seen for one in shown] == list(range(19, 9, -1))
    rows = town.rows("SELECT * FROM risk_findings")
    assert "王小明" not in str(rows)


def test_an_ordinary_day_meets_no_rule(town: Town) -> None:
    wallet, shop = town.wallet(50_000_00), town.shop()
    for minor in (3_50, 1_288_00, 15_00, 2_000_00, 8_999_00) * 4:
        town.buy(wallet, shop, minor)
        town.advance(MINUTE)
    assert findings(town) == []


def test_rules_survive_their_file_and_a_service_without_one_has_the_built_in_ones(
    town: Town,
) -> None:
    assert read_rules(write_rules(RULES)) == RULES
    assert town.engine.read(lambda tx, _now: rules_in_force(tx)) == RULES
    adopt(town, OFTEN, NEW)
    assert town.engine.read(lambda tx, _now: rules_in_force(tx)) == (OFTEN, NEW)
    adopt(town)
    assert town.engine.read(lambda tx, _now: rules_in_force(tx)) == ()


ONE = b'{"type":"velocity","name":"a","outcome":"hold","movements":1,"seconds":1}'


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"", "truncated"),
        (b"{}", "array"),
        (b'[{"type": "velocity"}]', "name"),
        (b'[{"type": "guess", "name": "a", "outcome": "hold"}]', "guess"),
        (b'[{"type":"velocity","name":"a","outcome":"allow","movements":1,"seconds":1}]', "allow"),
        (b'[{"type":"velocity","name":"a","outcome":"hold","movements":0,"seconds":1}]', ">= 1"),
        (b'[{"type":"velocity","name":"a","outcome":"hold","movements":51,"seconds":1}]', "50"),
        (b'[{"type":"velocity","name":"a","outcome":"hold","movements":1,"seconds":1.5}]', "int"),
        (b'[{"type":"velocity","name":"A","outcome":"hold","movements":1,"seconds":1}]', "[0]"),
        (
            b'[{"type":"velocity","name":"a","outcome":"hold","movements":1,"seconds":1,"x":1}]',
            "x",
        ),
        (
            b'[{"type":"new_device","name":"a","outcome":"hold","hours":1,"above":{"yuan":1}}]',
            "above",
        ),
        (b"[%b, %b]" % (ONE, ONE), "same name"),
    ],
)
def test_a_wrong_table_says_what_is_wrong(content: bytes, said: str) -> None:
    with pytest.raises(ValueError, match=re.escape(said)):
        read_rules(content)

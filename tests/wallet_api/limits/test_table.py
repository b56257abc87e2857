"""The table of limits, cell by cell: the limit itself passes, one minor unit more does not."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from payment_codes.amount import LARGEST_MINOR
from tests.wallet_api.checkout.books import DAY
from tests.wallet_api.limits.bounds import card, has_room, refused
from wallet_api.checkout.charges import create_charge
from wallet_api.checkout.payments import pay
from wallet_api.contract.errors import LimitExceeded, ReceiverFull
from wallet_api.contract.limits import EVIDENCE, Tier
from wallet_api.contract.rules import PIN_FREE_LIMITS
from wallet_api.limits.allowance import count_outgoing, require_allowed, require_room
from wallet_api.limits.refusals import NEEDS
from wallet_api.limits.tables import STATIC_CODE_DAY, TIERS

if TYPE_CHECKING:
    from tests.wallet_api.checkout.town import Town, Wallet

#: Balance, single, day and year in whole units, as the reference gives them; None: no cap.
EXPECTED = {
    ("IV", "CNY"): (10_000, 2_000, 5_000, 50_000),
    ("III", "CNY"): (20_000, 5_000, 10_000, None),
    ("II", "CNY"): (500_000, 50_000, 100_000, None),
    ("I", "CNY"): (None, None, None, None),
    ("IV", "EUR"): (1_000, 200, 500, 5_000),
    ("III", "EUR"): (2_000, 500, 1_000, None),
    ("II", "EUR"): (50_000, 5_000, 10_000, None),
    ("I", "EUR"): (None, None, None, None),
}
CELLS = [
    (Tier(tier), currency, kind, None if size is None else size * 100)
    for (tier, currency), row in EXPECTED.items()
    for kind, size in zip(("balance", "single", "day", "year"), row, strict=True)
]


def spend(town: Town, wallet: Wallet, minor: int) -> None:
    """Count money without moving it: the books are the journal's, the counters are this test's."""
    row = town.customer_row(wallet)
    town.engine.submit(lambda tx, now: count_outgoing(tx, row, minor, now)).result(timeout=30)


def test_every_served_currency_has_every_tier() -> None:
    assert TIERS.keys() == {(tier, currency) for tier in Tier for currency in PIN_FREE_LIMITS}
    assert STATIC_CODE_DAY.keys() == PIN_FREE_LIMITS.keys()
    assert {field for fields in EVIDENCE.values() for field in fields} == NEEDS.keys()


@pytest.mark.parametrize(("tier", "currency", "kind", "size"), CELLS)
def test_a_limit_is_its_last_good_amount(
    damaged: Town, tier: Tier, currency: str, kind: str, size: int | None
) -> None:
    town, wallet = damaged, damaged.wallet(tier=tier, currency=currency)
    if kind == "balance":
        assert has_room(town, wallet, LARGEST_MINOR if size is None else size)
        assert size is None or not has_room(town, wallet, size + 1)
    elif kind == "single":
        assert refused(town, wallet, LARGEST_MINOR if size is None else size) == ""
        assert size is None or refused(town, wallet, size + 1) == "single"
    elif size is None:
        spend(town, wallet, LARGEST_MINOR)
        assert refused(town, wallet, 1) in ({""} if kind == "day" else {"", "day"})
    else:
        single = TIERS[tier, currency].single
        assert single is not None
        left = size
        while left > single:
            spend(town, wallet, single)
            left -= single
            if kind == "year":
                town.advance(DAY)
        assert refused(town, wallet, left) == ""
        spend(town, wallet, left)
        assert refused(town, wallet, 1) == kind


@pytest.mark.parametrize("currency", sorted(PIN_FREE_LIMITS))
@pytest.mark.parametrize("tier", list(Tier))
def test_static_codes_have_a_cap_of_their_own(damaged: Town, tier: Tier, currency: str) -> None:
    town, wallet = damaged, damaged.wallet(tier=tier, currency=currency)
    cap = {"CNY": 500_00, "EUR": 50_00}[currency]
    row = town.customer_row(wallet)
    spend(town, wallet, 1)
    assert refused(town, wallet, cap, static_code=True) == ""
    assert refused(town, wallet, cap + 1, static_code=True) == "static_code"
    assert refused(town, wallet, cap + 1) == ""
    town.engine.submit(lambda tx, now: count_outgoing(tx, row, cap, now, static_code=True)).result(
        timeout=30
    )
    assert refused(town, wallet, 1, static_code=True) == "static_code"
    assert refused(town, wallet, 1) == ""
    town.advance(DAY)
    assert refused(town, wallet, cap, static_code=True) == ""


@pytest.mark.parametrize(
    ("limit", "minor", "words"),
    [
        ("single", 2_001_00, ("tier IV", "2000.00 CNY", "raise-tier III", "your identity number")),
        ("day", 1_500_00, ("5000.00 CNY a day", "1000.00 CNY is left", "2027-01-16 00:00")),
        ("year", 1_00, ("50000.00 CNY a year", "0.00 CNY is left", "2028-01-01 00:00")),
        ("static_code", 500_01, ("500.00 CNY a day", "a code with the amount")),
    ],
)
def test_a_refusal_says_which_limit_what_is_left_when_it_renews_and_how_to_raise_it(
    damaged: Town, limit: str, minor: int, words: tuple[str, ...]
) -> None:
    town, wallet = damaged, damaged.wallet(tier=Tier.IV)
    for _ in range({"day": 2, "year": 25}.get(limit, 0)):
        if limit == "year":
            town.advance(DAY)
        spend(town, wallet, 2_000_00)
    row = town.customer_row(wallet)
    with pytest.raises(LimitExceeded) as caught:
        town.engine.read(
            lambda tx, now: require_allowed(tx, row, minor, now, static_code=limit == "static_code")
        )
    english, chinese = caught.value.sentence("en"), caught.value.sentence("zh")
    assert caught.value.details["limit"] == limit
    assert all(word in english for word in words), english
    assert "No money moved." in english
    assert "未扣款" in chinese
    assert not any("\u4e00" <= letter <= "\u9fff" for letter in english)
    assert "{" not in english + chinese
    assert (caught.value.details["renews_at"] is None) == (limit == "single")


def test_the_largest_refusal_fits_into_the_answers(town: Town) -> None:
    """Kept like any answer: every figure at its longest."""
    wallet, shop = town.wallet(currency="CNY", tier=Tier.I), town.shop()
    town.advance(DAY)
    town.fund(wallet, LARGEST_MINOR)
    for tier in (Tier.IV, Tier.III, Tier.II):
        town.change(f"UPDATE customers SET tier = '{tier}' WHERE id = '{wallet.id}'")
        charge = town.run(create_charge, town.charge(shop, LARGEST_MINOR - 1)).value
        assert isinstance(town.refusal(pay, town.pay(wallet, charge.id)), LimitExceeded)


def test_a_stranger_learns_nothing_of_a_wallet(damaged: Town) -> None:
    row = damaged.customer_row(damaged.wallet(tier=Tier.IV))
    with pytest.raises(ReceiverFull) as caught:
        damaged.engine.read(lambda tx, now: require_room(tx, row, 10_000_01, now))
    assert caught.value.details == {}


def test_the_card_shows_the_whole_row(town: Town) -> None:
    wallet = town.wallet(3_000_00, tier=Tier.IV)
    town.buy(wallet, town.shop(), 1_200_00)
    town.buy(wallet, town.shop(), 20_00)
    shown = card(town, wallet)
    assert (shown.tier, shown.next_tier, shown.needs) == (
        "IV",
        "III",
        ["name", "identity_number"],
    )
    figures = {
        name: (cap.limit and cap.limit.minor, cap.used.minor, cap.left and cap.left.minor)
        for name, cap in (
            ("single", shown.single),
            ("day", shown.day),
            ("year", shown.year),
            ("static_code", shown.static_code),
            ("balance", shown.balance),
        )
    }
    assert figures == {
        "single": (2_000_00, 0, 2_000_00),
        "day": (5_000_00, 1_220_00, 3_780_00),
        "year": (50_000_00, 1_220_00, 48_780_00),
        "static_code": (500_00, 0, 500_00),
        "balance": (10_000_00, 1_780_00, 8_220_00),
    }
    assert (shown.pin_free_limit.minor, shown.pin_free_left) == (1_000_00, 9)
    assert (shown.day.renews_at, shown.year.renews_at) == (
        "2027-01-15T16:00:00.000Z",
        "2027-12-31T16:00:00.000Z",
    )
    highest = card(town, town.wallet(tier=Tier.I))
    assert (highest.next_tier, highest.needs, highest.day.limit, highest.day.left) == (
        None,
        [],
        None,
        None,
    )

"""What moved in a wallet: every movement once, its balance, its party, in pages that stay put."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from payment_codes.amount import Amount
from tests.wallet_api.checkout.books import DAY, START
from tests.wallet_api.statement.walk import page_of, whole
from wallet_api.checkout.charges import create_charge
from wallet_api.checkout.payments import pay
from wallet_api.checkout.returns import RefundCharge, refund, reverse
from wallet_api.contract.errors import BadRequest
from wallet_api.contract.statement import KINDS
from wallet_api.contract.wire import RefundRequest
from wallet_api.ledger.journal import number_at
from wallet_api.statement import history
from wallet_api.statement.parties import PARTIES

if TYPE_CHECKING:
    from tests.wallet_api.checkout.town import Town, Wallet
    from wallet_api.contract.statement import Movement


def test_every_movement_is_told_once_with_its_balance(town: Town) -> None:
    wallet, shop = town.wallet(), town.shop(name="茶馆")
    top_up = town.fund(wallet, 1_000)
    charge = town.buy(wallet, shop, 300)
    command = town.refund(shop, charge, 100)
    town.run(refund, command)
    second = town.buy(wallet, shop, 200)
    town.run(reverse, town.reverse(shop, second))
    town.buy(town.wallet(500), shop, 500)
    lines = whole(town, wallet, 2)
    assert [
        (one.kind, one.direction, one.amount.minor, one.balance_after.minor, one.party)
        for one in lines
    ] == [
        ("reversal", "in", 200, 800, "茶馆"),
        ("payment", "out", 200, 600, "茶馆"),
        ("refund", "in", 100, 800, "茶馆"),
        ("payment", "out", 300, 700, "茶馆"),
        ("top_up", "in", 1_000, 1_000, "bank"),
    ]
    assert (lines[2].id, lines[4].id) == (command.key.id, top_up)
    assert (lines[3].charge, lines[3].category) == (charge, "5812")
    assert lines[0].balance_after == Amount(town.balance(wallet), "CNY")


def test_what_a_purchase_was_for_is_told(town: Town) -> None:
    wallet, shop = town.wallet(1_000), town.shop()
    made = town.run(create_charge, town.charge(shop, 500, note="two teas", reference="T7")).value
    town.run(pay, town.pay(wallet, made.id))
    for reason in (None, "cold"):
        request = RefundRequest(amount=Amount(1, "CNY"), reason=reason)
        town.run(refund, RefundCharge(town.key(shop.id, request), shop.till, made.id, request))
    lines = whole(town, wallet)[:3]
    assert [(one.note, one.reference) for one in lines] == [
        ("cold", "T7"),
        ("two teas", "T7"),
        ("two teas", "T7"),
    ]


def test_pages_stay_put_while_money_moves(town: Town) -> None:
    wallet, shop = town.wallet(10_000), town.shop()
    for minor in range(1, 8):
        town.buy(wallet, shop, minor)
    before = whole(town, wallet)
    seen, cursor = [], None
    while True:
        page = page_of(town, wallet, {}, cursor, 2)
        seen += page.items
        cursor = page.next
        if cursor is None:
            break
        town.buy(wallet, shop, 100)
    assert seen == before
    assert [one.amount.minor for one in whole(town, wallet, kind="payment")] == [
        *[100] * 3,
        *range(7, 0, -1),
    ]


def test_a_wallet_that_nothing_moved_in_has_no_history(town: Town) -> None:
    wallet = town.wallet()
    assert page_of(town, wallet, {"q": "tea", "from": "2027-01-01", "to": "2027-12-31"}).items == []


def shop_for_days(town: Town, wallet: Wallet, days: int) -> None:
    shop = town.shop()
    for day in range(days):
        town.buy(wallet, shop, 10 + day)
        town.advance(DAY)


def test_days_are_those_of_the_bank_and_both_count(town: Town) -> None:
    """The books begin on 2027-01-15 at 16:00 in Shanghai."""
    wallet = town.wallet(1_000)
    shop_for_days(town, wallet, 5)
    days = {"from": "2027-01-16", "to": "2027-01-17"}
    found = page_of(town, wallet, days).items
    assert [one.amount.minor for one in found] == [12, 11]
    assert [one.balance_after.minor for one in found] == [1_000 - 33, 1_000 - 21]
    assert page_of(town, wallet, {"to": "2027-01-14"}).items == []
    assert len(whole(town, wallet, to="2027-01-15")) == 2


def since(town: Town, wallet: Wallet, moment: str) -> list[Movement]:
    return page_of(town, wallet, {"from": moment}).items


def test_a_moment_begins_with_itself_and_ends_before(town: Town) -> None:
    wallet = town.wallet(1_000)
    shop_for_days(town, wallet, 3)
    moment = "2027-01-16T08:00:00.000Z"
    assert [one.amount.minor for one in since(town, wallet, moment)] == [12, 11]
    assert [one.amount.minor for one in whole(town, wallet, to=moment)] == [10, 1_000]
    east = "2027-01-16T16:00:00+08:00"
    assert since(town, wallet, east) == since(town, wallet, moment)


def test_a_search_gives_a_cursor_instead_of_looking_for_ever(
    town: Town, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(history, "MOST_WALKED", 3)
    wallet, shop = town.wallet(1_000, name="Ann"), town.shop()
    for minor in range(1, 8):
        town.buy(wallet, shop, minor)
    first = page_of(town, wallet, {"kind": "top_up"})
    assert (first.items, first.next is None) == ([], False)
    found = whole(town, wallet, kind="top_up")
    assert [(one.amount.minor, one.balance_after.minor) for one in found] == [(1_000, 1_000)]


@pytest.mark.parametrize("limit", [0, -1, 101])
def test_a_page_has_a_size(town: Town, limit: int) -> None:
    with pytest.raises(BadRequest):
        page_of(town, town.wallet(), {}, limit=limit)


@pytest.mark.parametrize("cursor", ["", "-1", "x", "1", "1.", "1.-2", "1" * 19 + ".1", "１.1"])
def test_a_cursor_is_one_that_was_given(town: Town, cursor: str) -> None:
    with pytest.raises(BadRequest):
        page_of(town, town.wallet(), {}, cursor)


@pytest.mark.parametrize(
    "query",
    [
        {"kind": "theft"},
        {"kind": ""},
        {"direction": "up"},
        {"from": "yesterday"},
        {"from": "2027-02-30"},
        {"to": "2027-01-01T00:00:00"},
        {"min": "-1"},
        {"max": "1e3"},
        {"max": "１"},
        {"min": "9" * 13},
        {"q": ""},
        {"q": "  "},
        {"q": "x" * 65},
    ],
)
def test_what_is_asked_for_must_have_a_form(town: Town, query: dict[str, str]) -> None:
    with pytest.raises(BadRequest):
        page_of(town, town.wallet(), query)


def test_the_first_entry_at_a_moment_is_found(town: Town) -> None:
    assert town.read(number_at, START) == 1
    wallet = town.wallet(100)
    town.advance(10)
    town.fund(wallet, 100)
    town.fund(wallet, 100)
    town.advance(10)
    moments = (START - 1, START, START + 1, START + 10, START + 11)
    assert [town.read(number_at, moment) for moment in moments] == [1, 1, 2, 2, 4]


def test_every_kind_of_the_contract_has_a_party() -> None:
    assert set(KINDS) == PARTIES.keys()

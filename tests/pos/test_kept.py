"""What a till keeps beside its profile: held sales, baskets, products."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from payment_codes.amount import Amount
from pos import baskets as baskets_module
from pos.baskets import Baskets
from pos.held import MOST_HELD, HeldSales
from pos.products import MOST_PRODUCTS, Product, Products, products_file
from pos.sale import Line, Sale
from wallet_api.contract.error_base import WalletError
from wallet_api.contract.errors import NotFound, StateDamaged, TextInvalid, Usage
from wallet_api.contract.ids import new_id

if TYPE_CHECKING:
    from pathlib import Path

KEY = bytes(range(32))
NOW = 1_700_000_000_000
SALE = Sale(currency="CNY").add("Flat white", Amount(3200, "CNY"), 2).noted("no sugar")


@pytest.fixture
def held(tmp_path: Path) -> HeldSales:
    return HeldSales(tmp_path, KEY)


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("WALLET_HOME", str(tmp_path))
    return tmp_path


def test_a_held_sale_outlasts_the_program_and_is_taken_up_once(
    held: HeldSales, tmp_path: Path
) -> None:
    put = held.hold(SALE, NOW)
    again = HeldSales(tmp_path, KEY)
    assert again.items() == [put]
    assert b"Flat white" not in (tmp_path / "held.sealed").read_bytes()
    assert again.resume(put.id) == SALE
    assert held.items() == []
    with pytest.raises(NotFound):
        held.resume(put.id)


def test_what_is_typed_is_held_as_a_line(held: HeldSales) -> None:
    keyed = SALE.keying(Line(name="Item", price=Amount(100, "CNY")))
    assert held.hold(keyed, NOW).sale == keyed.rung_up()


def test_resuming_may_put_another_sale_aside_even_when_all_places_are_taken(
    held: HeldSales,
) -> None:
    first = held.hold(SALE, NOW)
    for _number in range(MOST_HELD - 1):
        held.hold(SALE, NOW)
    with pytest.raises(Usage):
        held.hold(SALE, NOW)
    other = SALE.noted("other")
    assert held.resume(first.id, other, NOW + 1) == SALE
    assert len(held.items()) == MOST_HELD
    assert held.items()[-1].sale == other


def test_an_empty_sale_is_not_held_and_takes_nothing_away(held: HeldSales) -> None:
    put = held.hold(SALE, NOW)
    with pytest.raises(Usage):
        held.hold(Sale(currency="CNY"), NOW)
    with pytest.raises(Usage):
        held.resume(put.id, Sale(currency="CNY"), NOW)
    assert held.items() == [put]
    held.drop(put.id)
    held.drop(put.id)
    assert held.items() == []


def test_held_sales_under_another_key_are_damaged(held: HeldSales, tmp_path: Path) -> None:
    held.hold(SALE, NOW)
    with pytest.raises(StateDamaged):
        HeldSales(tmp_path, bytes(32)).items()


def test_the_newest_baskets_are_kept(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(baskets_module, "MOST_BASKETS", 3)
    kept = Baskets(tmp_path, KEY)
    charges = [new_id(NOW + number) for number in range(5)]
    for number, charge in enumerate(charges, start=1):
        kept.keep(charge, [Line(name="Tea", price=Amount(number, "CNY"))])
    found = [[line.price.minor for line in kept.lines(charge)] for charge in charges]
    assert found == [[], [], [3], [4], [5]]
    assert len(list((tmp_path / "baskets").iterdir())) == 3


def test_a_basket_belongs_to_its_charge_and_an_empty_one_is_none(tmp_path: Path) -> None:
    kept = Baskets(tmp_path, KEY)
    one, other = new_id(NOW), new_id(NOW)
    kept.keep(one, SALE.lines)
    kept.keep(other, ())
    assert kept.lines(one) == SALE.lines
    assert kept.lines(other) == ()
    (tmp_path / "baskets" / f"{one}.sealed").rename(tmp_path / "baskets" / f"{other}.sealed")
    with pytest.raises(StateDamaged):
        kept.lines(other)


def test_products_are_a_file_that_a_person_reads(home: Path) -> None:
    products = Products.load("default", "CNY")
    assert products.items == ()
    products.save([products.product(" Flat white ", "32"), products.product("茉莉花茶", "28.50")])
    text = products_file("default").read_text("utf-8")
    assert '"Flat white"' in text
    assert '"28.50"' in text
    assert Products.load("default", "CNY").items == (
        Product("Flat white", Amount(3200, "CNY")),
        Product("茉莉花茶", Amount(2850, "CNY")),
    )
    assert Products.load("other", "CNY").items == ()


@pytest.mark.parametrize("currency", ["CNY", "JPY", "KWD"])
def test_there_are_examples_for_every_currency(home: Path, currency: str) -> None:
    products = Products.load("default", currency)
    products.save(products.examples())
    assert Products.load("default", currency).items == products.examples()
    assert {one.price.currency for one in products.items} == {currency}


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"\xff",
        b"[]",
        b'{"products": [{"name": "Tea"}]}',
        b'{"products": [{"name": "Tea", "price": "-1"}]}',
        b'{"products": [{"name": "Tea", "price": "1.234"}]}',
        b'{"products": [{"name": "Tea", "price": "1.00 EUR"}]}',
        b'{"products": [{"name": "Te\\u001ba", "price": "1.00"}]}',
        b'{"products": [{"name": "Tea", "price": "1.00", "size": 3}]}',
        b'{"products": []' + b" " * 300_000 + b"}",
    ],
)
def test_a_damaged_file_of_products_is_said_to_be(home: Path, content: bytes) -> None:
    path = products_file("default")
    path.parent.mkdir(parents=True)
    path.write_bytes(content)
    with pytest.raises(StateDamaged):
        Products.load("default", "CNY")


def test_products_that_cannot_be_sold_cannot_be_made(home: Path) -> None:
    products = Products.load("default", "CNY")
    for name in ("", "x" * 65, "a\tb"):
        with pytest.raises(TextInvalid):
            products.product(name, "1.00")
    with pytest.raises(WalletError):
        Product("Tea", Amount(0, "CNY"))
    with pytest.raises(Usage):
        products.save([Product("Tea", Amount(1, "CNY"))] * (MOST_PRODUCTS + 1))
    assert not products_file("default").exists()

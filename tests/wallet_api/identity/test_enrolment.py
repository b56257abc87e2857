"""Enrolment: who may open what, and that what is refused leaves nothing behind."""

from __future__ import annotations

from typing import TYPE_CHECKING

import msgspec
import pytest

from tests.wallet_api.conftest import START
from tests.wallet_api.identity.conftest import Shopper, device_keys
from wallet_api.contract.errors import (
    AlreadyEnrolled,
    BadRequest,
    CurrencyNotServed,
    PinWeak,
    TextInvalid,
)
from wallet_api.contract.ids import new_id
from wallet_api.contract.rules import ANSWER_LIFE
from wallet_api.contract.signatures import encode_bytes
from wallet_api.contract.wire import OpenMerchant

if TYPE_CHECKING:
    from tests.wallet_api.conftest import StandingClock
    from tests.wallet_api.identity.conftest import Bank

#: X25519 points of small order (RFC 7748 section 6.1): no secret can be agreed with them.
SMALL_ORDER = [bytes(32), bytes([1]) + bytes(31)]
TABLES = ("customers", "merchants", "stores", "tills", "devices", "locators")


def merchant_request(till: str | None = None) -> OpenMerchant:
    return OpenMerchant(
        name="聚福茶馆",
        city="杭州",
        category="5812",
        currency="CNY",
        store="West Lake",
        till=device_keys(till or new_id(START)),
    )


def assert_nothing_written(bank: Bank) -> None:
    assert {table: bank.rows(f"SELECT * FROM {table}") for table in TABLES} == {
        table: [] for table in TABLES
    }


def test_a_wallet_is_opened_with_its_first_device(bank: Bank) -> None:
    shopper = Shopper(bank)
    answered = bank.open_wallet(shopper.customer, shopper.request())
    card = answered.value
    assert (card.wallet, card.name, card.device) == (shopper.customer, "王小明", shopper.device)
    assert (card.balance.minor, card.balance.currency, card.pin_set) == (0, "CNY", True)
    assert bank.open_wallet(shopper.customer, shopper.request()).replayed


def test_a_merchant_is_opened_with_a_store_and_a_till(bank: Bank) -> None:
    key, till = new_id(START), new_id(START)
    card = bank.open_merchant(key, merchant_request(till)).value
    assert (card.merchant, card.till, card.store) == (key, till, "West Lake")
    assert (card.name, card.city, card.category) == ("聚福茶馆", "杭州", "5812")


@pytest.mark.parametrize(
    ("change", "refusal"),
    [
        ({"currency": "USD"}, CurrencyNotServed),
        ({"currency": "cny"}, CurrencyNotServed),
        ({"name": ""}, TextInvalid),
        ({"name": "a\u202eb"}, TextInvalid),
        ({"name": "a\nb"}, TextInvalid),
        ({"name": "\x1b[2J"}, TextInvalid),
        ({"name": "王" * 33}, TextInvalid),
        ({"pin": "123456"}, PinWeak),
        ({"pin": ""}, PinWeak),
    ],
)
def test_a_wallet_that_is_refused_leaves_nothing(
    bank: Bank, change: dict[str, str], refusal: type[Exception]
) -> None:
    shopper = Shopper(bank)
    with pytest.raises(refusal):
        bank.open_wallet(shopper.customer, msgspec.structs.replace(shopper.request(), **change))
    assert_nothing_written(bank)
    assert not bank.open_wallet(shopper.customer, shopper.request()).replayed


@pytest.mark.parametrize(
    "change",
    [
        {"id": "not an id"},
        {"id": "00000000-0000-4000-8000-000000000000"},
        {"signing_key": "short"},
        {"signing_key": "=" * 43},
        {"code_key": None},
        {"code_key": "A" * 42},
        *({"code_key": encode_bytes(point)} for point in SMALL_ORDER),
    ],
)
def test_a_device_that_is_refused_leaves_nothing(bank: Bank, change: dict[str, str]) -> None:
    shopper = Shopper(bank)
    request = shopper.request()
    device = msgspec.structs.replace(request.device, **change)
    with pytest.raises(BadRequest):
        bank.open_wallet(shopper.customer, msgspec.structs.replace(request, device=device))
    assert_nothing_written(bank)


@pytest.mark.parametrize(
    ("change", "refusal"),
    [
        ({"currency": "USD"}, CurrencyNotServed),
        ({"category": "581"}, BadRequest),
        ({"category": "５８１２"}, BadRequest),
        ({"category": "5812\n"}, BadRequest),
        ({"city": "\x07"}, TextInvalid),
        ({"store": ""}, TextInvalid),
    ],
)
def test_a_merchant_that_is_refused_leaves_nothing(
    bank: Bank, change: dict[str, str], refusal: type[Exception]
) -> None:
    request = msgspec.structs.replace(merchant_request(), **change)
    with pytest.raises(refusal):
        bank.open_merchant(new_id(START), request)
    assert_nothing_written(bank)


@pytest.mark.parametrize("same", ["id", "signing_key"])
def test_a_device_belongs_to_one_owner(bank: Bank, same: str) -> None:
    """Neither its id nor its key enrols again, for a wallet or for a till."""
    first, second = Shopper(bank), Shopper(bank)
    request = first.request()
    bank.open_wallet(first.customer, request)
    taken = {same: getattr(request.device, same)}
    again = second.request()
    device = msgspec.structs.replace(again.device, **taken)
    with pytest.raises(AlreadyEnrolled):
        bank.open_wallet(second.customer, msgspec.structs.replace(again, device=device))
    till = msgspec.structs.replace(device_keys(new_id(START)), **taken)
    merchant = msgspec.structs.replace(merchant_request(), till=till)
    with pytest.raises(AlreadyEnrolled):
        bank.open_merchant(new_id(START), merchant)
    assert bank.rows("SELECT COUNT(*) FROM devices") == [(1,)]
    assert bank.rows("SELECT COUNT(*) FROM merchants") == [(0,)]


def test_a_refused_enrolment_is_refused_for_ever(bank: Bank, clock: StandingClock) -> None:
    """Also when its stored answer is pruned: there is no wallet to show then."""
    first, second = Shopper(bank), Shopper(bank)
    bank.open_wallet(first.customer, first.request())
    request = msgspec.structs.replace(second.request(), device=first.request().device)
    request = msgspec.structs.replace(
        request, device=msgspec.structs.replace(request.device, id=first.device)
    )
    with pytest.raises(AlreadyEnrolled):
        bank.open_wallet(second.customer, request)
    clock.advance(ANSWER_LIFE + 1)
    third = Shopper(bank)
    bank.open_wallet(new_id(clock.wall), third.request())
    with pytest.raises(AlreadyEnrolled):
        bank.open_wallet(second.customer, request)


def test_a_name_is_kept_in_normal_form(bank: Bank) -> None:
    shopper = Shopper(bank)
    request = msgspec.structs.replace(shopper.request(), name="  Jose\u0301 ")
    assert bank.open_wallet(shopper.customer, request).value.name == "Jos\u00e9"

"""Creating charges: what an amount, a tip, a note, a reference and a life may be; the codes."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from payment_codes import native
from payment_codes.amount import LARGEST_MINOR, Amount
from tests.wallet_api.checkout.books import MINUTE
from wallet_api.banking.top_ups import request_top_up
from wallet_api.checkout import queries
from wallet_api.checkout.charges import create_charge
from wallet_api.checkout.returns import refund, reverse
from wallet_api.contract.errors import (
    AmountInvalid,
    BadRequest,
    CodeUnknown,
    CodeUsed,
    CurrencyMismatch,
    MerchantFrozen,
    NotFound,
    TextInvalid,
)
from wallet_api.contract.rules import LONGEST_CHARGE_LIFE

if TYPE_CHECKING:
    from tests.wallet_api.checkout.town import Town
    from wallet_api.contract.error_base import WalletError

BAD_AMOUNTS = [0, -1, -(10**12), LARGEST_MINOR + 1, 2**63, 10**30]


def charges_of(town: Town) -> int:
    return int(town.rows("SELECT COUNT(*) FROM charges")[0][0])


@pytest.mark.parametrize("minor", BAD_AMOUNTS)
def test_an_amount_is_positive_and_has_twelve_digits(town: Town, minor: int) -> None:
    wallet, shop = town.wallet(1_000), town.shop()
    charge = town.buy(wallet, shop, 1_000)
    assert isinstance(town.refusal(create_charge, town.charge(shop, minor)), AmountInvalid)
    assert isinstance(town.refusal(request_top_up, town.top_up(wallet, minor)), AmountInvalid)
    assert isinstance(town.refusal(refund, town.refund(shop, charge, minor)), AmountInvalid)
    code = town.show(wallet)
    on_code = town.charge(shop, minor, code=code)
    assert isinstance(town.refusal(create_charge, on_code), AmountInvalid)
    assert town.run(create_charge, town.charge(shop, 5, code=code)).value.reason != "code_used"


def test_the_largest_amount_and_the_smallest(town: Town) -> None:
    shop = town.shop()
    for minor in (1, LARGEST_MINOR):
        charge = town.run(create_charge, town.charge(shop, minor)).value
        assert charge.amount == Amount(minor, "CNY")
        assert native.parse(charge.payload or "").amount == charge.amount


@pytest.mark.parametrize("currency", ["EUR", "JPY", "XXX", "cny", ""])
def test_a_merchant_takes_its_own_currency_only(town: Town, currency: str) -> None:
    shop = town.shop()
    command = town.charge(shop, 100, currency=currency or "?")
    assert isinstance(town.refusal(create_charge, command), CurrencyMismatch)
    assert charges_of(town) == 0


@pytest.mark.parametrize("tip", [1_000, 1_001, 0, -1, 10**12])
def test_a_tip_is_part_of_the_amount_and_smaller(town: Town, tip: int) -> None:
    refused = town.refusal(create_charge, town.charge(town.shop(), 1_000, tip=tip))
    assert isinstance(refused, AmountInvalid)


def test_a_tip_is_shown_apart(town: Town) -> None:
    shop = town.shop()
    charge = town.run(create_charge, town.charge(shop, 1_000, tip=999)).value
    assert (charge.amount.minor, charge.tip) == (1_000, Amount(999, "CNY"))
    assert town.run(create_charge, town.charge(shop, 1_000)).value.tip is None


@pytest.mark.parametrize(
    ("given", "error"),
    [
        ({"note": ""}, TextInvalid),
        ({"note": "   "}, TextInvalid),
        ({"note": "茶" * 33}, TextInvalid),
        ({"note": "n" * 65}, TextInvalid),
        ({"note": "red\x1b[31m"}, TextInvalid),
        ({"note": "two\nlines"}, TextInvalid),
        ({"note": "evil \u202e txt"}, TextInvalid),
        ({"note": "\ud800"}, TextInvalid),
        ({"reference": ""}, BadRequest),
        ({"reference": "A" * 13}, BadRequest),
        ({"reference": "lower"}, BadRequest),
        ({"reference": "A B"}, BadRequest),
        ({"reference": "１２"}, BadRequest),
        ({"reference": "A\n"}, BadRequest),
        ({"expires_in": 0}, BadRequest),
        ({"expires_in": -1}, BadRequest),
        ({"expires_in": LONGEST_CHARGE_LIFE + 1}, BadRequest),
    ],
)
def test_what_is_malformed_creates_nothing(
    town: Town, given: dict[str, Any], error: type[WalletError]
) -> None:
    shop = town.shop()
    refused = town.refusal(create_charge, town.charge(shop, 1_000, **given))
    assert isinstance(refused, error)
    assert not refused.stored
    assert charges_of(town) == 0


def test_note_and_reference_are_kept_and_the_note_is_normalised(town: Town) -> None:
    wallet, shop = town.wallet(), town.shop()
    command = town.charge(
        shop,
        1_000,
        note=" cafe\u0301 茶 ",
        reference="ORDER1234567",
        expires_in=LONGEST_CHARGE_LIFE,
    )
    charge = town.run(create_charge, command).value
    assert (charge.note, charge.reference) == ("caf\xe9 茶", "ORDER1234567")
    code = native.parse(charge.payload or "")
    assert (code.reference, code.terminal) == ("ORDER1234567", shop.till.id[-8:].upper())
    offer, _unseen = town.engine.read(lambda tx, now: queries.offer(tx, code.token, now))
    assert (offer.payee, offer.merchant, offer.note) == (shop.id, "Tea House", "caf\xe9 茶")
    assert town.terms(charge.id).expires_at == offer.expires_at
    assert town.balance(wallet) == 0


def test_an_unknown_token_is_no_offer(town: Town) -> None:
    with pytest.raises(NotFound):
        town.engine.read(lambda tx, now: queries.offer(tx, "0" * 16, now))


def test_a_frozen_merchant_makes_no_codes(town: Town) -> None:
    shop = town.shop()
    town.freeze(shop)
    assert isinstance(town.refusal(create_charge, town.charge(shop, 100)), MerchantFrozen)
    town.freeze(shop, frozen=False)
    assert town.run(create_charge, town.charge(shop, 100)).value.state == "created"


@pytest.mark.parametrize("code", ["", "7", "134567890123456789", "4006381333931", "78" + "0" * 15])
def test_what_is_no_payer_code_charges_nobody(town: Town, code: str) -> None:
    shop = town.shop()
    assert isinstance(town.refusal(create_charge, town.charge(shop, 100, code=code)), CodeUnknown)
    assert charges_of(town) == 0


def test_a_charge_whose_code_was_refused_can_be_reversed_and_stays_refused(town: Town) -> None:
    wallet, shop = town.wallet(1_000), town.shop()
    code = town.show(wallet)
    town.run(create_charge, town.charge(shop, 100, code=code))
    command = town.charge(shop, 100, code=code)
    assert isinstance(town.refusal(create_charge, command), CodeUsed)
    assert town.run(reverse, town.reverse(shop, command.key.id)).value.action == "closed"
    again = town.refusal(create_charge, command)
    assert (again.code, again.replayed) == ("code_used", True)
    assert town.balance(wallet) == 900


def test_a_charge_on_a_code_waits_a_minute(town: Town) -> None:
    wallet, shop = town.wallet(250_000), town.shop()
    command = town.charge(shop, 250_000, code=town.show(wallet), expires_in=5)
    town.run(create_charge, command)
    row = town.charge_row(command.key.id)
    assert row.expires_at - row.created_at == MINUTE

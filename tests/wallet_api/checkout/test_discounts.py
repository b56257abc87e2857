"""A discount is told apart and changes nothing that is paid."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import msgspec
import pytest

from payment_codes.amount import LARGEST_MINOR, Amount
from wallet_api.checkout.charges import create_charge
from wallet_api.contract.errors import AmountInvalid, CurrencyMismatch

if TYPE_CHECKING:
    from tests.wallet_api.checkout.town import Town


@pytest.mark.parametrize("discount", [1, 5_000, LARGEST_MINOR])
def test_a_discount_is_kept_beside_what_is_paid(town: Town, discount: int) -> None:
    wallet, shop = town.wallet(10_000), town.shop()
    command = town.charge(shop, 1_000, tip=100, discount=discount)
    made = town.run(create_charge, command).value
    assert (made.amount.minor, made.tip, made.discount) == (
        1_000,
        Amount(100, "CNY"),
        Amount(discount, "CNY"),
    )
    plain = town.buy(wallet, shop, 1_000)
    assert town.charge_view(shop, plain).discount is None
    assert town.balance(wallet) == 9_000


@pytest.mark.parametrize(
    ("discount", "error"),
    [
        (Amount(0, "CNY"), AmountInvalid),
        (Amount(-1, "CNY"), AmountInvalid),
        (Amount(LARGEST_MINOR + 1, "CNY"), AmountInvalid),
        (Amount(1, "EUR"), CurrencyMismatch),
    ],
)
def test_a_discount_is_an_amount_of_the_merchants_currency(
    town: Town, discount: Amount, error: type
) -> None:
    command = town.charge(town.shop(), 1_000)
    request = msgspec.structs.replace(command.request, discount=discount)
    assert isinstance(town.refusal(create_charge, replace(command, request=request)), error)

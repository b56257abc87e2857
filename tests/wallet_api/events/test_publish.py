"""Publishing: numbers without gaps, in the transaction's own step, of known kinds only."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from wallet_api.checkout.charges import create_charge
from wallet_api.checkout.payments import pay
from wallet_api.contract.errors import InsufficientFunds
from wallet_api.events.publish import publish

if TYPE_CHECKING:
    from tests.wallet_api.events.conftest import EventfulTown
    from wallet_api.store.clock import Now
    from wallet_api.store.database import Transaction

PAYERS, ROUNDS = 32, 5


def test_many_payers_at_once_leave_no_gap_and_keep_the_order_of_the_books(
    town: EventfulTown,
) -> None:
    shop = town.shop()
    wallets = [town.wallet(100_000) for _ in range(PAYERS)]
    for _ in range(ROUNDS):
        made = [town.submit(create_charge, town.charge(shop, 100)) for _ in wallets]
        charges = [future.result(30).value.id for future in made]
        pays = [
            town.submit(pay, town.pay(wallet, charge))
            for wallet, charge in zip(wallets, charges, strict=True)
        ]
        assert [future.result(30).value.state for future in pays] == ["succeeded"] * PAYERS
    told = town.events(shop)
    assert [number for number, _, _ in told] == list(range(1, 2 * PAYERS * ROUNDS + 1))
    paid = [data["charge"] for _, kind, data in told if kind == "charge.succeeded"]
    booked = town.rows("SELECT id FROM charges WHERE merchant = ? ORDER BY journal", shop.id)
    assert paid == [charge for (charge,) in booked]
    for wallet in wallets:
        numbers = [number for number, _, _ in town.events(wallet)]
        assert numbers == list(range(1, len(numbers) + 1))
        assert town.kinds(wallet) == ["payment.succeeded"] * ROUNDS


def test_what_is_undone_is_not_told(town: EventfulTown) -> None:
    shop = town.shop()

    def fail(transaction: Transaction, now: Now) -> None:
        publish(transaction, shop.id, "merchant.frozen", {"by": "bank"}, now)
        raise RuntimeError

    with pytest.raises(RuntimeError):
        town.engine.submit(fail).result(30)
    assert town.events(shop) == []


def test_a_refusal_that_is_remembered_is_told(town: EventfulTown) -> None:
    shop, wallet = town.shop(), town.wallet()
    charge = town.run(create_charge, town.charge(shop, 100)).value.id
    assert isinstance(town.refusal(pay, town.pay(wallet, charge)), InsufficientFunds)
    _, kind, data = town.events(wallet)[-1]
    assert (kind, data["reason"]) == ("payment.failed", "insufficient_funds")


@pytest.mark.parametrize(
    ("kind", "data"),
    [
        ("charge.vanished", {}),
        ("merchant.frozen", {}),
        ("merchant.frozen", {"by": "bank", "name": "Tea House"}),
    ],
)
def test_an_unlisted_kind_or_field_is_a_bug(
    town: EventfulTown, kind: str, data: dict[str, object]
) -> None:
    shop = town.shop()

    def tell(transaction: Transaction, now: Now) -> int:
        return publish(transaction, shop.id, kind, data, now)

    with pytest.raises(AssertionError, match=kind):
        town.engine.submit(tell).result(30)
    assert town.events(shop) == []


def test_a_command_that_comes_twice_is_told_once(town: EventfulTown) -> None:
    shop = town.shop()
    command = town.charge(shop, 100)
    assert not town.run(create_charge, command).replayed
    assert town.run(create_charge, command).replayed
    assert town.kinds(shop) == ["charge.created"]

"""The PIN: what is too weak, and what three wrong tries do."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.wallet_api.identity.conftest import PATIENCE, PIN, SALT, Shopper
from wallet_api.contract.errors import PinLocked, PinNotSet, PinWeak, PinWrong
from wallet_api.contract.pins import require_strong
from wallet_api.identity.keys import Keys
from wallet_api.identity.pin import check_pin, verifier
from wallet_api.identity.records import CUSTOMERS

if TYPE_CHECKING:
    from tests.wallet_api.identity.conftest import Bank
    from wallet_api.store.clock import Now
    from wallet_api.store.database import Transaction


def enter(bank: Bank, shopper: Shopper, pin: str) -> None:
    def command(transaction: Transaction, _now: Now) -> None:
        customer = CUSTOMERS.get(transaction, shopper.customer)
        assert customer is not None
        check_pin(transaction, bank.keys, customer, pin)

    bank.engine.submit(command).result(PATIENCE)


def wrong(bank: Bank, shopper: Shopper, left: int) -> None:
    with pytest.raises(PinWrong) as refusal:
        enter(bank, shopper, "271828")
    assert refusal.value.details == {"tries_left": left}


@pytest.mark.parametrize(
    "pin",
    [
        *("", "12345", "1234567", "12345a", "31415 ", "-31415", "3.1415", "31_415"),
        *("000000", "999999", "123456", "456789", "654321", "543210"),
        *("１２３９８７", "٣١٤١٥٩"),
    ],
)
def test_weak_pins_are_refused(pin: str) -> None:
    with pytest.raises(PinWeak):
        require_strong(pin)


@pytest.mark.parametrize("pin", [PIN, "112233", "135790", "890123", "100000", "012346"])
def test_other_pins_are_taken(pin: str) -> None:
    require_strong(pin)


def test_the_right_pin_is_accepted(bank: Bank, shopper: Shopper) -> None:
    enter(bank, shopper, PIN)


def test_three_wrong_tries_lock_it_for_the_right_one_too(bank: Bank, shopper: Shopper) -> None:
    wrong(bank, shopper, 2)
    wrong(bank, shopper, 1)
    for pin in ("271828", "271828", PIN):
        with pytest.raises(PinLocked):
            enter(bank, shopper, pin)


def test_a_right_try_forgives_the_wrong_ones(bank: Bank, shopper: Shopper) -> None:
    for _ in range(3):
        wrong(bank, shopper, 2)
        wrong(bank, shopper, 1)
        enter(bank, shopper, PIN)


@pytest.mark.parametrize("pin", ["", "31415", "3141590", "é", "\U0001f511" * 6])
def test_what_cannot_be_a_pin_is_a_wrong_try(bank: Bank, shopper: Shopper, pin: str) -> None:
    with pytest.raises(PinWrong):
        enter(bank, shopper, pin)


def test_a_wallet_without_pin(bank: Bank) -> None:
    shopper = Shopper(bank)
    assert not bank.open_wallet(shopper.customer, shopper.request(pin=None)).value.pin_set
    with pytest.raises(PinNotSet):
        enter(bank, shopper, PIN)


def test_the_verifier_depends_on_key_salt_and_pin(keys: Keys) -> None:
    """So that a stolen database tells nobody who shares a PIN, and lets nobody try them."""
    other_salt, other_keys = bytes([1]) * 16, Keys(bytes(32))
    assert (
        len(
            {
                verifier(keys, SALT, PIN),
                verifier(keys, other_salt, PIN),
                verifier(other_keys, SALT, PIN),
                verifier(keys, SALT, "271828"),
            }
        )
        == 4
    )


def test_the_pin_lies_nowhere_in_the_database(bank: Bank, shopper: Shopper) -> None:
    for (table,) in bank.rows("SELECT name FROM sqlite_schema WHERE type = 'table'"):
        for row in bank.rows(f"SELECT * FROM {table}"):
            assert not any(PIN in str(value) for value in row)

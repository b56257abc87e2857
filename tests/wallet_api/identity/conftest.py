"""Wallets and a till that are enrolled, and the codes that the wallets show."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey

from tests.wallet_api.conftest import START
from wallet_api.contract.ids import new_id
from wallet_api.contract.payer_code import make_code, shared_key
from wallet_api.contract.signatures import encode_bytes
from wallet_api.contract.wire import CodeSync, DeviceKeys, OpenMerchant, OpenWallet
from wallet_api.identity.enrolment import (
    EnrolCustomer,
    EnrolMerchant,
    enrol_customer,
    enrol_merchant,
)
from wallet_api.identity.payer_codes import resolve, sync
from wallet_api.identity.records import DEVICES, Till
from wallet_api.store.answers import Key

if TYPE_CHECKING:
    from collections.abc import Callable

    from tests.wallet_api.conftest import StandingClock
    from wallet_api.contract.wire import CodeWindow, MerchantCard, WalletCard
    from wallet_api.identity.keys import Keys
    from wallet_api.identity.records import Device
    from wallet_api.store.answers import Answered
    from wallet_api.store.clock import Now
    from wallet_api.store.database import Transaction
    from wallet_api.store.engine import Engine

PATIENCE = 10
SALT = bytes(16)
PIN = "314159"


class Bank:
    """The service's engine and keys, with its use cases as plain calls."""

    def __init__(self, engine: Engine, keys: Keys, clock: StandingClock) -> None:
        self.engine = engine
        self.keys = keys
        self.clock = clock

    def open_wallet(self, key: str, request: OpenWallet) -> Answered[WalletCard]:
        command = EnrolCustomer(Key(key, key, b"open"), request, SALT, self.keys)
        answer = self.engine.submit(lambda tx, now: enrol_customer(tx, command, now))
        return answer.result(PATIENCE)

    def open_merchant(self, key: str, request: OpenMerchant) -> Answered[MerchantCard]:
        command = EnrolMerchant(Key(key, key, b"open"), request, new_id(START))
        answer = self.engine.submit(lambda tx, now: enrol_merchant(tx, command, now))
        return answer.result(PATIENCE)

    def resolve(self, till: Till, code: str) -> str:
        """Give the device that shows a code."""

        def command(transaction: Transaction, now: Now) -> Device:
            return resolve(transaction, self.keys, till, code, now)

        return self.engine.submit(command).result(PATIENCE).id

    def sync(self, device: str, counter: int) -> CodeWindow:
        key = Key(new_id(self.clock.wall), device, b"sync")

        def command(transaction: Transaction, now: Now) -> Answered[CodeWindow]:
            row = DEVICES.get(transaction, device)
            assert row is not None
            body = CodeSync(counter=counter)
            return sync(transaction, now, key=key, keys=self.keys, device=row, body=body)

        return self.engine.submit(command).result(PATIENCE).value

    def write(self, sql: str, *values: str | int) -> None:
        self.engine.submit(lambda tx, _now: tx.run(sql, *values)).result(PATIENCE)

    def rows(self, sql: str, *values: str | int) -> list[tuple[Any, ...]]:
        return self.engine.read(lambda tx, _now: [tuple(row) for row in tx.all(sql, *values)])


class Shopper:
    """A device that shows codes offline, as a wallet does."""

    def __init__(self, bank: Bank) -> None:
        self.device = new_id(START)
        self.customer = new_id(START)
        self.bank = bank
        self.code_key = X25519PrivateKey.generate()
        self._key = shared_key(self.code_key, bank.keys.code_public, self.device)

    def request(self, pin: str | None = PIN) -> OpenWallet:
        return OpenWallet(
            name="王小明", currency="CNY", pin=pin, device=device_keys(self.device, self.code_key)
        )

    def code(self, counter: int, seconds: float = 0) -> str:
        """Give the code of a presentation, drawn some seconds from now."""
        return make_code(self._key, counter, self.bank.clock.business + round(seconds * 1_000))

    def wrong_code(self, counter: int) -> str:
        """Give a code whose locator is right and whose authenticator is not."""
        right = self.code(counter)
        return right[:-1] + str((int(right[-1]) + 1) % 10)


def device_keys(device: str, code_key: X25519PrivateKey | None = None) -> DeviceKeys:
    return DeviceKeys(
        id=device,
        signing_key=encode_bytes(Ed25519PrivateKey.generate().public_key().public_bytes_raw()),
        code_key=encode_bytes(code_key.public_key().public_bytes_raw()) if code_key else None,
    )


@pytest.fixture
def bank(engine: Engine, keys: Keys, clock: StandingClock) -> Bank:
    return Bank(engine, keys, clock)


@pytest.fixture
def open_shopper(bank: Bank) -> Callable[[], Shopper]:
    def make() -> Shopper:
        shopper = Shopper(bank)
        bank.open_wallet(shopper.customer, shopper.request())
        return shopper

    return make


@pytest.fixture
def shopper(open_shopper: Callable[[], Shopper]) -> Shopper:
    return open_shopper()


@pytest.fixture
def till() -> Till:
    """A till; the look-up of codes needs nothing of it but its ids."""
    return Till(id=new_id(START), store=new_id(START), merchant=new_id(START))

"""Wallets and tills of a benchmark, and the signed requests they send."""

from __future__ import annotations

from dataclasses import dataclass

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey

from benchmarks.load import send_all, wire_bytes
from payment_codes.amount import Amount
from wallet_api.client.aio import AsyncClient
from wallet_api.client.call import make_call
from wallet_api.client.exchange import Exchange
from wallet_api.contract.ids import new_id
from wallet_api.contract.signatures import encode_bytes
from wallet_api.contract.wire import (
    Charge,
    ChargeRequest,
    DeviceKeys,
    MerchantCard,
    OpenMerchant,
    OpenWallet,
    Payment,
    PaymentRequest,
    TopUp,
    TopUpRequest,
    WalletCard,
)

CURRENCY = "CNY"
CONNECTIONS, MOST_SECONDS = 32, 45.0


@dataclass(frozen=True)
class Person:
    """A wallet or a till: its client, and the customer's or merchant's id."""

    client: AsyncClient
    id: str

    def request(
        self, path: str, body: object, answer: type[object], key: str | None = None
    ) -> bytes:
        """Give the bytes of a signed POST, by default with a key of its own; good for 60 s."""
        call = make_call("POST", path, body=body, key=key or new_id(), answer=answer)
        return wire_bytes(Exchange(self.client, call).request())


def _new_client(url: str) -> tuple[AsyncClient, DeviceKeys]:
    signing, code = Ed25519PrivateKey.generate(), X25519PrivateKey.generate()
    device = DeviceKeys(
        id=new_id(),
        signing_key=encode_bytes(signing.public_key().public_bytes_raw()),
        code_key=encode_bytes(code.public_key().public_bytes_raw()),
    )
    return AsyncClient(url, device.id, signing), device


async def open_wallets(url: str, count: int, minor: int) -> list[Person]:
    """Open so many wallets with so many minor units in each."""
    opened, enrolments = [], []
    for _ in range(count):
        client, device = _new_client(url)
        person = Person(client, new_id())
        body = OpenWallet(name="Bench", currency=CURRENCY, device=device)
        enrolments.append(person.request("/v1/customers", body, WalletCard, person.id))
        opened.append(person)
    await _all_made(url, enrolments)
    money = TopUpRequest(amount=Amount(minor, CURRENCY))
    await _all_made(url, [one.request("/v1/top-ups", money, TopUp) for one in opened])
    return opened


async def _all_made(url: str, requests: list[bytes]) -> None:
    """Send requests that must all make something."""
    made = await send_all(url, requests, CONNECTIONS, MOST_SECONDS)
    assert [answer.status for answer in made.answers] == [201] * len(requests), made.answers[:1]


async def open_till(url: str) -> Person:
    """Open a merchant with a till."""
    client, device = _new_client(url)
    body = OpenMerchant(
        name="Bench", city="Here", category="5812", currency=CURRENCY, store="One", till=device
    )
    merchant = new_id()
    await client.send("POST", "/v1/merchants", body=body, key=merchant, answer=MerchantCard)
    return Person(client, merchant)


def charge_request(till: Person, minor: int, life_seconds: int) -> bytes:
    """Give a till's signed request for a charge."""
    body = ChargeRequest(amount=Amount(minor, CURRENCY), expires_in=life_seconds)
    return till.request("/v1/charges", body, Charge)


def payment_request(wallet: Person, charge: Charge, till: Person) -> bytes:
    """Give a wallet's signed payment of a till's charge."""
    assert charge.expires_at is not None, "a charge to scan expires"
    body = PaymentRequest(
        charge=charge.id, payee=till.id, amount=charge.amount, expires_at=charge.expires_at
    )
    return wallet.request("/v1/payments", body, Payment)

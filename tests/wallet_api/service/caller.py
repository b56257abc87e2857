"""A device that calls the service with its own signature, or with one that is not right."""

from __future__ import annotations

import json
import time
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Any

import httpx
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey

from wallet_api.contract.ids import new_id
from wallet_api.contract.signatures import Message, encode_bytes, sign

if TYPE_CHECKING:
    from collections.abc import Mapping

PIN = "314159"
NONCE = "0123456789abcdef"
JSON = {"Content-Type": "application/json"}


@dataclass
class Device:
    """Who signs: an id and a key."""

    id: str = field(default_factory=new_id)
    key: Ed25519PrivateKey = field(default_factory=Ed25519PrivateKey.generate)

    def keys(self) -> dict[str, str]:
        code_key = X25519PrivateKey.generate().public_key().public_bytes_raw()
        return {
            "id": self.id,
            "signing_key": encode_bytes(self.key.public_key().public_bytes_raw()),
            "code_key": encode_bytes(code_key),
        }


@dataclass(frozen=True)
class Call:
    """A request on its way: what is sent, and how it is signed. ``created`` is in seconds."""

    authority: str
    method: str
    target: str
    body: bytes = b""
    key: str | None = None
    created: int | None = None
    headers: Mapping[str, str] = field(default_factory=dict)

    def signed(self, device: Device) -> Call:
        """Give the call with the header fields of a signature made now."""
        path, _, query = self.target.partition("?")
        message = Message(self.method, self.authority, path, query, self.body, self.key)
        created = int(time.time()) if self.created is None else self.created
        return replace(
            self, headers={**self.headers, **sign(message, device.id, device.key, created)}
        )

    def with_headers(self, **headers: str) -> Call:
        """Give the call with other header fields; "_" stands for "-", an empty value for none."""
        changed = {name.replace("_", "-"): value for name, value in headers.items()}
        names = {name.lower() for name in changed}
        kept = {name: value for name, value in self.headers.items() if name.lower() not in names}
        return replace(
            self, headers=kept | {name: value for name, value in changed.items() if value}
        )

    def request(self) -> httpx.Request:
        """Give the request; the authority of its header may be another one."""
        url = f"http://{self.authority}{self.target}"
        return httpx.Request(self.method, url, headers=dict(self.headers), content=self.body)


def read(authority: str, target: str, created: int | None = None) -> Call:
    return Call(authority, "GET", target, created=created)


def write(authority: str, target: str, body: object, key: str | None = None) -> Call:
    """A call with a JSON body and an idempotency key."""
    content = json.dumps(body).encode()
    return Call(authority, "POST", target, content, key or new_id(), headers=JSON)


def merchant_body(till: Device) -> dict[str, Any]:
    keys = till.keys()
    del keys["code_key"]
    return {
        "name": "聚福茶馆",
        "city": "杭州",
        "category": "5812",
        "currency": "CNY",
        "store": "West Lake",
        "till": keys,
    }


class Caller:
    """A device at one service, over one connection."""

    def __init__(self, authority: str, client: httpx.Client) -> None:
        self.authority = authority
        self.client = client
        self.device = Device()

    def send(self, call: Call) -> httpx.Response:
        return self.client.send(call.request())

    def get(self, target: str) -> httpx.Response:
        return self.send(read(self.authority, target).signed(self.device))

    def post(self, target: str, body: object, key: str | None = None) -> httpx.Response:
        return self.send(write(self.authority, target, body, key).signed(self.device))

    def open_wallet(self, **fields: object) -> dict[str, Any]:
        body = {"name": "王小明", "currency": "CNY", "pin": PIN, "device": self.device.keys()}
        return done(self.post("/v1/customers", body | fields))

    def open_merchant(self, **fields: object) -> dict[str, Any]:
        return done(self.post("/v1/merchants", merchant_body(self.device) | fields))

    def charge(self, minor: int, **fields: object) -> dict[str, Any]:
        return done(self.post("/v1/charges", {"amount": cny(minor)} | fields))

    def top_up(self, minor: int) -> dict[str, Any]:
        return done(self.post("/v1/top-ups", {"amount": cny(minor)}))

    def offer(self, charge: dict[str, Any]) -> dict[str, Any]:
        """Look at a charge as the wallet that scanned its code; the token stands in the payload."""
        from payment_codes.native import parse

        return done(self.get(f"/v1/codes/{parse(charge['payload']).token}"))


def payment_of(offer: dict[str, Any]) -> dict[str, Any]:
    """Give the body that pays an offer."""
    return {name: offer[name] for name in ("charge", "payee", "amount", "expires_at")}


def cny(minor: int) -> dict[str, Any]:
    return {"minor": minor, "currency": "CNY"}


def done(response: httpx.Response) -> dict[str, Any]:
    assert response.is_success, response.text
    answer: dict[str, Any] = response.json()
    return answer


def refused(response: httpx.Response) -> str:
    """Give the code of a problem document after checking its form (RFC 9457)."""
    problem = response.json()
    assert response.headers["content-type"] == "application/problem+json"
    assert problem["status"] == response.status_code
    assert problem["type"] == f"urn:terminal-wallet:problem:{problem['code']}"
    assert problem["detail"]
    assert problem["title"]
    assert "money_moved" in problem
    assert "wallet-time" in response.headers
    assert response.headers["cache-control"] == "no-store"
    return str(problem["code"])


def challenge(authority: str, nonce: str = NONCE) -> Call:
    """A call that needs no signature: the service is to prove its key."""
    body = json.dumps({"nonce": nonce}).encode()
    return Call(authority, "POST", "/v1/challenge", body, headers=JSON)

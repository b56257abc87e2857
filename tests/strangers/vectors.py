"""The vectors of the guide, made by our own code. Run as a module it writes them anew."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any
from unittest.mock import patch

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey

from wallet_api.contract.instants import instant_text
from wallet_api.contract.payer_code import make_code, shared_key, time_step
from wallet_api.contract.signatures import (
    Message,
    approval_text,
    challenge_text,
    claim,
    encode_bytes,
    sign,
)

FOLDER = Path(__file__).parents[2] / "docs" / "vectors"
#: 2026-01-01, 00:00 UTC, in seconds.
CREATED = 1_767_225_600
WALLET = "019b76da-a800-7a00-8000-000000000001"
TILL = "019b76da-a800-7a00-8000-000000000002"
KEYS = (
    "019b76da-a800-7a00-8000-00000000000a",
    "019b76da-a800-7a00-8000-00000000000b",
    "019b76da-a800-7a00-8000-00000000000c",
)
CHARGE = "019b76da-a800-7a00-8000-0000000000c1"
PAYEE = "019b76da-a800-7a00-8000-0000000000c2"

_TOP_UP = '{"amount":{"minor":200000,"currency":"CNY"}}'
_CHARGE = '{"amount": {"minor": 1250, "currency": "CNY"}, "note": "两杯茶"}'
_REQUESTS = (
    ("a read", WALLET, Message("GET", "127.0.0.1:8417", "/v1/wallet")),
    ("a read with a query", TILL, Message("GET", "127.0.0.1:8417", "/v1/charges", "limit=5")),
    (
        "a long poll over https",
        TILL,
        Message("GET", "bank.example", f"/v1/charges/{CHARGE}", "wait=25"),
    ),
    (
        "a write",
        WALLET,
        Message("POST", "127.0.0.1:8417", "/v1/top-ups", "", _TOP_UP.encode(), KEYS[0]),
    ),
    (
        "a write with text beyond ASCII",
        TILL,
        Message("POST", "bank.example:8443", "/v1/charges", "", _CHARGE.encode(), KEYS[1]),
    ),
    (
        "a write with nothing to say",
        TILL,
        Message("POST", "[::1]:8417", f"/v1/charges/{CHARGE}/reverse", "", b"{}", KEYS[2]),
    ),
)


def _seed(name: str) -> bytes:
    """Give 32 bytes that anybody can guess: these keys are for vectors only."""
    return name.encode().ljust(32, b".")


def _signing(device: str) -> Ed25519PrivateKey:
    return Ed25519PrivateKey.from_private_bytes(_seed(device[-12:]))


def signatures() -> list[dict[str, Any]]:
    """Give signed requests."""
    made = []
    for number, (name, device, message) in enumerate(_REQUESTS):
        with patch("secrets.token_bytes", lambda size, number=number: bytes([number]) * size):
            headers = sign(message, device, _signing(device), CREATED + number)
        claimed = claim(message, {key.lower(): value for key, value in headers.items()})
        made.append(
            {
                "name": name,
                "device": device,
                "private_key": encode_bytes(_signing(device).private_bytes_raw()),
                "public_key": encode_bytes(_signing(device).public_key().public_bytes_raw()),
                "method": message.method,
                "authority": message.authority,
                "path": message.path,
                "query": message.query,
                "body": message.body.decode(),
                "idempotency_key": message.idempotency_key,
                "created": claimed.created,
                "nonce": claimed.nonce,
                "base": claimed.base.decode(),
                "content_digest": headers.get("Content-Digest"),
                "signature_input": headers["Signature-Input"],
                "signature": headers["Signature"],
            }
        )
    return made


def approvals() -> list[dict[str, Any]]:
    """Give approvals of payments, and the service's own proof of its key."""
    service = Ed25519PrivateKey.from_private_bytes(_seed("service signing"))
    public = encode_bytes(service.public_key().public_bytes_raw())
    expires_at = instant_text((CREATED + 60) * 1_000)
    approval = approval_text(CHARGE, PAYEE, 128_800, "CNY", expires_at, public)
    proof = challenge_text("0123456789abcdef", "Bank.Example:8443")
    return [
        {
            "name": "a wallet approves a payment",
            "payment": CHARGE,
            "payee": PAYEE,
            "amount": {"minor": 128_800, "currency": "CNY"},
            "expires_at": expires_at,
            "service_key": public,
            "private_key": encode_bytes(_signing(WALLET).private_bytes_raw()),
            "text": approval.decode(),
            "signature": encode_bytes(_signing(WALLET).sign(approval)),
        },
        {
            "name": "the service proves its key",
            "nonce": "0123456789abcdef",
            "authority": "Bank.Example:8443",
            "private_key": encode_bytes(service.private_bytes_raw()),
            "text": proof.decode(),
            "signature": encode_bytes(service.sign(proof)),
        },
    ]


def payer_codes() -> list[dict[str, Any]]:
    """Give payer codes of one device at several moments and counters."""
    device = X25519PrivateKey.from_private_bytes(_seed("device code"))
    service = X25519PrivateKey.from_private_bytes(_seed("service code"))
    public = service.public_key().public_bytes_raw()
    key = shared_key(device, public, WALLET)
    moments = ((0, CREATED * 1_000), (0, CREATED * 1_000 + 29_999), (0, CREATED * 1_000 + 30_000))
    return [
        {
            "device": WALLET,
            "private_key": encode_bytes(device.private_bytes_raw()),
            "service_code_key": encode_bytes(public),
            "key": encode_bytes(key),
            "counter": counter,
            "business_time": instant_text(milliseconds),
            "step": time_step(milliseconds),
            "code": make_code(key, counter, milliseconds),
        }
        for counter, milliseconds in (*moments, (1, CREATED * 1_000), (70_000, CREATED * 1_000))
    ]


FILES = {
    "signatures.json": signatures,
    "approvals.json": approvals,
    "payer-codes.json": payer_codes,
}


def written(content: list[dict[str, Any]]) -> str:
    """Write vectors as the files hold them."""
    return json.dumps(content, indent=2, ensure_ascii=False) + "\n"


if __name__ == "__main__":
    for name, make in FILES.items():
        (FOLDER / name).write_text(written(make()), encoding="utf-8")

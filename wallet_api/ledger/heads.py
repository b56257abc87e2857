"""Signed heads: what is kept outside the books to prove later that nothing was cut or rewritten."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from wallet_api.contract.signatures import check_signature, decode_bytes, encode_bytes
from wallet_api.ledger.journal import Head

if TYPE_CHECKING:
    from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey


@dataclass(frozen=True, slots=True)
class SignedHead:
    """A journal head and the service's signature over it, as JSON values."""

    number: int
    hash: str
    booked_at: int
    signature: str


def _statement(number: int, sealed: str, booked_at: int) -> bytes:
    return f"terminal-wallet head\n{number}\n{sealed}\n{booked_at}".encode()


def sign_head(head: Head, key: Ed25519PrivateKey) -> SignedHead:
    """Sign a head with the service's key."""
    sealed = head.hash.hex()
    signature = key.sign(_statement(head.number, sealed, head.booked_at))
    return SignedHead(head.number, sealed, head.booked_at, encode_bytes(signature))


def check_head(signed: SignedHead, public_key: bytes) -> Head:
    """Give the head after checking its signature. Raises SignatureInvalid, ValueError."""
    statement = _statement(signed.number, signed.hash, signed.booked_at)
    check_signature(statement, decode_bytes(signed.signature), public_key)
    return Head(signed.number, bytes.fromhex(signed.hash), signed.booked_at)

"""The one profile of RFC 9421 HTTP Message Signatures: signed by clients, checked exactly.

A read covers method, authority, path and query; a write also Content-Digest (RFC 9530, SHA-256)
and Idempotency-Key. Parameters stand in this order: created, keyid, alg, nonce, tag. Since
nothing else is accepted, checking is a comparison of strings: no structured-field parser runs on
what strangers send.
"""

from __future__ import annotations

import base64
import binascii
import hashlib
import re
import secrets
from dataclasses import dataclass
from typing import TYPE_CHECKING

from wallet_api.contract.errors import SignatureInvalid

if TYPE_CHECKING:
    from collections.abc import Mapping

    from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

TAG = "terminal-wallet"
READ_COMPONENTS = ("@method", "@authority", "@path", "@query")
WRITE_COMPONENTS = (*READ_COMPONENTS, "content-digest", "idempotency-key")
READ_METHODS = frozenset({"GET", "HEAD"})
NONCE_BYTES = 16

_PARAMETERS = re.compile(
    r';created=([0-9]{1,10});keyid="([0-9a-f-]{36})";alg="ed25519"'
    rf';nonce="([A-Za-z0-9_-]{{22}})";tag="{TAG}"'
)
#: 64 bytes in base64: the last digit's four spare bits are zero, so there is one spelling only.
_SIGNATURE = re.compile(r"sig=:([A-Za-z0-9+/]{85}[AQgw]==):")


@dataclass(frozen=True, slots=True)
class Message:
    """The parts of a request that a signature covers.

    ``path`` and ``query`` are as sent, percent-encoded, the query without its question mark.
    """

    method: str
    authority: str
    path: str
    query: str = ""
    body: bytes = b""
    idempotency_key: str | None = None

    @property
    def is_read(self) -> bool:
        """Say whether the request changes nothing."""
        return self.method in READ_METHODS


@dataclass(frozen=True, slots=True)
class SignatureClaim:
    """What a request says of its signature, not yet checked. ``created`` is in seconds."""

    created: int
    nonce: str
    device: str
    base: bytes
    signature: bytes


def content_digest(body: bytes) -> str:
    """Give the Content-Digest field (RFC 9530 section 2) of a body."""
    return f"sha-256=:{base64.b64encode(hashlib.sha256(body).digest()).decode()}:"


def _input(message: Message, parameters: str) -> str:
    components = READ_COMPONENTS if message.is_read else WRITE_COMPONENTS
    return "(" + " ".join(f'"{name}"' for name in components) + ")" + parameters


def _base(message: Message, parameters: str) -> bytes:
    """Build the signature base (RFC 9421 section 2.5)."""
    lines = [
        f'"@method": {message.method}',
        f'"@authority": {message.authority.lower()}',
        f'"@path": {message.path}',
        f'"@query": ?{message.query}',
    ]
    if not message.is_read:
        lines.append(f'"content-digest": {content_digest(message.body)}')
        lines.append(f'"idempotency-key": {message.idempotency_key or ""}')
    lines.append(f'"@signature-params": {_input(message, parameters)}')
    return "\n".join(lines).encode("ascii")


def sign(message: Message, device: str, key: Ed25519PrivateKey, created: int) -> dict[str, str]:
    """Give the header fields that authenticate a request; ``created`` is in seconds.

    A new nonce each time makes every signature unique, so a retry is signed anew.
    """
    nonce = base64.urlsafe_b64encode(secrets.token_bytes(NONCE_BYTES)).rstrip(b"=").decode()
    parameters = f';created={created};keyid="{device}";alg="ed25519";nonce="{nonce}";tag="{TAG}"'
    signature = base64.b64encode(key.sign(_base(message, parameters))).decode()
    headers = {
        "Signature-Input": f"sig={_input(message, parameters)}",
        "Signature": f"sig=:{signature}:",
    }
    if not message.is_read:
        headers["Content-Digest"] = content_digest(message.body)
        headers["Idempotency-Key"] = message.idempotency_key or ""
    return headers


def claim(message: Message, headers: Mapping[str, str]) -> SignatureClaim:
    """Read the signature fields of a request and rebuild what they should cover.

    The digest is computed from the body that arrived, so a changed body fails the check.
    Raises SignatureInvalid when the fields are absent or not of the profile.
    """
    given = headers.get("signature-input", "")
    signature = _SIGNATURE.fullmatch(headers.get("signature", ""))
    expected = f"sig={_input(message, '')}"
    if not given or signature is None:
        raise SignatureInvalid(reason="no signature fields")
    parameters = _PARAMETERS.fullmatch(given[len(expected) :])
    if not given.startswith(expected) or parameters is None:
        raise SignatureInvalid(reason="not the profile of this service")
    if not message.is_read and headers.get("content-digest") != content_digest(message.body):
        raise SignatureInvalid(reason="the body does not match Content-Digest")
    try:
        base = _base(message, parameters[0])
    except UnicodeEncodeError:
        raise SignatureInvalid(reason="not ASCII") from None
    created, device, nonce = parameters.groups()
    return SignatureClaim(int(created), nonce, device, base, base64.b64decode(signature[1]))


def check(claimed: SignatureClaim, public_key: bytes) -> None:
    """Check a claim against a device's Ed25519 public key (32 bytes).

    Raises SignatureInvalid when the signature is not the device's.
    """
    check_signature(claimed.base, claimed.signature, public_key)


def check_signature(signed: bytes, signature: bytes, public_key: bytes) -> None:
    """Check an Ed25519 signature (RFC 8032). Raises SignatureInvalid."""
    from cryptography.exceptions import InvalidSignature
    from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey

    try:
        Ed25519PublicKey.from_public_bytes(public_key).verify(signature, signed)
    except (InvalidSignature, ValueError):
        raise SignatureInvalid(reason="the signature does not fit the key") from None


def encode_bytes(value: bytes) -> str:
    """Write bytes as base64url text without padding, as keys travel in JSON."""
    return base64.urlsafe_b64encode(value).rstrip(b"=").decode()


def decode_bytes(text: str) -> bytes:
    """Read base64url text without padding. Raises SignatureInvalid for any other spelling."""
    try:
        value = base64.b64decode(text + "=" * (-len(text) % 4), altchars=b"-_", validate=True)
    except (binascii.Error, ValueError):
        raise SignatureInvalid(reason="not base64url") from None
    if encode_bytes(value) != text:
        raise SignatureInvalid(reason="not base64url")
    return value


def approval_text(
    payment: str, payee: str, minor: int, currency: str, expires_at: str, service: str
) -> bytes:
    """Give the statement that a wallet signs to confirm a payment (PSD2 RTS Art. 5).

    It covers payee, amount, currency and expiry, so any change voids it; ``service`` is the
    service's public key, so the statement is worth nothing elsewhere.
    """
    lines = ("approval", payment, payee, f"{minor} {currency}", expires_at, service)
    return f"{TAG} ".encode() + "\n".join(lines).encode()


def challenge_text(nonce: str, authority: str) -> bytes:
    """Give the statement that the service signs to prove its key to a client at an authority."""
    return f"{TAG} service\n{nonce}\n{authority.lower()}".encode()

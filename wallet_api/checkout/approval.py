"""Approval: the statement of the terms that a wallet signs beside its PIN, checked and kept."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from wallet_api.checkout.terms import Evidence
from wallet_api.contract.instants import instant_text
from wallet_api.contract.signatures import approval_text, check_signature, encode_bytes

if TYPE_CHECKING:
    from wallet_api.identity.keys import Keys
    from wallet_api.identity.records import Device


@dataclass(frozen=True, slots=True)
class Terms:
    """What an approval covers (PSD2 RTS Art. 5): the id of what is paid, payee, amount, expiry.

    ``amount`` is in minor units, ``expires_at`` in milliseconds of business time.
    """

    subject: str
    payee: str
    amount: int
    currency: str
    expires_at: int


def approved(terms: Terms, device: Device, approval: bytes, keys: Keys) -> Evidence:
    """Check that a device signed exactly these terms (64 bytes). Raises SignatureInvalid."""
    signed = approval_text(
        terms.subject,
        terms.payee,
        terms.amount,
        terms.currency,
        instant_text(terms.expires_at),
        encode_bytes(keys.signing_public),
    )
    check_signature(signed, approval, device.signing_key)
    return Evidence(device.id, signed, approval)

"""Approving with the PIN: what a wallet signs, and to whom it says the PIN."""

from __future__ import annotations

from typing import TYPE_CHECKING

from wallet_api.contract.signatures import approval_text, decode_bytes, encode_bytes
from wallet_api.contract.wire import ConfirmRequest

if TYPE_CHECKING:
    from payment_codes.amount import Amount
    from terminal_kit.session import Standing


def approval(
    session: Standing, subject: str, payee: str, amount: Amount, expires_at: str, pin: str
) -> ConfirmRequest:
    """Sign the terms of what waits for the PIN, for a service that proved its pinned key first.

    Raises ServiceChanged.
    """
    service = session.profile.service_key
    session.client.prove_service(decode_bytes(service))
    text = approval_text(subject, payee, amount.minor, amount.currency, expires_at, service)
    return ConfirmRequest(pin=pin, approval=encode_bytes(session.keys.signing.sign(text)))

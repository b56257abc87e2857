"""Codes that this wallet cannot pay: what they are, and why not."""

from __future__ import annotations

from typing import TYPE_CHECKING

from payment_codes import native
from payment_codes.errors import CodeError, CodeForeign, CodeUnreadable
from payment_codes.schemes.scheme import Side
from terminal_kit.decoding import Decoded, decode
from terminal_kit.language import _

if TYPE_CHECKING:
    from datetime import datetime

    from payment_codes.native import NativeCode

#: Ours, and what a damaged one of ours may look like.
_OURS = frozenset({"terminal-wallet", "emv-mpm"})


def read_any(text: str, now: datetime) -> NativeCode | Decoded:
    """Read one of our codes, or what a code of another scheme says, right or wrong.

    Raises CodeDamaged and CodeInvalid for one of ours, or nobody's; CodeUnreadable for a text that
    is no code, and CodeForeign for what is named only, such as a web address.
    """
    try:
        return native.parse(text)
    except CodeError as error:
        try:
            decoded = decode(text, now)
        except CodeUnreadable:
            raise error from None
        if decoded.code.scheme.id in _OURS and not isinstance(error, CodeForeign):
            raise
        return decoded


def why_not_payable(decoded: Decoded) -> str:
    """Say why a code of another scheme cannot be paid."""
    if decoded.code.scheme.side is Side.PAYER:
        return _("Whoever pays shows this code, and a till scans it: nobody is paid by it.")
    return _("This wallet pays Terminal Wallet codes only so far.")

"""What a customer presents at the till: our payer code, or something to be named and refused."""

from __future__ import annotations

from typing import TYPE_CHECKING

from terminal_kit.language import _

if TYPE_CHECKING:
    from terminal_kit.reading import Source


def payer_code(text: str) -> str:
    """Give our 18 digits; a foreign live code is named and neither sent nor logged.

    Raises CodeForeign, CodeUnreadable.
    """
    from payment_codes.errors import CodeForeign
    from payment_codes.native import GUID
    from payment_codes.payer import payer_digits
    from payment_codes.schemes.table import name_of
    from terminal_kit.words import A_WALLET_SCANS

    if GUID in text:
        raise CodeForeign.of(A_WALLET_SCANS)
    text = text.strip()
    scheme = name_of(text)
    if scheme is not None and not text[:1].isdigit():
        raise CodeForeign.of(scheme)
    return payer_digits(text)


def payer_code_at(source: Source) -> str:
    """Give the one payer code in a picture, the clipboard or on the screen.

    A wallet shows the same digits as a QR code and as bars, so what says the same counts once.
    Raises what `terminal_kit.reading.codes_at` raises, CodeForeign, CodeUnreadable, and Usage for
    several, which it does not repeat.
    """
    from payment_codes.errors import CodeError
    from terminal_kit.reading import codes_at
    from wallet_api.contract.errors import Usage

    found: set[str] = set()
    refused: CodeError | None = None
    for text in codes_at(source):
        try:
            found.add(payer_code(text))
        except CodeError as error:
            refused = error
    if len(found) > 1:
        raise Usage(reason=_("There are several payer codes. Show one of them."))
    if not found:
        assert refused is not None, "there was a code"
        raise refused
    return found.pop()

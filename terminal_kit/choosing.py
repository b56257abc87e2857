"""Several codes in one picture: which one is meant."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

from terminal_kit.console import fitted
from terminal_kit.diagnostics import say
from terminal_kit.language import _
from terminal_kit.prompts import can_ask
from wallet_api.contract.errors import Cancelled, SeveralCodes, Usage

if TYPE_CHECKING:
    from collections.abc import Sequence

LONGEST_DESCRIPTION = 40


def choose_code(texts: Sequence[str], pick: int | None) -> str:
    """Give the code that is meant: the only one, the picked one, or the one a person names.

    Raises NoCodeFound for none, Usage for a number without a code, SeveralCodes where nobody can
    be asked, Cancelled when the person names none.
    """
    from payment_codes.errors import NoCodeFound

    if not texts:
        raise NoCodeFound("No code was found in the picture.")
    if pick is not None:
        return _numbered(texts, str(pick))
    if len(texts) == 1:
        return texts[0]
    lines = [f"{number}) {describe(text)}" for number, text in enumerate(texts, start=1)]
    if not can_ask():
        raise SeveralCodes(count=len(texts), codes="; ".join(lines))
    for line in lines:
        say(line)
    sys.stderr.write(_("Which one? [1-{count}] ").format(count=len(texts)))
    sys.stderr.flush()
    typed = sys.stdin.readline().strip()
    if not typed:
        raise Cancelled
    return _numbered(texts, typed)


def _numbered(texts: Sequence[str], number: str) -> str:
    if number.isascii() and number.isdigit() and 1 <= int(number) <= len(texts):
        return texts[int(number) - 1]
    said = _("There are {count} codes in the picture, and {number} is none of them.")
    raise Usage(reason=said.format(count=len(texts), number=number))


def describe(text: str) -> str:
    """Say what a code is, without repeating digits that money can be taken with."""
    from payment_codes.amount import amount_text
    from payment_codes.errors import CodeError
    from payment_codes.native import parse
    from payment_codes.payer import PresentedKind, classify
    from payment_codes.schemes.table import name_of

    kind = classify(text).kind
    if kind is PresentedKind.PAYER:
        return _("a customer's code")
    if kind is not PresentedKind.UNKNOWN:
        return str(kind.value)
    try:
        code = parse(text)
    except CodeError as error:
        scheme = error.details.get("scheme") or name_of(text)
        return str(scheme or fitted(text, LONGEST_DESCRIPTION).rstrip())
    name = fitted(code.merchant_name, LONGEST_DESCRIPTION).rstrip()
    if code.amount is None:
        return name
    return _("{amount} to {name}").format(amount=amount_text(code.amount), name=name)

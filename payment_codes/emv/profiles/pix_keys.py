"""The keys of PIX's directory: a person's or a company's number, a phone, an e-mail, a random one.

Source: BCB, API DICT v2, "chave".
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from payment_codes.checks import brazilian_number as number
from payment_codes.issues import Rule, Severity

if TYPE_CHECKING:
    from collections.abc import Iterator

    from payment_codes.issues import Issue

_SECTION: Final = "BCB DICT v2 §4.2"
_FORMS: Final = {
    "phone": re.compile(r"\+[1-9][0-9]{7,14}"),
    "email": re.compile(r"[a-z0-9.!#$&'*+/=?^_`{|}~-]+@[a-z0-9-]+(?:\.[a-z0-9-]+)+"),
    "evp": re.compile(r"[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}"),
}
_PUNCTUATION: Final = str.maketrans("", "", ".-/ ()")

KEY: Final = Rule(
    "value",
    _SECTION,
    "The PIX key ({field}) is no CPF, no CNPJ, no phone, no e-mail address and no random key.",
)
SPELLING: Final = Rule(
    "value",
    _SECTION,
    "The PIX key ({field}) is not spelled as the directory has it: "
    "without punctuation, a phone with +55, addresses and random keys in small letters.",
    Severity.STRICT,
)
CHECK: Final = Rule(
    "checksum_wrong", _SECTION, "The check digits of the PIX key ({field}), a {kind}, do not fit."
)
RULES: Final = (KEY, SPELLING, CHECK)


def kind_of(key: str) -> str | None:
    """Return "cpf", "cnpj", "phone", "email" or "evp" for a key as the directory has it."""
    if number.is_cpf(key):
        return "cpf"
    if number.is_cnpj(key):
        return "cnpj"
    return next((kind for kind, form in _FORMS.items() if form.fullmatch(key)), None)


def spelled(key: str) -> str:
    """Return a key as the directory has it, as far as that can be told."""
    if "@" in key or key.count("-") == 4:
        return key.strip().lower()
    plain = key.translate(_PUNCTUATION).upper()
    unmarked_phone = len(plain) in (12, 13) and plain.startswith("55")
    return f"+{plain}" if unmarked_phone else plain


def issues_of(key: str, where: str) -> Iterator[Issue]:
    """Give what is wrong with a key."""
    usual = spelled(key)
    kind = kind_of(usual)
    if kind is None:
        yield KEY.broken(where)
        return
    if usual != key:
        yield SPELLING.broken(where)
    holds = {"cpf": number.cpf_holds, "cnpj": number.cnpj_holds}.get(kind)
    if holds and not holds(usual):
        yield CHECK.broken(where, kind=kind.upper())

"""Our own codes: EMVCo merchant-presented ones, small enough for an 80×24 terminal.

Merchants show them, people who receive money, and people who give it away.

Everything in it belongs to QR's alphanumeric set (ISO/IEC 18004 §7.3.4), and it never has more
than 154 characters, so at error correction level L it fits QR version 5. The merchant's real name,
in any script, comes from the service; the one in the code is a shortened Latin one.
"""

import enum
import re
import string
from dataclasses import dataclass
from typing import Final

from payment_codes.alphanumeric import CHARACTER, fits, latin_capitals
from payment_codes.amount import LARGEST_MINOR, Amount, decimal_text, parse_amount
from payment_codes.currency import currency, currency_by_number
from payment_codes.emv import merchant, tlv
from payment_codes.emv.merchant import MerchantPresented
from payment_codes.errors import (
    AmountInvalid,
    CodeDamaged,
    CodeForeign,
    CodeInvalid,
    CodeUnreadable,
)
from payment_codes.fields import DataObject, Tree
from payment_codes.schemes.table import emv_fits, name_of

GUID: Final = "TERMWALLET"
"""The identifier of our merchant account template (26.00)."""

LONGEST_CODE: Final = 154
"""Alphanumeric characters in a QR code of version 5 at level L (ISO/IEC 18004 Table 7)."""

_LONGEST_NAME: Final = 25
_LONGEST_CITY: Final = 15
_NAME_HEADERS_AND_CRC: Final = 4 + 4 + 8
_SECTION: Final = "Terminal Wallet code"

_CROCKFORD: Final = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
_TOKEN: Final = f"[{_CROCKFORD}]{{16}}"
_TOKEN_BYTES: Final = 10
_TOKEN_SHIFTS: Final = range(75, -1, -5)

# What an attribute must match, its field in the code, and the same in words.
_RULES: Final = {
    "token": (_TOKEN, "26.01", "16 characters of Crockford's base 32"),
    "category": ("[0-9]{4}", "52", "four digits"),
    "country": ("[A-Z]{2}", "58", "two capital letters"),
    "reference": (CHARACTER + "{1,12}", "62.05", "1 to 12 characters of QR's alphanumeric set"),
    "terminal": (CHARACTER + "{1,8}", "62.07", "1 to 8 characters of QR's alphanumeric set"),
}


class Kind(enum.StrEnum):
    """Whose code it is, as 26.02 says it; a merchant's code goes without."""

    MERCHANT = ""
    PERSON = "P"
    GIFT = "G"


@dataclass(frozen=True, slots=True)
class NativeCode:
    """What one of our codes says.

    `token` is 16 Crockford base-32 characters that the service knows the charge, the till, the
    person or the gift by; `kind` says which of them to ask for.
    Without an `amount` the payer enters it. `currency` follows the amount and is "CNY" when neither
    is given. `merchant_name` and `city` may be in any script; reading a code back gives the Latin
    capitals it has room for. `category` is an ISO 18245 code of four digits, `country` an ISO
    3166-1 code of two letters; `reference` has at most 12 and `terminal` at most 8 characters of
    QR's alphanumeric set.

    Raises CodeInvalid, with `field`, for an attribute that does not fit, and AmountInvalid for an
    unknown currency.
    """

    token: str
    amount: Amount | None
    merchant_name: str
    city: str
    category: str
    country: str = "CN"
    reference: str | None = None
    terminal: str | None = None
    dynamic: bool = True
    currency: str = ""
    kind: Kind = Kind.MERCHANT

    def __post_init__(self) -> None:
        stated = self.amount.currency if self.amount else self.currency or "CNY"
        if self.currency not in ("", stated):
            raise _invalid("53", "The currency is not the amount's.")
        object.__setattr__(self, "currency", currency(stated).code)
        if self.amount and not 0 < self.amount.minor <= LARGEST_MINOR:
            raise _invalid("54", "The amount is not positive, or too large.")
        for attribute, (pattern, field, words) in _RULES.items():
            value = getattr(self, attribute)
            if value is not None and not re.fullmatch(pattern, value):
                raise _invalid(
                    field,
                    "The {attribute} is not {expected}.",
                    attribute=attribute,
                    expected=words,
                )


def new_token(random_bytes: bytes) -> str:
    """Return 10 random bytes as 16 Crockford base-32 characters; ValueError for another number."""
    if len(random_bytes) != _TOKEN_BYTES:
        raise ValueError(f"a token is made of {_TOKEN_BYTES} bytes, not {len(random_bytes)}")
    number = int.from_bytes(random_bytes)
    return "".join(_CROCKFORD[number >> shift & 31] for shift in _TOKEN_SHIFTS)


def is_token(text: str) -> bool:
    """Say whether `text` is a token as `new_token` writes it: upper case, nothing around it."""
    return re.fullmatch(_TOKEN, text) is not None


def build(code: NativeCode) -> str:
    """Write a code of at most 154 characters of QR's alphanumeric set.

    The names are shortened as far as the other fields require.
    """
    account = [DataObject("00", GUID), DataObject("01", code.token)]
    if code.kind is not Kind.MERCHANT:
        account.append(DataObject("02", code.kind.value))
    head = [
        DataObject("00", "01"),
        DataObject("01", "12" if code.dynamic else "11"),
        DataObject("26", tuple(account)),
        DataObject("52", code.category),
        DataObject("53", currency(code.currency).numeric),
    ]
    if code.amount:
        head.append(DataObject("54", decimal_text(code.amount)))
    head.append(DataObject("58", code.country))
    labels = {"05": code.reference, "07": code.terminal}
    additional = tuple(DataObject(tag, text) for tag, text in labels.items() if text is not None)
    tail = [DataObject("62", additional)] if additional else []
    room = LONGEST_CODE - _NAME_HEADERS_AND_CRC - len(tlv.write((*head, *tail)))
    name, city = _shortened(code, room)
    names = (DataObject("59", name), DataObject("60", city))
    text = merchant.build(MerchantPresented((*head, *names, *tail)))
    assert len(text) <= LONGEST_CODE
    assert fits(text)
    return text


def parse(text: str) -> NativeCode:
    """Read one of our codes; ASCII white space around it does not count.

    Raises CodeDamaged for a scanning or typing fault, CodeForeign for a code of another scheme,
    CodeInvalid for one of ours that breaks a rule, CodeUnreadable for any other text.
    """
    bare = text.strip(string.whitespace)
    if bare.startswith(merchant.BEGINNING):
        return _read(bare)
    scheme = name_of(bare)
    if scheme:
        raise CodeForeign.of(scheme)
    if GUID in bare:
        raise CodeDamaged("The beginning of the code is missing or wrong.")
    raise CodeUnreadable("This is no payment code that we know.")


def _read(text: str) -> NativeCode:
    frame = merchant.read_frame(text)
    identifiers = merchant.account_identifiers(frame)
    if GUID not in (identifier.upper() for identifier in identifiers):
        raise CodeForeign.of(emv_fits(frame)[0].name)
    if not fits(text[:-4]):
        raise CodeInvalid("Our codes hold capital letters only.", section=_SECTION)
    code = merchant.interpret(frame)
    stated, labels, account = _currency(code), code.additional_data, _account(code)
    return NativeCode(
        token=_text(account, "01") or "",
        amount=_amount(code, stated),
        merchant_name=code.name,
        city=code.city,
        category=code.category,
        country=code.country,
        reference=_text(labels, "05"),
        terminal=_text(labels, "07"),
        dynamic=code.point_of_initiation == "12",
        currency=stated,
        kind=_kind(account),
    )


def _shortened(code: NativeCode, room: int) -> tuple[str, str]:
    """Return the Latin name and city in `room` characters; in a tight one the city has a third."""
    name = latin_capitals(code.merchant_name, "MERCHANT")[:_LONGEST_NAME]
    city = latin_capitals(code.city, "CITY")[:_LONGEST_CITY]
    city = city[: max(room - len(name), room // 3)].rstrip()
    return name[: room - len(city)].rstrip(), city


def _account(code: MerchantPresented) -> Tree:
    accounts = (account for account in code.accounts.values() if isinstance(account, dict))
    return next(account for account in accounts if account["00"] == GUID)


def _kind(account: Tree) -> Kind:
    if "02" not in account:
        return Kind.MERCHANT
    try:
        return Kind(_text(account, "02") or "?")
    except ValueError:
        raise _invalid("26.02", "The code is of a kind that we do not know.") from None


def _currency(code: MerchantPresented) -> str:
    try:
        return currency_by_number(code.currency).code
    except AmountInvalid as error:
        raise _invalid("53", error.template, **error.details) from error


def _amount(code: MerchantPresented, stated: str) -> Amount | None:
    if code.amount is None:
        return None
    try:
        return parse_amount(code.amount.removesuffix("."), stated)
    except AmountInvalid as error:
        raise _invalid("54", error.template, **error.details) from error


def _text(fields: Tree, tag: str) -> str | None:
    value = fields.get(tag)
    return value if isinstance(value, str) else None


def _invalid(field: str, template: str, **details: object) -> CodeInvalid:
    return CodeInvalid(template, **details, field=field, section=_SECTION)

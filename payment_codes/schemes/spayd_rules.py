"""What a short payment descriptor must keep to (Short Payment Descriptor 1.0, qr-platba.cz)."""

from __future__ import annotations

import re
import zlib
from datetime import date
from typing import TYPE_CHECKING, Final

from payment_codes.issues import Issue, Rule, Severity
from payment_codes.money import amount_rules
from payment_codes.schemes.accounts import AccountRules
from payment_codes.schemes.text_fields import TextField, TextTable

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from payment_codes.fields import DataObject

SECTION: Final = "SPAYD 1.0, table 1"
_FORMAT: Final = "SPAYD 1.0, format"
_STRICT: Final = Severity.STRICT
_SYMBOL: Final = re.compile("[0-9]{1,10}")
MOST_PARTS: Final = 50
"""Parts that are looked at; what follows them is one piece without a key."""
_MOST_ALTERNATIVES: Final = 2

FIELDS: Final = TextTable(
    SECTION,
    TextField("ACC", "Account", "IBAN, or IBAN+BIC", 46, "M"),
    TextField("ALT-ACC", "Alternative accounts", "one or two like ACC, with a comma between", 93),
    TextField("AM", "Amount", "decimal of at most 10 characters; absent: the payer enters it", 10),
    TextField("CC", "Currency", "ISO 4217; absent: CZK", pattern=re.compile("[A-Z]{3}")),
    TextField("RF", "Payee's reference", "up to 16 digits", pattern=re.compile("[0-9]{1,16}")),
    TextField("RN", "Payee", "at most 35 characters", 35),
    TextField("DT", "Due date", "YYYYMMDD", pattern=re.compile("[0-9]{8}")),
    TextField("PT", "Type of payment", "at most 3 characters; IP: instant", 3),
    TextField("MSG", "Message", "at most 60 characters", 60),
    TextField("CRC32", "Check sum", "eight hexadecimal digits", pattern=re.compile("[0-9A-F]{8}")),
    TextField("NT", "Notify by", "P, phone, or E, e-mail", pattern=re.compile("[PE]")),
    TextField("NTA", "Address of the notification", "at most 320 characters", 320),
    TextField(
        "X-PER", "Days of further tries", "0 to 30", pattern=re.compile("[0-9]|[12][0-9]|30")
    ),
    TextField("X-VS", "Variable symbol", "up to 10 digits", pattern=_SYMBOL),
    TextField("X-SS", "Specific symbol", "up to 10 digits", pattern=_SYMBOL),
    TextField("X-KS", "Constant symbol", "up to 10 digits", pattern=_SYMBOL),
    TextField("X-ID", "Payer's own number", "at most 20 characters", 20),
    TextField("X-URL", "Address with more about it", "at most 140 characters", 140),
)  # fmt: skip
_ACCOUNTS: Final = AccountRules(SECTION)

VERSION: Final = Rule("version", _FORMAT, "The version ({field}) is not 1.0.", _STRICT)
VERSION_MAJOR: Final = Rule("version", _FORMAT, "The version ({field}) is not 1.")
NO_PAIR: Final = Rule("structure", _FORMAT, "A part ({field}) is no key with a value.")
KEY_FORM: Final = Rule("characters", _FORMAT, "Keys ({field}) are in capital letters.", _STRICT)
UNKNOWN: Final = Rule(
    "not_allowed", _FORMAT, "The key {field} is unknown; own ones begin with X-.", _STRICT
)
EMPTY: Final = Rule("empty", _FORMAT, "{field} holds nothing.", _STRICT)
TWICE: Final = Rule("duplicate", _FORMAT, "{field} is there twice.")
LATIN: Final = Rule(
    "characters", _FORMAT, "A character of {field} beyond ISO 8859-1 is not percent-encoded.",
    _STRICT,
)  # fmt: skip
DATE: Final = Rule("value", SECTION, "The due date ({field}) is no day of the calendar.", _STRICT)
NO_ADDRESS: Final = Rule("dependency", SECTION, "NT and {field} need each other.", _STRICT)
MANY: Final = Rule("length", SECTION, "More than two alternative accounts ({field}).", _STRICT)
PLACES: Final = Rule(
    "amount_format", SECTION, "The amount ({field}) has more than two decimals.", _STRICT
)
CRC: Final = Rule("crc_wrong", SECTION, "The check sum ({field}) does not fit the rest.")
RULES: Final = (
    VERSION, VERSION_MAJOR, NO_PAIR, KEY_FORM, UNKNOWN, EMPTY, TWICE, LATIN, DATE, NO_ADDRESS, MANY,
    PLACES, CRC, *FIELDS.rules, *_ACCOUNTS.account_rules,
    _ACCOUNTS.bank, *amount_rules(SECTION),
)  # fmt: skip
_BEYOND_LATIN: Final = re.compile("[^\x20-\xff]")


def issues_of(objects: tuple[DataObject, ...], values: dict[str, str]) -> Iterator[Issue]:
    """Give what is wrong with a descriptor; `values` are its decoded values by key."""
    version = str(objects[0].value)
    if version != "1.0":
        rule = VERSION if version.startswith("1.") else VERSION_MAJOR
        yield rule.broken("version")
    if objects[0].id != "SPD":
        yield KEY_FORM.broken("SPD")
    yield from _part_issues(objects)
    yield from FIELDS.issues(values)
    yield from _account_issues(values)
    if (due := values.get("DT", "")) and not _is_day(due):
        yield DATE.broken("DT")
    if bool(values.get("NT")) != bool(values.get("NTA")):
        yield NO_ADDRESS.broken("NTA")
    if (told := values.get("CRC32")) and told.upper() != check_sum(objects):
        yield CRC.broken("CRC32")


def _part_issues(objects: tuple[DataObject, ...]) -> Iterator[Issue]:
    seen: set[str] = set()
    for number, item in enumerate(objects[1:], 1):
        key, value = item.id.upper(), str(item.value)
        if not key:
            # A star may end the whole.
            if value or number < len(objects) - 1:
                yield NO_PAIR.broken(f"part {number}")
            continue
        if key != item.id:
            yield KEY_FORM.broken(key)
        if key in seen:
            yield TWICE.broken(key)
        seen.add(key)
        if key not in FIELDS.fields and not key.startswith("X-"):
            yield UNKNOWN.broken(key)
        if not value:
            yield EMPTY.broken(key)
        if _BEYOND_LATIN.search(value):
            yield LATIN.broken(key)


def _account_issues(values: dict[str, str]) -> Iterator[Issue]:
    alternatives = [one for one in values.get("ALT-ACC", "").split(",") if one]
    if len(alternatives) > _MOST_ALTERNATIVES:
        yield MANY.broken("ALT-ACC")
    accounts = [("ACC", values.get("ACC", "")), *(("ALT-ACC", one) for one in alternatives[:2])]
    for key, value in accounts:
        iban, plus, bic = value.partition("+")
        if value:
            yield from _ACCOUNTS.iban(iban, key)
        if plus:
            yield from _ACCOUNTS.bic(bic, key)


def _is_day(text: str) -> bool:
    if not re.fullmatch("[0-9]{8}", text):
        return True
    try:
        date(int(text[:4]), int(text[4:6]), int(text[6:]))
    except ValueError:
        return False
    return True


def part_text(item: DataObject) -> str:
    """Write a part: its key and value, or what stands there without a key."""
    return f"{item.id}:{item.value}" if item.id else str(item.value)


def check_sum(objects: Iterable[DataObject]) -> str:
    """Return the CRC-32 of the parts in the order of their keys, the check sum left out."""
    header, *rest = objects
    parts = sorted(part_text(item) for item in rest if item.id and item.id.upper() != "CRC32")
    text = "*".join(("SPD", str(header.value), *parts))
    return f"{zlib.crc32(text.encode('utf-8', errors='replace')):08X}"

"""What a Swiss QR-bill must keep to (Swiss Implementation Guidelines QR-bill v2.3, §4.2)."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from payment_codes.checks import mod10_recursive
from payment_codes.checks.iban import compact
from payment_codes.issues import Issue, Rule, Severity
from payment_codes.money import amount_rules
from payment_codes.schemes.accounts import AccountRules
from payment_codes.schemes.lines import mixes_ends
from payment_codes.schemes.text_fields import TextField, TextTable

if TYPE_CHECKING:
    from collections.abc import Iterator

    from payment_codes.fields import DataObject

SECTION: Final = "QR-bill v2.3 §4.2.2"
_STRICT: Final = Severity.STRICT
COUNTRIES: Final = ("CH", "LI")
CURRENCIES: Final = ("CHF", "EUR")
MOST_CENTS: Final = 999_999_999_99
ADDRESSES: Final = ("creditor", "ultimate_creditor", "debtor")
_MOST_CHARACTERS: Final = 997
_MOST_INFORMATION: Final = 140

ADDRESS: Final = TextTable(
    SECTION,
    TextField(
        "type", "Address type", "S, structured; K, combined, until 2025-11-21", presence="M",
        pattern=re.compile("[SK]"), firm=True,
    ),
    TextField("name", "Name", "at most 70 characters", 70, "M"),
    TextField("street", "Street, or first line", "at most 70 characters", 70),
    TextField("building", "Building number, or second line", "at most 16 characters; K: 70", 70),
    TextField("postal_code", "Postal code", "at most 16 characters; not with K", 16, "C"),
    TextField("city", "Town", "at most 35 characters; not with K", 35, "C"),
    TextField(
        "country", "Country", "two capital letters", presence="M", pattern=re.compile("[A-Z]{2}")
    ),
)  # fmt: skip
BILL: Final = TextTable(
    SECTION,
    TextField("tag", "QR type", "SPC", presence="M"),
    TextField(
        "version", "Version", "0200", presence="M", pattern=re.compile("02[0-9]{2}"), firm=True
    ),
    TextField("coding", "Coding", "1, UTF-8", presence="M", pattern=re.compile("1")),
    TextField("iban", "Account", "IBAN of CH or LI", presence="M"),
    TextField("creditor", "Payee", "seven lines of an address"),
    TextField("ultimate_creditor", "Ultimate payee", "seven empty lines"),
    TextField(
        "amount", "Amount", "decimal with two places, up to 999999999.99",
        pattern=re.compile(r"[0-9]{1,9}\.[0-9]{2}"),
    ),
    TextField("currency", "Currency", "CHF or EUR", presence="M"),
    TextField("debtor", "Payer", "seven lines of an address, or empty ones"),
    TextField(
        "ref_type", "Reference type", "QRR, SCOR or NON", presence="M",
        pattern=re.compile("QRR|SCOR|NON"), firm=True,
    ),
    TextField("reference", "Reference", "QRR: 27 digits; SCOR: creditor reference", presence="C"),
    TextField("message", "Message", "at most 140 characters with the billing information", 140),
    TextField("trailer", "Trailer", "EPD", presence="M", pattern=re.compile("EPD"), firm=True),
    TextField(
        "billing_information", "Billing information", "text that begins with //", 140,
        pattern=re.compile("//.*"),
    ),
    TextField("alternative_procedure_1", "Alternative procedure", "at most 100 characters", 100),
    TextField("alternative_procedure_2", "Alternative procedure", "at most 100 characters", 100),
)  # fmt: skip
LINES: Final = tuple(BILL.fields)
LAST: Final = 34
BEYOND: Final = "line 35"
_ACCOUNTS: Final = AccountRules(SECTION)

COUNTRY: Final = Rule("country_wrong", SECTION, "The account ({field}) is not of CH or LI.")
NEEDS_QR_IBAN: Final = Rule(
    "value", SECTION, "A QR reference needs a QR-IBAN ({field}): bank number 30000 to 31999."
)
NEEDS_QRR: Final = Rule("value", SECTION, "A QR-IBAN needs a QR reference ({field}).")
QRR_FORM: Final = Rule("value", SECTION, "The QR reference ({field}) has not 27 digits.")
QRR_CHECK: Final = Rule(
    "checksum_wrong", "QR-bill v2.3 annex B",
    "The check digit of the QR reference ({field}) does not fit.",
)  # fmt: skip
NO_REFERENCE: Final = Rule("missing", SECTION, "The reference ({field}) of type {type} is missing.")
REFERENCE_UNASKED: Final = Rule("not_allowed", SECTION, "A reference ({field}) of type NON.")
COMBINED: Final = Rule(
    "value", "QR-bill v2.3 §4.2.3",
    "Combined addresses (K in {field}) are no longer allowed since 2025-11-21.", _STRICT,
)  # fmt: skip
COMBINED_LINE: Final = Rule(
    "missing", SECTION, "The second line ({field}) of a combined address is missing."
)
COMBINED_PLACE: Final = Rule(
    "not_allowed", SECTION, "{field} must be empty in a combined address.", _STRICT
)
PLACE: Final = Rule("missing", SECTION, "{field} of a structured address is missing.")
BUILDING: Final = Rule(
    "length", SECTION, "The building number ({field}) has more than 16 characters.", _STRICT
)
ULTIMATE: Final = Rule(
    "not_allowed", SECTION, "The ultimate payee ({field}) must be empty.", _STRICT
)
TYPE_ALONE: Final = Rule(
    "not_allowed", SECTION, "An address type ({field}) without an address.", _STRICT
)
CURRENCY: Final = Rule("currency_wrong", SECTION, "The currency ({field}) is neither CHF nor EUR.")
FORM, _, PRECISION, ZERO = amount_rules(SECTION)
RANGE: Final = Rule("amount_range", SECTION, "The amount ({field}) is over 999999999.99.")
SUBVERSION: Final = Rule(
    "version", SECTION, "The version ({field}) is another of 02 than 0200.", _STRICT
)
INFORMATION: Final = Rule(
    "length", SECTION,
    "Message and billing information ({field}) have more than 140 characters together.", _STRICT,
)  # fmt: skip
TRAILING: Final = Rule(
    "trailing", "QR-bill v2.3 §4.1", "Something follows the 34th line ({field})."
)
ENDS: Final = Rule(
    "structure", "QR-bill v2.3 §4.1.4", "Lines end in LF and in CRLF; it must be one.", _STRICT
)
TOO_LONG: Final = Rule(
    "too_long", "QR-bill v2.3 §4.1", "It has {count} characters; at most 997 are allowed.", _STRICT
)
CHARACTERS: Final = Rule(
    "characters", "QR-bill v2.3 §4.1.1",
    "A character is none of Latin (up to U+017F, Ș, ș, Ț, ț and €).", _STRICT,
)  # fmt: skip
RULES: Final = (
    COUNTRY, NEEDS_QR_IBAN, NEEDS_QRR, QRR_FORM, QRR_CHECK, NO_REFERENCE, REFERENCE_UNASKED,
    COMBINED, COMBINED_LINE, COMBINED_PLACE, PLACE, BUILDING, ULTIMATE, TYPE_ALONE, CURRENCY, RANGE,
    SUBVERSION, INFORMATION, TRAILING, ENDS, TOO_LONG, CHARACTERS, FORM, PRECISION, ZERO,
    *dict.fromkeys((*_ACCOUNTS.account_rules, *_ACCOUNTS.reference_rules)),
    *dict.fromkeys((*BILL.rules, *ADDRESS.rules)),
)  # fmt: skip

_FOREIGN: Final = re.compile("[^\r\n\x20-\x7e\xa0-\u017f\u0218-\u021b\u20ac]")
_QRR: Final = re.compile("[0-9]{27}")


def issues_of(
    text: str, objects: tuple[DataObject, ...], values: dict[str, str]
) -> Iterator[Issue]:
    """Give what is wrong with a bill; `values` are its lines by name, without the addresses."""
    yield from _text_issues(text, values)
    yield from BILL.issues(values)
    if values.get("version", "0200")[:2] == "02" and values.get("version") not in (None, "0200"):
        yield SUBVERSION.broken("version")
    if values.get("currency") and values["currency"] not in CURRENCIES:
        yield CURRENCY.broken("currency")
    if len(values.get("message", "") + values.get("billing_information", "")) > _MOST_INFORMATION:
        yield INFORMATION.broken("billing_information")
    addresses = {item.id: item.value for item in objects if not isinstance(item.value, str)}
    for role in ADDRESSES:
        lines = {piece.id: str(piece.value) for piece in addresses.get(role, ())}
        yield from _address_issues(role, lines)
    yield from _account_issues(values)


def _text_issues(text: str, values: dict[str, str]) -> Iterator[Issue]:
    if mixes_ends(text):
        yield ENDS.broken("")
    if len(text) > _MOST_CHARACTERS:
        yield TOO_LONG.broken("", count=len(text))
    if _FOREIGN.search(text):
        yield CHARACTERS.broken("")
    if BEYOND in values:
        yield TRAILING.broken(BEYOND)


def _address_issues(role: str, lines: dict[str, str]) -> Iterator[Issue]:
    """Give what is wrong with an address; only the payee's must be there."""
    if not any(lines.values()) and role != "creditor":
        return
    if role != "creditor" and not any(lines[name] for name in lines if name != "type"):
        yield TYPE_ALONE.broken(f"{role}.type")
        return
    if role == "ultimate_creditor":
        yield ULTIMATE.broken(role)
    yield from ADDRESS.issues(lines, f"{role}.")
    if lines.get("type") == "K":
        yield COMBINED.broken(f"{role}.type")
        if not lines.get("building"):
            yield COMBINED_LINE.broken(f"{role}.building")
        for name in ("postal_code", "city"):
            if lines.get(name):
                yield COMBINED_PLACE.broken(f"{role}.{name}")
        return
    for name in ("postal_code", "city"):
        if not lines.get(name):
            yield PLACE.broken(f"{role}.{name}")
    if len(lines.get("building", "")) > 16:
        yield BUILDING.broken(f"{role}.building")


def _account_issues(values: dict[str, str]) -> Iterator[Issue]:
    iban, kind = values.get("iban", ""), values.get("ref_type", "")
    if iban:
        yield from _ACCOUNTS.iban(iban, "iban")
        if compact(iban)[:2] not in COUNTRIES:
            yield COUNTRY.broken("iban")
        yield from _match_issues(compact(iban), kind)
    reference = values.get("reference", "")
    if kind == "NON" and reference:
        yield REFERENCE_UNASKED.broken("reference")
    elif kind in ("QRR", "SCOR") and not reference:
        yield NO_REFERENCE.broken("reference", type=kind)
    elif kind == "SCOR":
        yield from _ACCOUNTS.creditor_reference(reference, "reference")
    elif kind == "QRR":
        yield from _qr_reference_issues(reference)


def _match_issues(iban: str, kind: str) -> Iterator[Issue]:
    """Give what is wrong between the account and the type of its reference."""
    is_qr_iban = "30000" <= iban[4:9] <= "31999"
    if kind == "QRR" and not is_qr_iban:
        yield NEEDS_QR_IBAN.broken("iban")
    elif is_qr_iban and kind in ("SCOR", "NON"):
        yield NEEDS_QRR.broken("ref_type")


def _qr_reference_issues(reference: str) -> Iterator[Issue]:
    if not _QRR.fullmatch(reference):
        yield QRR_FORM.broken("reference")
    elif not mod10_recursive.is_valid(reference):
        yield QRR_CHECK.broken("reference")

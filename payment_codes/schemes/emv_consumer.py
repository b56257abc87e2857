"""Codes that a payer shows: BER-TLV in base64 (EMV QRCPS Consumer-Presented Mode v1.1)."""

from __future__ import annotations

import base64
import re
import string
from typing import TYPE_CHECKING, Final

from payment_codes.code import Detail, Order, PaymentCode
from payment_codes.errors import CodeInvalid
from payment_codes.fields import DataObject, inside, text_of
from payment_codes.issues import Issue, Rule, Severity
from payment_codes.schemes import ber
from payment_codes.schemes.emv_consumer_table import (
    PAN,
    ROWS,
    RULES,
    SECTION,
    TRACK_2,
    issues_of,
    name_of,
    text_from,
)
from payment_codes.schemes.works import FieldRow, SchemeWorks

if TYPE_CHECKING:
    from collections.abc import Iterator

    from payment_codes.schemes.scheme import Scheme

Objects = tuple[DataObject, ...]

MADE_AID: Final = "F0000000000001"
"""The AID of codes made here: its first digit says that nobody registered it (ISO/IEC 7816-4)."""

_VERSION: Final = b"CPV01".hex().upper()
_LONGEST: Final = 512
_ALPHABET: Final = re.compile(r"[A-Za-z0-9+/]*")
_SPELLINGS: Final = str.maketrans("-_", "+/", string.whitespace + "=")

BASE64: Final = Rule("encoding", f"{SECTION} §3.1", "The text is not base64.")
SPELLING: Final = Rule(
    "encoding",
    f"{SECTION} §3.1",
    "The text is base64 without its padding, or spelled in another way (RFC 4648 §4).",
    Severity.STRICT,
)
TOO_LONG: Final = Rule(
    "too_long", f"{SECTION} §3.1", "A code has at most {most} characters.", Severity.STRICT
)
VERSION: Final = Rule("version", f"{SECTION} Table 3.1", '{name} ({field}) is not "CPV01".')
NO_APPLICATION: Final = Rule("missing", f"{SECTION} Table 3.1", "{name} ({field}) is missing.")
COMMON: Final = Rule(
    "not_allowed",
    f"{SECTION} Table 3.1",
    "{name} ({field}) belongs to an application, not to what all have in common.",
    Severity.STRICT,
)
_BER: Final = "EMV Book 3 annex B"
_FAULTS: Final = {
    ber.Fault.TAG: Rule("structure", _BER, "No data object begins ({field})."),
    ber.Fault.LENGTH: Rule("length", _BER, "The length of {name} ({field}) is not written so."),
    ber.Fault.LONG_FORM: Rule(
        "length",
        _BER,
        "The length of {name} ({field}) is written with more bytes than it needs.",
        Severity.STRICT,
    ),
    ber.Fault.CUT: Rule("truncated", _BER, "Less follows than the length of {name} ({field})."),
}

# Who registered the beginning of an AID (ISO/IEC 7816-5).
_NETWORKS: Final = {
    "A000000003": "Visa", "A000000004": "Mastercard", "A000000025": "American Express",
    "A000000065": "JCB", "A000000152": "Discover", "A000000333": "UnionPay",
    "A000000524": "RuPay",
}  # fmt: skip
_TEXTS: Final = {
    "label": "50", "cardholder": "5F20", "languages": "5F2D", "issuer_url": "5F50", "par": "9F24",
}  # fmt: skip
_HEXADECIMAL: Final = {
    "cryptogram": "9F26", "atc": "9F36", "un": "9F37", "issuer_data": "9F10",
    "cryptogram_information": "9F27", "interchange_profile": "82", "token_requestor": "9F19",
    "last_digits": "9F25", "application_version": "9F08",
}  # fmt: skip
_TRANSPARENT: Final = (
    "issuer_data", "cryptogram", "cryptogram_information", "atc", "un", "interchange_profile",
)  # fmt: skip
_CARD: Final = ("pan", "expiry", "service", "discretionary")


class EmvConsumer(SchemeWorks):
    """Reads the codes of a payer's card, and writes made-up ones for whoever tests a scanner.

    `details` have card numbers masked but for the first six and last four digits; `objects` have
    them whole.
    """

    def read(self, text: str, scheme: Scheme) -> PaymentCode:
        """Read a code; who is to be paid, and how much, the till knows and not the code."""
        data, issues = _decoded(text)
        objects, faults = ber.read(data)
        for fault, where in faults:
            issues.append(_FAULTS[fault].broken(where, name=name_of(where.rpartition(".")[2])))
        issues += _issues(objects, whole=not faults)
        return PaymentCode(
            scheme=scheme, objects=objects, details=_details(objects), issues=tuple(issues)
        )

    def write(self, objects: Objects, scheme: Scheme) -> str:
        """Write data objects; raises CodeInvalid for a tag or a value that is not hexadecimal."""
        return base64.b64encode(ber.write(objects)).decode("ascii")

    def compose(self, order: Order, scheme: Scheme) -> Objects:
        """Return a made-up card's data objects, all of them from `extra`; there is no cryptogram.

        With an "expiry" (YYMM) the "pan" becomes track 2, else it stands alone.
        """
        _refuse_unsaid(order, scheme)
        extra = order.extra
        application = {"4F": extra.get("aid", MADE_AID), "50": _hex(extra.get("label", ""))}
        application |= _card(extra.get("pan", ""), *(extra.get(name, "") for name in _CARD[1:]))
        application |= {tag: _hex(extra.get(name, "")) for name, tag in _TEXTS.items()}
        plain = _HEXADECIMAL.keys() - set(_TRANSPARENT)
        application |= {_HEXADECIMAL[name]: extra.get(name, "") for name in sorted(plain)}
        transparent = {_HEXADECIMAL[name]: extra.get(name, "") for name in _TRANSPARENT}
        content = (*_filled(application), *_wrapped("63", _filled(transparent)))
        return (DataObject("85", _VERSION), DataObject("61", content))

    def fields(self, scheme: Scheme) -> tuple[FieldRow, ...]:
        """Return the data objects by their tags; 63 stands inside of 61, 64 inside of 62."""
        mandatory = ("85", "61", "4F")
        return tuple(
            FieldRow(tag, row.name, "M" if tag in mandatory else "O", _form(tag))
            for tag, row in ROWS.items()
        )

    def rules(self, scheme: Scheme) -> tuple[Rule, ...]:
        """Return the rules of the text, of BER-TLV and of the data objects."""
        own = (BASE64, SPELLING, TOO_LONG, VERSION, NO_APPLICATION, COMMON)
        return (*own, *_FAULTS.values(), *RULES)

    def example(self, scheme: Scheme) -> Order | None:
        """Return a made-up card of a network that does not exist."""
        return Order(
            extra={
                "label": "TEST CARD",
                "pan": "9999990000000002",
                "expiry": "3012",
                "service": "201",
                "discretionary": "00000",
                "languages": "en",
                "atc": "0001",
            }
        )


def _decoded(text: str) -> tuple[bytes, list[Issue]]:
    issues = [TOO_LONG.broken("", most=_LONGEST)] if len(text) > _LONGEST else []
    bare = text.translate(_SPELLINGS)
    if not _ALPHABET.fullmatch(bare) or len(bare) % 4 == 1:
        return b"", [*issues, BASE64.broken("")]
    data = base64.b64decode(bare + "=" * (-len(bare) % 4))
    if base64.b64encode(data).decode("ascii") != text:
        issues.append(SPELLING.broken(""))
    return data, issues


def _issues(objects: Objects, *, whole: bool) -> Iterator[Issue]:
    if objects and text_of(objects, "85") != _VERSION:
        yield VERSION.broken("85", name=name_of("85"))
    yield from issues_of(objects)
    applications = [item.value for item in objects if item.id == "61"]
    # Of a code that ends early nobody can tell what is missing.
    if objects and whole:
        if not applications:
            yield NO_APPLICATION.broken("61", name=name_of("61"))
        elif any(isinstance(one, str) or text_of(one, "4F") is None for one in applications):
            yield NO_APPLICATION.broken("61.4F", name=name_of("4F"))
    if text_of(inside(objects, "62"), "4F") is not None:
        yield COMMON.broken("62.4F", name=name_of("4F"))


def _details(objects: Objects) -> dict[str, Detail]:
    """Return what the code says by names; the first of each, but for the applications."""
    aids = [
        aid
        for item in objects
        if item.id == "61" and isinstance(item.value, tuple) and (aid := text_of(item.value, "4F"))
    ]
    values = dict(reversed(list(_primitives(objects))))
    details: dict[str, Detail] = {"aids": aids, "aid": aids[0]} if aids else {}
    network = _NETWORKS.get(aids[0][:10]) if aids else None
    if network:
        details["network"] = network
    details |= {name: values[tag] for name, tag in _HEXADECIMAL.items() if tag in values}
    for name, tag in _TEXTS.items():
        text = text_from(values[tag]) if tag in values else None
        if text is not None:
            details[name] = text
    pan, track = PAN.fullmatch(values.get("5A", "")), TRACK_2.fullmatch(values.get("57", ""))
    if track:
        details["track2"] = dict(zip(_CARD, (_masked(track[1]), *track.groups()[1:]), strict=True))
    card = pan or track
    if card:
        details["pan"] = _masked(card[1])
    return details


def _primitives(objects: Objects) -> Iterator[tuple[str, str]]:
    for item in objects:
        if isinstance(item.value, str):
            yield item.id, item.value
        else:
            yield from _primitives(item.value)


def _masked(pan: str) -> str:
    """Return a card number with stars for all but its first six and last four digits."""
    return pan[:6] + "*" * max(len(pan) - 10, 0) + pan[max(len(pan) - 4, 6) :]


def _refuse_unsaid(order: Order, scheme: Scheme) -> None:
    said = {"account", "payee", "city", "amount", "reference", "message", "expires"}
    known = {"aid", *_CARD, *_TEXTS, *_HEXADECIMAL}
    unsaid = [name for name in sorted(said) if getattr(order, name)]
    for name in (*unsaid, *sorted(order.extra.keys() - known)):
        raise CodeInvalid(
            "A code of {scheme} cannot say this: {field}.",
            scheme=scheme.name,
            field=name,
            section=SECTION,
        )


def _card(pan: str, expiry: str, service: str, discretionary: str) -> dict[str, str]:
    if not expiry:
        return {"5A": _even(pan)}
    return {"57": _even(f"{pan}D{expiry}{service}{discretionary}")}


def _even(digits: str) -> str:
    return digits + "F" * (len(digits) % 2)


def _hex(text: str) -> str:
    return text.encode().hex().upper()


def _filled(values: dict[str, str]) -> Objects:
    return tuple(DataObject(tag, value) for tag, value in values.items() if value)


def _wrapped(tag: str, content: Objects) -> Objects:
    return (DataObject(tag, content),) if content else ()


def _form(tag: str) -> str:
    row = ROWS[tag]
    span = f"{row.shortest}" if row.shortest == row.longest else f"{row.shortest} to {row.longest}"
    return f"{row.form}; {span} bytes"


WORKS = EmvConsumer()

"""Lightning invoices: Bech32 text of tagged fields, signed by the payee's node (BOLT #11).

The signature is kept and not checked: that needs the curve of Bitcoin. A data object's text is in
Bech32's characters, as it stands in the invoice; `details` says what the known ones mean.
"""

from __future__ import annotations

import re
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Final

from payment_codes.amount import Amount
from payment_codes.checks import bech32
from payment_codes.code import PaymentCode
from payment_codes.errors import CodeInvalid
from payment_codes.fields import DataObject, text_of
from payment_codes.issues import Issue, Rule
from payment_codes.schemes import bolt11_fields
from payment_codes.schemes.bolt11_fields import LAST_SECOND, Words, details_of
from payment_codes.schemes.uri import Part
from payment_codes.schemes.works import FieldRow, SchemeWorks

if TYPE_CHECKING:
    from payment_codes.code import Detail
    from payment_codes.schemes.scheme import Scheme

Objects = tuple[DataObject, ...]

_SECTION: Final = "BOLT #11"
_MARK: Final = re.compile("(?i:lightning:)?")
_PREFIX: Final = re.compile("ln(bcrt|bc|tbs|tb)(?:([0-9]{1,16})([munp]?))?")
_TIMESTAMP, _SIGNATURE, _TAG = 7, 104, 3
_EXPIRY: Final = 3600
_MSAT_A_SAT: Final = 1000
#: Tenths of a millisatoshi in a bitcoin, a milli-, micro-, nano- and picobitcoin.
_TENTHS: Final = {"": 10**12, "m": 10**9, "u": 10**6, "n": 10**3, "p": 1}

TEXT: Final = Rule("characters", "BIP 173", "The text is no Bech32.")
CHECKSUM: Final = Rule("checksum_wrong", "BIP 173", "The check sum does not fit.")
PREFIX: Final = Rule("structure", _SECTION, "The beginning is no network with an amount.")
SHORT: Final = Rule("truncated", _SECTION, "The time or the signature is missing.")
CUT: Final = Rule("truncated", _SECTION, "A field says that it is longer than what follows.")
PRECISION: Final = Rule("amount_precision", _SECTION, "The amount is no whole millisatoshi.")
RANGE: Final = Rule("amount_range", _SECTION, "The amount is zero, or more than all bitcoin.")


class Bolt11(SchemeWorks):
    """Reads invoices; only the payee's node, which signs them, makes one."""

    def read(self, text: str, scheme: Scheme) -> PaymentCode:
        """Read an invoice. An amount of parts of a satoshi is in `details` only."""
        match = _MARK.match(text)
        start = match.end() if match else 0
        bare = text[start:]
        parts = bech32.decode(bare)
        if parts is None:
            whole = (Part.spelled("text", bare, bare, text[:start]),)
            return PaymentCode(scheme=scheme, objects=whole, issues=(TEXT.broken(""),))
        prefix = Part.spelled("prefix", parts.prefix, bare[: len(parts.prefix)], text[:start])
        fields, issues = _divided(parts.words)
        if parts.encoding is not bech32.Encoding.BECH32:
            issues.insert(0, CHECKSUM.broken(""))
        network, msat, found = _amount(parts.prefix)
        details, more = details_of(fields, network)
        issues += [*found, *more]
        details |= {"network": network} | ({"amount_msat": msat} if msat else {})
        satoshi, rest = divmod(msat or 0, _MSAT_A_SAT)
        return PaymentCode(
            scheme=scheme,
            objects=(prefix, *_texts(fields)),
            account=_said(details, "payee"),
            amount=Amount(satoshi, "BTC") if satoshi and not rest else None,
            currency="BTC",
            payer_enters_amount=parts.prefix == f"ln{network}",
            reference=_said(details, "payment_hash"),
            message=_said(details, "description"),
            expires=_expires(details),
            details=details,
            issues=tuple(issues),
        )

    def write(self, objects: Objects, scheme: Scheme) -> str:
        """Write an invoice with its check sum; raises CodeInvalid for text that is no Bech32."""
        first = objects[0]
        before = first.before if isinstance(first, Part) else ""
        if first.id != "prefix" or not isinstance(first.value, str):
            return before + (text_of(objects, "text") or "")
        letters = "".join(_written(item) for item in objects[1:])
        if not set(letters) <= set(bech32.CHARSET):
            raise CodeInvalid("A field has a character of no Bech32.", section="BIP 173")
        words = [bech32.CHARSET.index(letter) for letter in letters]
        text = bech32.encode(first.value, words)
        large = isinstance(first, Part) and first.spelling is not None and first.spelling.isupper()
        return before + (text.upper() if large else text)

    def fields(self, scheme: Scheme) -> tuple[FieldRow, ...]:
        """Return the fields of an invoice."""
        return (
            FieldRow("prefix", "Network and amount", "M", "lnbc, lntb …; number and m, u, n or p"),
            FieldRow("timestamp", "When it was made", "M", "seconds since 1970"),
            FieldRow("p", "Hash of the payment", "M", "256 bits"),
            FieldRow("s", "Secret of the payment", "M", "256 bits"),
            FieldRow("d", "Description", "C", "text; or its hash"),
            FieldRow("h", "Hash of a description", "C", "256 bits"),
            FieldRow("n", "Payee's node", "O", "264 bits"),
            FieldRow("x", "Seconds until it ends", "O", "number; 3600 when absent"),
            FieldRow("c", "Blocks to the last deadline", "O", "number"),
            FieldRow("f", "Fallback address", "O", "address on the chain"),
            FieldRow("r", "Private route", "O", "list of hops"),
            FieldRow("9", "Features", "O", "bits"),
            FieldRow("m", "Metadata", "O", "bytes"),
            FieldRow("signature", "Signature", "M", "520 bits; not checked"),
        )

    def rules(self, scheme: Scheme) -> tuple[Rule, ...]:
        """Return the rules of an invoice."""
        return (
            TEXT, CHECKSUM, PREFIX, SHORT, CUT, PRECISION, RANGE, *bolt11_fields.RULES,
        )  # fmt: skip


def _divided(words: Words) -> tuple[list[tuple[str, Words]], list[Issue]]:
    """Return the fields by their names, and what is wrong with how they are divided."""
    if len(words) < _TIMESTAMP + _SIGNATURE:
        return [("rest", words)], [SHORT.broken("signature")]
    end = len(words) - _SIGNATURE
    fields, issues = [("timestamp", words[:_TIMESTAMP])], []
    position = _TIMESTAMP
    while position < end:
        start = position + _TAG
        length = words[position + 1] << 5 | words[position + 2]
        if start + length > end:
            fields.append(("rest", words[position:end]))
            issues.append(CUT.broken("rest"))
            break
        fields.append((bech32.CHARSET[words[position]], words[start : start + length]))
        position = start + length
    return [*fields, ("signature", words[end:])], issues


def _texts(fields: list[tuple[str, Words]]) -> Objects:
    return tuple(DataObject(name, bech32.letters(words)) for name, words in fields)


def _written(item: DataObject) -> str:
    value = item.value if isinstance(item.value, str) else ""
    if len(item.id) > 1:
        return value
    length = len(value)
    return f"{item.id}{bech32.letters((length >> 5 & 31, length & 31))}{value}"


def _amount(prefix: str) -> tuple[str, int | None, list[Issue]]:
    """Return the network, the amount in millisatoshi, and what is wrong with it."""
    match = _PREFIX.fullmatch(prefix)
    if match is None:
        return "", None, [PREFIX.broken("prefix")]
    network, number, unit = match.groups()
    if number is None:
        return network, None, []
    msat, rest = divmod(int(number) * _TENTHS[unit], 10)
    if rest:
        return network, None, [PRECISION.broken("prefix")]
    if not 0 < msat <= 21 * 10**17:
        return network, None, [RANGE.broken("prefix")]
    return network, msat, []


def _said(details: dict[str, Detail], name: str) -> str | None:
    value = details.get(name)
    return value if isinstance(value, str) and value else None


def _expires(details: dict[str, Detail]) -> datetime | None:
    made, lasts = details.get("timestamp"), details.get("expiry", _EXPIRY)
    if not isinstance(made, int) or not isinstance(lasts, int) or made + lasts > LAST_SECOND:
        return None
    return datetime.fromtimestamp(made + lasts, UTC)


WORKS = Bolt11()

"""A card of what a payment code says: rows that commands print and screens show."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from payment_codes.amount import amount_text
from payment_codes.issues import Severity
from payment_codes.schemes.scheme import Side
from payment_codes.schemes.table import GENERIC, by_id
from terminal_kit.console import local_time
from terminal_kit.language import _
from terminal_kit.words import sentence_of, word, words
from wallet_api.contract.text import printable

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from payment_codes.code import PaymentCode
    from payment_codes.fields import DataObject
    from payment_codes.issues import Issue
    from terminal_kit.decoding import Decoded

GOOD, WARN, BAD, MUTED = "good", "warn", "bad", "muted"
#: How tables name fields that are alike.
_RUN = re.compile(r"(\S+) to (\S+)")


@dataclass(frozen=True, slots=True)
class Row:
    """A name, its value, and how it is meant: good, warn, bad, muted or nothing."""

    label: str
    value: str
    tone: str = ""


@dataclass(frozen=True, slots=True)
class Fault:
    """An issue: its mark, severity and place on one line, its sentence, and the rule broken."""

    headline: str
    sentence: str
    rule: str
    tone: str


@dataclass(frozen=True, slots=True)
class FieldLine:
    """A field of a code: how deep it lies, its name in the code and in words, and its text."""

    depth: int
    id: str
    name: str
    value: str

    @property
    def label(self) -> str:
        """A number and its name, or the name and what the scheme calls it."""
        if self.id.isdecimal() or not self.name:
            said = f"{self.id} {self.name}".rstrip()
        else:
            same = self.id.casefold() == self.name.casefold()
            said = self.name if same else f"{self.name} ({self.id})"
        return "  " * self.depth + said


@dataclass(frozen=True, slots=True)
class CodeCard:
    """What a person reads of a code. Every text is safe to print."""

    title: str
    rows: tuple[Row, ...]
    faults: tuple[Fault, ...]
    verdict: tuple[Row, ...]
    fields: tuple[FieldLine, ...]


def card_of(decoded: Decoded) -> CodeCard:
    """Make the card of a code in the person's language."""
    code = decoded.code
    return CodeCard(
        title=_title(code),
        rows=tuple(row for row in _rows(decoded) if row.value),
        faults=tuple(map(_fault, code.issues)),
        verdict=(
            _passes(_("Strict: the letter"), passes=decoded.strict, tone=WARN),
            _passes(_("Lenient: as wallets read"), passes=decoded.lenient, tone=BAD),
        ),
        fields=tuple(_field_lines(code)),
    )


def _title(code: PaymentCode) -> str:
    name = word(code.scheme.name)
    return name[:1].upper() + name[1:]


def _rows(decoded: Decoded) -> Iterator[Row]:
    code = decoded.code
    yield Row(_("Country"), _safe(code.country))
    yield Row(_("Shown by"), _("who pays") if code.scheme.side is Side.PAYER else _("who is paid"))
    yield Row(_("Payee"), _safe(code.payee))
    yield Row(_("Account"), _safe(code.account))
    yield Row(_("Amount"), _amount(code), "" if code.amount else MUTED)
    yield Row(_("Reference"), _safe(code.reference))
    yield Row(_("Message"), _safe(code.message))
    yield _expiry(decoded)
    if code.confidence < 1:
        yield Row(_("Sure"), f"{code.confidence:.0%}", WARN)
    # Every national profile is an EMVCo code as well.
    others = (by_id(other).name for other in code.others if other != GENERIC.id)
    yield Row(_("Fits too"), words(dict.fromkeys(others)))


def _safe(text: str | None) -> str:
    return printable(text or "")


def _amount(code: PaymentCode) -> str:
    if code.amount is not None:
        return amount_text(code.amount)
    if code.payer_enters_amount:
        if code.currency is None:
            return _("you enter the amount")
        return _("you enter the amount, in {currency}").format(currency=code.currency)
    if any(issue.code.startswith(("amount_", "currency_")) for issue in code.issues):
        return _("cannot be read: see the issues")
    stated = code.details.get("amount")
    if isinstance(stated, str):
        # In a currency that is not in ISO 4217, or finer than its minor unit.
        return printable(stated)
    return _("not in the code")


def _expiry(decoded: Decoded) -> Row:
    expires = decoded.code.expires
    if expires is None:
        return Row(_("Expires"), "")
    when = local_time(expires.isoformat())
    if decoded.expired:
        return Row(_("Expires"), _("{time}, over by now").format(time=when), BAD)
    return Row(_("Expires"), when)


def _fault(issue: Issue) -> Fault:
    if issue.severity is Severity.STRICT:
        mark, severity, tone = "!", _("against the letter"), WARN
    else:
        mark, severity, tone = "✗", _("wrong"), BAD
    place = _safe(issue.where) or _("the whole")
    return Fault(
        headline=f"{mark} {severity} · {place} · {issue.code}",
        sentence=printable(sentence_of(issue)),
        rule=issue.rule,
        tone=tone,
    )


def _passes(label: str, *, passes: bool, tone: str) -> Row:
    if passes:
        return Row(label, _("✓ passes"), GOOD)
    return Row(label, _("✗ fails"), tone)


class _Names:
    """The names that a scheme's table gives to fields, by their path."""

    def __init__(self, code: PaymentCode) -> None:
        self._scheme = code.scheme
        rows = code.scheme.works.fields(code.scheme)
        self._single = {row.id: row.name for row in rows}
        runs = ((_RUN.fullmatch(row.id), row.name) for row in rows)
        self._runs = [(run[1], run[2], name) for run, name in runs if run]

    def of(self, path: str, template: DataObject | None) -> str:
        """Give the name of the field at a path, which lies in a template or in none."""
        if template is not None and self._owns(template):
            path = f"account.{path.rpartition('.')[2]}"
        if path in self._single:
            return _(self._single[path])
        for first, last, name in self._runs:
            if len(first) == len(path) and first <= path <= last:
                return _(name)
        return ""

    def _owns(self, template: DataObject) -> bool:
        guid = self._scheme.guid
        if guid is None or isinstance(template.value, str):
            return False
        own = (item.value for item in template.value[:1] if item.id == "00")
        return any(isinstance(text, str) and guid.match(text) for text in own)


def _field_lines(code: PaymentCode) -> Iterator[FieldLine]:
    return _lines(code.objects, _Names(code), "", None)


def _lines(
    objects: Iterable[DataObject], names: _Names, path: str, template: DataObject | None
) -> Iterator[FieldLine]:
    depth = path.count(".")
    for item in objects:
        here = path + item.id
        name = names.of(here, template)
        if isinstance(item.value, str):
            yield FieldLine(depth, printable(item.id), name, printable(item.value))
            continue
        yield FieldLine(depth, printable(item.id), name, "")
        yield from _lines(item.value, names, f"{here}.", item)

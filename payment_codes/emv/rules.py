"""What a merchant-presented code must keep to: EMVCo's tables and the rules between fields."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from payment_codes.emv.table import ROOT, SPECIFICATION, Field, Table
from payment_codes.issues import Issue, Rule, Severity

if TYPE_CHECKING:
    from collections.abc import Iterator

    from payment_codes.fields import DataObject

_STRICT: Final = Severity.STRICT


def rule(code: str, section: str, template: str, severity: Severity = Severity.LENIENT) -> Rule:
    """Return a rule of the specification, which `section` is a place in."""
    return Rule(code, f"{SPECIFICATION} {section}", template, severity)


VERSION_FIRST: Final = rule("order", "§4.6.1.1", "{name} ({field}) must come first.")
INITIATION_SECOND: Final = rule("order", "§4.6.1", "{name} ({field}) must come second.", _STRICT)
CRC_LAST: Final = rule("order", "§4.6.1.2", "{name} ({field}) must come last, once.")
TWICE: Final = rule("duplicate", "§4.3.1.2", "{name} ({field}) is there twice.")
NO_ACCOUNT: Final = rule(
    "missing", "Table 3.3", "Merchant Account Information (02 to 51) is missing."
)
NO_FEE: Final = rule(
    "dependency", "Table 3.3", '{name} ({field}) must be there when 55 is "{indicator}".'
)
FEE_UNASKED: Final = rule(
    "not_allowed",
    "Table 3.3",
    '{name} ({field}) may be there only when 55 is "{indicator}".',
    _STRICT,
)
RULES: Final = (
    VERSION_FIRST, INITIATION_SECOND, CRC_LAST, TWICE, NO_ACCOUNT, NO_FEE, FEE_UNASKED,
)  # fmt: skip

_FEE_INDICATORS: Final = {"56": "02", "57": "03"}


@dataclass(frozen=True, slots=True)
class _Level:
    """A table, and the path of the templates it is inside of ("" or "62.")."""

    table: Table
    path: str

    def broken(self, rule: Rule, tag: str, **details: object) -> Issue:
        """Return the issue that a rule is broken by a field of this level."""
        return rule.broken(self.path + tag, name=self.table.fields[tag].name, **details)

    def fault(self, tag: str, code: str, template: str, **details: object) -> Issue:
        """Return the issue that a field is not what the table says."""
        field = self.table.fields[tag]
        severity = Severity.STRICT if code in field.strict_only else Severity.LENIENT
        rule = Rule(code, field.section or self.table.section, template, severity)
        return rule.broken(self.path + tag, name=field.name, **details)


def issues_of(objects: tuple[DataObject, ...], table: Table = ROOT) -> Iterator[Issue]:
    """Give what is wrong with a code's data objects, the CRC left out.

    `table` is that of the root: EMVCo's, or what a national profile makes of it.
    """
    root = _Level(table, "")
    if not objects or objects[0].id != "00":
        yield root.broken(VERSION_FIRST, "00")
    yield from _issues(objects, root)
    present = {item.id: item.value for item in objects}
    if "01" in present and [item.id for item in objects[1:2]] != ["01"]:
        yield root.broken(INITIATION_SECOND, "01")
    if "63" in present:
        yield root.broken(CRC_LAST, "63")
    if not any("02" <= tag <= "51" for tag in present):
        yield NO_ACCOUNT.broken("02-51")
    for fee, indicator in _FEE_INDICATORS.items():
        asked = present.get("55") == indicator
        if asked and fee not in present:
            yield root.broken(NO_FEE, fee, indicator=indicator)
        elif fee in present and not asked:
            yield root.broken(FEE_UNASKED, fee, indicator=indicator)


def issues_inside(objects: tuple[DataObject, ...], table: Table, path: str) -> Iterator[Issue]:
    """Give what is wrong with a template's data objects; `path` is that of the template ("26.")."""
    yield from _issues(objects, _Level(table, path))


def _issues(objects: tuple[DataObject, ...], level: _Level) -> Iterator[Issue]:
    fields = level.table.fields
    seen: set[str] = set()
    repeated: set[str] = set()
    for item in objects:
        if item.id in seen:
            if item.id not in repeated:
                yield level.broken(TWICE, item.id)
            repeated.add(item.id)
            continue
        seen.add(item.id)
        field = fields[item.id]
        if field.content is None and isinstance(item.value, str):
            # Most values are right, and this says so at once.
            if not field.shape.fullmatch(item.value):
                yield _shapeless(item.id, item.value, field, level)
            elif field.values:
                yield from _unfit(item.id, item.value, field, level)
        elif not item.value:
            yield level.fault(item.id, "empty", "{name} ({field}) is empty.")
        elif field.content is None:
            yield level.fault(item.id, "structure", "{name} ({field}) must not hold data objects.")
        elif isinstance(item.value, str):
            template = "{name} ({field}) does not divide into data objects."
            yield level.fault(item.id, "structure", template)
        else:
            yield from _issues(item.value, _Level(field.content, f"{level.path}{item.id}."))
    for tag in level.table.mandatory:
        if tag not in seen:
            yield level.fault(tag, "missing", "{name} ({field}) is missing.")


def _shapeless(tag: str, value: str, field: Field, level: _Level) -> Issue:
    """Return what is wrong with the length or the characters of a primitive."""
    if not value:
        return level.fault(tag, "empty", "{name} ({field}) is empty.")
    if not field.shortest <= len(value) <= field.longest:
        span = f"{field.shortest}-" if field.shortest < field.longest else ""
        return level.fault(
            tag,
            "length",
            "{name} ({field}) has {count} characters, not {span}.",
            count=len(value),
            span=f"{span}{field.longest}",
        )
    return level.fault(
        tag,
        "characters",
        "{name} ({field}) must consist of {expected}.",
        expected=field.format.value,
    )


def _unfit(tag: str, value: str, field: Field, level: _Level) -> Iterator[Issue]:
    """Give the first of the field's patterns that a primitive does not match."""
    for one in field.values:
        if not re.fullmatch(one.pattern, value):
            yield level.fault(
                tag, one.code, "{name} ({field}) must be {expected}.", expected=one.words
            )
            return

"""What a merchant-presented code must keep to: EMVCo's tables and the rules between fields."""

import re
from typing import Final, NamedTuple

from payment_codes.emv.table import ROOT, Field, Format, Table
from payment_codes.emv.tlv import DataObject
from payment_codes.errors import CodeInvalid

_FEE_INDICATORS: Final = {"56": "02", "57": "03"}
_LONE_SURROGATE: Final = "[\ud800-\udfff]"


Details = dict[str, object]
#: What is wrong with a value: a template and its details.
Fault = tuple[str, Details]


class _Level(NamedTuple):
    """A table, and the path of the templates it is inside of ("" or "62.")."""

    table: Table
    path: str

    def broken(
        self, tag: str, template: str, section: str | None = None, details: Details | None = None
    ) -> CodeInvalid:
        """Return the error that says what is wrong with a field of this level."""
        return CodeInvalid(
            template,
            name=self.table.fields[tag].name,
            field=self.path + tag,
            section=section or self.table.section,
            **(details or {}),
        )


def check_root(objects: tuple[DataObject, ...]) -> None:
    """Check a code's data objects, CRC left out; raise CodeInvalid for the first broken rule."""
    root = _Level(ROOT, "")
    if not objects or objects[0].id != "00":
        raise root.broken("00", "{name} ({field}) must come first.", "§4.6.1.1")
    _check(objects, root)
    present = {item.id: item.value for item in objects}
    if "63" in present:
        raise root.broken("63", "{name} ({field}) must come last, once.", "§4.6.1.2")
    if not any("02" <= tag <= "51" for tag in present):
        raise CodeInvalid(
            "Merchant Account Information (02 to 51) is missing.",
            field="02-51",
            section=ROOT.section,
        )
    for fee, indicator in _FEE_INDICATORS.items():
        if (fee in present) != (present.get("55") == indicator):
            raise root.broken(
                fee,
                '{name} ({field}) must be there exactly when field 55 is "{indicator}".',
                details={"indicator": indicator},
            )


def _check(objects: tuple[DataObject, ...], level: _Level) -> None:
    seen: set[str] = set()
    for item in objects:
        field = level.table.fields.get(item.id)
        if field is None:
            raise CodeInvalid("The ID of a field is two digits.", section=level.table.section)
        if item.id in seen:
            raise level.broken(item.id, "{name} ({field}) is there twice.", "§4.3.1.2")
        seen.add(item.id)
        found = _fault(item.value, field)
        if found:
            template, details = found
            raise level.broken(item.id, template, details=details)
        if field.content and not isinstance(item.value, str):
            _check(item.value, _Level(field.content, f"{level.path}{item.id}."))
    for tag in level.table.mandatory:
        if tag not in seen:
            raise level.broken(tag, "{name} ({field}) is missing.")


def _fault(value: str | tuple[DataObject, ...], field: Field) -> Fault | None:
    """Return what is wrong with a value in itself, templates' contents aside."""
    if not value:
        return fault("{name} ({field}) is empty.")
    if not isinstance(value, str):
        return None if field.content else fault("{name} ({field}) must not hold data objects.")
    if field.content or not _has_format(value, field.format):
        return fault("{name} ({field}) must consist of {expected}.", expected=field.format.value)
    if not field.shortest <= len(value) <= field.longest:
        span = f"{field.shortest}-" if field.shortest < field.longest else ""
        return fault(
            "{name} ({field}) has {count} characters, not {span}.",
            count=len(value),
            span=f"{span}{field.longest}",
        )
    if field.values and not re.fullmatch(field.values.pattern, value):
        return fault("{name} ({field}) must be {expected}.", expected=field.values.words)
    return None


def fault(template: str, **details: object) -> Fault:
    """Pair a template with its details; the catalogue finds the template by this call."""
    return template, details


def _has_format(value: str, form: Format) -> bool:
    if form is Format.STRING:
        return value.isascii() or not re.search(_LONE_SURROGATE, value)
    if not value.isascii():
        return False
    return value.isdigit() if form is Format.NUMERIC else value.isprintable()

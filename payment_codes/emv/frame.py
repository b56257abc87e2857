"""The outside of a merchant-presented code, right or wrong: its fields, and its check sum."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from payment_codes.emv import tlv
from payment_codes.emv.crc import crc16
from payment_codes.emv.merchant import LONGEST_CODE
from payment_codes.emv.rules import rule
from payment_codes.fields import DataObject
from payment_codes.issues import Issue, Severity

if TYPE_CHECKING:
    from payment_codes.emv.table import Table

_CRC: Final = "63"

TOO_LONG: Final = rule("too_long", "§4.1", "A code has at most {most} characters.", Severity.STRICT)
CUT: Final = rule(
    "truncated", "§3.2", "Field {tag} says it has {length} characters, {left} follow."
)
ENDS_EARLY: Final = rule("truncated", "§3.2", "The code ends within the head of a field.")
NO_FIELD: Final = rule("structure", "§3.2", "No data object begins at character {character}.")
AFTER_CRC: Final = rule("trailing", "§4.6.1.2", "Something follows the check sum (CRC).")
CRC_MISSING: Final = rule("crc_missing", "§4.7.3", "The check sum (CRC) is missing.")
CRC_WRONG: Final = rule(
    "crc_wrong", "§4.7.3", "The check sum (CRC) is {stated}, and {computed} would be right."
)
CRC_SMALL: Final = rule(
    "value", "§4.7.3", "The check sum (CRC) is not in capital letters.", Severity.STRICT
)
COUNTS_BYTES: Final = rule(
    "encoding", "§3.2", "The lengths of the code count bytes of UTF-8, not characters."
)
RULES: Final = (
    TOO_LONG, CUT, ENDS_EARLY, NO_FIELD, COUNTS_BYTES, AFTER_CRC, CRC_MISSING, CRC_WRONG, CRC_SMALL,
)  # fmt: skip


_ENDS: Final = frozenset((CUT.template, ENDS_EARLY.template, NO_FIELD.template))


def read_outside(text: str, crc_tag: str = _CRC) -> tuple[tuple[DataObject, ...], list[Issue]]:
    """Return the root's data objects as far as they go, check sum included, and what is wrong.

    Templates are still text. `crc_tag` is where the check sum is; "63" but for Thai slips.
    """
    issues = [TOO_LONG.broken("", most=LONGEST_CODE)] if len(text) > LONGEST_CODE else []
    objects, fault = tlv.split(text)
    position = 0
    for item in objects:
        assert isinstance(item.value, str)
        end = position + tlv.HEADER + len(item.value)
        if item.id == crc_tag:
            issues += _crc_issues(text[: position + tlv.HEADER], item.value)
            if end < len(text) and fault:
                issues.append(AFTER_CRC.broken(crc_tag))
                fault = None
            break
        position = end
    else:
        if fault is None:
            issues.append(CRC_MISSING.broken(crc_tag))
    if fault:
        issues.append(_fault(text, objects))
    if issues and not text.isascii() and _counts_bytes(text):
        issues.append(COUNTS_BYTES.broken(""))
    return objects, issues


def _counts_bytes(text: str) -> bool:
    """Say whether a code adds up, check sum included, when its lengths count bytes."""
    letters = text.encode("utf-8", "surrogatepass").decode("latin-1")
    return tlv.split(letters)[1] is None and text[-4:].upper() == crc16(text[:-4])


def _crc_issues(covered: str, stated: str) -> list[Issue]:
    computed = crc16(covered)
    if stated.upper() != computed:
        return [CRC_WRONG.broken(covered[-4:-2], stated=stated, computed=computed)]
    return [] if stated == computed else [CRC_SMALL.broken(covered[-4:-2])]


def _fault(text: str, objects: tuple[DataObject, ...]) -> Issue:
    """Say why the text divides no further."""
    position = sum(tlv.HEADER + len(item.value) for item in objects)
    header = text[position : position + tlv.HEADER]
    if not (header.isascii() and header.isdigit()):
        return NO_FIELD.broken("", character=position + 1)
    if len(header) < tlv.HEADER:
        return ENDS_EARLY.broken("")
    left = len(text) - position - tlv.HEADER
    return CUT.broken(header[:2], tag=header[:2], length=int(header[2:]), left=left)


def in_reading_order(issues: list[Issue], objects: tuple[DataObject, ...]) -> tuple[Issue, ...]:
    """Return each issue once, in the order of the fields they are about.

    Those of the whole come first, those of fields that are not there last; of a code that ends
    early nobody can tell what is missing.
    """
    if len(issues) < 2:
        return tuple(issues)
    if any(issue.template in _ENDS for issue in issues):
        issues = [issue for issue in issues if issue.code != "missing"]
    once = {(issue.code, issue.where): issue for issue in reversed(issues)}
    places = {"": -1}
    _number(objects, "", places)
    first = reversed(once.values())
    return tuple(sorted(first, key=lambda issue: _place(issue.where, places)))


def _number(objects: tuple[DataObject, ...], path: str, places: dict[str, int]) -> None:
    for item in objects:
        places.setdefault(path + item.id, len(places))
        if not isinstance(item.value, str):
            _number(item.value, f"{path}{item.id}.", places)


def _place(where: str, places: dict[str, int]) -> int:
    """Return the place of a field, or of the innermost template around one that is missing."""
    while where not in places:
        where, dot, _ = where.rpartition(".")
        if not dot:
            return len(places)
    return places[where]


def divided(objects: tuple[DataObject, ...], table: Table) -> tuple[DataObject, ...]:
    """Read the values that the table calls templates; one that does not divide stays text."""
    return tuple([_divided(item, table) for item in objects])


def _divided(item: DataObject, table: Table) -> DataObject:
    content = table.fields[item.id].content
    if content is None or not isinstance(item.value, str):
        return item
    parts, fault = tlv.split(item.value)
    return item if fault or not parts else DataObject(item.id, divided(parts, content))

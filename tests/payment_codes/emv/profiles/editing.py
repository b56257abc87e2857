"""Change single fields of a right code, with a CRC that holds, and see what is said of it."""

from typing import Any

from payment_codes.building import build
from payment_codes.fields import DataObject
from payment_codes.issues import Severity
from payment_codes.parsing import parse
from payment_codes.schemes.table import by_id
from tests.payment_codes.fields import code

STRICT, LENIENT = Severity.STRICT, Severity.LENIENT

Found = tuple[str, str, Severity]
"""An issue: its code, where it is, and how bad."""


def example(scheme_id: str) -> str:
    """Return the text of a scheme's example."""
    scheme = by_id(scheme_id)
    order = scheme.works.example(scheme)
    assert order is not None
    return build(scheme, order)


def edited(text: str, changes: dict[str, str | None]) -> str:
    """Return a code with fields set by their paths ("29.01"), or left out where None."""
    fields = _fields(parse(text).objects)
    del fields["63"]
    for path, value in changes.items():
        *templates, tag = path.split(".")
        place = fields
        for template in templates:
            place = place.setdefault(template, {})
        if value is None:
            place.pop(tag)
        else:
            place[tag] = value
    return code(fields)


def issues_of(text: str) -> list[Found]:
    """Return what is wrong with a code; every issue has a sentence and a rule."""
    issues = parse(text).issues
    assert all(str(issue) and issue.rule for issue in issues)
    return [(issue.code, issue.where, issue.severity) for issue in issues]


def _fields(objects: tuple[DataObject, ...]) -> dict[str, Any]:
    return {
        item.id: item.value if isinstance(item.value, str) else _fields(item.value)
        for item in objects
    }

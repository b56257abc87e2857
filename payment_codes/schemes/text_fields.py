"""Fields that are plain text, told by a table: who must be there, how long, and how written."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Final

from payment_codes.errors import CodeInvalid
from payment_codes.issues import Issue, Rule, Severity
from payment_codes.schemes.works import FieldRow

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from re import Pattern

_UNWRITABLE: Final = re.compile("[\x00-\x1f\x7f\ud800-\udfff]")


@dataclass(frozen=True, slots=True)
class TextField:
    """A field: `form` says in words what `pattern` says to the machine; `most` characters fit.

    A text that is too long breaks only the letter, and so does what breaks a pattern, unless the
    field is `firm`.
    """

    id: str
    name: str
    form: str
    most: int = 0
    presence: str = "O"
    pattern: Pattern[str] | None = None
    firm: bool = False


class TextTable:
    """The text fields of a scheme, and the rules that all of them keep to."""

    def __init__(self, section: str, *fields: TextField) -> None:
        self.fields = {field.id: field for field in fields}
        self.missing = Rule("missing", section, "{name} ({field}) is missing.")
        self.length = Rule(
            "length",
            section,
            "{name} ({field}) has {count} characters; at most {most} are allowed.",
            Severity.STRICT,
        )
        form = Rule("value", section, "{name} ({field}) must be {form}.")
        self.forms = {True: form, False: replace(form, severity=Severity.STRICT)}
        used = (
            (self.missing, any(field.presence == "M" for field in fields)),
            (self.length, any(field.most for field in fields)),
            (self.forms[True], any(field.pattern and field.firm for field in fields)),
            (self.forms[False], any(field.pattern and not field.firm for field in fields)),
        )
        self.rules = tuple(rule for rule, is_used in used if is_used)

    def issues(self, values: Mapping[str, str], path: str = "") -> Iterator[Issue]:
        """Give what is wrong with values by the ids of the fields; an empty one is not there."""
        for field in self.fields.values():
            yield from self._faults(field, values.get(field.id, ""), path + field.id)

    def _faults(self, field: TextField, value: str, where: str) -> Iterator[Issue]:
        if not value:
            if field.presence == "M":
                yield self.missing.broken(where, name=field.name)
        elif field.most and len(value) > field.most:
            yield self.length.broken(where, name=field.name, count=len(value), most=field.most)
        elif field.pattern and not field.pattern.fullmatch(value):
            yield self.forms[field.firm].broken(where, name=field.name, form=field.form)

    def rows(self) -> tuple[FieldRow, ...]:
        """Return the table as a scheme's page shows it."""
        return tuple(
            FieldRow(field.id, field.name, field.presence, field.form)
            for field in self.fields.values()
        )


def refuse_unwritable(values: Mapping[str, str], section: str) -> None:
    """Refuse values that would break a code in lines or be cut at its ends: raises CodeInvalid."""
    for name, value in values.items():
        if _UNWRITABLE.search(value):
            raise CodeInvalid(
                "{field} must not hold line breaks or other control characters.",
                field=name,
                section=section,
            )
        if value != value.strip():
            raise CodeInvalid(
                "{field} must not begin or end with white space.", field=name, section=section
            )

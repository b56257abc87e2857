"""The fields of a merchant-presented code as a scheme's page shows them."""

from __future__ import annotations

from itertools import groupby
from typing import TYPE_CHECKING

from payment_codes.emv.table import UNDEFINED, Field, Table
from payment_codes.schemes.works import FieldRow

if TYPE_CHECKING:
    from collections.abc import Iterator


def rows_of(table: Table, path: str = "") -> Iterator[FieldRow]:
    """Give the rows of a table and of its templates' tables, a run of equal fields as one row."""
    for _, run in groupby(table.fields.items(), key=lambda row: id(row[1])):
        tags = list(run)
        (first, field), (last, _) = tags[0], tags[-1]
        if field is UNDEFINED:
            continue
        span = f"{path}{first}" if first == last else f"{path}{first} to {path}{last}"
        yield FieldRow(span, field.name, "M" if field.mandatory else "O", _form(field))
        if field.content is not None and first == last:
            yield from rows_of(field.content, f"{path}{first}.")


def _form(field: Field) -> str:
    length = (
        f"{field.shortest}"
        if field.shortest == field.longest
        else (f"{field.shortest} to {field.longest}")
    )
    words = (one.words for one in field.values)
    return "; ".join((field.format.value, f"{length} characters", *words))

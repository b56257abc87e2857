"""Rows as dataclasses: one Table maps one dataclass onto the SQL table of the same columns."""

from __future__ import annotations

import dataclasses
from typing import TYPE_CHECKING, Any, Generic, TypeVar

if TYPE_CHECKING:
    from wallet_api.store.database import Transaction, Value

R = TypeVar("R")


class Table(Generic[R]):
    """A SQL table whose columns are the fields of a dataclass, the first of them its key."""

    def __init__(self, name: str, row: type[R]) -> None:
        assert dataclasses.is_dataclass(row)
        fields = [field.name for field in dataclasses.fields(row)]
        marks = ", ".join("?" * len(fields))
        self._row = row
        self._name = name
        self._fields = fields
        self._select = f"SELECT {', '.join(fields)} FROM {name}"  # noqa: S608 - names, no values
        self._get = f"{self._select} WHERE {fields[0]} = ?"
        self._insert = f"INSERT INTO {name} ({', '.join(fields)}) VALUES ({marks})"  # noqa: S608
        replaced = ", ".join(f"{field} = excluded.{field}" for field in fields[1:])
        self._put = f"{self._insert} ON CONFLICT ({fields[0]}) DO UPDATE SET {replaced}"

    def get(self, transaction: Transaction, key: Value) -> R | None:
        """Give the row of a key, or None."""
        found = transaction.one(self._get, key)
        return None if found is None else self._row(*found)

    def where(self, transaction: Transaction, condition: str, *values: Value) -> list[R]:
        """Give the rows that meet a condition, which may end in ORDER BY and LIMIT."""
        rows = transaction.all(f"{self._select} WHERE {condition}", *values)
        return [self._row(*row) for row in rows]

    def insert(self, transaction: Transaction, row: R) -> None:
        """Write a new row."""
        transaction.run(self._insert, *(getattr(row, name) for name in self._fields))

    def put(self, transaction: Transaction, row: R) -> None:
        """Write a row, in place of the one with its key if there is one."""
        transaction.run(self._put, *(getattr(row, name) for name in self._fields))

    def change(self, transaction: Transaction, row: R, **changes: Any) -> R:  # noqa: ANN401 - values of columns
        """Write changed columns of a row and give the row as it is now."""
        assignments = ", ".join(f"{name} = ?" for name in changes)
        key = self._fields[0]
        transaction.run(
            f"UPDATE {self._name} SET {assignments} WHERE {key} = ?",  # noqa: S608
            *changes.values(),
            getattr(row, key),
        )
        return dataclasses.replace(row, **changes)  # type: ignore[type-var]

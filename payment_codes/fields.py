"""What a code is made of: named pieces of text, some of them made of pieces themselves."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable

Tree = dict[str, "str | Tree | list[str | Tree]"]
"""Pieces by name: a text, the tree of a template, or a list where a name is there several times."""


@dataclass(frozen=True, slots=True)
class DataObject:
    """One piece of a code: a primitive's text, or a template's own data objects in their order.

    `id` is the name the scheme gives it: a tag ("54"), a key ("am"), or a word for a line ("iban").
    """

    id: str
    value: str | tuple[DataObject, ...]


def tree_of(objects: Iterable[DataObject]) -> Tree:
    """Return data objects by name; one that repeats is a list of its values in their order."""
    found: Tree = {}
    for item in objects:
        value = item.value if isinstance(item.value, str) else tree_of(item.value)
        before = found.get(item.id)
        if before is None:
            found[item.id] = value
        elif isinstance(before, list):
            before.append(value)
        else:
            found[item.id] = [before, value]
    return found


def text_of(objects: Iterable[DataObject], name: str) -> str | None:
    """Return the text of the first data object of a name, or None where there is none."""
    for item in objects:
        if item.id == name and isinstance(item.value, str):
            return item.value
    return None


def inside(objects: Iterable[DataObject], name: str) -> tuple[DataObject, ...]:
    """Return what the first template of a name holds; nothing where there is none."""
    for item in objects:
        if item.id == name and not isinstance(item.value, str):
            return item.value
    return ()

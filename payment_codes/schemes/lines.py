"""Codes in lines of text: their lines as data objects, and written with the line ends they had."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from payment_codes.fields import DataObject, text_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

LINE_END: Final = "line_end"
"""The data object before the lines that says how they end: "LF" or "CRLF"."""

_ENDS: Final = {"LF": "\n", "CRLF": "\r\n"}


def line_end(text: str) -> DataObject:
    """Return how the first line of a text ends."""
    return DataObject(LINE_END, "CRLF" if text.partition("\n")[0].endswith("\r") else "LF")


def mixes_ends(text: str) -> bool:
    """Say whether lines of a text end in both ways."""
    returns = text.count("\r\n")
    return bool(returns) and returns != text.count("\n")


def line_objects(text: str, names: Sequence[str]) -> tuple[DataObject, ...]:
    """Return a text's line end, and its lines by their names; what follows them is one more.

    That one is named by its number ("line 13"); names that have no line are left out.
    """
    *lines, last = text.split("\n", len(names))
    values = [*(line.removesuffix("\r") for line in lines), last]
    named = zip((*names, beyond(names)), values, strict=False)
    return line_end(text), *(DataObject(name, value) for name, value in named)


def beyond(names: Sequence[str]) -> str:
    """Return the name of what follows the last named line."""
    return f"line {len(names) + 1}"


def lines_text(objects: Iterable[DataObject]) -> str:
    """Write lines, those inside templates too, with the line end they had."""
    pieces = tuple(objects)
    end = _ENDS[text_of(pieces, LINE_END) or "LF"]
    return end.join(_lines(item for item in pieces if item.id != LINE_END))


def _lines(objects: Iterable[DataObject]) -> Iterator[str]:
    for item in objects:
        if isinstance(item.value, str):
            yield item.value
        else:
            yield from _lines(item.value)

"""Parts of Markdown that the pages of payment codes are made of."""

from __future__ import annotations

from textwrap import fill
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

#: The folder of the pictures, beside the pages.
PICTURES = "pictures"


def table(heads: tuple[str, ...], rows: Iterable[Iterable[str]]) -> Iterator[str]:
    """Give a table."""
    yield f"| {' | '.join(heads)} |"
    yield f"|{'|'.join('---' for _head in heads)}|"
    for row in rows:
        yield f"| {' | '.join(cell.replace('|', '&#124;') for cell in row)} |"


def as_code(text: str) -> str:
    """Give a text as code of Markdown, which has no escapes: the fence is longer than any in it."""
    if not text:
        return ""
    fence = "``" if "`" in text else "`"
    return f"{fence}{text}{fence}"


def paragraph(text: str) -> str:
    """Give a text in lines of at most 100 characters."""
    return fill(text, 100, break_long_words=False, break_on_hyphens=False)


def apart(paragraphs: Iterable[str]) -> list[str]:
    """Give the lines of paragraphs with an empty one between them."""
    return "\n\n".join(paragraphs).split("\n")

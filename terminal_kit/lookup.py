"""Short codes: what a person types of an id, looked up among one's own records."""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol, TypeVar

from terminal_kit.language import _
from wallet_api.contract.errors import IdAmbiguous, NotFound, Usage

if TYPE_CHECKING:
    from collections.abc import Iterable

SHORTEST = 4
#: How far back a short code is looked up.
MOST_RECORDS = 500


class Record(Protocol):
    """Anything with an id."""

    @property
    def id(self) -> str:
        """The full id."""
        ...


R = TypeVar("R", bound=Record)


def find_short(text: str, records: Iterable[R], what: str) -> R:
    """Give the record whose id ends in ``text``. Raises NotFound, IdAmbiguous, Usage."""
    if len(text) < SHORTEST or not all(letter in "0123456789abcdef-" for letter in text.lower()):
        reason = _("{text} is no id: give at least {count} of its last characters.")
        raise Usage(reason=reason.format(text=text, count=SHORTEST))
    found: dict[str, R] = {}
    for count, record in enumerate(records):
        if record.id.endswith(text.lower()):
            found[record.id] = record
        if count >= MOST_RECORDS:
            break
    if not found:
        raise NotFound(what=what)
    if len(found) > 1:
        raise IdAmbiguous(id=text)
    return next(iter(found.values()))

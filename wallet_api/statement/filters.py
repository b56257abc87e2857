"""What a history is asked for: a stretch of time, a kind, a direction, amounts, a text."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from payment_codes.amount import LARGEST_MINOR
from wallet_api.contract.errors import BadRequest
from wallet_api.contract.instants import instant_ms
from wallet_api.contract.statement import KINDS
from wallet_api.store.calendar import period_of_day

if TYPE_CHECKING:
    from collections.abc import Mapping
    from zoneinfo import ZoneInfo


#: The names in the query string.
NAMES = ("from", "to", "kind", "direction", "min", "max", "q")
LONGEST_TEXT = 64
_DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")


@dataclass(frozen=True, slots=True)
class Filters:
    """Only these movements; None stands for any.

    ``since`` and ``until`` are days of the bank's time zone, both included, or moments of RFC 3339,
    the first included and the last not. Amounts are minor units.
    """

    since: str | None = None
    until: str | None = None
    kind: str | None = None
    direction: str | None = None
    least: int | None = None
    most: int | None = None
    text: str | None = None

    @property
    def choose(self) -> bool:
        """Say whether movements of the same time are chosen among."""
        return any((self.kind, self.direction, self.least, self.most, self.text))

    def take(self, kind: str, direction: str, minor: int) -> bool:
        """Say whether a movement may be one of them by what the journal alone says."""
        return (
            self.kind in {None, kind}
            and self.direction in {None, direction}
            and (self.least is None or minor >= self.least)
            and (self.most is None or minor <= self.most)
        )

    def find(self, *places: str | None) -> bool:
        """Say whether the text stands in one of the places, in whatever case."""
        text = self.text
        return text is None or any(text in place.casefold() for place in places if place)


def read_filters(query: Mapping[str, str]) -> Filters:
    """Read a query string. Raises BadRequest."""
    kind, direction = query.get("kind"), query.get("direction")
    if kind is not None and kind not in KINDS:
        raise BadRequest(reason=f"kind is one of {', '.join(KINDS)}")
    if direction not in {None, "in", "out"}:
        raise BadRequest(reason="direction is in or out")
    return Filters(
        since=_time(query, "from"),
        until=_time(query, "to"),
        kind=kind,
        direction=direction,
        least=_minor(query, "min"),
        most=_minor(query, "max"),
        text=_text(query),
    )


def _time(query: Mapping[str, str], name: str) -> str | None:
    text = query.get(name)
    try:
        if text is not None and _DAY.fullmatch(text):
            date.fromisoformat(text)
        elif text is not None:
            instant_ms(text)
    except (ValueError, OverflowError):
        raise BadRequest(reason=f"{name} is a day or a moment of RFC 3339") from None
    return text


def _minor(query: Mapping[str, str], name: str) -> int | None:
    text = query.get(name)
    if text is None:
        return None
    if not re.fullmatch("[0-9]{1,12}", text):
        raise BadRequest(reason=f"{name} is 0 to {LARGEST_MINOR} minor units")
    return int(text)


def _text(query: Mapping[str, str]) -> str | None:
    text = query.get("q")
    if text is None:
        return None
    # Names and notes are kept in NFC.
    wanted = unicodedata.normalize("NFC", text).casefold().strip()
    if not 0 < len(wanted) <= LONGEST_TEXT:
        raise BadRequest(reason=f"q has 1 to {LONGEST_TEXT} characters")
    return wanted


def begins_at(zone: ZoneInfo, text: str) -> int:
    """Give when a stretch that starts with a day or a moment begins, in milliseconds."""
    if _DAY.fullmatch(text):
        return period_of_day(zone, date.fromisoformat(text)).began_at
    return instant_ms(text)


def ends_at(zone: ZoneInfo, text: str) -> int:
    """Give when a stretch that a day or a moment closes is over, in milliseconds."""
    if _DAY.fullmatch(text):
        return period_of_day(zone, date.fromisoformat(text)).ends_at
    return instant_ms(text)

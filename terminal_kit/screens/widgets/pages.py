"""Rows of a long list that arrive page by page, stay as they were asked for, and are asked again.

A cursor means the same place for ever: what is new stands before the first page. So a page that is
asked for again replaces the rows from its own start to where its last row was found.
"""

from __future__ import annotations

from bisect import bisect_right
from dataclasses import dataclass
from typing import TYPE_CHECKING, Generic, TypeVar

if TYPE_CHECKING:
    from collections.abc import Callable

    from wallet_api.contract.wire import Page

Row = TypeVar("Row")
#: With fewer rows than this below the view, the next page is asked for.
AHEAD = 60


@dataclass(slots=True)
class _Start:
    """Where a page begins, the cursor that asks for it, and whether nothing happened since."""

    index: int
    cursor: str | None
    fresh: bool = True


@dataclass(frozen=True, slots=True)
class Change:
    """``removed`` rows from ``start`` on gave way to ``added`` others."""

    start: int
    removed: int
    added: int


class Pages(Generic[Row]):
    """The rows so far. ``key`` gives a row's identity; ``next`` is the cursor of what follows."""

    def __init__(self, key: Callable[[Row], str]) -> None:
        self.rows: list[Row] = []
        self.next: str | None = None
        self._key = key
        self._keys: set[str] = set()
        self._starts: list[_Start] = []

    def forget(self) -> None:
        """Have every page asked for again, once it is looked at."""
        for start in self._starts:
            start.fresh = False

    def due(self, top: int, bottom: int) -> int | None:
        """Give the number of the page to ask for, with the rows from top to bottom in view.

        The head comes first, then what is in view, then what follows; None if nothing is missing.
        """
        starts = self._starts
        if not starts or not starts[0].fresh:
            return 0
        number = max(bisect_right(starts, top, key=_index) - 1, 0)
        while number < len(starts) and starts[number].index < max(bottom, 1):
            if not starts[number].fresh:
                return number
            number += 1
        return len(starts) if self.next and bottom + AHEAD >= len(self.rows) else None

    def cursor(self, number: int) -> str | None:
        """Give the cursor of a page; None asks for the head."""
        return self._starts[number].cursor if number < len(self._starts) else self.next

    def take(self, number: int, page: Page[Row]) -> Change:
        """Put a page in its place."""
        if self.is_tail(number):
            return self._append(page)
        start = self._starts[number]
        stop = self._stop(start.index, page)
        self._keys.difference_update(map(self._key, self.rows[start.index : stop]))
        if any(self._key(row) in self._keys for row in page.items):
            # Rows changed their order: what follows is asked for anew.
            self._keys.difference_update(map(self._key, self.rows[stop:]))
            stop = len(self.rows)
        items = [row for row in page.items if self._key(row) not in self._keys]
        change = Change(start.index, stop - start.index, len(items))
        self._set_starts(number, change, page.next)
        self.rows[start.index : stop] = items
        self._keys.update(map(self._key, items))
        start.fresh = True
        return change

    def is_tail(self, number: int | None) -> bool:
        """Say whether a page is one that follows all that there are."""
        return number == len(self._starts)

    def moved(self, change: Change, index: int, row: Row) -> int:
        """Give where a row is now that was at an index before a change, or what stands there."""
        if index < change.start:
            return index
        if index >= change.start + change.removed:
            return index + change.added - change.removed
        key = self._key(row)
        for place in range(change.start, change.start + change.added):
            if self._key(self.rows[place]) == key:
                return place
        return max(min(index, len(self.rows) - 1), 0)

    def _append(self, page: Page[Row]) -> Change:
        index = len(self.rows)
        if page.items or not self._starts:
            self._starts.append(_Start(index, self.next))
        items = [row for row in page.items if self._key(row) not in self._keys]
        self.rows += items
        self._keys.update(map(self._key, items))
        self.next = page.next
        return Change(index, 0, len(items))

    def _stop(self, start: int, page: Page[Row]) -> int:
        """Give the end of the rows that a page replaces."""
        if page.next is None:
            return len(self.rows)
        last = self._key(page.items[-1]) if page.items else ""
        if last in self._keys:
            for index in range(start, len(self.rows)):
                if self._key(self.rows[index]) == last:
                    return index + 1
        # More came than a page holds: the rows so far follow after a gap that is asked for next.
        return start

    def _set_starts(self, number: int, change: Change, following: str | None) -> None:
        """Move the starts behind a page, and begin another where it ends now."""
        stop, by = change.start + change.removed, change.added - change.removed
        swallowed = [one for one in self._starts[number:] if one.index < stop]
        rest = self._starts[number + max(len(swallowed), 1) :]
        for one in rest:
            one.index += by
        end = stop + by
        if stop == len(self.rows):
            self.next, rest = following, []
        elif rest and rest[0].index == end:
            rest[0].cursor = following
        else:
            fresh = bool(swallowed) and swallowed[-1].fresh
            rest.insert(0, _Start(end, following, fresh))
        self._starts[number + 1 :] = rest


def _index(start: _Start) -> int:
    return start.index

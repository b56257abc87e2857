"""The ladder of looks at one picture: each decoder's look at it as it is and at its repairs.

The first step that shows a code to be believed is the last. Only the places where one seems to be
besides are then looked at more closely, for a second code that cannot be read must not make the
first one the only one.
"""

import time
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import chain, zip_longest
from typing import Final

from payment_codes.scan.belief import Belief
from payment_codes.scan.decoder import Corners, Decoder, Found, GreyPicture, Look, box, moved
from payment_codes.scan.repair import REPAIRS
from payment_codes.scan.view import View, cut, shrunk

_MARGIN: Final = 0.3
_SMALLEST_SUSPECT: Final = 16
_MOST_SUSPECTS: Final = 4

Box = tuple[int, int, int, int]


class Deadline:
    """When it is too late to begin another step."""

    def __init__(self, seconds: float, clock: Callable[[], float] = time.monotonic) -> None:
        self._clock = clock
        self._end = clock() + seconds

    def passed(self) -> bool:
        """Whether it is too late."""
        return self._clock() >= self._end


@dataclass
class Ladder:
    """The decoders at hand, each with its look, and what they saw in one picture so far."""

    eyes: Sequence[tuple[Decoder, Look]]
    deadline: Deadline
    belief: Belief = field(default_factory=Belief)
    suspects: list[Corners] = field(default_factory=list)

    def climb(
        self, picture: GreyPicture, others: Callable[[], Iterable[GreyPicture]]
    ) -> list[Found]:
        """Return the codes in a picture, which may show them only in `others` of the same size.

        The first look is taken even when the deadline has passed.
        """
        whole = View(picture)
        decoder, look = self.eyes[0]
        if not self._shows(look, whole):
            self._one_shows(look, (View(other) for other in others()))
        for close in self._close_ups(whole):
            self._one_shows(look, _made(chain.from_iterable(decoder.rounds), close))
        if not self.belief.believed():
            self._take_turns(shrunk(whole))
        return self.belief.believed()

    def _take_turns(self, view: View) -> None:
        """Let each decoder have a round of repairs in turn until one shows a code."""
        for turn in zip_longest(*(decoder.rounds for decoder, _ in self.eyes), fillvalue=()):
            for (_, look), names in zip(self.eyes, turn, strict=True):
                if self._one_shows(look, _made(names, view)):
                    return

    def _one_shows(self, look: Look, views: Iterable[View]) -> bool:
        """Look at views until one shows another code, or there is no time left."""
        coming = iter(views)
        while not self.deadline.passed():
            view = next(coming, None)
            if view is None:
                return False
            if self._shows(look, view):
                return True
        return False

    def _shows(self, look: Look, view: View) -> bool:
        """Look, and say whether there is a code now that is believed and was not before."""
        before = len(self.belief.believed())
        sight = look(view.picture)
        self.suspects += [moved(corners, view.back) for corners in sight.suspects]
        self.belief.see([code.moved(view.back) for code in sight.found], faithful=view.faithful)
        return len(self.belief.believed()) > before

    def _close_ups(self, whole: View) -> Iterator[View]:
        """Cut out where a code seems to be that is not among the believed ones.

        Where that is most of the picture, the whole picture does as well.
        """
        known = [box(code.position) for code in self.belief.believed() if code.position]
        areas: list[Box] = []
        for suspect in map(box, self.suspects):
            if _side(suspect) >= _SMALLEST_SUSPECT and not any(
                _touch(suspect, other) for other in (*known, *areas)
            ):
                areas.append(_wider(suspect))
        for area in areas[:_MOST_SUSPECTS]:
            view = cut(whole, area)
            if view.pixels * 2 < whole.pixels:
                yield view


def _made(names: Iterable[str], view: View) -> Iterator[View]:
    """Repair a picture in each of these ways that is of use for it."""
    return filter(None, (REPAIRS[name](view) for name in names))


def _side(area: Box) -> int:
    return min(area[2] - area[0], area[3] - area[1])


def _touch(one: Box, other: Box) -> bool:
    return one[0] < other[2] and other[0] < one[2] and one[1] < other[3] and other[1] < one[3]


def _wider(area: Box) -> Box:
    """Return an area with a margin, since a suspect's corners are rough."""
    left, top, right, bottom = area
    margin = round(_MARGIN * max(right - left, bottom - top))
    return left - margin, top - margin, right + margin, bottom + margin

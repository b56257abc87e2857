"""A terminal's colours as grey, as control sequences select them (ECMA-48 §8.3.117, xterm)."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterator

OWN_INK: Final = -1
"""The terminal's own colour of text, whatever it is."""
OWN_GROUND: Final = -2

_BASIC: Final = (
    (0, 0, 0), (205, 0, 0), (0, 205, 0), (205, 205, 0),
    (0, 0, 238), (205, 0, 205), (0, 205, 205), (229, 229, 229),
    (127, 127, 127), (255, 0, 0), (0, 255, 0), (255, 255, 0),
    (92, 92, 255), (255, 0, 255), (0, 255, 255), (255, 255, 255),
)  # fmt: skip
_CUBE: Final = (0, 95, 135, 175, 215, 255)


class Pen(NamedTuple):
    """What is drawn with: greys from 0 to 255, or `OWN_INK` and `OWN_GROUND`."""

    ink: int = OWN_INK
    ground: int = OWN_GROUND
    reverse: bool = False

    @property
    def shown(self) -> tuple[int, int]:
        """The greys of ink and ground as they show."""
        return (self.ground, self.ink) if self.reverse else (self.ink, self.ground)

    def changed(self, parameters: str) -> Pen:
        """Return the pen after "select graphic rendition"; unknown parameters change nothing."""
        pen = self
        values = iter(parameters.split(";"))
        for value in values:
            code, *inside = (int(part) if part.isdecimal() else 0 for part in value.split(":"))
            if code in (38, 48):
                # With colons the colour is inside the parameter, with semicolons it follows.
                numbers = iter([inside[0], *inside[1:][-3:]]) if inside else _numbers(values)
                grey = _extended(numbers)
                pen = pen if grey is None else pen.coloured(grey, ground=code == 48)
            else:
                pen = pen.set(code)
        return pen

    def coloured(self, grey: int, *, ground: bool) -> Pen:
        """Return the pen with another ink or ground."""
        return self._replace(ground=grey) if ground else self._replace(ink=grey)

    def set(self, code: int) -> Pen:
        """Return the pen after a parameter that stands alone."""
        if code == 0:
            return Pen()
        if code in (7, 27):
            return self._replace(reverse=code == 7)
        if code == 39:
            return self._replace(ink=OWN_INK)
        if code == 49:
            return self._replace(ground=OWN_GROUND)
        for first, bright in ((30, 0), (40, 0), (90, 8), (100, 8)):
            if first <= code < first + 8:
                grey = _grey(*_BASIC[bright + code - first])
                return self.coloured(grey, ground=first in (40, 100))
        return self


def _numbers(values: Iterator[str]) -> Iterator[int]:
    for value in values:
        yield int(value) if value.isdecimal() else 0


def _extended(numbers: Iterator[int]) -> int | None:
    """Return the grey of "5, number" or "2, red, green, blue"; None for another kind."""
    kind = next(numbers, 0)
    if kind == 5:
        return _of_256(min(next(numbers, 0), 255))
    if kind == 2:
        red, green, blue = (min(next(numbers, 0), 255) for _part in range(3))
        return _grey(red, green, blue)
    return None


def _of_256(number: int) -> int:
    if number < 16:
        return _grey(*_BASIC[number])
    if number < 232:
        cube = number - 16
        return _grey(_CUBE[cube // 36], _CUBE[cube // 6 % 6], _CUBE[cube % 6])
    return 8 + 10 * (number - 232)


def _grey(red: int, green: int, blue: int) -> int:
    """Return the luma of ITU-R BT.601."""
    return (299 * red + 587 * green + 114 * blue) // 1000

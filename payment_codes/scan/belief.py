"""Which of the codes that were seen are believed: no text is better than a wrong one.

A QR code corrects its errors by Reed and Solomon's code, which a wrong text as good as never
passes. A bar code has one check character of 103, so what was seen only in changed greys must
be seen twice. Where two texts were seen in one place, the check sum of the code itself decides, and
if it has none, neither is believed.
"""

import re
from dataclasses import dataclass, field
from typing import Final

from payment_codes.emv.crc import crc16
from payment_codes.scan.decoder import Found, box

_SUMMED: Final = re.compile(r"000201.*6304[0-9A-Fa-f]{4}", re.ASCII | re.DOTALL)
_SIGHTS: Final = 2


@dataclass
class Belief:
    """What was seen so far in the looks at one picture."""

    _seen: list[tuple[Found, int]] = field(default_factory=list)
    """Each code with the points that speak for it: `_SIGHTS` of them are enough."""

    def see(self, found: list[Found], *, faithful: bool) -> None:
        """Note what one look showed; `faithful` as a `View` is."""
        for code in found:
            points = _SIGHTS if faithful or code.kind == "qr" else 1
            for index, (other, so_far) in enumerate(self._seen):
                if other.text == code.text and other.kind == code.kind:
                    self._seen[index] = (other, so_far + points)
                    break
            else:
                self._seen.append((code, points))

    def believed(self) -> list[Found]:
        """Return the codes that enough speaks for and nothing against."""
        seen = [code for code, _ in self._seen]
        return [
            code
            for code, points in self._seen
            if points >= _SIGHTS and not any(_refutes(other, code) for other in seen)
        ]


def _refutes(other: Found, code: Found) -> bool:
    """Whether a code that was seen in the same place with another text makes one unbelievable."""
    if other.text == code.text or other.kind != code.kind or not _overlap(other, code):
        return False
    return not _sums_up(code.text) or _sums_up(other.text)


def _overlap(one: Found, other: Found) -> bool:
    """Whether the middle of either lies in the other; codes without a place may be anywhere."""
    if one.position is None or other.position is None:
        return True
    return _holds(one, other) or _holds(other, one)


def _holds(outer: Found, inner: Found) -> bool:
    assert outer.position is not None, "it was asked before"
    assert inner.position is not None, "it was asked before"
    left, top, right, bottom = box(outer.position)
    x0, y0, x1, y1 = box(inner.position)
    return left <= (x0 + x1) / 2 <= right and top <= (y0 + y1) / 2 <= bottom


def _sums_up(text: str) -> bool:
    """Whether a text is an EMVCo code with a right check sum."""
    return _SUMMED.fullmatch(text) is not None and crc16(text[:-4]) == text[-4:].upper()

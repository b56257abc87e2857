"""QR codes as a matrix of modules (ISO/IEC 18004)."""

from __future__ import annotations

from bisect import bisect_left
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final, NamedTuple

from payment_codes.draw.bits import bits_of, codewords_of
from payment_codes.draw.demands import DEMANDS, Demand
from payment_codes.draw.levels import Level

if TYPE_CHECKING:
    from collections.abc import Iterator

QUIET_ZONE: Final = 4
"""Light modules on each side (ISO/IEC 18004, 9.1)."""
NARROW_QUIET_ZONE: Final = 2
"""What every reader still makes do with, for where rows are short."""

_SPANS: Final = ((1, 9), (10, 26), (27, 40))
"""Versions that write the numbers of characters in equally many bits."""
_INDICATORS: Final = {Level.L: 1, Level.M: 0, Level.Q: 3, Level.H: 2}
_MASK: Final = 0
# Any mask is valid. Trying all eight to find the prettiest is four fifths of the library's time.
_NO_DEMAND: Final = Demand("ISO/IEC 18004")


@dataclass(frozen=True)
class Matrix:
    """Rows of modules, quiet zone included: `rows[y][x]` is true where the module is dark."""

    rows: tuple[tuple[bool, ...], ...]

    @property
    def size(self) -> int:
        """Modules along the upper side, quiet zones included."""
        return len(self.rows[0])


class _Plan(NamedTuple):
    """A code that holds the text: its level, version, bits and quiet zone."""

    level: Level
    version: int
    bits: str
    quiet_zone: int = QUIET_ZONE

    @property
    def size(self) -> int:
        return 17 + 4 * self.version + 2 * self.quiet_zone

    def fits(self, columns: int | None, rows: int | None) -> bool:
        """Say whether the code fits so many columns and rows of half blocks."""
        wide = columns is not None and self.size > columns
        return not wide and not (rows is not None and -(-self.size // 2) > rows)


def qr_matrix(
    text: str,
    *,
    level: Level | None = None,
    columns: int | None = None,
    rows: int | None = None,
    scheme: str | None = None,
) -> Matrix:
    """Return the smallest QR code that holds a text.

    `columns` and `rows` are the space there is at half blocks. Without a `level` the highest is
    taken that fits the space, or L where none is given. The quiet zone is narrowed where nothing
    fits with the full one; what does not fit even so is drawn nevertheless, as small as can be.
    `scheme` is the id of the text's scheme: what it demands (`demands.DEMANDS`) is done, and
    goes before `level`. A text that is not ASCII names its character set.

    Raises ValueError for a text that is empty, too long, or not in the scheme's character set.
    """
    if not text:
        raise ValueError("An empty text cannot be drawn as a QR code.")
    demand = DEMANDS.get(scheme or "", _NO_DEMAND)
    exact = demand.level or level
    levels = [exact] if exact else [Level.L] if columns is rows is None else list(Level)
    plans = list(_plans(text, levels, demand))
    if not plans:
        raise ValueError("The text is too long for a QR code.")
    return _drawn(_chosen(plans, columns, rows))


def _plans(text: str, levels: list[Level], demand: Demand) -> Iterator[_Plan]:
    """Yield the smallest code of each level, as far as there is one."""
    charset = demand.charset(text)
    announced = demand.announced or not text.isascii()
    found: set[Level] = set()
    for span, (first, last) in enumerate(_SPANS):
        bits = bits_of(text, span, charset, announced=announced, bytes_only=demand.bytes_only)
        for level in levels:
            version = _version(bits, level, max(first, demand.smallest))
            if level not in found and version <= min(last, demand.largest):
                found.add(level)
                yield _Plan(level, version, bits)
        if len(found) == len(levels):
            return


def _version(bits: str, level: Level, first: int) -> int:
    """Return the smallest version from the first one on that holds the bits, 41 if none does."""
    from qrcode.util import BIT_LIMIT_TABLE

    return bisect_left(BIT_LIMIT_TABLE[_INDICATORS[level]], len(bits), first)


def _chosen(plans: list[_Plan], columns: int | None, rows: int | None) -> _Plan:
    """Return the plan of the highest level that fits, with the wide quiet zone if any does.

    Plans stand with the weakest level first among those of one version.
    """
    fitting = [plan for plan in plans if plan.fits(columns, rows)]
    if fitting:
        return max(fitting, key=lambda plan: list(Level).index(plan.level))
    smallest = min(plan.version for plan in plans)
    strongest = [plan for plan in plans if plan.version == smallest][-1]
    return strongest._replace(quiet_zone=NARROW_QUIET_ZONE)


def _drawn(plan: _Plan) -> Matrix:
    """Have the library place the plan's bits, with their error correction.

    It splits texts its own way and knows no character sets, so it is given finished codewords.
    """
    from qrcode.base import rs_blocks
    from qrcode.main import QRCode
    from qrcode.util import BitBuffer, create_bytes

    indicator = _INDICATORS[plan.level]
    blocks = rs_blocks(plan.version, indicator)
    buffer = BitBuffer()
    buffer.buffer = codewords_of(plan.bits, sum(block.data_count for block in blocks) * 8)
    code = QRCode(plan.version, indicator, border=plan.quiet_zone, mask_pattern=_MASK)
    code.data_cache = create_bytes(buffer, blocks)
    code.make(fit=False)
    return Matrix(tuple(tuple(map(bool, row)) for row in code.get_matrix()))

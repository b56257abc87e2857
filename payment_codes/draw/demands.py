"""What schemes demand of the QR code that carries them: level, version, character set."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Final

from payment_codes.draw.bits import UTF_8, Charset
from payment_codes.draw.levels import Level

_LATIN_2: Final = Charset("iso8859-2", 4)
_EPC_CHARSETS: Final[Mapping[str, Charset]] = {
    "1": UTF_8,
    "2": Charset("iso8859-1", 3),
    "3": _LATIN_2,
    "4": Charset("iso8859-4", 6),
    "5": Charset("iso8859-5", 7),
    "6": Charset("iso8859-7", 9),
    "7": Charset("iso8859-10", 12),
    "8": Charset("iso8859-15", 17),
}


def _utf_8(_text: str) -> Charset:
    return UTF_8


def _epc_charset(text: str) -> Charset:
    """Return the set that the third line names (EPC069-12 v2.1, §2)."""
    lines = text.splitlines()
    return _EPC_CHARSETS.get(lines[2], UTF_8) if len(lines) > 2 else UTF_8


@dataclass(frozen=True, slots=True)
class Demand:
    """What a scheme demands: its exact level, and the largest and the smallest version.

    `charset` tells the character set of a text. `announced` is whether the set is named even where
    the text is ASCII, and `bytes_only` whether everything is written in byte mode. `source` is the
    specification that says so.
    """

    source: str
    level: Level | None = None
    largest: int = 40
    smallest: int = 1
    charset: Callable[[str], Charset] = _utf_8
    announced: bool = False
    bytes_only: bool = False


DEMANDS: Final[Mapping[str, Demand]] = {
    "epc": Demand("EPC069-12 v2.1 §3", Level.M, largest=13, charset=_epc_charset),
    "swiss-qr": Demand("Swiss Implementation Guidelines QR-bill §6", Level.M, largest=25),
    "upnqr": Demand(
        "UPN QR, ZBS", Level.M, largest=15, smallest=15, charset=lambda _text: _LATIN_2,
        announced=True, bytes_only=True,
    ),
    "gost-st00011": Demand(
        "GOST R 56042-2014 §4.2", charset=lambda _text: Charset("cp1251", 22)
    ),
    "gost-st00013": Demand(
        "GOST R 56042-2014 §4.2", charset=lambda _text: Charset("koi8-r", None)
    ),
}  # fmt: skip
"""By the ids of schemes; those without a row take any code."""

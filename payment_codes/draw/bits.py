"""What a QR code holds as bits: segments, and before them their character set where needed."""

from dataclasses import dataclass
from typing import Final

from payment_codes.draw.segments import ALPHABET, BYTES, NUMERIC, Mode, Segment, split

_ECI_MODE: Final = 0b0111
_PADDING: Final = (0b11101100, 0b00010001)


@dataclass(frozen=True, slots=True)
class Charset:
    """A character set: Python's name, and the designator by which a code announces it.

    Designators are those of the AIM register of extended channel interpretations; none has a set
    that the register does not know.
    """

    name: str
    designator: int | None


UTF_8: Final = Charset("utf-8", 26)


def bits_of(
    text: str, span: int, charset: Charset = UTF_8, *, announced: bool, bytes_only: bool = False
) -> str:
    """Return a text as "0" and "1" for the versions of a span (`segments.split`).

    `announced` puts the character set's designator first (ISO/IEC 18004, 7.4.2). With `bytes_only`
    digits are written as bytes too. Raises UnicodeEncodeError for a character that is not in the
    set.
    """
    segments = [(BYTES, text)] if bytes_only else split(text, span, charset.name)
    head = ""
    if announced and charset.designator is not None:
        head = f"{_ECI_MODE:04b}{charset.designator:08b}"
    return head + "".join(_segment(part, span, charset.name) for part in segments)


def codewords_of(bits: str, capacity: int) -> list[int]:
    """Return bits as codewords that fill a code of so many bits (ISO/IEC 18004, 7.4.9, 7.4.10)."""
    ended = bits + "0" * min(4, capacity - len(bits))
    whole = ended + "0" * (-len(ended) % 8)
    words = [int(whole[start : start + 8], 2) for start in range(0, len(whole), 8)]
    missing = capacity // 8 - len(words)
    return words + [_PADDING[index % 2] for index in range(missing)]


def _segment(segment: Segment, span: int, charset: str) -> str:
    mode, text = segment
    if mode is BYTES:
        data = text.encode(charset)
        return _head(mode, span, len(data)) + "".join(f"{byte:08b}" for byte in data)
    characters = _digits(text) if mode is NUMERIC else _alphanumeric(text)
    return _head(mode, span, len(text)) + characters


def _head(mode: Mode, span: int, count: int) -> str:
    return f"{mode.indicator:04b}{count:0{mode.counts[span]}b}"


def _digits(text: str) -> str:
    groups = (text[start : start + 3] for start in range(0, len(text), 3))
    return "".join(f"{int(group):0{(0, 4, 7, 10)[len(group)]}b}" for group in groups)


def _alphanumeric(text: str) -> str:
    values = [ALPHABET.index(character) for character in text]
    pairs = zip(values[::2], values[1::2], strict=False)
    whole = "".join(f"{first * 45 + second:011b}" for first, second in pairs)
    return whole + (f"{values[-1]:06b}" if len(values) % 2 else "")

"""A receipt printer in a few lines: turns ESC/POS bytes back into what stands on the roll.

Written from Epson's reference, apart from the code that makes the bytes: it knows the modes, the
columns that each character takes, and the two-dimensional code in its memory.
"""

from __future__ import annotations

from dataclasses import dataclass, field


@dataclass(frozen=True)
class Printed:
    """One line as it came out; ``columns`` counts enlarged characters twice."""

    text: str
    columns: int
    align: str
    bold: bool
    large: bool


@dataclass
class Roll:
    """What a printer has done."""

    lines: list[Printed] = field(default_factory=list)
    codes: list[str] = field(default_factory=list)
    cuts: int = 0
    kicks: int = 0


class Printer:
    """Reads bytes as a printer of GB 18030 firmware does."""

    def __init__(self) -> None:
        self.roll = Roll()
        self._reset()

    def _reset(self) -> None:
        self._chinese, self._page = True, 0
        self._align, self._bold, self._large = "left", False, False
        self._text, self._columns, self._symbol = "", 0, b""

    def feed(self, data: bytes) -> Roll:
        self._data, self._at = data, 0
        while self._at < len(data):
            byte = self._take(1)
            match byte:
                case b"\x1b":
                    self._escape(self._take(1))
                case b"\x1c":
                    self._chinese = {b"&": True, b".": False}[self._take(1)]
                case b"\x1d":
                    self._group(self._take(1))
                case b"\n":
                    self._line()
                case _:
                    self._character(byte)
        assert not self._text, "a line without its end is never printed"
        return self.roll

    def _take(self, count: int) -> bytes:
        taken = self._data[self._at : self._at + count]
        assert len(taken) == count, "a command is cut short"
        self._at += count
        return taken

    def _escape(self, command: bytes) -> None:
        match command:
            case b"@":
                self._reset()
            case b"t":
                self._page = self._take(1)[0]
            case b"a":
                self._align = ("left", "center", "right")[self._take(1)[0]]
            case b"E":
                self._bold = bool(self._take(1)[0] & 1)
            case b"p":
                assert self._take(3)[0] in {0, 1}
                self.roll.kicks += 1
            case _:
                raise AssertionError(f"ESC {command!r} is not known")

    def _group(self, command: bytes) -> None:
        match command:
            case b"!":
                size = self._take(1)[0]
                assert size in {0x00, 0x11}
                self._large = size == 0x11
            case b"V":
                assert self._take(2)[0] == 66
                self.roll.cuts += 1
            case b"(":
                assert self._take(1) == b"k"
                length = int.from_bytes(self._take(2), "little")
                self._two_dimensional(self._take(length))
            case _:
                raise AssertionError(f"GS {command!r} is not known")

    def _two_dimensional(self, body: bytes) -> None:
        assert body[0] == 49, "a QR code"
        match body[1]:
            case 65:
                assert body[2:] == bytes([50, 0])
            case 67:
                assert 1 <= body[2] <= 16
            case 69:
                assert 48 <= body[2] <= 51
            case 80:
                assert body[2] == 48
                self._symbol = body[3:]
            case 81:
                self.roll.codes.append(self._symbol.decode("ascii"))

    def _character(self, byte: bytes) -> None:
        wide = 2 if self._large else 1
        if byte[0] < 0x80:
            assert byte[0] >= 0x20, f"{byte!r} is a command"
            self._text += byte.decode("ascii")
            self._columns += wide
        elif not self._chinese:
            assert self._page == 16, "the page of Windows-1252 is chosen"
            self._text += byte.decode("cp1252")
            self._columns += wide
        else:
            pair = byte + self._take(1)
            if 0x30 <= pair[1] <= 0x39:
                pair += self._take(2)
            self._text += pair.decode("gb18030")
            self._columns += 2 * wide

    def _line(self) -> None:
        line = Printed(self._text, self._columns, self._align, self._bold, self._large)
        self.roll.lines.append(line)
        self._text, self._columns = "", 0

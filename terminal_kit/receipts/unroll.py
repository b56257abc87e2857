"""What a receipt printer makes of ESC/POS bytes, for a till that has none: rows on a roll.

It knows the commands that `terminal_kit.receipts.escpos` uses, by Epson's "ESC/POS Command
Reference", and leaves the rest of a job out from the first command that it does not know.
"""

from __future__ import annotations

from dataclasses import replace

from terminal_kit.receipts.escpos import ESC, FS, GS
from terminal_kit.receipts.paper import Row

#: Bytes after each command, with the command's own; longer commands before shorter ones.
LENGTHS = {ESC + b"@": 2, ESC + b"t": 3, ESC + b"a": 3, ESC + b"E": 3, ESC + b"p": 5} | {
    FS + b"&": 2,
    FS + b".": 2,
    GS + b"!": 3,
    GS + b"V": 4,
}
SYMBOL = GS + b"(k"
#: The function of ``GS ( k`` that stores a symbol's content.
STORE = b"1P0"
#: Where each row of a roll ends, and what a double-byte character of GB 18030 begins with.
END, DOUBLE = 0x0A, 0x80


def unrolled(data: bytes) -> list[Row]:
    """Give the rows that a printer would print; a code stands as its text."""
    roll = _Roll(data)
    while roll.takes():
        pass
    return roll.rows


class _Roll:
    def __init__(self, data: bytes) -> None:
        self._data = data
        self._at = 0
        self._chinese = False
        self._row = Row("")
        self.rows: list[Row] = []

    def takes(self) -> bool:
        """Take one command or character; False at the end."""
        rest = self._data[self._at : self._at + 8]
        if not rest:
            return False
        if rest.startswith(SYMBOL):
            self._symbol(3 + 2 + int.from_bytes(rest[3:5], "little"))
        elif rest[:1] in {ESC, FS, GS}:
            return self._command(rest)
        elif rest[0] == END:
            self.rows.append(self._row)
            self._row = replace(self._row, left="")
            self._at += 1
        else:
            self._character(rest)
        return True

    def _symbol(self, length: int) -> None:
        body = self._data[self._at + 5 : self._at + length]
        if body.startswith(STORE):
            self._row = replace(self._row, left=body[len(STORE) :].decode("ascii", "replace"))
        self._at += length

    def _command(self, rest: bytes) -> bool:
        command, value = rest[:2], rest[2:3]
        match command:
            case b"\x1b@":
                self._chinese, self._row = False, Row("")
            case b"\x1ba":
                self._row = replace(self._row, align="center" if value == b"\x01" else "left")
            case b"\x1bE":
                self._row = replace(self._row, bold=value == b"\x01")
            case b"\x1d!":
                self._row = replace(self._row, large=value != b"\x00")
            case b"\x1c&" | b"\x1c.":
                self._chinese = command == FS + b"&"
        self._at += LENGTHS.get(command, 0)
        return command in LENGTHS

    def _character(self, rest: bytes) -> None:
        if not self._chinese or rest[0] < DOUBLE:
            length, code = 1, "cp1252"
        else:
            length, code = 4 if rest[1:2].isdigit() else 2, "gb18030"
        text = rest[:length].decode(code, "replace")
        self._row = replace(self._row, left=self._row.left + text)
        self._at += length

"""What the bad pictures show: payment texts as clean codes, of chance but by a seed."""

from __future__ import annotations

import string
from dataclasses import dataclass
from random import Random
from typing import TYPE_CHECKING

import segno
from PIL import Image

from payment_codes import native
from payment_codes.amount import Amount
from payment_codes.draw.barcode import code128_modules
from payment_codes.emv.crc import crc16
from payment_codes.native import NativeCode

if TYPE_CHECKING:
    from collections.abc import Sequence

Size = tuple[int, int]
Rows = tuple[tuple[bool, ...], ...]
"""Modules from the top, true where dark, without a quiet zone."""

BLACK, WHITE = 0, 255
NAMES = ("Müller & Söhne", "Łódź Kwiaty", "Café Déjà Vu", "Πέτρος ΑΕ", "Corner Cafe", "北京小吃")


class Chance(Random):
    """Chance from a seed, which notes the texts that it put into a picture."""

    def __init__(self, seed: str) -> None:
        super().__init__(seed)
        self.shown: set[str] = set()


@dataclass(frozen=True)
class Original:
    """A clean code: its modules, and how many pixels one of them is wide."""

    rows: Rows
    module: int
    quiet: int = 4

    @property
    def side(self) -> int:
        """Modules along one side, without the quiet zone."""
        return len(self.rows)

    def image(self, dark: int = BLACK, light: int = WHITE) -> Image.Image:
        """Draw it in two greys."""
        return drawn(self.rows, (self.module, self.module), self.quiet, dark, light)


def payload(chance: Random) -> str:
    """Give one of the texts that payment codes hold."""
    return chance.choice((_own, _long_emv, _pix, _epc, payer_digits))(chance)


def original(
    chance: Chance,
    modules: Size = (4, 8),
    *,
    quiet: int = 4,
    levels: str = "LMQ",
    widest: int = 177,
) -> Original:
    """Give a QR code at most `widest` modules wide, each of as many pixels as `modules` allows."""
    rows: Rows = ()
    while not 0 < len(rows) <= widest:
        text = payload(chance)
        rows = qr_rows(chance, text, levels)
    chance.shown.add(text)
    return Original(rows, chance.randint(*modules), quiet)


def qr_rows(chance: Random, text: str, levels: str = "LMQ") -> Rows:
    """Give the modules of a QR code with any mask; what is not ASCII may name its character set."""
    code = segno.make_qr(
        text,
        error=chance.choice(levels),
        boost_error=False,
        # Left to itself, segno writes UTF-8 that looks like Shift JIS as Kanji, which is wrong.
        mode=None if text.isascii() else "byte",
        mask=chance.randrange(8),
        encoding=None if text.isascii() else "utf-8",
        eci=not text.isascii() and chance.random() < 0.5,
    )
    return tuple(tuple(map(bool, row)) for row in code.matrix)


def drawn(rows: Rows, cell: Size, quiet: int, dark: int = BLACK, light: int = WHITE) -> Image.Image:
    """Draw modules of `cell` pixels with a quiet zone of `quiet` modules around them."""
    width, height = len(rows[0]) + 2 * quiet, len(rows) + 2 * quiet
    image = Image.new("L", (width, height), light)
    grey = bytes(dark if module else light for row in rows for module in row)
    image.paste(Image.frombytes("L", (len(rows[0]), len(rows)), grey), (quiet, quiet))
    return image.resize((width * cell[0], height * cell[1]), Image.Resampling.NEAREST)


def bars(chance: Chance, module: int, height: int, margin: int = 10) -> Image.Image:
    """Draw a payer's digits as Code 128, with white above and below it too."""
    digits = payer_digits(chance)
    chance.shown.add(digits)
    line = code128_modules(digits)
    grey = Image.frombytes("L", (len(line), 1), bytes(BLACK if dark else WHITE for dark in line))
    image = Image.new("L", (len(line) * module, height + 2 * margin), WHITE)
    image.paste(grey.resize((image.width, height), Image.Resampling.NEAREST), (0, margin))
    return image


def payer_digits(chance: Random) -> str:
    """Give the eighteen digits that a payer shows."""
    return "78" + _some(chance, string.digits, 16)


def _some(chance: Random, characters: Sequence[str], count: int) -> str:
    return "".join(chance.choices(characters, k=count))


def _own(chance: Random) -> str:
    return native.build(
        NativeCode(
            token=_some(chance, "0123456789ABCDEFGHJKMNPQRSTVWXYZ", 15) + "0",
            amount=Amount(chance.randint(1, 999_999), "CNY"),
            merchant_name="Corner Cafe",
            city="Shanghai",
            category="5812",
            reference=_some(chance, string.ascii_uppercase, 8),
            terminal="TILL0001",
        )
    )


def _long_emv(chance: Random) -> str:
    """Give 150 characters of an EMVCo merchant-presented code."""
    account = _field("00", "com.example") + _field("01", _some(chance, string.digits, 15))
    head = "000201010212" + _field("26", account) + "520458125303156"
    head += _field("54", f"{chance.randint(1, 9999)}.50") + "5802CN5913Corner Coffee6008Shanghai"
    bill = _field("01", _some(chance, string.ascii_letters + string.digits, 12))
    bill += _field("08", _some(chance, string.ascii_letters, 150 - len(head) - len(bill) - 16))
    return _summed(head + _field("62", bill))


def _pix(chance: Random) -> str:
    account = _field("00", "br.gov.bcb.pix") + _field(
        "01", f"{_some(chance, '0123456789abcdef', 32)}"
    )
    amount = _field("54", f"{chance.randint(1, 999)}.{chance.randint(10, 99)}")
    text = "000201" + _field("26", account) + "520400005303986" + amount
    return _summed(text + "5802BR5911Padaria Sol6009Sao Paulo62070503***")


def _epc(chance: Random) -> str:
    name = chance.choice(NAMES)
    amount = f"EUR{chance.randint(1, 9999)}.{chance.randint(10, 99)}"
    iban = "DE" + _some(chance, string.digits, 20)
    return f"BCD\n002\n1\nSCT\n\n{name}\n{iban}\n{amount}\n\n\nRechnung für Öl"


def _field(tag: str, value: str) -> str:
    return f"{tag}{len(value):02}{value}"


def _summed(text: str) -> str:
    return f"{text}6304{crc16(text + '6304')}"

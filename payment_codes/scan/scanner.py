"""Scan a picture for codes: the first decoder that finds any has the word."""

from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Final

from payment_codes.errors import DecoderMissing, NoCodeFound, SeveralCodes
from payment_codes.scan.decoder import Decoder, Found, GreyPicture
from payment_codes.scan.picture import load_picture
from payment_codes.scan.zbar import ZbarDecoder
from payment_codes.scan.zxing import ZxingDecoder

CHAIN: Final[tuple[Decoder, ...]] = (ZxingDecoder(), ZbarDecoder())


def scan(source: Path | bytes, chain: Sequence[Decoder] = CHAIN) -> list[Found]:
    """Return the codes with different texts in a picture, in reading order; none is no error.

    `source` is a file or its bytes. Raises what `load_picture` raises, and DecoderMissing where no
    decoder of the chain is available.
    """
    return scan_picture(load_picture(source), chain)


def scan_picture(picture: GreyPicture, chain: Sequence[Decoder] = CHAIN) -> list[Found]:
    """Return the codes with different texts in a picture that is loaded, as `scan` does."""
    usable = False
    for decoder in chain:
        if decoder.available():
            usable = True
            if found := decoder.decode(picture):
                return _distinct(_reading_order(found))
    if not usable:
        raise DecoderMissing(
            "Reading codes from pictures needs {decoders} installed.",
            decoders=" or ".join(decoder.name for decoder in chain),
        )
    return []


def scan_one(source: Path | bytes, chain: Sequence[Decoder] = CHAIN) -> Found:
    """Return the only code in a picture.

    Raises what `scan` raises, NoCodeFound, and SeveralCodes with the texts in `details["codes"]`.
    """
    found = scan(source, chain)
    if not found:
        raise NoCodeFound("No code was found in the picture.")
    if len(found) > 1:
        raise SeveralCodes(
            "The picture shows {count} different codes; cut it down to one.",
            codes=[code.text for code in found],
            count=len(found),
        )
    return found[0]


def decoders() -> list[tuple[str, bool]]:
    """Return the name of each decoder, first choice first, and whether it is available."""
    return [(decoder.name, decoder.available()) for decoder in CHAIN]


def _distinct(found: Iterable[Found]) -> list[Found]:
    """Keep the first code of each text: a payer shows the same digits as a QR and as a bar code."""
    by_text: dict[str, Found] = {}
    for code in found:
        by_text.setdefault(code.text, code)
    return list(by_text.values())


def _reading_order(found: Iterable[Found]) -> list[Found]:
    """Sort from the top row to the bottom one and from left to right within each.

    A code belongs to the row above when its middle is higher than the bottom of that row's first.
    """
    rows: list[list[Found]] = []
    for code in sorted(found, key=lambda code: _extent(code, axis=1)):
        top, bottom = _extent(code, axis=1)
        if rows and (top + bottom) / 2 < _extent(rows[-1][0], axis=1)[1]:
            rows[-1].append(code)
        else:
            rows.append([code])
    return [code for row in rows for code in sorted(row, key=lambda code: _extent(code, axis=0))]


def _extent(code: Found, axis: int) -> tuple[int, int]:
    """Return where a code begins and ends along x (0) or y (1); one without a place is at 0."""
    values = [point[axis] for point in code.position or ((0, 0),)]
    return min(values), max(values)

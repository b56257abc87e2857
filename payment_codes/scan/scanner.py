"""Scan a picture for codes: look at it with each decoder as it is, and then at repairs of it."""

from collections.abc import Callable, Iterable, Sequence
from contextlib import ExitStack
from pathlib import Path
from typing import Final

from payment_codes.errors import DecoderMissing, NoCodeFound, SeveralCodes
from payment_codes.scan.decoder import Decoder, Found, GreyPicture, box
from payment_codes.scan.ladder import Deadline, Ladder
from payment_codes.scan.picture import grey_picture, load_image, other_pictures
from payment_codes.scan.zbar import ZbarDecoder
from payment_codes.scan.zxing import ZxingDecoder

CHAIN: Final[tuple[Decoder, ...]] = (ZxingDecoder(), ZbarDecoder())

PATIENCE: Final = 2.0
"""Seconds after which no further step is begun."""


def scan(source: Path | bytes, chain: Sequence[Decoder] = CHAIN) -> list[Found]:
    """Return the codes with different texts in a picture, in reading order; none is no error.

    `source` is a file or its bytes. Raises what `load_picture` raises, and DecoderMissing where no
    decoder of the chain is available.
    """
    image = load_image(source)
    return _scanned(grey_picture(image), lambda: other_pictures(image), chain, PATIENCE)


def scan_picture(
    picture: GreyPicture, chain: Sequence[Decoder] = CHAIN, patience: float = PATIENCE
) -> list[Found]:
    """Return the codes with different texts in a picture that is loaded, as `scan` does.

    After `patience` seconds no further repair is tried: a camera's next picture may be better.
    """
    return _scanned(picture, tuple, chain, patience)


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


def _scanned(
    picture: GreyPicture,
    others: Callable[[], Iterable[GreyPicture]],
    chain: Sequence[Decoder],
    patience: float,
) -> list[Found]:
    usable = [decoder for decoder in chain if decoder.available()]
    if not usable:
        raise DecoderMissing(
            "Reading codes from pictures needs {decoders} installed.",
            decoders=" or ".join(decoder.name for decoder in chain),
        )
    with ExitStack() as stack:
        eyes = [(decoder, stack.enter_context(decoder.opened())) for decoder in usable]
        found = Ladder(eyes, Deadline(patience)).climb(picture, others)
    return _distinct(_reading_order(found))


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
    edges = box(code.position or ((0, 0),))
    return edges[axis], edges[axis + 2]

"""Codes as pictures: PNG and SVG, in memory or in a file."""

import secrets
from collections.abc import Sequence
from io import BytesIO
from itertools import groupby
from pathlib import Path

from payment_codes.draw.matrix import Matrix, qr_matrix

Rows = Sequence[Sequence[bool]]
"""Modules row by row, true where dark; all rows are equally long."""


class UnknownSuffixError(ValueError):
    """A file name says none of the kinds a code can be saved as."""

    def __init__(self, path: Path) -> None:
        super().__init__(
            f"A code is saved as .png, .svg or .txt, and {path.name!r} is none of these."
        )


def png_bytes(matrix: Matrix, scale: int = 8) -> bytes:
    """Return a black and white PNG with `scale` pixels a module."""
    return rows_png(matrix.rows, scale, scale)


def write_png(matrix: Matrix, path: Path, scale: int = 8) -> None:
    """Write the PNG of `png_bytes` to a file, replacing what was there in one step."""
    _replace(path, png_bytes(matrix, scale))


def barcode_png_bytes(modules: Sequence[bool], scale: int = 3, height: int = 120) -> bytes:
    """Return a black and white PNG of bars `height` pixels high, with `scale` pixels a module."""
    return rows_png((modules,), scale, height)


def svg_text(matrix: Matrix) -> str:
    """Return an SVG document of one unit a module: a white ground and one path of black runs."""
    return rows_svg(matrix.rows)


def save_code(text: str, path: Path, scheme: str | None = None) -> None:
    """Save a code as its suffix says: a QR code as .png or .svg, or the bare text as .txt.

    `scheme` is the id of the text's scheme, for what it demands of the drawing. Raises
    UnknownSuffixError for another suffix, ValueError for a text no QR code holds, and OSError where
    the file cannot be written.
    """
    match path.suffix.lower():
        case ".png":
            content = png_bytes(qr_matrix(text, scheme=scheme))
        case ".svg":
            content = svg_text(qr_matrix(text, scheme=scheme)).encode("ascii")
        case ".txt":
            content = text.encode("utf-8")
        case _:
            raise UnknownSuffixError(path)
    _replace(path, content)


def rows_png(rows: Rows, scale_x: int, scale_y: int) -> bytes:
    """Return a black and white PNG with so many pixels a module across and down."""
    from PIL import Image

    width, height = len(rows[0]), len(rows)
    grey = bytes(0 if dark else 255 for row in rows for dark in row)
    modules = Image.frombytes("L", (width, height), grey).convert("1", dither=Image.Dither.NONE)
    pixels = modules.resize((width * scale_x, height * scale_y), Image.Resampling.NEAREST)
    output = BytesIO()
    pixels.save(output, "PNG")
    return output.getvalue()


def rows_svg(rows: Rows) -> str:
    """Return the document of `svg_text` for any rows of modules."""
    width, height = len(rows[0]), len(rows)
    runs = "".join(_svg_runs(y, row) for y, row in enumerate(rows))
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width} {height}"'
        ' shape-rendering="crispEdges">'
        f'<rect width="{width}" height="{height}" fill="#fff"/><path d="{runs}"/></svg>\n'
    )


def _svg_runs(y: int, row: Sequence[bool]) -> str:
    """Return the path commands of one row: a rectangle for each run of dark modules."""
    commands, x = [], 0
    for dark, run in groupby(row):
        width = len(list(run))
        if dark:
            commands.append(f"M{x} {y}h{width}v1h-{width}z")
        x += width
    return "".join(commands)


def _replace(path: Path, content: bytes) -> None:
    """Write a whole file beside its place, then move it there: nobody ever sees half of it."""
    temporary = path.with_name(f".{path.name}.{secrets.token_hex(4)}")
    try:
        temporary.write_bytes(content)
        temporary.replace(path)
    finally:
        temporary.unlink(missing_ok=True)

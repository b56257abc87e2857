"""Drawing a code: ours, beside what qrcode and segno do when nobody chooses a mask for them."""

from __future__ import annotations

from io import BytesIO
from typing import TYPE_CHECKING

from payment_codes.draw.drawing import Form, draw
from payment_codes.draw.matrix import qr_matrix
from payment_codes.draw.picture import png_bytes

if TYPE_CHECKING:
    from collections.abc import Callable

    import segno
    from qrcode.main import QRCode

PIXELS_A_MODULE = 9


def rows(payload: str) -> list[tuple[str, Callable[[], object]]]:
    """Give what is measured: all of level L with a quiet zone of four."""
    return [
        ("draw for a terminal", lambda: draw(payload)),
        ("  with the highest level that fits", lambda: draw(payload, columns=80, rows=40)),
        ("  as modules alone", lambda: qr_matrix(payload)),
        ("  qrcode, as modules alone", lambda: qrcode_made(payload).get_matrix()),
        ("  segno, as modules alone", lambda: segno_made(payload).matrix),
        ("draw as SVG", lambda: draw(payload, Form.SVG)),
        ("draw for kitty", lambda: draw(payload, Form.KITTY)),
        ("draw as sixels", lambda: draw(payload, Form.SIXEL)),
        ("draw as PNG", lambda: png_bytes(qr_matrix(payload), PIXELS_A_MODULE)),
        ("  qrcode, as PNG", lambda: qrcode_png(payload)),
        ("  segno, as PNG", lambda: segno_png(payload)),
    ]


def qrcode_made(payload: str) -> QRCode:
    """Have qrcode make a code with the mask that it likes best."""
    from qrcode.constants import ERROR_CORRECT_L
    from qrcode.main import QRCode

    code = QRCode(error_correction=ERROR_CORRECT_L, box_size=PIXELS_A_MODULE, border=4)
    code.add_data(payload)
    code.make()
    return code


def segno_made(payload: str) -> segno.QRCode:
    """Have segno make a code with the mask that it likes best."""
    import segno

    return segno.make_qr(payload, error="l", boost_error=False)


def qrcode_png(payload: str) -> bytes:
    """Have qrcode draw a PNG."""
    output = BytesIO()
    qrcode_made(payload).make_image().save(output)
    return output.getvalue()


def segno_png(payload: str) -> bytes:
    """Have segno draw a PNG."""
    output = BytesIO()
    segno_made(payload).save(output, kind="png", scale=PIXELS_A_MODULE, border=4)
    return output.getvalue()

"""The page with the shop's code: it can be scanned, and says what to do."""

from __future__ import annotations

from io import BytesIO
from typing import TYPE_CHECKING

import pytest
from pypdf import PdfReader

from payment_codes.native import NativeCode, build
from payment_codes.scan.scanner import scan_one
from pos.poster import poster_pdf, save_static_code
from tests.terminal_kit.receipts.test_receipts import squares, words_of
from wallet_api.contract.errors import Usage
from wallet_api.contract.static_codes import StaticCode

if TYPE_CHECKING:
    from pathlib import Path

PAYLOAD = build(
    NativeCode(
        token="0123456789ABCDEF",
        amount=None,
        merchant_name="Tea House",
        city="Shanghai",
        category="5812",
        reference=None,
        terminal="ABCD1234",
    )
)


def code(merchant: str = "Corner Café 上海") -> StaticCode:
    return StaticCode(
        payload=PAYLOAD,
        merchant=merchant,
        store="Main store",
        till="01890a5d-ac96-774b-bcce-b30209911111",
        currency="CNY",
    )


def test_the_page_can_be_scanned_and_read(tmp_path: Path) -> None:
    page = poster_pdf(code())
    squares(page).save(tmp_path / "code.png")
    assert scan_one(tmp_path / "code.png").text == PAYLOAD
    words = words_of(page)
    for part in ("Corner Café", "上海", "Main store", "Scan to pay", "You type the amount."):
        assert part in words
    assert page == poster_pdf(code())


def test_a_long_name_stays_on_the_page() -> None:
    page = PdfReader(BytesIO(poster_pdf(code("老" * 30)))).pages[0]
    assert [round(float(side)) for side in page.mediabox[2:]] == [595, 842]
    assert "老" * 30 in page.extract_text()


@pytest.mark.parametrize("suffix", [".pdf", ".png", ".svg", ".txt"])
def test_it_is_saved_as_its_name_says(suffix: str, tmp_path: Path) -> None:
    file = tmp_path / f"code{suffix}"
    save_static_code(code(), str(file))
    starts = {".pdf": b"%PDF", ".png": b"\x89PNG", ".svg": b"<svg", ".txt": PAYLOAD.encode()}
    assert file.read_bytes().startswith(starts[suffix])


def test_what_cannot_be_saved_is_said(tmp_path: Path) -> None:
    for name in ("code.doc", "no/code.pdf"):
        with pytest.raises(Usage):
            save_static_code(code(), str(tmp_path / name))

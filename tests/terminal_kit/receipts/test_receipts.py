"""Receipts as text, ESC/POS and PDF: the same content, never wider than the paper."""

from __future__ import annotations

import re
from io import BytesIO
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image
from pypdf import PdfReader

from payment_codes.scan.scanner import scan_one
from terminal_kit.receipts.escpos import escpos, printer_columns
from terminal_kit.receipts.paper import Code, Pair, Paper, Rule, Text
from terminal_kit.receipts.plain import WIDTHS, text_lines
from terminal_kit.receipts.purchase import receipt_paper
from terminal_kit.receipts.slip import slip_pdf
from tests.terminal_kit.receipts.roll import Printer
from tests.terminal_kit.receipts.samples import CHINESE, ITEMS, LATIN, RECEIPTS
from wallet_api.contract.text import cells, printable

GOLDEN = Path(__file__).parent / "golden"


@pytest.mark.parametrize("width", WIDTHS)
@pytest.mark.parametrize("script", sorted(RECEIPTS))
def test_a_receipt_looks_as_it_did(script: str, width: int) -> None:
    lines = text_lines(receipt_paper(RECEIPTS[script]), width)
    golden = GOLDEN / f"{script}-{width}.txt"
    assert lines == golden.read_text("utf-8").splitlines()


@pytest.mark.parametrize("width", WIDTHS)
def test_a_receipt_with_its_items_looks_as_it_did(width: int) -> None:
    lines = text_lines(receipt_paper(LATIN, items=ITEMS), width)
    golden = GOLDEN / f"items-{width}.txt"
    assert lines == golden.read_text("utf-8").splitlines()
    assert all(cells(line) <= width for line in lines)


@pytest.mark.parametrize("width", WIDTHS)
@pytest.mark.parametrize("script", sorted(RECEIPTS))
def test_a_printer_prints_what_the_text_says(script: str, width: int) -> None:
    paper = receipt_paper(RECEIPTS[script])
    roll = Printer().feed(escpos(paper, width))
    assert all(line.columns <= width for line in roll.lines)
    printed = "".join("".join(line.text for line in roll.lines).split())
    written = "".join(
        "".join(text_lines([x for x in paper if not isinstance(x, Code)], width)).split()
    )
    assert printed == written
    assert (roll.codes, roll.cuts, roll.kicks) == ([RECEIPTS[script].charge], 1, 0)


def test_a_printer_sets_titles_large_and_sums_bold() -> None:
    roll = Printer().feed(escpos(receipt_paper(CHINESE), 32, drawer=True))
    title = [line for line in roll.lines if line.large]
    assert "".join(line.text for line in title) == CHINESE.merchant
    assert {(line.align, line.bold) for line in title} == {("center", True)}
    total = next(line for line in roll.lines if line.text.startswith("Total"))
    assert (total.columns, total.bold, total.large) == (32, True, False)
    assert roll.kicks == 1


def test_a_second_copy_says_so() -> None:
    assert "REPRINT" not in "".join(text_lines(receipt_paper(LATIN), 42))
    again = text_lines(receipt_paper(LATIN, reprint=True), 42)
    assert [line.strip() for line in again].count("REPRINT") == 1


TEXTS = st.text(
    st.characters(exclude_categories=["Cs"]) | st.sampled_from("茶é€Жก\u0301\t ＝\U00020000"),
    max_size=80,
)
PAPERS = st.lists(
    st.builds(Text, TEXTS, st.sampled_from(["left", "center"]), st.booleans(), st.booleans())
    | st.builds(Pair, TEXTS, TEXTS, st.booleans())
    | st.just(Rule())
    | st.builds(Code, st.text("0123456789abcdef-", min_size=1, max_size=60)),
    max_size=6,
)


@given(PAPERS, st.sampled_from(WIDTHS))
def test_no_line_is_wider_than_the_paper(paper: Paper, width: int) -> None:
    for line in text_lines(paper, width):
        assert cells(line) <= width
        assert printable(line) == line
    for printed in Printer().feed(escpos(paper, width)).lines:
        assert printed.columns <= width


@given(TEXTS)
def test_a_printers_columns_are_those_that_it_prints(text: str) -> None:
    lines = Printer().feed(escpos([Text(text)], 42)).lines
    for line in lines:
        assert line.columns == printer_columns(line.text)


@given(TEXTS, st.sampled_from(WIDTHS))
def test_no_character_is_lost(text: str, width: int) -> None:
    whole = "".join(text_lines([Text(text)], width))
    expected = "".join(text_lines([Text(text)], 10_000))
    assert "".join(whole.split()) == "".join(expected.split())


def words_of(pdf: bytes) -> str:
    return " ".join(page.extract_text() for page in PdfReader(BytesIO(pdf)).pages)


@pytest.mark.parametrize("script", sorted(RECEIPTS))
def test_a_pdf_can_be_searched_and_copied(script: str) -> None:
    receipt = RECEIPTS[script]
    text = "".join(words_of(slip_pdf(receipt_paper(receipt), "title")).split())
    for part in (receipt.merchant, receipt.store, receipt.city, receipt.note or "", receipt.charge):
        assert "".join(part.split()) in text
    assert "Total" in text


def test_a_pdf_is_the_same_whenever_it_is_made() -> None:
    paper = receipt_paper(CHINESE)
    assert slip_pdf(paper, "title") == slip_pdf(paper, "title")


def test_a_pdf_is_as_long_as_what_stands_on_it() -> None:
    page = PdfReader(BytesIO(slip_pdf([Text("short")], ""))).pages[0]
    longer = PdfReader(BytesIO(slip_pdf([Text("short")] * 9, ""))).pages[0]
    assert float(page.mediabox.width) == pytest.approx(226.77, abs=0.01)
    assert longer.mediabox.height > page.mediabox.height


def squares(pdf: bytes) -> Image.Image:
    """Draw the filled squares of a PDF's page, as a reader would: four pixels to a module."""
    content = PdfReader(BytesIO(pdf)).pages[0].get_contents()
    assert content is not None
    found = re.findall(rb"([\d.]+) ([\d.]+) ([\d.]+) [\d.]+ re f", content.get_data())
    dark = [(float(x), float(y), float(side)) for x, y, side in found]
    side = dark[0][2]
    left, top = min(x for x, _, _ in dark), max(y for _, y, _ in dark)
    size = 4 * (round((max(x for x, _, _ in dark) - left) / side) + 9)
    picture = Image.new("L", (size, size), 255)
    for x, y, _ in dark:
        column, row = round((x - left) / side) + 4, round((top - y) / side) + 4
        picture.paste(0, (4 * column, 4 * row, 4 * column + 4, 4 * row + 4))
    return picture


def test_the_code_of_a_pdf_can_be_scanned(tmp_path: Path) -> None:
    picture = tmp_path / "code.png"
    squares(slip_pdf(receipt_paper(LATIN), "")).save(picture)
    assert scan_one(picture).text == LATIN.charge

"""The simulated printer reads what a printer of Epson's reference reads."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from terminal_kit.receipts.escpos import escpos
from terminal_kit.receipts.paper import Code, Row
from terminal_kit.receipts.plain import WIDTHS
from terminal_kit.receipts.purchase import receipt_paper
from terminal_kit.receipts.unroll import unrolled
from tests.terminal_kit.receipts.roll import Printer
from tests.terminal_kit.receipts.samples import CHINESE
from tests.terminal_kit.receipts.test_receipts import PAPERS


@given(PAPERS, st.sampled_from(WIDTHS))
def test_it_prints_what_a_printer_prints(paper: list[object], width: int) -> None:
    without_codes = [one for one in paper if not isinstance(one, Code)]
    data = escpos(without_codes, width)  # type: ignore[arg-type]
    printed = [(one.text, one.align, one.bold, one.large) for one in Printer().feed(data).lines]
    assert [(row.left, row.align, row.bold, row.large) for row in unrolled(data)] == printed


def test_a_code_stands_as_its_text() -> None:
    rows = unrolled(escpos(receipt_paper(CHINESE), 42, drawer=True))
    assert [row.left for row in rows].count(CHINESE.charge) == 1
    assert rows[0].large
    assert rows[0].left in CHINESE.merchant


@given(st.binary(max_size=40))
def test_bytes_of_any_kind_end(data: bytes) -> None:
    assert all(isinstance(row, Row) for row in unrolled(data))

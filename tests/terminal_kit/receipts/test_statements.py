"""Statements as text and PDF, and movements as CSV that comes back as it went in."""

from __future__ import annotations

import csv
import time
from io import BytesIO, StringIO
from typing import TYPE_CHECKING

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st
from pypdf import PdfReader

from payment_codes.amount import LARGEST_MINOR, Amount, parse_amount
from terminal_kit.receipts.csv_text import HEADER, csv_text, harmless
from terminal_kit.receipts.printed import MOST, PrintedReceipts
from terminal_kit.receipts.statement import WIDTH, statement_lines
from terminal_kit.receipts.statement_pdf import statement_pdf
from tests.terminal_kit.receipts.samples import MOVEMENTS, STATEMENT
from wallet_api.contract.statement import Movement
from wallet_api.contract.text import cells

if TYPE_CHECKING:
    from pathlib import Path

TEXTS = st.text(st.characters(exclude_categories=["Cs", "Cc"]), max_size=64)
AMOUNTS = st.builds(Amount, st.integers(1, LARGEST_MINOR), st.just("CNY"))
LINES = st.builds(
    Movement,
    id=st.just(MOVEMENTS[0].id),
    kind=st.sampled_from(["payment", "top_up", "gift_claim", "withdrawal_returned"]),
    direction=st.sampled_from(["in", "out"]),
    amount=AMOUNTS,
    balance_after=AMOUNTS,
    party=TEXTS | st.sampled_from(["=1+1", "+49", "-x", "@a", "＝1", 'a "b", c', "两行"]),
    created_at=st.just("2026-01-31T09:00:00.000Z"),
    note=st.none() | TEXTS,
    reference=st.none() | st.just("REF1"),
)


def test_a_statement_tells_balances_lines_and_sums() -> None:
    lines = statement_lines(STATEMENT, MOVEMENTS)
    assert lines[:6] == [
        "Statement of 2026-01",
        "-" * 80,
        "Wallet: 01890a5d-ac96-774b-bcce-b302099a8057",
        "Name: 王小明",
        "Month: 2026-01 (Asia/Shanghai)",
        "Currency: CNY",
    ]
    assert [line.split() for line in lines[8:]] == [
        ["Opening", "balance", "50.00"],
        ["2026-01-01", "09:00", "Top-up,", "bank", "+500.00", "550.00"],
        ["2026-01-02", "10:03", "Payment,", "老上海茶馆,", "two", "teas", "-123.45", "426.55"],
        ["-" * 80],
        ["Came", "in", "500.00"],
        ["Went", "out", "123.45"],
        ["Closing", "balance", "426.55"],
    ]


def test_a_statement_keeps_the_banks_time_wherever_it_is_read(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """Its month is the bank's: in another zone a line could else stand outside of it."""
    here = statement_lines(STATEMENT, MOVEMENTS), statement_pdf(STATEMENT, MOVEMENTS)
    with monkeypatch.context() as elsewhere:
        elsewhere.setenv("TZ", "America/Los_Angeles")
        time.tzset()
        assert (statement_lines(STATEMENT, MOVEMENTS), statement_pdf(STATEMENT, MOVEMENTS)) == here


@given(st.lists(LINES, max_size=5))
def test_no_line_of_a_statement_is_wider_than_a_screen(lines: list[Movement]) -> None:
    assert all(cells(line) <= WIDTH for line in statement_lines(STATEMENT, lines))


def test_a_long_statement_fills_several_pages_that_can_be_copied() -> None:
    many = [msgspec.structs.replace(MOVEMENTS[1], reference=f"R{number}") for number in range(150)]
    document = statement_pdf(STATEMENT, many)
    assert document == statement_pdf(STATEMENT, many)
    pages = [page.extract_text() for page in PdfReader(BytesIO(document)).pages]
    assert len(pages) > 2
    for number, page in enumerate(pages, start=1):
        assert f"Page {number}" in page
        assert "Balance" in page
    whole = "\n".join(pages)
    assert all(f"R{number}" in whole for number in range(150))
    assert "王小明" in whole
    assert "Closing balance" in pages[-1]
    assert "426.55" in pages[-1]


@given(st.lists(LINES, max_size=5))
def test_csv_comes_back_as_it_went_in(lines: list[Movement]) -> None:
    text = csv_text(lines)
    assert text.count("\r\n") >= len(lines) + 1
    header, *rows = csv.reader(StringIO(text, newline=""), strict=True)
    assert header == list(HEADER)
    assert len(rows) == len(lines)
    for row, line in zip(rows, lines, strict=True):
        found = dict(zip(header, row, strict=True))
        assert parse_amount(found["amount"], found["currency"]) == line.amount
        assert parse_amount(found["balance_after"], found["currency"]) == line.balance_after
        assert (found["kind"], found["direction"], found["id"]) == (
            line.kind,
            line.direction,
            line.id,
        )
        assert found["party"] in {line.party, f"'{line.party}"}
        assert found["note"].removeprefix("'") == (line.note or "").removeprefix("'")


@pytest.mark.parametrize(
    "text", ["=1+1", "+1", "-1", "@x", "\t=1", "\r=1", "＝1", "＋1", "－1", "＠"]
)
def test_no_cell_begins_as_a_formula(text: str) -> None:
    assert harmless(text) == f"'{text}"


def test_what_is_no_formula_stays(tmp_path: Path) -> None:
    assert [harmless(text) for text in ("tea = 1", "茶", None)] == ["tea = 1", "茶", ""]


def test_what_was_printed_is_remembered_for_a_while(tmp_path: Path) -> None:
    printed = PrintedReceipts(tmp_path)
    assert not printed.has("a")
    for receipt in ("a", "a", "b"):
        printed.add(receipt)
    again = PrintedReceipts(tmp_path)
    assert again.has("a")
    assert again.has("b")
    (tmp_path / "printed").write_text("\n".join(["a", *map(str, range(MOST - 1))]))
    again.add("c")
    assert (again.has("a"), again.has("0"), again.has("c")) == (False, True, True)
    assert (tmp_path / "printed").stat().st_mode & 0o777 == 0o600

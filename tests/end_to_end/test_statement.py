"""History, exports, statements and receipts by the installed programs."""

from __future__ import annotations

import csv
import json
from io import BytesIO, StringIO
from typing import TYPE_CHECKING

import pytest
from pypdf import PdfReader

from tests.end_to_end.day import cny, day_of, month_at_the_bank
from tests.terminal_kit.receipts.roll import Printer

if TYPE_CHECKING:
    from pathlib import Path

    from tests.end_to_end.programs import Programs
    from wallet_api.contract.wire import Charge


@pytest.fixture
def sold(shop: Programs) -> Charge:
    """A sale of 100.00 with tip and discount, refunded in part."""
    with day_of(shop) as day:
        made = day.sell(10_000, tip=500, discount=1_000, note="茶 for two", reference="T7")
        day.till.refund(made.id, cny(250), "cold")
    return made


def pdf_text(path: Path) -> str:
    return " ".join(page.extract_text() for page in PdfReader(BytesIO(path.read_bytes())).pages)


def test_history_is_searched_and_paged(shop: Programs, sold: Charge) -> None:
    for words, kinds in (
        (("--search", sold.id[-8:]), ["refund", "payment"]),
        (("--search", "for TWO", "--direction", "out"), ["payment"]),
        (("--kind", "payment", "--min", "100", "--max", "100"), ["payment"]),
        (("--from", "2020-01-01", "--to", "2020-12-31"), []),
    ):
        found = shop.json("wallet", "history", *words)
        assert ([item["kind"] for item in found["items"]], found["next"]) == (kinds, None)
    first = shop.json("wallet", "history", "--limit", "1")
    rest = shop.json("wallet", "history", "--cursor", first["next"])
    assert [item["balance_after"]["minor"] for item in (*first["items"], *rest["items"])] == [
        240250,
        240000,
        250000,
    ]
    assert (
        shop.run("wallet", "history", "--search", "nobody").out == "Nothing like that has moved.\n"
    )


@pytest.mark.parametrize("program", ["wallet", "pos"])
def test_what_is_no_choice_is_a_usage_error(shop: Programs, program: str) -> None:
    wrong: dict[str, list[tuple[str, ...]]] = {
        "wallet": [
            ("history", "--from", "yesterday"),
            ("history", "--direction", "up"),
            ("history", "--kind", "theft"),
            ("export", "--format", "xml"),
            ("export", "--save", "out.txt"),
            ("export",),
            ("statement", "--month", "2026-13"),
            ("statement", "--month", "2026-01", "--save", "x.doc"),
        ],
        "pos": [
            ("receipt", "12345678", "--width", "40"),
            ("receipt", "12345678", "--save", "x.doc"),
            ("receipt", "12345678", "--save", "no/such/folder.pdf"),
            ("receipt", "12345678", "--drawer"),
        ],
    }
    shop.all_refused([(program, *words) for words in wrong[program]], code="usage", exit_code=2)


def test_an_export_holds_everything(shop: Programs, sold: Charge) -> None:
    out = shop.run("wallet", "export").out
    rows = list(csv.DictReader(StringIO(out, newline=""), strict=True))
    assert [(row["kind"], row["amount"], row["note"]) for row in rows] == [
        ("refund", "2.50", "cold"),
        ("payment", "100.00", "茶 for two"),
        ("top_up", "2500.00", ""),
    ]
    path = shop.folder / "all.csv"
    told = shop.json("wallet", "export", "--save", path)
    assert told == {"saved": str(path), "count": 3, "format": "csv"}
    assert path.read_bytes().decode() == out
    path = shop.folder / "all.json"
    shop.run("wallet", "export", "--format", "json", "--save", path)
    moved = json.loads(path.read_text("utf-8"))
    assert moved == shop.json("wallet", "history")
    assert moved["items"][0]["charge"] == sold.id


def test_a_statement_comes_as_text_and_pdf(shop: Programs, sold: Charge) -> None:
    month = month_at_the_bank(sold.created_at)
    whole = shop.json("wallet", "statement", "--month", month)
    assert [whole[name]["minor"] for name in ("opening", "total_in", "total_out", "closing")] == [
        *(0, 250250),
        *(10000, 240250),
    ]
    assert [line["kind"] for line in whole["lines"]] == ["top_up", "payment", "refund"]
    text, pdf = shop.folder / "month.txt", shop.folder / "month.pdf"
    for path in (text, pdf):
        shop.run("wallet", "statement", "--month", month, "--save", path)
    assert shop.run("wallet", "statement", "--month", month).out == text.read_text("utf-8")
    for part in (f"Statement of {month}", "Alice 王", "Payment, Corner Café, 茶", "2402.50"):
        assert part in text.read_text("utf-8")
        assert part in pdf_text(pdf)


def test_a_receipt_comes_on_every_paper(shop: Programs, sold: Charge) -> None:
    short = sold.id[-8:]
    shown = shop.run("pos", "receipt", short).out
    assert shown == shop.run("wallet", "receipt", short).out
    for part in ("Corner Café", "上海", "茶 for two", "T7", "-10.00 CNY", "97.50 CNY"):
        assert part in shown
    papers = [shop.folder / f"receipt.{suffix}" for suffix in ("txt", "pdf", "bin")]
    for number, path in enumerate(papers):
        done = shop.json("pos", "receipt", short, "--save", path, "--width", "32")
        assert (done["reprint"], done["saved"]) == (number > 0, str(path))
    assert "REPRINT" not in papers[0].read_text("utf-8")
    assert max(map(len, papers[0].read_text("utf-8").splitlines())) <= 32
    assert all(part in pdf_text(papers[1]) for part in ("REPRINT", "Corner Café", "97.50 CNY"))
    assert Printer().feed(papers[2].read_bytes()).codes == [sold.id]


def test_a_printer_is_a_device_that_takes_one_receipt_after_the_other(
    shop: Programs, sold: Charge
) -> None:
    printer = shop.folder / "printer"
    first = shop.json("pos", "receipt", sold.id, "--printer", printer, "--drawer")
    again = shop.json("pos", "receipt", sold.id, "--printer", printer)
    assert (first["reprint"], again["reprint"]) == (False, True)
    roll = Printer().feed(printer.read_bytes())
    assert (roll.cuts, roll.kicks, roll.codes) == (2, 1, [sold.id] * 2)
    assert [line.text for line in roll.lines].count("REPRINT") == 1
    said = shop.refused(
        *("pos", "receipt", sold.id, "--printer", shop.folder / "no" / "printer"),
        code="printer_unavailable",
    )
    assert "No such file" in said


def test_a_receipt_belongs_to_who_paid_and_who_sold(shop: Programs, sold: Charge) -> None:
    shop.opening_till(profile="rival").finish()
    shop.refused("pos", "--profile", "rival", "receipt", sold.id, code="not_yours")
    shop.refused("wallet", "receipt", sold.id, code="not_found")

"""What `wallet decode` says of codes: the card, the JSON values, and what is never shown."""

from __future__ import annotations

import json
import re
from datetime import UTC, datetime, timedelta
from io import StringIO
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from payment_codes.breaking import KINDS, every_fault
from payment_codes.building import build
from payment_codes.errors import CodeUnreadable
from payment_codes.schemes.scheme import Side
from payment_codes.schemes.table import SCHEMES, by_id
from terminal_kit.card_output import WIDEST, write_card
from terminal_kit.code_card import card_of
from terminal_kit.decoding import as_json, decode
from tests.payment_codes import vector_files
from tests.payment_codes.vector_files import load
from wallet_api.contract.text import cells, printable

if TYPE_CHECKING:
    from payment_codes.schemes.scheme import Scheme

NOW = datetime(2026, 1, 31, 9, 0, tzinfo=UTC)
KEYS = {
    *("scheme", "name", "country", "shown_by", "payee", "account", "amount", "currency"),
    *("payer_enters_amount", "reference", "message", "expires", "expired", "valid", "issues"),
    *("sentences", "confidence", "others", "details", "fields"),
}
UPI = "upi://pay?pa=shop@example&pn=Corner%20Shop&am=10.00&cu=INR&tr=ORDER1"
EPC = "BCD\n002\n1\nSCT\n\nRed Cross\nBE72000000001616\nEUR1\n\n\nUrgency fund"
LIVE = {
    "wechat-cpm": "135112298638468293",
    "alipay-cpm": "289431869362714645",
    "unionpay-cpm": "6220380000000000000",
    "terminal-wallet-payer": "780123456789012345",
}
VECTORS = sorted(path.name for path in Path(vector_files.__file__).parent.glob("vectors/*.jsonl"))
PAYLOADS = [str(vector["payload"]) for name in VECTORS for vector in load(name).values()]


class Terminal(StringIO):
    def isatty(self) -> bool:
        return True


def card_text(text: str, stream: StringIO | None = None) -> str:
    written = stream or StringIO()
    write_card(card_of(decode(text, NOW)), written)
    return written.getvalue()


@pytest.fixture(autouse=True)
def terminal(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TERM", "xterm-256color")
    monkeypatch.setenv("COLUMNS", "80")
    monkeypatch.delenv("NO_COLOR", raising=False)


def example(scheme: Scheme) -> str:
    order = scheme.works.example(scheme)
    assert order is not None
    return build(scheme, order)


def test_the_keys_are_always_there_and_are_json() -> None:
    for text in (UPI, EPC, *LIVE.values(), *PAYLOADS):
        try:
            value = as_json(decode(text, NOW))
        except CodeUnreadable:
            continue
        assert value.keys() == KEYS
        assert json.loads(json.dumps(value)) == value
        assert value["valid"].keys() == {"strict", "lenient"}
        assert all(
            issue.keys() == {"code", "severity", "where", "rule"} for issue in value["issues"]
        )
        assert len(value["sentences"]) == len(value["issues"])


def test_what_a_code_says_is_told() -> None:
    value = as_json(decode(UPI, NOW))
    told = {key: value[key] for key in ("scheme", "payee", "account", "amount", "reference")}
    assert told == {
        "scheme": "upi",
        "payee": "Corner Shop",
        "account": "shop@example",
        "amount": {"minor": 1000, "currency": "INR"},
        "reference": "ORDER1",
    }
    assert value["valid"] == {"strict": True, "lenient": True}
    assert value["fields"]["pa"] == "shop@example"
    free = as_json(decode("upi://pay?pa=shop@example&pn=A", NOW))
    assert (free["amount"], free["payer_enters_amount"]) == (None, True)


def test_faults_are_told_by_code_place_and_rule() -> None:
    value = as_json(decode("upi://pay?pa=shop&am=1.999", NOW))
    assert value["valid"] == {"strict": False, "lenient": False}
    found = {(issue["code"], issue["severity"], issue["where"]) for issue in value["issues"]}
    assert ("value", "lenient", "pa") in found
    assert ("amount_precision", "lenient", "am") in found
    assert ("missing", "strict", "pn") in found
    card = card_text("upi://pay?pa=shop&am=1.999")
    for part in ("✗ wrong · pa · value", "UPI Linking 1.6 §2.2", "! against the letter · pn"):
        assert part in card
    assert "cannot be read: see the issues" in card


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_line_breaks_of_every_sort_are_read(end: str) -> None:
    value = as_json(decode(EPC.replace("\n", end), NOW))
    assert (value["scheme"], value["payee"]) == ("epc", "Red Cross")
    bill = example(by_id("thai-bot-barcode"))
    assert as_json(decode(bill.replace("\r", end), NOW))["scheme"] == "thai-bot-barcode"


@pytest.mark.parametrize("scheme", LIVE)
@pytest.mark.parametrize("written", ["{}", " {} \n", "grouped"])
def test_a_live_code_is_named_and_its_digits_are_masked(scheme: str, written: str) -> None:
    digits = LIVE[scheme]
    text = (
        " ".join(digits[i : i + 4] for i in range(0, len(digits), 4))
        if written == "grouped"
        else written.format(digits)
    )
    decoded = decode(text, NOW)
    value = as_json(decoded)
    assert (value["scheme"], value["shown_by"]) == (scheme, "payer")
    shown = json.dumps(value) + card_text(text) + repr(decoded)
    for secret in (digits, text.strip(), digits[2:-4], digits[4:12]):
        assert secret not in shown
    assert digits[:2] + "*" * 8 in json.dumps(value["fields"])


def test_a_card_number_in_a_consumer_code_is_masked() -> None:
    text = "hQVDUFYwMWEaTwegAAAAVVVVVw8SNFZ4kBI0WNGRIgESNF8="
    shown = json.dumps(as_json(decode(text, NOW))) + card_text(text)
    assert "1234567890123458" not in shown
    assert "A0000000555555" in shown


def test_an_end_is_told_and_whether_it_is_over() -> None:
    scheme = by_id("paynow")
    text = example(scheme)
    ends = decode(text, NOW).code.expires
    assert ends is not None
    for now, over in ((ends - timedelta(days=1), False), (ends + timedelta(days=1), True)):
        decoded = decode(text, now)
        assert as_json(decoded)["expired"] is over
        assert ("over by now" in str(card_of(decoded).rows)) is over


@pytest.mark.parametrize(
    "scheme", [one for one in SCHEMES if one.works.example(one)], ids=lambda s: s.name
)
def test_a_card_of_every_scheme_fits_a_terminal(
    scheme: Scheme, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("NO_COLOR", "1")
    text = example(scheme)
    framed = card_text(text, Terminal()).splitlines()
    assert {cells(line) for line in framed} == {WIDEST}
    assert framed[0].startswith("╭─ ")
    plain = card_text(text)
    assert not {"\x1b", "│", "╭"} & set(plain)
    assert "Lenient: as wallets read  ✓ passes" in plain
    if scheme.side is Side.PAYEE:
        value = decode(text, NOW).code
        assert all(printable(part) in plain for part in (value.payee, value.account) if part)


def test_every_fault_of_every_scheme_is_told_in_words() -> None:
    schemes = {one.id: one for one in reversed(SCHEMES) if one.works.example(one)}
    for scheme in schemes.values():
        for kind, wrong in every_fault(example(scheme), scheme).items():
            value = as_json(decode(wrong, NOW))
            assert KINDS[kind] in {issue["code"] for issue in value["issues"]}
            assert not any(re.search(r"[{}]", sentence) for sentence in value["sentences"])
            assert json.dumps(value)
            assert KINDS[kind] in card_text(wrong)


def test_colours_follow_the_terminal(monkeypatch: pytest.MonkeyPatch) -> None:
    assert "\x1b[32m" in card_text(UPI, Terminal())
    monkeypatch.setenv("TERM", "dumb")
    assert "\x1b" not in card_text(UPI, Terminal())
    assert "╭" not in card_text(UPI, Terminal())


def test_a_narrow_terminal_breaks_lines(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("NO_COLOR", "1")
    monkeypatch.setenv("COLUMNS", "50")
    rows = card_text(UPI.replace("ORDER1", "收" * 40), Terminal()).splitlines()
    assert {cells(row) for row in rows} == {50}
    assert "".join(rows).count("收") == 2 * 40


def test_what_could_move_the_cursor_is_not_printed() -> None:
    card = card_text("upi://pay?pa=a@bc&pn=%1B%5B2J%E2%80%AEevil&x%1By=1")
    assert not {"\x1b", "\u202e"} & set(card)


@given(
    text=st.text(max_size=40),
    start=st.sampled_from(
        ["", "000201", "upi://", "BCD\n", "SPC\r\n", "|0123456789012\r", "\udcff"]
    ),
)
def test_no_text_is_too_odd(text: str, start: str) -> None:
    try:
        decoded = decode(start + text, NOW)
    except CodeUnreadable:
        return
    json.dumps(as_json(decoded), ensure_ascii=False).encode()
    card_text(start + text).encode()

"""A scanner among a person's keys: told apart by pace and content, and nothing of it kept."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from payment_codes.payer import PresentedKind, classify
from terminal_kit.scanning import ENDS, GAP_SECONDS, Scan, Scanning, code_in, is_article

OURS = st.integers(0, 10**16 - 1).map(lambda number: f"78{number:016d}")
FAST = st.floats(0, GAP_SECONDS * 0.99)
SLOW = st.floats(GAP_SECONDS * 1.01, 10)
END = st.sampled_from(sorted(ENDS))
#: What a person types on a till: amounts, quantities, letters; never as much as a code.
TYPED = st.text("0123456789.*abcht", max_size=7)


class Desk:
    """Types keys with gaps and notes what was told; what stood there is how many keys came."""

    def __init__(self) -> None:
        self.scanning: Scanning[int] = Scanning()
        self.now = 100.0
        self.count = 0
        self.told: list[Scan[int]] = []

    def key(self, key: str, gap: float) -> Scan[int] | None:
        self.now += gap
        scan = self.scanning.feed(key, self.now, lambda: self.count)
        self.count += 1
        if scan is not None:
            self.told.append(scan)
        return scan


@given(TYPED, OURS, st.data())
def test_a_burst_is_a_scan_and_says_what_stood_there_before(
    typed: str, code: str, data: st.DataObject
) -> None:
    desk = Desk()
    for key in typed:
        desk.key(key, data.draw(SLOW))
    before = desk.count
    for place, key in enumerate(code):
        desk.key(key, data.draw(FAST if place else SLOW))
    assert desk.told == []
    assert desk.key(data.draw(END), data.draw(FAST)) == Scan(code, before)


@given(st.lists(st.sampled_from([*"0123456789.*+-abcxyz", *sorted(ENDS)])), st.data())
def test_a_person_is_never_taken_for_a_scanner(keys: list[str], data: st.DataObject) -> None:
    desk = Desk()
    for key in keys:
        desk.key(key, data.draw(SLOW))
    assert desk.told == []


@given(TYPED)
def test_what_is_no_code_is_no_scan_however_fast(typed: str) -> None:
    desk = Desk()
    for key in typed:
        desk.key(key, 0)
    assert desk.key("enter", 0) is None


@given(OURS, st.integers(1, 17), SLOW)
def test_a_scanner_that_stops_on_the_way_has_read_nothing_of_ours(
    code: str, place: int, gap: float
) -> None:
    desk = Desk()
    for number, key in enumerate(code):
        desk.key(key, gap if number == place else 0)
    scan = desk.key("enter", 0)
    assert scan is None or classify(scan.code).kind is not PresentedKind.PAYER


@pytest.mark.parametrize("identifier", ["", "]C1", "]Q3", "]C0"])
@pytest.mark.parametrize("escape", [[], ["escape"], ["\x1b"], ["\x02"]])
def test_what_a_scanner_adds_before_a_code_is_no_part_of_it(
    identifier: str, escape: list[str]
) -> None:
    desk = Desk()
    for key in [*escape, *identifier, *"781234567890123456"]:
        desk.key(key, 0.01)
    assert desk.key("enter", 0.01) == Scan("781234567890123456", 0)


def test_two_ends_are_one_scan_and_the_second_is_no_persons() -> None:
    desk = Desk()
    for key in "781234567890123456":
        desk.key(key, 0.01)
    assert desk.key("tab", 0.01) == Scan("781234567890123456", 0)
    assert desk.key("enter", 0.01) == Scan("", 0)
    assert desk.key("enter", 0.01) == Scan("", 0)
    assert desk.key("enter", 1.0) is None


def test_the_same_code_again_is_told_again() -> None:
    desk = Desk()
    for _time in range(2):
        for key in "781234567890123456":
            desk.key(key, 0.01)
        desk.key("enter", 0.01)
    assert [scan.code for scan in desk.told] == ["781234567890123456"] * 2


def test_the_pace_is_a_parameter() -> None:
    slow: Scanning[None] = Scanning(gap=2.0)
    for place, key in enumerate("781234567890123456"):
        assert slow.feed(key, place * 1.5, lambda: None) is None
    assert slow.feed("enter", 18 * 1.5, lambda: None) == Scan("781234567890123456", None)


@pytest.mark.parametrize(
    "text",
    [
        "781234567890123456",
        "\x1b]C1781234567890123456",
        "]Q3781234567890123456\r\n",
        "7812 3456 7890 1234 56",
        "134567890123456789",
        "281234567890123456",
        "6212345678901234567",
        "https://qr.alipay.com/bax00",
        "990000000000000001",
        "5781234567890123456",
        "00020101021226...6304ABCD",
        "...TERMWALLET...",
        "6901234567892",
    ],
)
def test_codes_of_all_kinds_are_told(text: str) -> None:
    assert code_in(text)


@pytest.mark.parametrize("text", ["", "12.50", "3*12.50", "1234567", "table 7", "123456789012.50"])
def test_amounts_and_notes_are_no_codes(text: str) -> None:
    assert code_in(text) == ""


def test_an_article_is_told_apart() -> None:
    assert is_article("6901234567892")
    assert not is_article("781234567890123456")

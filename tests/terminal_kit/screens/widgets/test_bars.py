"""Bars: true to their numbers at every size, and readable without them."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from terminal_kit.screens.widgets.bars import (
    AXIS,
    BACK,
    EIGHTHS,
    RETURNED,
    VALUE,
    Bar,
    Bars,
    margin_of,
    plotted,
)
from wallet_api.contract.text import cells

NUMBERS = st.integers(0, 10**12)


def hour(number: int, value: int, back: int = 0) -> Bar:
    return Bar(f"{number:02}:00", f"{number:02}", value, back)


DAYS = st.lists(st.tuples(NUMBERS, NUMBERS), min_size=1, max_size=24).map(
    lambda day: [hour(number, *both) for number, both in enumerate(day)]
)


def text(bars: list[Bar], width: int, height: int) -> list[str]:
    return ["".join(part for part, _ in row) for row in plotted(bars, width, height, str)]


def test_a_day_as_it_is_drawn() -> None:
    bars = [hour(9, 800), hour(10, 0), hour(11, 400, 100), hour(12, 50)]
    assert [row.rstrip() for row in text(bars, 40, 6)] == [
        " 800 ███████",
        "     ███████",
        "     ███████         ███████",
        "     ███████         ███████ ▂▂▂▂▂▂▂",
        "   0 09:00   10:00   11:00   12:00",
        "-100                 ▒▒▒▒▒▒▒",
    ]


@given(bars=DAYS, width=st.integers(40, 180), height=st.integers(3, 30))
def test_it_fills_its_room_and_no_more(bars: list[Bar], width: int, height: int) -> None:
    rows = plotted(bars, width, height, str)
    assert len(rows) == height
    assert {sum(cells(part) for part, _ in row) for row in rows} == {width}


@given(bars=DAYS, width=st.integers(60, 180), height=st.integers(4, 30))
def test_every_bar_is_as_high_as_its_number(bars: list[Bar], width: int, height: int) -> None:
    """Heights go by the numbers, what is not nothing is seen, and both sides have one scale."""
    rows = plotted(bars, width, height, str)
    margin = margin_of(bars, str)
    slot = (width - margin) // len(bars)
    heights, depths = [], []
    for place in range(len(bars)):
        column = margin + place * slot
        glyphs = [("".join(part for part, _ in row)[column], row[1][1]) for row in rows]
        heights.append(sum(EIGHTHS.index(one) for one, tone in glyphs if tone == VALUE))
        depths.append(sum(one == BACK for one, tone in glyphs if tone == RETURNED))
    for one, high, deep in zip(bars, heights, depths, strict=True):
        assert (high > 0) == (one.value > 0)
        assert (deep > 0) == (one.back > 0)
    for first, high in zip(bars, heights, strict=True):
        for second, other in zip(bars, heights, strict=True):
            if first.value >= second.value:
                assert high >= other
    top = max(one.value for one in bars)
    if top:
        unit = max(-(-top // sum(row[1][1] == VALUE for row in rows)), 1)
        assert max(heights) <= -(-top * 8 // unit)


@given(bars=DAYS, width=st.integers(40, 180), height=st.integers(3, 30))
def test_the_scale_names_the_highest_and_the_deepest(
    bars: list[Bar], width: int, height: int
) -> None:
    asides = [row[0][0].strip() for row in plotted(bars, width, height, str)]
    highest, deepest = max(one.value for one in bars), max(one.back for one in bars)
    assert "0" in asides
    assert not highest or str(highest) in asides
    assert not deepest or str(-deepest) in asides


def test_only_the_newest_bars_are_kept_where_not_all_fit() -> None:
    bars = [hour(number, number + 1) for number in range(24)]
    rows = plotted(bars, 20, 4, str)
    [labels] = [row[1][0] for row in rows if row[1][1] == AXIS]
    assert labels.split()[-1] == "22"
    assert labels.split()[0] == "07"


def test_plots_with_one_margin_stand_under_each_other() -> None:
    bars = [hour(9, 5), hour(10, 7)]
    rows = plotted(bars, 60, 5, str, margin=9)
    assert all(len(row[0][0]) == 9 for row in rows)


def test_bars_are_said_in_words() -> None:
    widget = Bars(lambda number: f"{number} CNY")
    widget.plot([hour(9, 12), hour(10, 0), hour(11, 7, 3)])
    assert widget.words == ["09:00  12 CNY", "11:00  7 CNY, back 3 CNY"]

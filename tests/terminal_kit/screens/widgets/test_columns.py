"""Rows take exactly their cells, whatever stands in them."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st
from rich.cells import cell_len

from terminal_kit.screens.widgets.columns import Column, fit, laid_out, widths
from wallet_api.contract.text import printable

COLUMNS = (Column("When", 11), Column("Who"), Column("Amount", 12, "right"))


@given(st.text(max_size=40), st.integers(0, 30), st.sampled_from(["left", "right"]))
def test_a_text_takes_exactly_its_cells(text: str, width: int, align: str) -> None:
    made = fit(text, width, "right" if align == "right" else "left")
    assert cell_len(made) == width
    assert printable(made) == made


def test_what_is_cut_says_so() -> None:
    assert fit("咖啡店", 5) == "咖啡…"
    assert fit("咖啡店", 4) == "咖 …"
    assert fit("coffee", 4) == "cof…"
    assert fit("7", 3, "right") == "  7"


@given(st.lists(st.text(max_size=30), min_size=3, max_size=3), st.integers(40, 200))
def test_a_row_takes_the_whole_width(texts: list[str], room: int) -> None:
    made = laid_out(COLUMNS, [(text, "") for text in texts], room)
    assert sum(cell_len(text) for text, _tone in made) == room


def test_a_narrow_list_leaves_columns_out() -> None:
    columns = (*COLUMNS, Column("Balance", 12, "right", narrow=False))
    assert widths(columns, 99)[-1] == 0
    assert widths(columns, 100)[-1] == 12
    assert sum(widths(columns, 100)) + 1 + 2 * 4 == 100

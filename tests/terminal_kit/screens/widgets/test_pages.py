"""Rows that arrive page by page stay what they are on the other side, whatever happens there."""

from __future__ import annotations

from hypothesis import given, settings
from hypothesis import strategies as st

from terminal_kit.screens.widgets.pages import Pages
from tests.terminal_kit.screens.widgets.lists import PAGE, Book, Line, book

HEIGHT = 30
ACTS = st.lists(
    st.tuples(
        st.sampled_from(["look", "add", "change", "remove"]),
        st.integers(0, 600),
        st.integers(1, 250),
    ),
    max_size=12,
)


def look(pages: Pages[Line], book: Book, top: int, height: int = HEIGHT) -> None:
    """Ask for what is due with a row at the top of the view, until nothing is."""
    while (number := pages.due(top, top + height)) is not None:
        pages.take(number, book.page(pages.cursor(number)))


def act(book: Book, what: str, place: int, count: int) -> None:
    """Let something happen on the other side."""
    if what == "add":
        first = book.highest + 1
        book.highest += count
        book.lines[:0] = [Line(number) for number in range(book.highest, first - 1, -1)]
    elif what == "remove":
        del book.lines[place : place + count]
    elif what == "change" and place < len(book.lines):
        book.lines[place] = Line(book.lines[place].number, book.lines[place].text + "!")


@given(ACTS, st.integers(0, 700))
@settings(max_examples=200, deadline=None)
def test_what_was_looked_at_since_is_what_there_is(
    acts: list[tuple[str, int, int]], count: int
) -> None:
    there = book(count)
    pages: Pages[Line] = Pages(lambda line: str(line.number))
    look(pages, there, 0)
    for what, place, many in acts:
        if what != "look":
            act(there, what, place, many)
            pages.forget()
        view = min(place, len(pages.rows))
        look(pages, there, view)
        assert len({line.number for line in pages.rows}) == len(pages.rows), "a row twice"
        seen = pages.rows[view : view + HEIGHT]
        first = there.lines.index(seen[0]) if seen else len(there.lines)
        assert seen == there.lines[first : first + len(seen)], "what is in view is what there is"
    top = 0
    while top < len(pages.rows):
        look(pages, there, top)
        top += 20
    assert pages.rows == there.lines
    assert pages.next is None


def test_only_what_is_in_view_is_asked_for_again() -> None:
    there = book(1_000)
    pages: Pages[Line] = Pages(lambda line: str(line.number))
    for top in range(0, 900, 20):
        look(pages, there, top)
    there.asked.clear()
    act(there, "add", 0, 1)
    pages.forget()
    look(pages, there, 520)
    assert len(there.asked) == 2, there.asked
    assert there.asked[0] is None
    assert [line.number for line in pages.rows[:2]] == [1001, 1000]


def test_rows_after_a_gap_come_once_one_looks_there() -> None:
    there = book(500)
    pages: Pages[Line] = Pages(lambda line: str(line.number))
    for top in range(0, 300, 20):
        look(pages, there, top)
    act(there, "add", 0, 350)
    pages.forget()
    look(pages, there, 0)
    assert len(pages.rows) > PAGE, "what was there before is kept"
    for top in range(0, 700, 20):
        look(pages, there, top)
    assert pages.rows[:700] == there.lines[:700]


def test_a_row_that_went_up_is_there_once() -> None:
    there = book(300)
    pages: Pages[Line] = Pages(lambda line: str(line.number))
    for top in range(0, 240, 20):
        look(pages, there, top)
    risen = there.lines.pop(250)
    there.lines.insert(0, risen)
    change = pages.take(0, there.page(None))
    assert change.start == 0
    assert pages.rows.count(risen) == 1
    assert pages.rows[0] == risen

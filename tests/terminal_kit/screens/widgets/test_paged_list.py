"""A list of a hundred thousand rows, as somebody scrolls through it."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING

import pytest
from rich.cells import cell_len
from textual.events import MouseScrollDown

from tests.end_to_end.programs import WALLET
from tests.stage.playing import SMALL, Player, play
from tests.terminal_kit.screens.widgets.lists import Book, Line, Lines, ListScreen, book
from wallet_api.contract.errors import ServiceUnreachable
from wallet_api.contract.events import Event
from wallet_cli.screens.app import WalletApp

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable

    from tests.end_to_end.programs import Programs

    Watch = Callable[[Book, Callable[[Player], Awaitable[None]]], None]

DOWN = ServiceUnreachable(url="http://127.0.0.1:1")


@pytest.fixture
def watch(shop: Programs) -> Watch:
    """Play a scenario before a list of a book's lines, in the wallet's application."""
    del shop

    def run(book: Book, scenario: Callable[[Player], Awaitable[None]]) -> None:
        async def begin(player: Player) -> None:
            await player.see("● live")
            await player.app.push_screen(ListScreen(book))
            await scenario(player)

        play(lambda: WalletApp(WALLET), begin)

    return run


def the_list(player: Player) -> Lines:
    return player.widget("#list", Lines)


def selected(player: Player) -> int:
    row = the_list(player).selected
    return 0 if row is None else row.number


def heard(player: Player) -> list[tuple[str, object]]:
    """Give what the screen was told."""
    screen = player.app.screen
    assert isinstance(screen, ListScreen)
    return screen.heard


def happened(kind: str = "line.added") -> Event:
    return Event(id=1, kind=kind, at="2026-01-31T00:00:00Z", data={})


def seen(player: Player) -> list[int]:
    """Read the numbers of the rows on the terminal."""
    return [int(row[:79].split()[-1]) for row in player.rows() if "line" in row]


def test_every_row_is_reached_by_scrolling(watch: Watch) -> None:
    there = book(100_000)
    there.size = 1_000

    async def scenario(player: Player) -> None:
        await player.see("line 100000")
        rows = the_list(player)
        limit = time.monotonic() + 60
        while len(rows.rows) < 100_000:
            assert time.monotonic() < limit
            rows.action_last()
            await player.until(lambda: not rows._looking)
        rows.action_last()
        await player.see("line 1 ")
        assert seen(player) == list(range(21, 0, -1))
        assert [row.number for row in rows.rows] == list(range(100_000, 0, -1))
        await player.press("home")
        await player.see("line 100000")

    watch(there, scenario)


def test_keys_wheel_and_mouse_move_and_choose(watch: Watch) -> None:
    async def scenario(player: Player) -> None:
        await player.see("line 500")
        await player.press("down", "j", "down", "k")
        assert selected(player) == 498
        await player.press("pagedown")
        assert selected(player) == 498 - 21
        assert 498 - 21 in seen(player)
        await player.press("end")
        await player.until(lambda: len(the_list(player).rows) == 200)
        assert selected(player) == 401
        await player.press("home", "up")
        assert selected(player) == 500
        await player.pilot._post_mouse_events([MouseScrollDown], "#list", button=0)
        await player.until(lambda: seen(player)[0] < 500)
        top = seen(player)[0]
        await player.pilot.click("#list", offset=(5, 4))
        assert selected(player) == top - 3
        await player.pilot.click("#list", offset=(5, 4))
        await player.press("enter")
        chosen = ("chosen", Line(top - 3, f"line {top - 3}"))
        await player.until(lambda: heard(player).count(chosen) == 2)
        assert ("moved", Line(500, "line 500")) in heard(player)

    watch(book(500), scenario)


def test_new_rows_come_on_top_and_the_selection_stays(watch: Watch) -> None:
    there = book(500)

    async def scenario(player: Player) -> None:
        await player.see("line 500")
        await player.press(*["down"] * 30)
        assert selected(player) == 470
        before = seen(player)
        there.lines.insert(0, Line(501, "line 501"))
        the_list(player).hear(happened("other.kind"))
        the_list(player).hear(happened())
        await player.until(lambda: the_list(player).rows[0].number == 501)
        assert selected(player) == 470
        assert seen(player) == before, "what is in view stays in view"
        there.lines[:0] = [Line(number, f"line {number}") for number in range(800, 501, -1)]
        the_list(player).hear(None)
        await player.until(lambda: the_list(player).rows[0].number == 800)
        assert selected(player) == 470
        await player.press(*["up"] * 40, "home")
        await player.see("line 800")

    watch(there, scenario)


def test_a_row_that_changes_is_told_again(watch: Watch) -> None:
    there = book(3)

    async def scenario(player: Player) -> None:
        await player.see("line 3")
        there.lines[0] = Line(3, "refunded line 3")
        await player.press("ctrl+r")
        await player.see("refunded line 3")
        assert heard(player)[-1] == ("moved", Line(3, "refunded line 3"))
        there.lines.clear()
        the_list(player).hear(happened())
        await player.see("No lines yet. Press n for one.")
        assert heard(player)[-1] == ("moved", None)

    watch(there, scenario)


def test_a_new_query_begins_at_the_top(watch: Watch) -> None:
    there = book(500)

    async def scenario(player: Player) -> None:
        await player.see("line 500")
        await player.press("pagedown", "pagedown")
        there.lines = [line for line in there.lines if line.number % 100 == 0]
        the_list(player).restart()
        await player.until(lambda: seen(player) == [500, 400, 300, 200, 100])
        assert selected(player) == 500

    watch(there, scenario)


def test_it_says_that_it_looks_and_why_it_cannot(watch: Watch) -> None:
    there = book(250)
    there.gate.clear()

    async def scenario(player: Player) -> None:
        await player.see("◌ Looking…")
        there.failure = DOWN
        there.gate.set()
        await player.see("✗", "Ctrl+R tries again.")
        there.failure = None
        await player.press("ctrl+r")
        await player.see("line 250")
        there.failure = DOWN
        await player.press("ctrl+r")
        await player.see("▲ as of", "line 250")
        await player.press("end")
        await player.press("end")
        await player.pilot.pause()
        asked = len(there.asked)
        await player.press("up", "down")
        assert len(there.asked) == asked, "it does not hammer a service that is down"
        there.failure = None
        await player.press("ctrl+r", "end")
        await player.see_no("as of")
        await player.until(lambda: len(the_list(player).rows) == 250)

    watch(there, scenario)


def test_it_fits_any_window(watch: Watch) -> None:
    there = book(300, lambda number: f"行 {number} line 咖啡店咖啡店咖啡店咖啡店咖啡店咖啡店咖啡店")

    async def scenario(player: Player) -> None:
        await player.see("line")
        assert "Wide only" not in player.text()
        assert all(cell_len(row) == SMALL[0] for row in player.rows())
        await player.press(*["down"] * 50)
        await player.pilot.resize_terminal(121, 40)
        await player.see("Wide only", "wide")
        assert all(cell_len(row) == 121 for row in player.rows())
        assert selected(player) == 250
        await player.pilot.resize_terminal(61, 20)
        await player.see("…")
        assert all(cell_len(row) == 61 for row in player.rows())

    watch(there, scenario)

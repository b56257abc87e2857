"""Help that is searched, and everything that happens, as it happens."""

from __future__ import annotations

from typing import TYPE_CHECKING

from textual.widgets import Input

from payment_codes.amount import Amount
from terminal_kit.screens import activity
from terminal_kit.screens.activity import EventList
from terminal_kit.session import Session
from tests.end_to_end.programs import WALLET
from tests.stage.playing import Player, play
from wallet_cli.bank import Bank
from wallet_cli.screens.app import WalletApp
from wallet_cli.screens.places import PLACES

if TYPE_CHECKING:
    import pytest

    from tests.end_to_end.programs import Programs


def top_up(*minors: int) -> None:
    with Session(WALLET) as session:
        for minor in minors:
            Bank(session).top_up(Amount(minor, "CNY"))
            session.state.forget_answered()


def test_help_knows_every_place_and_the_keys_of_the_screen_before(shop: Programs) -> None:
    async def scenario(player: Player) -> None:
        def seek(text: str) -> None:
            player.widget("#search", Input).value = text

        await player.see("● live")
        await player.press("a")
        await player.see("Activity", "Topped up")
        await player.press("question_mark")
        await player.see("Keys on the screen Activity", "Pause or go on")
        assert "Focus Next" not in player.text(), "Textual's own words are left out"
        for place in PLACES:
            if place.about:
                seek(place.about)
                await player.see("Where one can go", place.about)
        seek("CAME BACK")
        await player.see("Marks", "↩")
        seek("xyz")
        await player.see("Nothing about that")
        seek("")
        await player.write("raise")
        await player.see("What I may spend")
        await player.press("enter", "enter")
        await player.see("◆ Wallet Limits")
        await player.press("escape")
        await player.see("◆ Wallet Activity")

    play(lambda: WalletApp(WALLET), scenario)


def test_help_is_there_before_there_is_a_wallet(town: Programs) -> None:
    async def scenario(player: Player) -> None:
        await player.see("Step 1 of")
        await player.press("f1")
        await player.see("Search the help", "Keys everywhere")
        await player.press("escape")
        await player.see("Step 1 of")

    play(lambda: WalletApp(WALLET), scenario)


def test_events_come_on_top_and_stand_still_while_paused(shop: Programs) -> None:
    async def scenario(player: Player) -> None:
        await player.see("● live")
        await player.press("a")
        await player.see("✓ Topped up", "CN¥2,500.00", "● Shown as it happens")
        await player.apart(lambda: top_up(12_00))
        await player.see("CN¥12.00")
        rows = [row for row in player.rows() if "Topped up" in row]
        assert "CN¥12.00" in rows[0], "newest first"
        await player.press("space")
        await player.apart(lambda: top_up(13_00, 14_00))
        await player.see("‖ Paused; 2 new")
        assert "CN¥13.00" not in player.text()
        await player.press("space")
        await player.see("CN¥13.00", "CN¥14.00", "● Shown as it happens")
        await player.press("home", "c")
        event = player.widget("EventList", EventList).selected
        assert event is not None
        assert player.app.clipboard == event.data["top_up"]

    play(lambda: WalletApp(WALLET), scenario)


def test_one_scrolls_back_to_the_first_event(
    shop: Programs, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(activity, "PAGE", 10)
    top_up(*range(1_00, 1_35))

    async def scenario(player: Player) -> None:
        await player.see("● live")
        await player.press("a")
        await player.see("CN¥1.34")
        events = player.widget("EventList", EventList)
        await player.press("end")
        await player.until(lambda: len(events.rows) == 36)
        await player.press("end")
        await player.see("CN¥2,500.00")
        assert [event.id for event in events.rows] == list(range(36, 0, -1))

    play(lambda: WalletApp(WALLET), scenario)

"""The history: scrolling, searching, choosing, details, receipts, exports."""

from __future__ import annotations

import csv
from typing import TYPE_CHECKING

import pytest
from textual.widgets import Button, Input, Select

from payment_codes.amount import parse_amount
from terminal_kit.screens.dialogs.save import SaveDialog
from terminal_kit.session import Session
from tests.end_to_end.day import cny, day_of
from tests.end_to_end.programs import WALLET, Programs
from tests.end_to_end.services import Service
from tests.stage.playing import LARGE, Player, play
from wallet_cli.bank import Bank
from wallet_cli.screens.app import WalletApp
from wallet_cli.screens.history import History
from wallet_cli.screens.widgets.movement_card import MovementCard
from wallet_cli.screens.widgets.movement_list import MovementList
from wallet_cli.statement import PAGE, Statements, Wanted

if TYPE_CHECKING:
    from pathlib import Path

    from wallet_api.contract.statement import Movement
    from wallet_api.contract.wire import Charge, Page


@pytest.fixture
def sold(shop: Programs, monkeypatch: pytest.MonkeyPatch) -> Charge:
    """Three sales, the first with a note and a reference; what is saved is saved in the folder."""
    monkeypatch.chdir(shop.folder)
    with day_of(shop) as day:
        made = day.sell(10_000, tip=500, discount=1_000, note="茶 for two", reference="T7")
        day.sell(1_234, note="Lunch")
        day.sell(5_000)
    return made


async def at_history(player: Player) -> None:
    await player.see("● live")
    player.app.go("history")
    await player.see("When", "Amount")


def kinds(player: Player) -> list[str]:
    return [row.kind for row in the_list(player).rows]


def the_list(player: Player) -> MovementList:
    (history,) = (one for one in player.app.screen_stack if isinstance(one, History))
    return history.query_one(MovementList)


def test_it_searches_as_one_types_and_opens_what_is_found(shop: Programs, sold: Charge) -> None:
    async def scenario(player: Player) -> None:
        await at_history(player)
        await player.see("-CN¥12.34", "-CN¥50.00", "+CN¥2,500.00", "bank")
        await player.press("slash")
        await player.write("FOR tw")
        await player.until(lambda: kinds(player) == ["payment"])
        await player.see("-CN¥100.00")
        await player.press("backspace")
        await player.write("x")
        await player.see("Nothing like that has moved.")
        await player.press("escape")
        await player.until(lambda: len(kinds(player)) == 4)
        assert isinstance(player.app.screen, History), "Escape left the search only"
        await player.press("slash")
        await player.write("t7")
        await player.press("enter", "enter")
        await player.see(
            "To", "Corner Café", "茶 for two", "T7", "✓ succeeded", "PAID", sold.id[-4:]
        )
        await player.press("escape", "escape", "escape")
        await player.until(lambda: not isinstance(player.app.screen, History))

    play(lambda: WalletApp(WALLET), scenario)


def test_it_lists_only_what_is_chosen(shop: Programs, sold: Charge) -> None:
    async def scenario(player: Player) -> None:
        await at_history(player)
        await player.see("bank")
        await player.press("f")
        await player.see("Show only")
        player.app.screen.query_one("#direction", Select).value = "out"
        player.app.screen.query_one("#least", Input).value = "abc"
        await player.click("#apply")
        await player.see("✗")
        button = player.widget("#apply", Button)
        await player.until(lambda: not button.has_class("-active"))
        player.app.screen.query_one("#least", Input).value = "20"
        await player.click("#apply")
        await player.until(lambda: kinds(player) == ["payment", "payment"])
        await player.see("f Only: Went out, 20 – …")
        await player.click("#filter")
        await player.see("Show only")
        player.app.screen.query_one("#since", Input).value = "tomorrow"
        await player.click("#apply")
        await player.see("tomorrow is no day")
        await player.click("#all")
        await player.until(lambda: len(kinds(player)) == 4)

    play(lambda: WalletApp(WALLET), scenario)


def test_what_moves_comes_on_top_and_the_selection_stays(shop: Programs, sold: Charge) -> None:
    async def scenario(player: Player) -> None:
        await at_history(player)
        await player.see("-CN¥50.00")
        await player.press("down")

        def top_up() -> None:
            with Session(WALLET) as session:
                Bank(session).top_up(parse_amount("77", "CNY"))

        await player.apart(top_up)
        await player.see("+CN¥77.00")
        selected = the_list(player).selected
        assert selected is not None
        assert selected.amount == cny(1_234)

    play(lambda: WalletApp(WALLET), scenario)


def test_a_refund_is_seen_while_one_looks(shop: Programs, sold: Charge) -> None:
    def refund() -> None:
        with day_of(shop) as day:
            day.till.refund(sold.id, cny(250), "cold")

    async def scenario(player: Player) -> None:
        await at_history(player)
        await player.see("-CN¥100.00")
        await player.press("end", "up")
        await player.see("T7", "PAID")
        assert "cold" not in player.text()
        await player.apart(refund)
        await player.see("↩ partially refunded", "CN¥2.50", "PAID, PARTLY REFUNDED", "cold")
        await player.press("home")
        await player.see("↩ Refund", "+CN¥2.50", "Corner Café")
        await player.press("end")
        await player.see("Top-up", "From")
        await player.until(lambda: "PAID" not in player.text())

    play(lambda: WalletApp(WALLET), scenario, LARGE)


def test_a_receipt_is_copied_and_saved_in_every_form(shop: Programs, sold: Charge) -> None:
    async def save(player: Player, name: str) -> None:
        await player.press("s")
        await player.see("Save the receipt")
        player.app.screen.query_one("#file", Input).value = name
        await player.press("enter")

    async def scenario(player: Player) -> None:
        await at_history(player)
        await player.see("-CN¥100.00")
        await player.press("end", "up", "enter")
        await player.see("PAID")
        await player.press("c")
        movement = player.widget("#movement", MovementCard).movement
        assert movement is not None
        assert player.app.clipboard == movement.id
        await save(player, "slip.docx")
        await player.see("✗ slip.docx is none of .txt, .pdf, .bin.")
        await player.press("escape")
        for name in ("slip.txt", "slip.pdf", "slip.bin"):
            await save(player, name)
            await player.until((shop.folder / name).exists, name)
            await player.until(lambda: not isinstance(player.app.screen, SaveDialog))
        await save(player, "slip.txt")
        await player.see("slip.txt is there already.")
        await player.press("escape", "escape")

    play(lambda: WalletApp(WALLET), scenario)
    text = (shop.folder / "slip.txt").read_text("utf-8")
    assert "茶 for two" in text
    assert "REPRINT" not in text
    assert (shop.folder / "slip.pdf").read_bytes().startswith(b"%PDF")
    assert (shop.folder / "slip.bin").read_bytes().startswith(b"\x1b@")


def test_an_export_holds_what_is_listed(shop: Programs, sold: Charge) -> None:
    file = shop.folder / "history.csv"
    file.write_text("mine")

    async def scenario(player: Player) -> None:
        await at_history(player)
        await player.press("slash")
        await player.write("lunch")
        await player.until(lambda: kinds(player) == ["payment"])
        await player.press("enter", "e")
        await player.see("Export what is listed", "history.csv")
        await player.press("enter")
        await player.see("history.csv is there already.")
        await player.press("escape")
        assert file.read_text() == "mine"
        await player.press("enter")
        await player.see("is there already.")
        await player.click("#yes")
        await player.until(lambda: file.read_text() != "mine")

    play(lambda: WalletApp(WALLET), scenario)
    rows = list(csv.DictReader(file.read_text("utf-8").splitlines()))
    assert [(row["note"], row["amount"]) for row in rows] == [("Lunch", "12.34")]
    same = shop.folder / "same.csv"
    shop.run("wallet", "export", "--format", "csv", "--save", same)
    assert rows[0] in csv.DictReader(same.read_text("utf-8").splitlines())


def test_an_export_says_how_far_it_is_and_stops(
    shop: Programs, sold: Charge, monkeypatch: pytest.MonkeyPatch
) -> None:
    file, asked = shop.folder / "history.csv", []
    look = Statements.look

    def endless(
        self: Statements, wanted: Wanted, limit: int = PAGE, cursor: str | None = None
    ) -> Page[Movement]:
        asked.append(cursor)
        page = look(self, wanted, limit, cursor if cursor != "0.0" else None)
        return type(page)(items=page.items * 50, next="0.0")

    async def scenario(player: Player) -> None:
        await at_history(player)
        await player.see("bank")
        monkeypatch.setattr(Statements, "look", endless)
        await player.press("e", "enter")
        await player.see("so far. Esc stops.")
        assert player.widget("#save", Button).disabled
        await player.press("escape")
        await player.see("+CN¥2,500.00")
        await player.pilot.pause(0.3)
        count = len(asked)
        await player.pilot.pause(0.3)
        assert len(asked) == count, "nobody waits for it any more"
        assert not file.exists()

    play(lambda: WalletApp(WALLET), scenario)


def test_an_empty_history_leads_on(town: Programs) -> None:
    town.open_shop(money=None)

    async def scenario(player: Player) -> None:
        await at_history(player)
        await player.see("Nothing has moved yet. Press b to bring money from the bank.")

    play(lambda: WalletApp(WALLET), scenario)


def test_without_the_bank_it_says_so_in_place(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    service = Service(tmp_path)
    (tmp_path / "mine").mkdir()
    programs = Programs(tmp_path / "mine", service.url)
    for name, value in programs.environment.items():
        monkeypatch.setenv(name, value)
    programs.open_shop()

    async def scenario(player: Player) -> None:
        await at_history(player)
        await player.see("+CN¥2,500.00")
        await player.apart(service.stop)
        await player.see("▲ as of", "+CN¥2,500.00")
        await player.press("slash")
        await player.write("x")
        await player.see("✗", "Ctrl+R tries again.")
        assert "+CN¥2,500.00" not in player.text()

    play(lambda: WalletApp(WALLET), scenario)
    programs.close()

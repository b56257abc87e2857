"""Receiving: the code can be scanned, and who pays is seen the moment they do."""

from __future__ import annotations

from typing import TYPE_CHECKING

from payment_codes.scan.scanner import scan
from terminal_kit.screens.widgets.code_picture import QrCode
from tests.end_to_end.go_between import BEHIND, GoBetween
from tests.end_to_end.programs import WALLET
from tests.stage.friends import FRIENDS, OWN, balances, friend, meet, once
from tests.stage.others import cny, owner
from tests.stage.playing import SMALL, Player, play
from wallet_cli.people import People
from wallet_cli.screens.app import WalletApp

if TYPE_CHECKING:
    from pathlib import Path

    import pytest

    from terminal_kit.session import Session
    from tests.end_to_end.programs import Programs
    from tests.end_to_end.services import Service

SERVE = BEHIND


async def at_receive(player: Player) -> None:
    await player.see("Last movements")
    player.app.go("receive")
    await player.see("How much, and for what?")


async def show_code(player: Player, amount: str, note: str) -> str:
    """Fill the form in by keys alone, and give the text of the code."""
    await at_receive(player)
    await player.write(amount)
    await player.press("enter")
    await player.write(note)
    await player.press("enter")
    await player.see("it stays valid", "Waiting for the first payment")
    return player.widget("QrCode", QrCode).payload


def pay(minor: int, code: str | None = None) -> None:
    """Have the friend pay a code, or send without one."""

    def send(session: Session) -> None:
        people = People(session)
        people.send(people.payee(code or owner()), cny(minor), "bread")

    friend(send)


def test_the_code_is_scanned_from_the_terminal_and_paid(shop: Programs, tmp_path: Path) -> None:
    meet()

    async def scenario(player: Player) -> None:
        code = await show_code(player, "12.5", "lunch 午餐")
        await player.see("lunch 午餐", "CN¥", "c Copy")
        picture = tmp_path / "terminal.png"
        player.photograph(picture)
        assert code in [found.text for found in scan(picture)]
        rang = []
        player.app.bell = lambda: rang.append(True)  # type: ignore[method-assign]
        await player.apart(lambda: pay(12_50, code))
        await player.see("✓ Paid: CN¥12.50", "from Bob 李四", "bread", "1 paid so far")
        assert rang == [True]
        # It stays, and the next one counts too.
        await player.apart(lambda: pay(12_50, code))
        await player.see("2 paid so far")
        await player.press("enter")
        await player.see("it stays valid", "✓ 2 paid so far")

    play(lambda: WalletApp(WALLET), scenario, SMALL)
    assert balances() == (OWN + 25_00, FRIENDS - 25_00)


def test_another_amount_is_not_taken_for_the_one_that_was_asked_for(shop: Programs) -> None:
    meet()

    async def scenario(player: Player) -> None:
        code = await show_code(player, "12.5", "")
        await player.apart(lambda: pay(3_00))
        await player.apart(lambda: pay(12_50, code))
        await player.see("✓ Paid: CN¥12.50", "1 paid so far")

    play(lambda: WalletApp(WALLET), scenario)


def test_a_code_without_an_amount_takes_any_and_stays_the_same(shop: Programs) -> None:
    meet()

    async def scenario(player: Player) -> None:
        code = await show_code(player, "", "")
        await player.see("The payer types the amount")
        await player.apart(lambda: pay(1, code))
        await player.see("✓ Paid: CN¥0.01")
        await player.press("enter", "n")
        await player.see("How much, and for what?")
        await player.press("enter", "enter")
        await player.see("Waiting for the first payment")
        assert player.widget("QrCode", QrCode).payload == code

    play(lambda: WalletApp(WALLET), scenario)


def test_an_amount_that_is_none_makes_no_code(shop: Programs) -> None:
    async def scenario(player: Player) -> None:
        await at_receive(player)
        await player.write("0")
        await player.press("enter")
        await player.see("✗ The amount must be more than zero.")
        await player.click("#show")
        await player.see("✗ The amount must be more than zero.")

    play(lambda: WalletApp(WALLET), scenario)


def test_the_code_is_saved_and_what_is_there_is_not_replaced_unasked(
    shop: Programs, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    there = tmp_path / "receive.png"
    there.write_bytes(b"kept")

    async def scenario(player: Player) -> None:
        code = await show_code(player, "5", "")
        await player.press("s")
        await player.see("Save the code", "receive.png")
        await player.press("enter")
        await player.see("receive.png is there already.")
        # Enter does what changes nothing.
        await player.press("enter")
        await player.see_no("is there already.")
        assert there.read_bytes() == b"kept"
        await player.press("enter")
        await player.see("Replace it")
        await player.click("#yes")
        await player.until(lambda: there.read_bytes() != b"kept")
        await player.see("it stays valid")
        assert [found.text for found in scan(there)] == [code]
        await player.press("s")
        await player.see("Save the code")
        await player.press("end", *["backspace"] * 3)
        await player.write("doc")
        await player.press("enter")
        await player.see("✗", ".png, .svg or .txt")

    play(lambda: WalletApp(WALLET), scenario)


def test_offline_it_says_that_the_code_still_works_and_catches_up(
    shop: Programs, service: Service, monkeypatch: pytest.MonkeyPatch
) -> None:
    meet()

    async def scenario(player: Player) -> None:
        with GoBetween(service, once):
            code = await show_code(player, "12.5", "")
            await player.see("▲ Offline: it can be paid")
        monkeypatch.setenv("WALLET_API_URL", service.url)
        await player.apart(lambda: pay(12_50, code))
        # The line that comes back brings what was missed.
        await player.see("✓ Paid: CN¥12.50")

    with GoBetween(service, once) as between:
        monkeypatch.setenv("WALLET_API_URL", between.url)
    play(lambda: WalletApp(WALLET), scenario)

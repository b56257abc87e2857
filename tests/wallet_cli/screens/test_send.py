"""Sending money: to whom, how much, what is checked, and what becomes of it."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from textual.widgets import Button, Input

from terminal_kit.session import Session
from tests.end_to_end.go_between import BEHIND, Answer, Forward, GoBetween, Request
from tests.end_to_end.programs import WALLET
from tests.stage.friends import (
    FRIENDS,
    OWN,
    act,
    balances,
    choose_friend,
    confirm,
    friend,
    give_pin,
    meet,
    once,
)
from tests.stage.others import cny, owner
from tests.stage.playing import LARGE, Player, play
from wallet_cli.bank import Bank
from wallet_cli.people import People
from wallet_cli.screens import check
from wallet_cli.screens.app import WalletApp
from wallet_cli.screens.send import Send
from wallet_cli.screens.widgets.spend_field import SpendField

if TYPE_CHECKING:
    from tests.end_to_end.conftest import NothingMoves
    from tests.end_to_end.programs import Programs
    from tests.end_to_end.services import Service

SERVE = ("--lab", *BEHIND)


@pytest.fixture(autouse=True)
def _quick(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(check, "GUARD_SECONDS", 0.05)


async def at_send(player: Player) -> None:
    """Go to where one sends, which asks to whom."""
    await player.see("Last movements")
    player.app.go("send")
    await player.see("Send money to whom?")


async def send(player: Player, amount: str, note: str = "") -> None:
    """Choose the friend, type an amount and a note, and go on to the check."""
    await at_send(player)
    await choose_friend(player)
    await player.write(amount)
    await player.press("enter")
    await player.write(note)
    await player.press("enter")


def test_money_is_sent_to_somebody_one_knows(shop: Programs) -> None:
    meet()

    async def scenario(player: Player) -> None:
        await at_send(player)
        await choose_friend(player)
        await player.write("12.5")
        await player.see("CN¥2,467.50 left after it")
        await player.press("enter")
        await player.write("lunch")
        await player.press("enter")
        await player.see("Bob 李四", "lunch", "not needed")
        await confirm(player)
        await player.see("✓ Sent", "CN¥12.50", "To", "CN¥2,467.50")
        await player.press("enter")
        await player.see("Last movements")

    play(lambda: WalletApp(WALLET), scenario)
    assert balances() == (OWN - 12_50, FRIENDS + 12_50)
    assert friend(lambda session: People(session).transfers().items[0].note) == "lunch"


def test_amounts_are_checked_while_they_are_typed(
    shop: Programs, nothing_moves: NothingMoves
) -> None:
    meet()

    async def scenario(player: Player) -> None:
        await at_send(player)
        await choose_friend(player)
        await player.see("CN¥2,480.00 in the wallet")
        await player.write("2480.01")
        await player.see("✗ The wallet holds CN¥2,480.00.")
        await player.press("enter")
        await player.see("Send", "Amount")
        await player.press(*["backspace"] * 7)
        await player.write("1.234")
        await player.see("✗ CNY amounts have at most 2 decimals.")
        await player.click("#check")
        await player.see("at most 2 decimals", "Sent before")

    with nothing_moves():
        play(lambda: WalletApp(WALLET), scenario)


def test_whom_one_does_not_know_is_named_by_id_or_code(shop: Programs) -> None:
    wallet = meet()
    code = friend(lambda session: People(session).receive(cny(8_88), "tickets")).payload

    async def scenario(player: Player) -> None:
        await at_send(player)
        await player.write("nobody")
        await player.see("Nobody of that name.")
        await player.press("enter")
        await player.see("paste a wallet id or a personal code")
        player.widget("#who", Input).value = ""
        await player.paste(f"{wallet[:-1]}{(int(wallet[-1], 16) + 1) % 16:x}")
        await player.press("enter")
        await player.see("✗ There is no such person here.")
        player.widget("#who", Input).value = ""
        await player.paste(code)
        await player.press("enter")
        # What the code asks for is filled in and stays as it is.
        await player.see("Bob 李四", "8.88", "tickets")
        assert player.widget("#sum", SpendField).disabled
        await player.press("enter")
        await player.see("CN¥")
        await confirm(player)
        await player.see("✓ Sent", "CN¥8.88")

    play(lambda: WalletApp(WALLET), scenario)
    assert balances() == (OWN - 8_88, FRIENDS + 8_88)


def test_somebody_else_s_code_fills_the_form(shop: Programs) -> None:
    meet()
    code = friend(lambda session: People(session).receive(None, None)).payload

    async def scenario(player: Player) -> None:
        await player.see("Last movements")
        player.app.push_screen(Send(code))
        await player.see("Bob 李四", "in the wallet")
        await player.write("5")
        await player.see("CN¥2,475.00 left after it")

    play(lambda: WalletApp(WALLET), scenario)


def test_the_pin_is_asked_for_and_asked_again_when_wrong(shop: Programs) -> None:
    meet()

    async def scenario(player: Player) -> None:
        await send(player, "1500")
        await player.see("needed: it is more than")
        await confirm(player)
        await give_pin(player, "135790")
        await player.see("The PIN is wrong", "2")
        await give_pin(player)
        await player.see("✓ Sent", "CN¥1,500.00", "CN¥980.00")

    play(lambda: WalletApp(WALLET), scenario)
    assert balances() == (OWN - 1500_00, FRIENDS + 1500_00)


def test_what_waits_for_the_pin_can_be_confirmed_or_taken_back_later(shop: Programs) -> None:
    meet()

    async def scenario(player: Player) -> None:
        await send(player, "1500")
        await confirm(player)
        await player.see("PIN, six digits")
        await player.press("escape")
        await player.see("waits for your PIN")
        await player.press("escape", "f4")
        await player.see("◌ pin required")
        await player.press("enter")
        await player.see("Waits for your PIN", "Confirm with the PIN", "Take back")
        await player.press("t")
        await player.see("Take back CN¥1,500.00 to Bob 李四?")
        await player.press("enter")
        await player.see("Cancelled, not sent")

    play(lambda: WalletApp(WALLET), scenario)
    assert balances() == (OWN, FRIENDS)


def test_a_held_transfer_is_explained_and_taken_back(shop: Programs, service: Service) -> None:
    """More than 20,000.00 CNY on a new device, of a customer who may send as much."""
    wallet = meet()
    for who in (owner(), wallet):
        shop.json("wallet-api", "tier", who, "II", "--database", service.database)
    act(WALLET, lambda session: Bank(session).top_up(cny(30_000_00)))

    async def scenario(player: Player) -> None:
        await send(player, "20000.01")
        await confirm(player)
        await give_pin(player)
        await player.see("◌ Held by the bank", "You can take it back", "until 2")
        await player.press("enter")
        await player.see("Transfer", "Take back")
        await player.press("t")
        await player.see("Take back CN¥20,000.01")
        await player.press("enter")
        await player.see("↩ Returned")
        assert "t Take back" not in player.text()

    play(lambda: WalletApp(WALLET), scenario)
    assert balances() == (OWN + 30_000_00, FRIENDS)


def test_a_lost_answer_is_asked_for_and_nothing_is_sent_twice(
    shop: Programs, service: Service, monkeypatch: pytest.MonkeyPatch
) -> None:
    meet()
    lost: list[Request] = []

    def lose(request: Request, forward: Forward) -> Answer | None:
        answer = once(request, forward)
        if request.method == "POST" and request.path == "/v1/transfers":
            lost.append(request)
            return None
        return answer

    async def scenario(player: Player) -> None:
        await send(player, "12.50")
        await confirm(player)
        await player.see("✓ Sent", "CN¥12.50")

    with GoBetween(service, lose) as between:
        monkeypatch.setenv("WALLET_API_URL", between.url)
        play(lambda: WalletApp(WALLET), scenario)
    monkeypatch.setenv("WALLET_API_URL", service.url)
    (key,) = {request.headers["Idempotency-Key"] for request in lost}
    assert f"/v1/transfers/{key}" in between.seen
    assert balances() == (OWN - 12_50, FRIENDS + 12_50)
    with Session(WALLET) as session:
        assert not session.state.has_unfinished()


def test_without_a_line_it_says_so_in_place_and_sends_nothing(
    shop: Programs, service: Service, monkeypatch: pytest.MonkeyPatch
) -> None:
    meet()

    async def scenario(player: Player) -> None:
        with GoBetween(service, once):
            await send(player, "12.50")
            await player.see("Left after it")
            await player.until(lambda: not player.widget("#confirm", Button).disabled, "the key")
        await player.press("enter")
        await player.see("does not answer. Nothing was", "Enter tries again.")
        await player.press("escape", "f3")
        await player.see("Send money to whom?", "✗ The service", "does not answer")

    with GoBetween(service, once) as between:
        monkeypatch.setenv("WALLET_API_URL", between.url)
    play(lambda: WalletApp(WALLET), scenario)
    monkeypatch.setenv("WALLET_API_URL", service.url)
    assert balances() == (OWN, FRIENDS)


def test_what_was_sent_before_stands_beside_the_form_where_there_is_room(shop: Programs) -> None:
    meet()

    async def scenario(player: Player) -> None:
        await at_send(player)
        await player.press("escape")
        await player.see("✓ succeeded", "-CN¥20.00", "tea")
        await player.press("f4")
        await player.see("Sent and received", "tea")
        await player.press("enter")
        await player.see("✓ Sent", "tea", "Number")

    play(lambda: WalletApp(WALLET), scenario, LARGE)


def test_quick_enters_bring_one_check_and_send_once(
    shop: Programs, service: Service, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(check, "GUARD_SECONDS", 3.0)
    meet()

    async def scenario(player: Player) -> None:
        await at_send(player)
        await choose_friend(player)
        await player.write("12.50")
        await player.press("enter", "enter", "enter", "enter")
        entries = service.entries()
        await confirm(player)
        await player.see("✓ Sent")
        assert service.entries() == entries + 1
        await player.press("enter")
        # There was one check only: this is home again.
        await player.see("Last movements", "-CN¥12.50")

    play(lambda: WalletApp(WALLET), scenario)
    assert balances() == (OWN - 12_50, FRIENDS + 12_50)

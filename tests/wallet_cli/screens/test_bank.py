"""The bank: money from it and to it, what that costs, and what becomes of it."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.end_to_end.programs import WALLET
from tests.stage.friends import act, confirm, give_pin
from tests.stage.others import cny
from tests.stage.playing import LARGE, Player, play
from wallet_api.contract.banking import Withdrawal
from wallet_cli.bank import Bank
from wallet_cli.screens import acts, bank, check
from wallet_cli.screens.app import WalletApp

if TYPE_CHECKING:
    from tests.end_to_end.conftest import NothingMoves
    from tests.end_to_end.programs import Programs
    from tests.end_to_end.services import Service

SERVE = ("--lab",)
START = 2500_00


@pytest.fixture(autouse=True)
def _quick(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(check, "GUARD_SECONDS", 0.05)
    for module in (acts, bank):
        monkeypatch.setattr(module, "BANK_SECONDS", 0.5)


async def at_bank(player: Player) -> None:
    await player.see("Last movements")
    player.app.go("bank")
    await player.see("Amount", "CN¥2,500.00", "✓ succeeded")


def test_a_quick_amount_is_brought_from_the_bank(shop: Programs) -> None:
    async def scenario(player: Player) -> None:
        await at_bank(player)
        await player.click("#quick-200")
        await player.press("enter")
        await player.see("F2 brings it from the bank, F3 sends it there.")
        await player.press("enter")
        await player.see("✓ The money came from the bank", "CN¥200.00", "CN¥2,700.00")
        await player.press("enter")
        await player.see("+CN¥200.00", "CN¥2,700.00")

    play(lambda: WalletApp(WALLET), scenario)
    assert shop.balances()[0] == START + 200_00


def test_a_withdrawal_says_what_it_costs_before_and_needs_the_pin(shop: Programs) -> None:
    async def scenario(player: Player) -> None:
        await at_bank(player)
        await player.write("1500")
        await player.press("f3")
        await player.see("My bank account", "Fee", "Leaves the wallet", "needed: it is more")
        await confirm(player)
        await give_pin(player)
        await player.see("✓ The money is at the bank", "CN¥1,500.00")
        await player.press("enter")
        await player.see("to the bank", "-CN¥1,500.00")

    play(lambda: WalletApp(WALLET), scenario)
    withdrawal = act(WALLET, lambda session: Bank(session).page().items[0])
    assert isinstance(withdrawal, Withdrawal)
    assert (withdrawal.amount, withdrawal.state) == (cny(1500_00), "succeeded")
    assert shop.balances()[0] == START - withdrawal.total.minor


def test_a_withdrawal_left_without_the_pin_is_confirmed_from_the_list(shop: Programs) -> None:
    async def scenario(player: Player) -> None:
        await at_bank(player)
        await player.write("1500")
        await player.press("f3")
        await confirm(player)
        await player.see("PIN, six digits")
        await player.press("escape")
        await player.see("waits for your PIN")
        await player.press("escape")
        await player.see("to the bank", "◌ pin required")
        player.widget("BankList", bank.BankList).focus()
        await player.press("home", "enter")
        await player.see("◌ Waits for your PIN", "Confirm with the PIN")
        await player.press("p")
        await confirm(player)
        await give_pin(player)
        await player.see("✓ The money is at the bank")
        await player.press("enter")
        await player.see("Bank", "✓ The money is at the bank")

    play(lambda: WalletApp(WALLET), scenario, LARGE)


def test_a_silent_bank_is_waited_for_and_what_it_says_comes_up(
    shop: Programs, service: Service
) -> None:
    async def scenario(player: Player) -> None:
        await at_bank(player)
        service.tell_bank(fault="late", seconds=50)
        await player.write("20")
        await player.press("f2")
        await player.see("◌ Waiting for the bank", "bank:late")
        await player.press("enter")
        await player.see("◌ pending", "CN¥20.00")
        await player.apart(lambda: service.advance(120))
        await player.see_no("◌ pending")
        await player.see("CN¥2,520.00")

    play(lambda: WalletApp(WALLET), scenario)
    assert shop.balances()[0] == START + 20_00


def test_more_than_is_there_is_refused_in_place(
    shop: Programs, nothing_moves: NothingMoves
) -> None:
    async def scenario(player: Player) -> None:
        await at_bank(player)
        await player.press("f2")
        await player.see("✗ No amount was given.")
        await player.write("2500.01")
        await player.press("f3")
        await player.see("✗", "Top up")

    with nothing_moves():
        play(lambda: WalletApp(WALLET), scenario)

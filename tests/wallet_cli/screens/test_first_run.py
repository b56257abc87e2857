"""The first run as somebody new goes through it, and what is left when it does not work out."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from textual.widgets import Input, OptionList

from terminal_kit.credentials.choose import FILE_NAME as SECRETS
from terminal_kit.language import choose
from terminal_kit.profiles import profile_folder
from terminal_kit.session import Chosen, Session
from tests.end_to_end.programs import PIN, WALLET
from tests.end_to_end.services import Service
from tests.stage.playing import LARGE, Player, play
from wallet_cli.screens.app import WalletApp
from wallet_cli.security import Security
from wallet_cli.wallet import Wallet

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from tests.end_to_end.programs import Programs

PHRASE = "four words of mine"
SECOND = Chosen("wallet", "second")


@pytest.fixture
def asked(town: Programs, monkeypatch: pytest.MonkeyPatch) -> Programs:
    """Give programs whose passphrase a person types."""
    monkeypatch.delenv("WALLET_PASSPHRASE_FILE")
    return town


@pytest.fixture
def english() -> Iterator[None]:
    """Speak English again, whatever the test has chosen."""
    yield
    choose("en")


async def give_name(player: Player, name: str = "Zoë") -> None:
    await player.see("Step 1 of", "Your name")
    await player.until(lambda: isinstance(player.app.focused, Input))
    await player.write(name)
    await player.press("enter")


async def take_file(player: Player) -> None:
    """Take the encrypted file, which is what works here."""
    await player.see("Where shall the secrets be kept?", "✗ This system's password store")
    await player.until(lambda: isinstance(player.app.focused, OptionList))
    await player.press("enter")


async def give_twice(player: Player, title: str, text: str, again: str | None = None) -> None:
    await player.see(title)
    await player.until(lambda: isinstance(player.app.focused, Input))
    await player.write(text)
    await player.press("enter")
    await player.write(text if again is None else again)
    await player.press("enter")


def test_a_wallet_is_opened_by_keys_alone_and_again_with_its_passphrase(asked: Programs) -> None:
    async def opening(player: Player) -> None:
        await player.see("Step 1 of 5")
        await player.until(lambda: isinstance(player.app.focused, Input))
        await player.press("enter")
        await player.see("✗ Type your name.")
        await give_name(player)
        await take_file(player)
        await give_twice(player, "Step 3 of 6", PHRASE, "another")
        await player.see("✗ The two passphrases differ.")
        assert PHRASE not in player.text(), "it is never shown"
        await player.write(PHRASE)
        await player.press("enter")
        await give_twice(player, "Choose a PIN", PIN, "111111")
        await player.see("✗ The two PINs differ.")
        await player.write(PIN)
        await player.press("enter")
        await player.see("✓ Your wallet is open", "CN¥2,000.00 to play with")
        assert PIN not in player.text()
        await player.press("enter")
        await player.see("● live", "Zoë")

    play(lambda: WalletApp(WALLET), opening)
    with Session(WALLET, lambda _prompt: PHRASE) as session:
        card = Wallet(session).card()
    assert (card.name, card.balance.minor, card.pin_set) == ("Zoë", 2_000_00, True)

    async def coming_back(player: Player) -> None:
        await player.see("The secrets of profile default are locked", "Passphrase")
        await player.write("wrong")
        await player.press("enter")
        await player.see("The passphrase is wrong")
        await player.until(lambda: player.widget("#passphrase", Input).value == "")
        await player.write(PHRASE)
        await player.press("enter")
        await player.see("● live", "Zoë")
        assert player.app.screen_stack[-2].id == "_default", "nothing to go back to"

    play(lambda: WalletApp(WALLET), coming_back)


def test_a_pin_and_play_money_may_be_left_and_going_back_keeps_what_was_given(
    town: Programs,
) -> None:
    async def scenario(player: Player) -> None:
        await give_name(player)
        # The environment names a file with the passphrase, so nobody is asked for one.
        await take_file(player)
        await give_twice(player, "Step 3 of 5", "123456")
        await player.see("✗ A PIN is six digits, not all the same and not in a row.")
        await player.press("escape", "escape")
        await player.see("Step 1 of")
        await player.until(lambda: player.widget("#name", Input).value == "Zoë")
        await player.press("enter")
        await take_file(player)
        await give_twice(player, "Choose a PIN", "")
        await player.see("✓ Your wallet is open")
        assert "esc Back" not in player.text()
        await player.press("escape", "down", "enter")
        await player.see("● live", "Zoë")

    play(lambda: WalletApp(WALLET), scenario, LARGE)
    with town.wallet() as wallet:
        card = wallet.card()
    assert (card.balance.minor, card.pin_set) == (0, False)


def test_without_a_bank_nothing_is_half_made_and_enter_tries_again(
    town: Programs, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = tmp_path / "bank"
    folder.mkdir()
    with Service(folder) as first:
        monkeypatch.setenv("WALLET_API_URL", first.url)
    begun: list[Service] = []

    async def scenario(player: Player) -> None:
        await give_name(player)
        await take_file(player)
        await give_twice(player, "Choose a PIN", "")
        await player.see("does not answer", "Try again")
        kept = profile_folder("wallet", "default")
        assert not kept.exists() or not [one.name for one in kept.iterdir() if one.name == SECRETS]
        port = first.url.rpartition(":")[2]
        begun.append(await player.apart(lambda: Service(folder, "--port", port)))
        await player.press("enter")
        await player.see("✓ Your wallet is open")
        await player.press("enter")
        await player.see("● live", "Zoë")

    play(lambda: WalletApp(WALLET), scenario)
    begun[0].stop()


def test_the_language_is_changed_on_the_way_and_what_was_typed_stays(
    town: Programs, english: None
) -> None:
    async def scenario(player: Player) -> None:
        await player.see("A wallet in your terminal")
        await player.until(lambda: isinstance(player.app.focused, Input))
        await player.write("Zoë")
        await player.press("f2")
        await player.until(lambda: player.app.settings.language == "zh")
        await player.until(lambda: player.widget("#name", Input).value == "Zoë")
        await player.press("f2")
        await player.see("A wallet in your terminal", "Zoë")

    play(lambda: WalletApp(WALLET), scenario)


def test_a_device_joins_a_wallet_and_is_let_in_while_it_looks(shop: Programs) -> None:
    with Session(WALLET) as session:
        wallet = session.profile.owner

    def approve() -> None:
        with Session(WALLET) as session:
            security = Security(session)
            waiting = next(one for one in security.devices().items if one.state == "pending")
            assert waiting.name == "Tablet"
            security.approve(waiting.id, PIN)

    async def scenario(player: Player) -> None:
        await player.see("Step 1 of")
        await player.until(lambda: isinstance(player.app.focused, Input))
        await player.click("#join")
        await player.see("Join a wallet")
        await player.until(lambda: isinstance(player.app.focused, Input))
        await player.write("not a number")
        await player.press("enter", "enter", "enter")
        await player.see("✗ Give the wallet's whole id")
        player.widget("#wallet", Input).value = wallet
        player.widget("#device", Input).value = "Tablet"
        await player.click("Button#next")
        await take_file(player)
        await player.see("◌ This device waits to be let in", "the same digits")
        await player.press("escape")
        await player.see("◌ This device waits to be let in")
        await player.apart(approve)
        await player.see("● live", "Alice 王")

    play(lambda: WalletApp(SECOND), scenario)

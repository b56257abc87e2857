"""What is seen when the bank is away, or lets this device do nothing, or the profile is broken."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from textual.widgets import Button

from terminal_kit.credentials.choose import FILE_NAME as SECRETS
from terminal_kit.profiles import FILE_NAME as PROFILE
from terminal_kit.profiles import profile_folder
from terminal_kit.session import Chosen, Session
from tests.end_to_end.programs import PIN, WALLET, Programs
from tests.end_to_end.services import Service
from tests.stage.playing import LARGE, SMALL, Player, play
from wallet_cli.opening import join_wallet
from wallet_cli.screens.app import WalletApp
from wallet_cli.security import Security

if TYPE_CHECKING:
    from pathlib import Path

SECOND = Chosen("wallet", "second")


def join() -> str:
    """Have a second device ask to use the wallet, and let it in; give its id."""
    with Session(WALLET) as session:
        card = join_wallet(SECOND, "file", wallet=session.profile.owner, name="Tablet", invite=None)
        Security(session).approve(card.device, PIN)
    return card.device


@pytest.mark.parametrize("size", [SMALL, LARGE])
def test_a_bank_that_goes_away_is_said_with_what_still_works_until_it_is_back(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, size: tuple[int, int]
) -> None:
    folder = tmp_path / "bank"
    folder.mkdir()
    running = [Service(folder)]
    port = running[0].url.rpartition(":")[2]
    programs = Programs(tmp_path, running[0].url)
    for name, value in programs.environment.items():
        monkeypatch.setenv(name, value)
    programs.open_shop()

    def go_away() -> None:
        running.pop().stop()

    def come_back() -> None:
        running.append(Service(folder, "--port", port))

    async def scenario(player: Player) -> None:
        await player.see("● live")
        assert "Offline" not in player.text()
        await player.apart(go_away)
        await player.see("▲ Offline since", "what you see is of then. Your code still works.")
        await player.apart(come_back)
        await player.see("● live")
        await player.see_no("Offline")

    play(lambda: WalletApp(WALLET), scenario, size)
    running.pop().stop()
    programs.close()


def test_a_device_that_is_shut_out_sees_only_that(shop: Programs) -> None:
    device = join()

    def revoke() -> None:
        with Session(WALLET) as session:
            Security(session).revoke(device, PIN, itself=False)

    async def scenario(player: Player) -> None:
        await player.see("● live")
        player.app.go("settings")
        await player.see("Secrets")
        await player.apart(revoke)
        await player.see("✗ This device is shut out", "wallet --profile NAME", "no money is lost")
        await player.press("escape")
        await player.see("✗ This device is shut out")
        await player.click("#quit")

    play(lambda: WalletApp(SECOND), scenario)

    async def again(player: Player) -> None:
        await player.see("✗ This device is shut out")

    play(lambda: WalletApp(SECOND), again)


@pytest.mark.parametrize(
    ("file", "said"),
    [
        (PROFILE, ("is damaged", "Put back what your backup has")),
        (SECRETS, ("holds no device", "Put back what your backup has")),
    ],
)
def test_a_broken_profile_says_what_to_do_and_opens_once_it_is_mended(
    shop: Programs, file: str, said: tuple[str, ...]
) -> None:
    path = profile_folder("wallet", "default") / file
    content = path.read_bytes()
    if file == PROFILE:
        path.write_bytes(b"{")
    else:
        path.unlink()

    async def scenario(player: Player) -> None:
        await player.see("✗ This profile cannot be opened", *said)
        again = player.widget("Button#again", Button)
        await player.press("enter")
        # A button that was just pressed takes no second press.
        await player.until(lambda: not again.has_class("-active"))
        await player.see("✗ This profile cannot be opened", *said)
        path.write_bytes(content)
        await player.press("enter")
        await player.see("● live", "Alice 王")

    play(lambda: WalletApp(WALLET), scenario)


def test_a_passphrase_file_of_no_use_is_named_and_tried_again(
    shop: Programs, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("WALLET_PASSPHRASE_FILE", str(shop.file("other", "not the words")))

    async def scenario(player: Player) -> None:
        await player.see("are locked", "WALLET_PASSPHRASE_FILE names a file", "Try again")
        shop.file("other", shop.passphrase_file.read_bytes())
        await player.press("enter")
        await player.see("● live", "Alice 王")

    play(lambda: WalletApp(WALLET), scenario)

"""Picking a picture: by a part of its name, by a path, up and down the folders."""

from __future__ import annotations

from typing import TYPE_CHECKING

from terminal_kit.screens.dialogs.file_picker import FilePicker
from tests.end_to_end.programs import WALLET
from tests.stage.playing import Player, play
from wallet_cli.screens.app import WalletApp

if TYPE_CHECKING:
    from pathlib import Path

    from tests.end_to_end.programs import Programs


def test_one_goes_up_by_backspace_and_anywhere_by_a_path(shop: Programs) -> None:
    inner = shop.folder / "albums" / "winter 冬"
    inner.mkdir(parents=True)
    picture = inner / "雪景 snow.png"
    picture.write_bytes(b"")
    picked: list[Path | None] = []

    async def scenario(player: Player) -> None:
        await player.see("Last movements")
        await player.app.push_screen(FilePicker(inner), picked.append)
        await player.see("雪景 snow.png", "Pictures: 1.")
        await player.press("backspace")
        await player.see("▸ winter 冬/", "No pictures here.")
        await player.press("enter")
        await player.see("雪景 snow.png")
        await player.write("/nowhere")
        await player.press("enter")
        await player.see("✗ /nowhere cannot be read: No such file or directory.")
        await player.press("ctrl+u")
        await player.write("../../albums/")
        await player.press("enter")
        await player.see("▸ winter 冬/", "No pictures here.")
        await player.press("up", "enter")
        await player.see("▸ albums/")
        await player.write("alb")
        await player.press("enter", "enter")
        await player.see("雪景 snow.png")
        await player.press("enter")
        await player.until(lambda: picked == [picture])
        # The next time begins where the last one ended.
        await player.app.push_screen(FilePicker(), picked.append)
        await player.see("雪景 snow.png")
        await player.press("escape")
        await player.until(lambda: picked == [picture, None])

    play(lambda: WalletApp(WALLET), scenario)

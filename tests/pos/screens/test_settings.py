"""The till's settings: kept as they are changed, and there again at the next start."""

from __future__ import annotations

from typing import TYPE_CHECKING

from textual.widgets import Input

from pos.products import Products
from pos.till_settings import FILE_NAME, TillSettings, load_till_settings, till_folder
from tests.end_to_end.day import cny
from tests.pos.screens.back_room import till_at
from tests.stage.playing import Player, play

if TYPE_CHECKING:
    from pathlib import Path

    from tests.end_to_end.programs import Programs

tills = till_at("tills")


async def settings(player: Player) -> None:
    """Open the settings over another screen."""
    await player.see("● live", "Payments are taken")
    player.app.go("settings")
    await player.see("After a payment")


async def section(player: Player, *seen: str) -> None:
    """Go down to the section in which these texts are seen, and into it."""
    for _step in range(12):
        await player.press("down")
        await player.pilot.pause()
        if all(text in player.text() for text in seen):
            break
    await player.see(*seen)
    await player.press("enter")


async def product(player: Player, name: str, price: str) -> None:
    """Type a product into the dialog that is open."""
    await player.see("Keep")
    player.widget("#name", Input).value = ""
    await player.paste(name)
    await player.press("enter")
    await player.write(price)
    await player.press("enter")
    await player.see("✓ Kept.", name)


def products() -> list[tuple[str, str]]:
    """Give what the file of products holds."""
    items = Products.load("default", "CNY").items
    return [(one.name, str(one.price.minor)) for one in items]


def test_products_are_added_changed_moved_and_removed(shop: Programs) -> None:
    async def scenario(player: Player) -> None:
        await settings(player)
        await section(player, "No products yet. Press a to add")
        await player.press("a")
        await product(player, "Flat white", "32")
        await player.press("a")
        await product(player, "可颂", "18.50")
        await player.see("CN¥18.50")
        await player.press("a")
        await player.see("A new product")
        await player.click("#keep")
        await player.see("✗ Type a price first.")
        await player.press("escape")
        assert products() == [("Flat white", "3200"), ("可颂", "1850")]
        await player.press("plus")
        await player.until(lambda: products()[0][0] == "可颂")
        await player.press("e")
        await player.see("Change the product", "18.50")
        await player.press("enter", "end", *["backspace"] * 5)
        await player.write("20")
        await player.press("enter")
        await player.see("CN¥20.00")
        await player.press("down", "x")
        await player.see_no("Flat white")

    play(tills, scenario)
    assert products() == [("可颂", "2000")]
    assert Products.load("default", "CNY").items[0].price == cny(2000)


def test_tips_printer_and_time_are_kept(shop: Programs, tmp_path: Path) -> None:
    device = tmp_path / "printer"
    device.touch()

    async def scenario(player: Player) -> None:
        await settings(player)
        await section(player, "Offered in per cent")
        field = player.widget("#tips", Input)
        assert field.value == "5 10 15"
        field.value = "5 lots"
        await player.press("enter")
        await player.see("✗ Write up to 4 whole numbers")
        field.value = "20 8"
        await player.press("enter")
        await player.see("✓ Kept.")
        assert field.value == "8 20"
        await player.press("escape")
        await section(player, "ESC/POS")
        await player.click("#test")
        await player.see("simulated one printed", "This printer works: 42 columns.")
        await player.press("enter")
        player.widget("#printer", Input).value = str(device)
        player.widget("#printer", Input).focus()
        await player.press("enter")
        await player.see("✓ Kept.")
        await player.press("tab", "home", "enter")
        await player.see("● 32 columns")
        await player.click("#test")
        await player.see("✓ Printed.")
        await player.press("escape")
        await section(player, "Until a key is pressed")
        await player.press("home", "enter")
        await player.see("● Until a key is pressed")

    play(tills, scenario)
    expected = TillSettings(printer=str(device), width=32, return_seconds=0, tips=(8, 20))
    assert load_till_settings("default") == expected
    assert b"32 columns" in device.read_bytes()

    async def again(player: Player) -> None:
        await settings(player)
        await section(player, "● Until a key is pressed")

    play(tills, again)


def test_a_printer_that_is_not_there_is_said_in_place(shop: Programs) -> None:
    async def scenario(player: Player) -> None:
        await settings(player)
        await section(player, "ESC/POS")
        player.widget("#printer", Input).value = "/nowhere/lp0"
        await player.press("enter")
        await player.see("✓ Kept.")
        await player.click("#test")
        await player.see("✗", "/nowhere/lp0")

    play(tills, scenario)


def test_what_cannot_be_written_is_said_in_place(shop: Programs) -> None:
    folder = till_folder("default")
    (folder / FILE_NAME).mkdir(parents=True)

    async def scenario(player: Player) -> None:
        await settings(player)
        await section(player, "Offered in per cent")
        await player.press("enter")
        await player.see("✗", "cannot be written")

    play(tills, scenario)


def test_damaged_products_are_said_and_not_overwritten(shop: Programs) -> None:
    folder = till_folder("default")
    folder.mkdir(parents=True)
    file = folder / "products.json"
    file.write_text("{")

    async def scenario(player: Player) -> None:
        await settings(player)
        await section(player, "✗", "products.json")
        await player.press("a")
        await player.pilot.pause()
        assert "A new product" not in player.text()

    play(tills, scenario)
    assert file.read_text() == "{"

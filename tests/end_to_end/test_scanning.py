"""Codes from a scanner that types, from pictures with several, from clipboard and screen."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.end_to_end.programs import PIN, Programs
from tests.end_to_end.terminal import open_terminal
from tests.payment_codes.pictures import code_image, encoded, page
from tests.terminal_kit.display import Display, missing

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

needs_display = pytest.mark.skipif(missing() is not None, reason=str(missing()))
ALIPAY = "281234567890123456"


def test_a_scanner_types_the_customers_code(shop: Programs) -> None:
    code = shop.json("wallet", "code")["code"]
    typed = f"]C1{code}\t]C1{code}\r\n"
    charge = shop.json("pos", "charge", "12.50", "--code", "-", stdin=typed)
    assert charge["state"] == "succeeded"


def test_one_of_several_codes_is_chosen_by_number(shop: Programs, tmp_path: Path) -> None:
    charges = [shop.json("pos", "charge", amount) for amount in ("1.50", "2.50")]
    picture = tmp_path / "codes.png"
    picture.write_bytes(encoded(page([*(one["payload"] for one in charges), ALIPAY], 3)))
    pay = ("wallet", "pay", "--image", picture, "--yes")
    said = shop.refused(*pay, code="several_codes", exit_code=6)
    for part in ("1.50 CNY to CORNER CAFE", "2.50 CNY to CORNER CAFE", "Alipay", "--pick N"):
        assert part in said
    assert ALIPAY not in said
    for pick in ("1", "2"):
        paid = shop.json(*pay, "--pick", pick)
        assert paid["state"] == "succeeded"
    assert shop.balances()[0] == 250000 - 150 - 250
    shop.refused(*pay, "--pick", "3", code="code_foreign", exit_code=6)
    shop.refused(*pay, "--pick", "4", code="usage", exit_code=2)


def test_a_person_is_asked_which_code(shop: Programs, tmp_path: Path) -> None:
    charges = [shop.json("pos", "charge", amount) for amount in ("1.50", "2.50")]
    picture = tmp_path / "codes.png"
    picture.write_bytes(encoded(page([one["payload"] for one in charges], 2)))
    with open_terminal(shop.environment) as terminal:
        terminal.type("wallet", "pay", "--image", str(picture), "--yes")
        terminal.wait_for("Which one? [1-2]")
        terminal.answer("2")
        terminal.wait_for("✓ Paid")
    states = [shop.json("pos", "show", one["id"])["state"] for one in charges]
    assert states == ["created", "succeeded"]


def test_a_cashier_scans_into_a_terminal(shop: Programs) -> None:
    code = shop.json("wallet", "code")["code"]
    with open_terminal(shop.environment) as terminal:
        terminal.type("pos", "charge", "12.50", "--code", "-")
        terminal.wait_for("Scan the code now")
        terminal.answer(f"]Q3{code}")
        assert any("✓ Paid" in row for row in terminal.wait_for("✓ Paid"))


@pytest.fixture
def display(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Display]:
    """Give a display of the test's own."""
    with Display(tmp_path_factory.mktemp("display")) as made:
        yield made


@pytest.mark.display
@needs_display
def test_clipboard_and_screen_are_read(shop: Programs, display: Display) -> None:
    at_display = {"DISPLAY": display.name, "WAYLAND_DISPLAY": ""}
    charge = shop.json("pos", "charge", "1500")
    display.copy(charge["payload"].encode(), "UTF8_STRING")
    pay = ("wallet", "pay", "--clipboard", "--yes", "--pin-file", "-", "--json")
    paid = shop.run(*pay, stdin=PIN, environment=at_display).json
    assert (paid["state"], paid["charge"]) == ("succeeded", charge["id"])

    display.paint(code_image(shop.json("wallet", "code")["code"]))
    on_screen = shop.run("pos", "charge", "2.50", "--screen", "--json", environment=at_display)
    assert on_screen.json["state"] == "succeeded"


@pytest.mark.parametrize(
    "words",
    [("wallet", "pay", "--screen", "--yes"), ("pos", "charge", "1", "--clipboard")],
)
def test_without_a_display_it_is_said(shop: Programs, words: tuple[str, ...]) -> None:
    nowhere = {"DISPLAY": "", "WAYLAND_DISPLAY": ""}
    shop.refused(*words, code="no_display", exit_code=2, environment=nowhere)

"""What people see on a real terminal of 80×24, and what they are asked there."""

from __future__ import annotations

import shutil
from typing import TYPE_CHECKING

import pytest

from tests.end_to_end.programs import PIN
from tests.end_to_end.screens import ESCAPE, drawing, read_screen
from tests.end_to_end.terminal import PROMPT, ROWS, open_terminal

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tests.end_to_end.programs import Programs
    from tests.end_to_end.terminal import Terminal

pytestmark = pytest.mark.skipif(shutil.which("tmux") is None, reason="tmux is not installed")

LONGEST_NAME = "王" * 32


@pytest.fixture
def terminal(shop: Programs) -> Iterator[Terminal]:
    with open_terminal(shop.environment) as opened:
        yield opened


def test_a_charge_is_drawn_whole_with_text_beside_it(shop: Programs, terminal: Terminal) -> None:
    shop.opening_till(profile="long", name=LONGEST_NAME).finish()
    till = ("pos", "--profile", "long")
    rows = terminal.run(*till, "charge", "9999999999.99", "--reference", "A" * 12)
    assert len(rows) == ROWS
    assert rows[-1].startswith(PROMPT)
    assert any("9999999999.99 CNY" in row[45:] for row in rows)
    assert any("王" * 16 in row for row in rows)
    drawn = drawing(terminal.screen(colours=True))
    assert len(drawn) == 23
    code = read_screen(drawn)
    assert code == shop.json(*till, "sales")["items"][0]["payload"]


def test_a_payer_code_is_drawn_whole_even_without_colours(
    shop: Programs, terminal: Terminal
) -> None:
    rows = terminal.run("env", "NO_COLOR=1", "wallet", "code")
    drawn = drawing(terminal.screen(colours=True))
    assert len(drawn) == 15 + 4
    digits = read_screen(drawn[:15])
    assert digits == read_screen(drawn[15:])
    assert any(digits[:4] + " " + digits[4:8] in row for row in rows)
    assert shop.json("pos", "charge", "5", "--code", digits)["state"] == "succeeded"


def test_a_dumb_terminal_gets_the_code_as_a_line(terminal: Terminal) -> None:
    rows = terminal.run("env", "TERM=dumb", "wallet", "code")
    assert rows[0].isdigit()
    assert drawing(terminal.screen(colours=True)) == []


def test_a_person_is_asked_before_paying_and_for_the_pin(
    shop: Programs, terminal: Terminal
) -> None:
    code = shop.run("pos", "charge", "1500").out.strip()
    terminal.type("wallet", "pay", code)
    assert any("1500.00 CNY to Corner Café, 上海" in r for r in terminal.wait_for("[y/N]"))
    terminal.answer("n")
    terminal.wait_for("Not confirmed. Nothing was sent.")
    assert shop.balances() == (250000, 0)

    terminal.type("wallet", "pay", code)
    terminal.wait_for("[y/N]")
    terminal.answer("y")
    terminal.wait_for("PIN:")
    terminal.answer("975310")
    terminal.wait_for("Tries left: 2")
    terminal.answer(PIN)
    rows = terminal.wait_for("✓ Paid")
    assert not any("975310" in row or PIN in row for row in rows)
    assert shop.balances()[0] == 100000


def test_a_new_pin_is_asked_for_twice(shop: Programs, terminal: Terminal) -> None:
    opening = ("wallet", "--profile", "bob", "open", "--name", "Bob", "--store", "file")
    for second, said in (
        ("135790", "The two PINs differ. Nothing changed."),
        (PIN, "Welcome, Bob"),
    ):
        terminal.type(*opening)
        terminal.wait_for("New PIN")
        terminal.answer(PIN)
        terminal.wait_for("The same PIN again")
        terminal.answer(second)
        terminal.wait_for(said)
    assert shop.json("wallet", "--profile", "bob", "whoami")["pin_set"] is True


def test_evidence_that_is_not_given_is_asked_for_and_numbers_are_not_shown(
    terminal: Terminal,
) -> None:
    number = "11010519491231002X"
    terminal.type("wallet", "raise-tier", "III")
    terminal.wait_for("your name:")
    terminal.answer("王小明")
    terminal.wait_for("your identity number:")
    terminal.answer(number)
    rows = terminal.wait_for("✓ The wallet is in tier III now.")
    assert not any(number in row for row in rows)


def test_colours_are_for_terminals_that_want_them(terminal: Terminal) -> None:
    for words, coloured in (
        (("wallet", "balance"), True),
        (("env", "NO_COLOR=1", "wallet", "balance"), False),
        (("env", "TERM=dumb", "wallet", "balance"), False),
    ):
        terminal.run(*words)
        row = terminal.screen(colours=True)[0]
        assert "2500.00 CNY" in row
        assert (ESCAPE in row) is coloured


def test_a_static_code_asks_for_the_amount(shop: Programs, terminal: Terminal) -> None:
    payload = shop.json("pos", "code")["payload"]
    terminal.type("wallet", "pay", payload)
    terminal.wait_for("Amount:")
    terminal.answer("12.50")
    assert any("12.50 CNY to Corner" in row for row in terminal.wait_for("[y/N]"))
    terminal.answer("y")
    terminal.wait_for(PROMPT)
    assert shop.json("pos", "sales")["items"][0]["amount"]["minor"] == 1250

"""The full screens in a real terminal, by keys alone: a sale from first run, and how they end."""

from __future__ import annotations

import re
import shutil
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

import pytest

from tests.end_to_end.programs import CITY, CUSTOMER, MERCHANT, PIN, one_object
from tests.end_to_end.screens import ESCAPE
from tests.end_to_end.terminal import PROMPT, open_terminal

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from tests.end_to_end.programs import Programs, Running
from tests.end_to_end.terminal import Terminal

pytestmark = pytest.mark.skipif(shutil.which("tmux") is None, reason="tmux is not installed")

#: The alternate screen, reports of the mouse, and the cursor: what a program must put back.
FLAGS = ("alternate_on", "mouse_any_flag", "cursor_flag")
CLEAN = ["0", "0", "1"]
COLOURS = re.compile(r"[34]8;2;(\d+);(\d+);(\d+)")


@pytest.fixture
def terminal(programs: Programs) -> Iterator[Terminal]:
    with open_terminal(programs.environment) as opened:
        yield opened


@pytest.fixture
def other(programs: Programs) -> Iterator[Terminal]:
    with open_terminal(programs.environment) as opened:
        yield opened


def step(terminal: Terminal, title: str) -> None:
    """Take what a step of a first run proposes."""
    terminal.wait_for(title)
    terminal.press("Enter")


def open_wallet(terminal: Terminal) -> None:
    """Go through the wallet's first run: its file's passphrase is in the environment."""
    terminal.answer("wallet")
    terminal.wait_for("Step 1 of")
    # Whoever types fast waits for no step to be seen.
    terminal.answer(CUSTOMER)
    terminal.press("Enter")
    terminal.answer(PIN)
    terminal.answer(PIN)
    step(terminal, "to play with")
    terminal.wait_for("Last movements")


def open_till(terminal: Terminal) -> None:
    """Go through the till's first run and open a shift without change."""
    terminal.answer("pos")
    terminal.wait_for("Step 1 of")
    terminal.answer(MERCHANT)
    terminal.press("C-u")
    terminal.answer(CITY)
    for title in ("What kind of shop", "An encrypted file", "Your till is open", "Open a shift"):
        step(terminal, title)
    terminal.wait_for_no("Open a shift")


def test_a_sale_from_first_run_on_both_sides(
    programs: Programs, terminal: Terminal, other: Terminal
) -> None:
    till, wallet = terminal, other
    open_till(till)
    open_wallet(wallet)
    till.write("2*b")
    till.wait_for("2 × Flat white")
    till.press("Enter")
    till.wait_for("Ready to scan")
    till.press("c")
    till.wait_for("Copied")
    wallet.press("p")
    wallet.wait_for("Paste or type a code")
    wallet.paste(till.copied())
    wallet.press("Enter")
    assert any("上海" in row for row in wallet.wait_for("Left after it"))
    wallet.press_enter_for("Pay CN¥64.00")
    wallet.wait_for("✓ Paid")
    till.wait_for("✓ Paid")
    wallet.press("Enter")
    wallet.wait_for("-CN¥64.00")

    # The other way round: the customer's code, above what goes without the PIN.
    till.press("Enter")
    till.wait_for("Nothing rung up")
    wallet.press("c")
    wallet.wait_for("Let the till scan this")
    wallet.press("c")
    wallet.wait_for("Copied")
    till.write("1500")
    till.paste(wallet.copied())
    till.wait_for("Waiting for the PIN")
    wallet.wait_for("A till asks for your PIN")
    wallet.answer(PIN)
    wallet.wait_for("✓ Paid")
    till.wait_for("✓ Paid")
    assert not any(PIN in row for row in wallet.screen())

    assert programs.balances()[0] == 200000 - 6400 - 150000
    states = [one["state"] for one in programs.json("pos", "sales")["items"]]
    assert states == ["succeeded", "succeeded"]
    assert programs.json("pos", "shift")["number"] == 1


def test_ctrl_q_and_ctrl_c_leave_the_terminal_clean(shop: Programs, terminal: Terminal) -> None:
    for program, key, code in (("wallet", "C-q", 0), ("wallet", "C-c", 130), ("pos", "C-q", 0)):
        terminal.answer(f"clear; {program}; echo code $?")
        terminal.wait_for("● live")
        assert terminal.state(*FLAGS)[:2] == ["1", "1"]
        terminal.press(key)
        rows = terminal.wait_for(f"code {code}")
        assert not any("●" in row for row in rows)
        assert terminal.state(*FLAGS) == CLEAN


def test_a_tiny_window_says_so_and_recovers(shop: Programs, terminal: Terminal) -> None:
    terminal.answer("wallet")
    terminal.wait_for("Last movements")
    terminal.resize(40, 10)
    terminal.wait_for("Make the window larger")
    terminal.resize(80, 24)
    terminal.wait_for("Last movements")


def test_without_colours_all_is_grey_and_said_in_words(shop: Programs, terminal: Terminal) -> None:
    for words, is_grey in (("wallet", False), ("NO_COLOR=1 wallet", True)):
        terminal.answer(f"env COLORTERM=truecolor {words}")
        terminal.wait_for("● live")
        terminal.wait_for("Top-up")
        colours = COLOURS.findall("\n".join(terminal.screen(colours=True)))
        assert colours
        assert all(red == green == blue for red, green, blue in colours) is is_grey
        terminal.press("C-q")
        terminal.wait_for_prompt()


def test_it_outlives_its_service(programs: Programs, tmp_path: Path) -> None:
    """Shows that the bank is gone, keeps what it knows, and follows it when it is back."""
    books = f"sqlite:///{tmp_path / 'books.db'}"

    def serve(port: int) -> tuple[Running, int]:
        running = programs.start(
            *("wallet-api", "serve", "--port", str(port), "--database", books, "--json")
        )
        assert running.process.stdout is not None
        url = one_object(running.process.stdout.readline().decode())["url"]
        return running, urlsplit(url).port or 0

    bank, port = serve(0)
    programs.environment["WALLET_API_URL"] = f"http://127.0.0.1:{port}"
    programs.open_shop()
    with open_terminal(programs.environment) as terminal:
        terminal.answer("wallet")
        terminal.wait_for("● live")
        terminal.wait_for("+CN¥2,500.00")
        bank.process.kill()
        bank.process.communicate()
        terminal.wait_for_no("● live")
        terminal.wait_for("ffline")
        terminal.press("c")
        terminal.wait_for("Let the till scan this")
        terminal.press("Escape")
        bank, _port = serve(port)
        terminal.wait_for("● live")
        programs.run("wallet", "top-up", "12")
        terminal.wait_for("+CN¥12.00")
        terminal.press("C-q")
        terminal.wait_for(PROMPT)
    bank.process.terminate()
    bank.finish()


def test_plain_mode_comes_back_to_its_menu_at_ctrl_c(shop: Programs, terminal: Terminal) -> None:
    terminal.answer("clear; pos --plain; echo code $?")
    for question, answer in (
        ("Number:", "1"),
        ("Item (", "12.50 Tea"),
        ("Total 12.50 CNY", ""),
        ("Discount", ""),
        ("Tip", ""),
        ("A note", ""),
        ("A reference", ""),
        ("What next?", "1"),
    ):
        terminal.wait_for(question)
        terminal.answer(answer)
    terminal.wait_for("Waiting for the customer")
    terminal.press("C-c")
    terminal.wait_for("It may still be paid.")
    terminal.wait_for("Press Enter for the menu.")
    terminal.press("C-c")
    terminal.wait_for("code 130")
    assert not any(ESCAPE in row for row in terminal.screen(colours=True))

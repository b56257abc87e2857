"""A waiting till says what it waits for: in place on a terminal, one line a change in a pipe."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tests.end_to_end.screens import drawing, read_screen
from tests.end_to_end.terminal import ROWS, open_terminal

if TYPE_CHECKING:
    from tests.end_to_end.programs import Programs


def test_the_countdown_stands_below_the_whole_code(shop: Programs) -> None:
    with open_terminal(shop.environment) as terminal:
        terminal.type("pos", "charge", "12.50", "--wait", "300")
        first = terminal.wait_for("Waiting for the customer")
        code = read_screen(drawing(terminal.screen(colours=True)))
        assert first[ROWS - 1].startswith("Waiting for the customer, ")
        left = first[ROWS - 1].split()[4]
        terminal.wait_for(f"Waiting for the customer, {int(left) - 2} s left")
        # Each second is written over the one before.
        assert read_screen(drawing(terminal.screen(colours=True))) == code
        paid = shop.json("wallet", "pay", code, "--yes")
        rows = terminal.wait_for("✓ Paid")
        assert not any("s left" in row for row in rows)
    assert paid["state"] == "succeeded"


def test_in_a_pipe_each_change_is_a_line(shop: Programs) -> None:
    code = shop.json("wallet", "code")["code"]
    charge = ("pos", "charge", "1500", "--code", code, "--wait", "3", "--json")
    waited = shop.run(*charge, exit_code=5)
    assert waited.json["state"] == "awaiting_payer"
    lines = waited.err.splitlines()
    assert lines[1] == "Waiting for the customer's PIN, 3 s left"
    assert sum("Waiting" in line for line in lines) == 1
    # What became of it is told by whatever comes next, once it has an end.
    (waiting,) = shop.json("wallet", "pending")["items"]
    shop.run("wallet", "confirm", waiting["id"], "--pin-file", shop.pin_file)
    told = shop.run("pos", "sales", "--json").err
    assert told == f"Earlier charge 1500.00 CNY ({waiting['id'][-8:]}): succeeded.\n"
    assert shop.run("pos", "sales", "--json").err == ""

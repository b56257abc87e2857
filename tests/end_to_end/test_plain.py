"""Plain mode as somebody with a screen reader has it: lines in, lines out, nothing drawn."""

from __future__ import annotations

import signal
from typing import TYPE_CHECKING

import pytest

from tests.end_to_end.programs import CITY, CUSTOMER, MERCHANT, PIN

if TYPE_CHECKING:
    from collections.abc import Iterable

    from tests.end_to_end.programs import Finished, Programs, Running

ESCAPE = "\x1b"
BELL = "\x07"
#: Answers that open a profile, whose secrets go into a file, and lead back to the menu.
OPEN_TILL = ("1", MERCHANT, CITY, "", "2", "", "")
OPEN_WALLET = ("1", CUSTOMER, "2", "", PIN, PIN, "")
#: Rows of the first menus.
HOME, PAY, MY_CODE, SEND, HISTORY, WAITING, BANK = "1", "2", "3", "5", "6", "7", "11"
SALE, RESUME, SALES, SHIFT = "1", "2", "3", "4"


def lines(answers: Iterable[str]) -> bytes:
    return "".join(f"{answer}\n" for answer in answers).encode()


def plainly(
    programs: Programs, *words: str, answers: Iterable[str], exit_code: int = 0
) -> Finished:
    """Play a program in plain mode where colours are wanted and there is a terminal that draws."""
    done = programs.run(
        *words,
        stdin=lines(answers),
        environment={"FORCE_COLOR": "1", "TERM": "xterm-256color"},
    )
    assert not {ESCAPE, BELL, "\r"} & set(done.out + done.err)
    return done


def answer(running: Running, *answers: str) -> None:
    assert running.process.stdin is not None
    running.process.stdin.write(lines(answers))
    running.process.stdin.flush()


def shown_code(till: Running) -> str:
    """Give the code that a waiting till wrote."""
    assert till.process.stdout is not None
    for line in till.process.stdout:
        if line.startswith(b"000201"):
            return line.decode().strip()
    raise AssertionError("no code was written")


def test_a_whole_sale_from_first_run_on_both_sides(programs: Programs) -> None:
    till = programs.start("pos", "--plain")
    answer(till, *OPEN_TILL, SALE, "2*16.25 Flat white", "40", "", "10%", "", "two", "", "1")
    code = shown_code(till)
    wallet = plainly(
        programs,
        *("wallet", "--plain"),
        answers=(*OPEN_WALLET, BANK, "1", "500", "", PAY, "1", code, "y", "", HOME, "", "q"),
    )
    assert f"Welcome, {CUSTOMER}" in wallet.out
    assert "65.25 CNY to Corner Café, 上海" in wallet.err
    assert "✓ Paid" in wallet.out
    assert "434.75 CNY" in wallet.out
    answer(till, "", "q")
    sold = till.finish()
    assert "2 × Flat white 32.50; 1 × Item 40.00; Total 72.50 CNY" in sold.err
    assert "✓ Paid" in sold.out
    assert "Discount  7.25 CNY" in sold.out
    assert programs.balances()[0] == 43475


def test_the_customers_code_and_the_pin(shop: Programs) -> None:
    shown = plainly(shop, "wallet", "--plain", answers=(MY_CODE, "", "", "", "", "q"))
    code = shown.out.split()[0]
    till = shop.start("pos", "--plain")
    answer(till, SALE, "1500", "", "", "", "", "", "2", "1", code)
    while "The customer confirms with" not in (said := till.said()):
        pass
    charge = said.split()[-1].rstrip("`.")[-8:]
    done = plainly(
        shop,
        *("wallet", "--plain"),
        answers=(WAITING, "2", charge, "975310", PIN, "", HISTORY, "1", "", "q"),
    )
    assert "Tries left: 2" in done.err
    assert "✓ Paid" in done.out
    answer(till, "", "q")
    assert "✓ Paid" in till.finish().out
    assert shop.balances()[0] == 100000


def test_a_sale_is_put_aside_and_taken_up_again(shop: Programs) -> None:
    aside = plainly(shop, "pos", "--plain", answers=(SALE, "3*12.50 Tea", *[""] * 5, "4", "", "q"))
    assert "✓ The sale is put aside." in aside.err
    till = shop.start("pos", "--plain")
    answer(till, RESUME, "1", "1")
    payment = shop.json("wallet", "pay", shown_code(till), "--yes")
    assert payment["amount"]["minor"] == 3750
    answer(till, "", RESUME, "", "q")
    assert "No sale is put aside." in till.finish().err


def test_a_sale_is_refunded_and_the_shift_reported(shop: Programs) -> None:
    opened = plainly(shop, "pos", "--plain", answers=(SHIFT, "2", "200", "", "q"))
    assert "Shift 1 is open" in opened.out
    code = shop.run("pos", "charge", "20").out.strip()
    charge = shop.json("wallet", "pay", code, "--yes")["charge"]
    answers = (
        SALES,
        "3",
        "5",
        "cold",
        charge[-8:],
        "",
        SHIFT,
        "3",
        "",
        SHIFT,
        "5",
        "",
        "",
        "",
        "q",
    )
    report = plainly(shop, "pos", "--plain", answers=answers)
    assert "5.00 CNY" in report.out
    assert "Shift 1 closed" in report.out
    assert shop.balances()[0] == 250000 - 1500


def test_answers_that_do_not_fit_are_asked_for_again(shop: Programs) -> None:
    nobody = "01890a5d-ac96-774b-bcce-b302099a8057"
    answers = (
        *("99", "pay", "", BANK, "0", "1", "-5", "1.234", "", "-", "12", ""),
        *(SEND, "1", "20", nobody, "", ""),
        *(PAY, "1", "not a code", "", "q"),
    )
    done = plainly(shop, "wallet", "--plain", answers=answers)
    assert done.err.count("Type a number from 1 to 19") == 3
    assert done.err.count("Type a number from 1 to 2") == 1
    assert done.err.count("Amount, such as 12.50: ") == 5 + 1
    assert "CNY amounts have at most 2 decimals" in done.err
    assert "Something must be typed here" in done.err
    assert done.err.count("✗ ") == 2
    assert shop.balances()[0] == 251200


def test_what_looks_like_an_option_is_a_text(shop: Programs) -> None:
    wallet = shop.json("wallet", "whoami")["wallet"]
    answers = ("4", "", "--json", "", "", "", SEND, "1", "1", wallet, "-n", "y", "", "q")
    done = plainly(shop, "wallet", "--plain", answers=answers)
    assert "There is no option" not in done.err


def test_the_language_is_kept(shop: Programs) -> None:
    plainly(shop, "wallet", "--plain", answers=("18", "3", "", "q"))
    assert "余额" in shop.run("wallet", "whoami").out


@pytest.mark.parametrize("answers", [(), ("q",), (BANK, "q", "q"), (BANK, "1")])
def test_q_and_the_end_of_the_input_leave(shop: Programs, answers: tuple[str, ...]) -> None:
    assert plainly(shop, "wallet", "--plain", answers=answers).out == ""


def test_ctrl_c_in_a_menu_leaves_with_130(shop: Programs) -> None:
    wallet = shop.start("wallet", "--plain")
    while "18." not in wallet.said():
        pass
    wallet.process.send_signal(signal.SIGINT)
    assert "✗" in wallet.finish(130).err


def test_it_speaks_chinese(shop: Programs) -> None:
    code = shop.run("pos", "charge", "9.99").out.strip()
    done = plainly(
        shop, "wallet", "--lang", "zh", "--plain", answers=(PAY, "1", code, "是", "", "q")
    )
    assert "确认付款？" in done.err
    assert "✓ 已付款" in done.out
    assert shop.balances()[0] == 250000 - 999


@pytest.mark.parametrize(
    "words",
    [
        ("--plain", "balance"),
        ("--web", "balance"),
        ("--port", "1"),
        ("--plain", "--web"),
        ("--json",),
    ],
)
def test_a_front_and_a_command_do_not_go_together(
    programs: Programs, words: tuple[str, ...]
) -> None:
    programs.run("wallet", *words, exit_code=2)


def test_without_a_terminal_the_program_alone_is_its_help(programs: Programs) -> None:
    assert "Usage: wallet" in programs.run("wallet").out

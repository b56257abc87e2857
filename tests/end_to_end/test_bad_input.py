"""What people mistype: amounts, options, files, names; said clearly, and nothing half done."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from tests.end_to_end.programs import at_once

if TYPE_CHECKING:
    from tests.end_to_end.conftest import NothingMoves
    from tests.end_to_end.programs import Programs

NO_AMOUNTS = (
    *("", " 5", "1e3", "1,000", "5.", "nan"),
    *("٥", "５", "5 ABC", "5 eur", "5\n"),
)
WRONG_AMOUNTS = ("0.00", "12.505", "9" * 40)


def test_what_is_no_amount_is_refused_before_anything_is_sent(
    shop: Programs, nothing_moves: NothingMoves
) -> None:
    with nothing_moves():
        commands: list[tuple[str, ...]] = [
            *(("pos", "charge", amount) for amount in NO_AMOUNTS + WRONG_AMOUNTS),
            *(("wallet", "top-up", amount) for amount in WRONG_AMOUNTS),
            ("pos", "charge", "5", "--tip", "1e-1"),
            ("pos", "charge", "5", "--tip", "5"),
        ]
        said = shop.all_refused(commands, code="amount_invalid", exit_code=2)
        assert all("12.50" in sentence and ".." not in sentence for sentence in said), said
        shop.all_refused([("pos", "charge", "-5"), ("pos", "charge")], code="usage", exit_code=2)
        assert "Write an amount like" in shop.run("wallet", "top-up", "--", "-5", exit_code=2).err
    assert shop.json("pos", "sales")["items"] == []


def test_the_largest_amount_is_taken_and_one_more_is_not(shop: Programs) -> None:
    largest = shop.json("pos", "charge", "9999999999.99")
    assert largest["amount"] == {"minor": 999_999_999_999, "currency": "CNY"}
    said = shop.refused("pos", "charge", "10000000000.00", code="amount_invalid", exit_code=2)
    assert "9999999999.99 CNY" in said


def test_wrong_options_are_refused_before_anything_is_sent(
    shop: Programs, nothing_moves: NothingMoves
) -> None:
    code = shop.run("pos", "charge", "12.50").out.strip()
    passphrase = str(shop.passphrase_file)
    with nothing_moves():
        commands: list[tuple[str, ...]] = [
            ("wallet", "nonsense"),
            ("wallet", "pay"),
            ("wallet", "pay", code, "--image", passphrase, "--yes"),
            ("wallet", "pay", "-", "--pin-file", "-", "--yes"),
            ("wallet", "balance", "--nonsense"),
            ("wallet", "history", "--limit", "0"),
            ("wallet", "show", "xyz"),
            ("wallet", "--profile", "../escape", "balance"),
            ("wallet", "--profile", "p", "open", "--name", "A", "--store", "nonsense"),
            ("pos", "--profile", "p", "open", "--store", "file"),
            ("pos", "charge", "5", "--nonsense"),
            ("pos", "charge", "5", "--code", code, "--image", passphrase),
            *(("pos", "charge", "5", "--wait", text) for text in ("-1", "nan", "inf", "soon")),
            ("pos", "charge", "5", "--expires", "0"),
            ("pos", "refund"),
            ("wallet-api", "nonsense"),
            ("wallet-api", "serve", "--port", "99999"),
            ("wallet-api", "serve", "--database", "mysql://x"),
            ("wallet-api", "verify", "--database", "sqlite:////nowhere/books.db"),
        ]
        said = shop.all_refused(commands, code="usage", exit_code=2)
    assert all(sentence.endswith((".", "`")) for sentence in said), said
    assert len(shop.json("pos", "sales")["items"]) == 1


def test_a_file_that_is_of_no_use_stops_a_payment_before_it_is_sent(
    shop: Programs, nothing_moves: NothingMoves
) -> None:
    code = shop.run("pos", "charge", "1500").out.strip()
    missing, empty = shop.folder / "missing", shop.file("empty", "")
    pay = ("wallet", "pay", code, "--yes", "--pin-file")
    with nothing_moves():
        commands = [
            (*pay, missing),
            (*pay, empty),
            (*pay, shop.folder),
            (*pay, shop.file("x", b"\xff")),
        ]
        shop.all_refused(commands, code="usage", exit_code=2)
        shop.refused(*pay, "-", code="usage", exit_code=2)
    assert shop.json("wallet", "pending")["items"] == []


def test_a_code_that_cannot_be_saved_is_not_made(shop: Programs) -> None:
    names = ("code.bmp", "code", "no/folder/code.png")
    for program in (("pos", "charge", "5"), ("wallet", "code")):
        shop.all_refused(((*program, "--save", name) for name in names), code="usage", exit_code=2)
    assert shop.json("pos", "sales")["items"] == []


def test_other_peoples_text_is_plain_text(shop: Programs, nothing_moves: NothingMoves) -> None:
    evil = "\x1b[31mred\x1b[0m"
    with nothing_moves():
        commands: list[tuple[str, ...]] = [
            ("pos", "charge", "5", "--note", evil),
            ("pos", "charge", "5", "--note", "x" * 65),
            ("pos", "charge", "5", "--note", ""),
        ]
        shop.all_refused(commands, code="text_invalid")
        shop.refused("pos", "charge", "5", "--reference", "lower", code="bad_request")
    longest = "王" * 32
    assert shop.json("pos", "charge", "5", "--note", longest)["note"] == longest


def test_a_profile_that_is_not_there_says_how_to_open_it(programs: Programs) -> None:
    commands = [("wallet", "whoami"), ("pos", "whoami"), ("pos", "show", "12345678")]
    said = programs.all_refused(commands, code="no_profile", exit_code=4)
    assert all(
        f"{words[0]} open --name" in text for words, text in zip(commands, said, strict=True)
    )


def test_an_address_that_is_no_service_is_refused(shop: Programs) -> None:
    def refused(url: str, code: str) -> str:
        address = {"WALLET_API_URL": url}
        return shop.refused("wallet", "balance", code=code, exit_code=2, environment=address)

    cases = (
        ("http://bank.example", "service_insecure"),
        ("ftp://127.0.0.1", "service_insecure"),
        ("http://127.0.0.1:1/path", "usage"),
        ("nonsense", "usage"),
    )
    at_once(partial(refused, url, code) for url, code in cases)

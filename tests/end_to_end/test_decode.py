"""Codes of the whole world, read and made by the installed programs: no profile, no network."""

from __future__ import annotations

import json
import signal
from typing import TYPE_CHECKING

import pytest

from payment_codes.building import build
from payment_codes.draw.picture import save_code
from payment_codes.schemes.table import by_id
from tests.end_to_end.programs import Programs, at_once
from tests.end_to_end.terminal import open_terminal
from tests.payment_codes.pictures import encoded, page
from tests.terminal_kit.wording import in_source

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from tests.end_to_end.conftest import NothingMoves

#: Nobody listens there.
NOWHERE = "http://127.0.0.1:1"
UPI = "upi://pay?pa=shop@example&pn=Corner%20Shop&am=10.00&cu=INR"
MILD = "upi://pay?pa=shop@example"
EPC = "BCD\n002\n1\nSCT\n\nRed Cross\nBE72000000001616\nEUR1\n\n\nUrgency fund"
WECHAT = "134512345678901234"


@pytest.fixture
def alone(tmp_path: Path) -> Iterator[Programs]:
    """Give programs without a profile, and with a service that does not answer."""
    made = Programs(tmp_path, NOWHERE)
    yield made
    made.close()
    # Neither command keeps anything.
    assert not [path for path in made.home.rglob("*") if path.is_file()]


def pix() -> str:
    scheme = by_id("pix")
    order = scheme.works.example(scheme)
    assert order is not None
    return build(scheme, order)


def test_the_object_says_what_the_code_says(alone: Programs) -> None:
    value = alone.json("wallet", "decode", UPI)
    assert (value["scheme"], value["payee"], value["reference"]) == ("upi", "Corner Shop", None)
    assert value["amount"] == {"minor": 1000, "currency": "INR"}
    assert (value["valid"], value["issues"]) == ({"strict": True, "lenient": True}, [])
    assert value["fields"]["pa"] == "shop@example"


def test_exit_codes_follow_the_reading_that_is_asked_for(alone: Programs) -> None:
    mild = alone.json("wallet", "decode", MILD)
    assert mild["valid"] == {"strict": False, "lenient": True}
    assert [issue["code"] for issue in mild["issues"]] == ["missing"]
    assert alone.json("wallet", "decode", MILD, "--strict", exit_code=6) == mild
    wrong = alone.json("wallet", "decode", pix()[:-4] + "0000", exit_code=6)
    assert wrong["issues"] == [
        {
            "code": "crc_wrong",
            "severity": "lenient",
            "where": "63",
            "rule": "EMV QRCPS MPM v1.1 §4.7.3",
        }
    ]
    assert wrong["payee"] == "FULANO DE TAL"
    card = alone.run("wallet", "decode", pix()[:-4] + "0000", exit_code=6)
    assert "✗ wrong · 63 · crc_wrong" in card.out
    assert card.err == ""


def test_what_is_no_code_is_the_error(alone: Programs) -> None:
    for text in ("hello", "", "https://shop.example/menu", "\udcff\udcfe"):
        alone.refused("wallet", "decode", text, code="code_unreadable", exit_code=6)
    for words in ((), (UPI, "--clipboard"), (UPI, "--pick", "1"), ("--camera", "x")):
        alone.refused("wallet", "decode", *words, code="usage", exit_code=2)
    said = alone.refused("wallet", "decode", "--camera", code="camera_missing", exit_code=2)
    assert "pip install" in said


@pytest.mark.parametrize("end", ["\n", "\r\n"])
def test_a_code_on_stdin_keeps_its_lines(alone: Programs, end: str) -> None:
    value = alone.json("wallet", "decode", "-", stdin=EPC.replace("\n", end) + end)
    assert (value["scheme"], value["payee"]) == ("epc", "Red Cross")
    assert value["amount"] == {"minor": 100, "currency": "EUR"}
    alone.refused("wallet", "decode", "-", code="usage", exit_code=2)


def test_pictures_are_read_and_one_of_several_is_picked(alone: Programs) -> None:
    one, several = alone.folder / "one.png", alone.folder / "several.png"
    save_code(EPC, one)
    several.write_bytes(encoded(page([UPI, MILD, WECHAT], 3)))
    assert alone.json("wallet", "decode", "--image", one)["scheme"] == "epc"
    assert alone.json("wallet", "decode", "--image", "-", stdin=one.read_bytes())["scheme"] == "epc"
    said = alone.refused("wallet", "decode", "--image", several, code="several_codes", exit_code=6)
    assert WECHAT not in said
    picked = alone.json("wallet", "decode", "--image", several, "--pick", "2")
    assert picked["account"] == "shop@example"


def test_a_code_drawn_on_a_terminal_and_copied_is_read(alone: Programs) -> None:
    drawn = alone.run("pos", "test-code", "upi", "--draw").out
    value = alone.json("wallet", "decode", "-", stdin=drawn)
    assert (value["scheme"], value["account"]) == ("upi", "shop@example")


def test_a_live_code_is_named_and_never_repeated(alone: Programs) -> None:
    picture = alone.folder / "live.png"
    save_code(WECHAT, picture)
    for words in (("wallet", "decode", WECHAT), ("wallet", "decode", "--image", str(picture))):
        for more in ((), ("--json",)):
            done = alone.run(*words, *more)
            assert "WeChat Pay" in done.out
            assert WECHAT[2:12] not in done.out + done.err


def test_a_folder_is_watched_until_a_picture_comes(alone: Programs) -> None:
    pictures = alone.folder / "pictures"
    pictures.mkdir()
    save_code(MILD, pictures / "before.png")
    watching = alone.start("wallet", "decode", "--watch", pictures, "--json")
    assert "Waiting for a picture" in watching.said()
    # Whoever saves pictures moves them there whole.
    save_code(EPC, alone.folder / "new.png")
    (alone.folder / "new.png").replace(pictures / "new.png")
    assert watching.finish().json["scheme"] == "epc"


def test_watching_ends_with_an_interrupt(alone: Programs) -> None:
    watching = alone.start("wallet", "decode", "--watch", alone.folder, "--json")
    assert "Waiting for a picture" in watching.said()
    watching.process.send_signal(signal.SIGINT)
    assert watching.finish(exit_code=130).json["error"]["code"] == "interrupted"


def test_a_terminal_gets_a_card_in_a_frame(alone: Programs) -> None:
    with open_terminal(alone.environment) as terminal:
        terminal.type("wallet", "decode", UPI)
        rows = terminal.wait_for("╰──")
        assert any("Corner Shop" in row for row in rows)
        terminal.type("wallet", "decode", "-")
        terminal.wait_for("Scan the code now")
        terminal.answer(EPC)
        terminal.wait_for("Red Cross")


def test_the_card_is_plain_in_a_pipe_and_told_in_chinese(alone: Programs) -> None:
    english = alone.run("wallet", "decode", UPI, environment={"NO_COLOR": "1"}).out
    assert not {"\x1b", "│"} & set(english)
    chinese = alone.run("wallet", "--lang", "zh", "decode", UPI).out
    assert "Corner Shop" in chinese
    assert list(in_source(f"say({english!r})"))  # It is English that is looked for.
    same = alone.run("wallet", "--lang", "zh", "decode", UPI, "--json").json
    assert same == alone.json("wallet", "decode", UPI)


def test_paying_a_foreign_code_shows_its_card_and_moves_nothing(
    shop: Programs, nothing_moves: NothingMoves
) -> None:
    with nothing_moves():
        for words, stdin in (((UPI,), ""), (("-",), EPC), ((pix()[:-4] + "0000",), "")):
            done = shop.run("wallet", "pay", *words, "--yes", "--json", exit_code=6, stdin=stdin)
            assert done.json["error"]["code"] == "code_foreign"
            assert done.json["error"]["money_moved"] is False
            assert "This wallet pays Terminal Wallet codes only so far." in done.err
            assert "Lenient: as wallets read" in done.err
        digits = shop.run("wallet", "pay", WECHAT, "--yes", exit_code=6)
        assert "a till scans it" in digits.err
        assert WECHAT[2:] not in digits.err


def test_a_picture_that_comes_is_paid(shop: Programs) -> None:
    pictures = shop.folder / "pictures"
    pictures.mkdir()
    payload = shop.run("pos", "charge", "12.50").out.strip()
    paying = shop.start("wallet", "pay", "--watch", pictures, "--yes", "--json")
    assert "Waiting for a picture" in paying.said()
    save_code(payload, shop.folder / "new.png")
    (shop.folder / "new.png").replace(pictures / "new.png")
    assert paying.finish().json["state"] == "succeeded"


def test_a_foreign_code_in_plain_mode_shows_its_card(
    shop: Programs, nothing_moves: NothingMoves
) -> None:
    answers = "".join(f"{answer}\n" for answer in ("2", "1", UPI, "", "q"))
    with nothing_moves():
        done = shop.run("wallet", "--plain", stdin=answers)
    assert "This wallet pays Terminal Wallet codes only so far." in done.err
    assert "Corner Shop" in done.err


def test_test_codes_are_read_as_they_were_made(alone: Programs) -> None:
    made = alone.json("pos", "test-code", "pix", "--amount", "12.50", "--payee", "LOJA")
    assert made.keys() == {"scheme", "code", "broken", "issues"}
    assert (made["scheme"], made["broken"], made["issues"]) == ("pix", None, [])
    read = alone.json("wallet", "decode", made["code"], "--strict")
    assert (read["payee"], read["amount"]) == ("LOJA", {"minor": 1250, "currency": "BRL"})

    def round_trip(scheme: str) -> None:
        code = alone.run("pos", "test-code", scheme).out
        assert alone.json("wallet", "decode", "-", "--strict", stdin=code)["scheme"] == scheme

    at_once(
        [lambda one=one: round_trip(one) for one in ("epc", "swiss-qr", "thai-bot-barcode")]  # type: ignore[misc]
    )


def test_broken_ones_are_found_by_whoever_reads_them(alone: Programs) -> None:
    picture = alone.folder / "bad.png"
    words = ("pos", "test-code", "pix", "--break", "crc", "--save", picture)
    made = alone.json(*words)
    assert made["broken"] == "crc"
    read = alone.json("wallet", "decode", "--image", picture, exit_code=6)
    assert read["issues"] == made["issues"]
    assert [issue["code"] for issue in made["issues"]] == ["crc_wrong"]
    said = alone.refused("pos", "test-code", "upi", "--break", "crc", code="usage", exit_code=2)
    assert "duplicate" in said
    alone.refused("pos", "test-code", "pix", "--break", "luck", code="usage", exit_code=2)
    alone.refused("pos", "test-code", "nowhere-pay", code="usage", exit_code=2)
    alone.refused("pos", "test-code", code="usage", exit_code=2)
    alone.refused("pos", "test-code", "pix", "--set", "x", code="usage", exit_code=2)
    alone.refused(
        "pos", "test-code", "pix", "--amount", "1.999", code="amount_invalid", exit_code=2
    )
    alone.refused("pos", "test-code", "pix", "--expires", "5m", code="code_invalid", exit_code=6)


def test_the_schemes_are_listed(alone: Programs) -> None:
    every = alone.json("pos", "test-code", "--list")
    assert every["next"] is None
    rows = {row["scheme"]: row for row in every["items"]}
    assert {"pix", "upi", "epc"} <= rows.keys()
    assert rows["upi"].keys() == {"scheme", "name", "country", "sets", "breaks"}
    assert "amount" in rows["upi"]["sets"]
    one = alone.json("pos", "test-code", "upi", "--list")["items"]
    assert "amount" in one[0]["breaks"]
    shown = alone.run("pos", "test-code", "upi", "--list").out
    assert "--break" in shown
    assert json.dumps(one)

"""Codes and pictures that cannot be paid: said clearly, never repeated, and nothing moves."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from PIL import Image

from payment_codes.draw.picture import save_code
from tests.end_to_end.programs import at_once
from tests.payment_codes.pictures import PAYER_CODE, code_image, encoded, page
from tests.payment_codes.vector_files import load
from wallet_api.contract.ids import short_code

if TYPE_CHECKING:
    from pathlib import Path

    from tests.end_to_end.conftest import NothingMoves
    from tests.end_to_end.programs import Programs
    from tests.end_to_end.services import Service

SERVE = ("--lab",)
WECHAT = "134512345678901234"


def test_a_damaged_merchant_code_is_not_paid(shop: Programs, nothing_moves: NothingMoves) -> None:
    good = shop.run("pos", "charge", "12.50").out.strip()
    with nothing_moves():
        damaged = (good.replace("12.50", "92.50"), good[:-9], good[20:])
        commands = (("wallet", "pay", text, "--yes") for text in damaged)
        shop.all_refused(commands, code="code_damaged", exit_code=6)
    assert shop.json("wallet", "pay", good, "--yes")["state"] == "succeeded"


def test_a_code_of_another_scheme_is_named_and_never_repeated(
    shop: Programs, service: Service, nothing_moves: NothingMoves
) -> None:
    vectors = load("emv_mpm.jsonl").values()
    pix = next(str(vector["payload"]) for vector in vectors if vector["scheme"] == "pix")
    with nothing_moves():
        cases = [
            (("wallet", "pay", pix, "--yes"), "PIX", pix),
            (("wallet", "pay", WECHAT, "--yes"), "WeChat Pay", WECHAT),
            (("wallet", "pay", PAYER_CODE, "--yes"), "a payer code", PAYER_CODE),
            (("pos", "charge", "5", "--code", WECHAT), "WeChat Pay", WECHAT),
            (("pos", "charge", "5", "--code", "alipays://x"), "Alipay", "alipays"),
        ]
        said = shop.all_refused((case[0] for case in cases), code="code_foreign", exit_code=6)
    for (_, scheme, text), sentence in zip(cases, said, strict=True):
        assert scheme in sentence
        assert text not in sentence
    kept = b"".join(path.read_bytes() for path in shop.home.rglob("*") if path.is_file())
    assert WECHAT.encode() not in kept
    assert WECHAT not in service.log


def test_a_merchant_code_shown_to_the_till_is_told_apart(shop: Programs) -> None:
    payload = shop.run("pos", "charge", "12.50").out.strip()
    picture = shop.folder / "code.png"
    save_code(payload, picture)
    said = shop.refused("pos", "charge", "5", "--image", picture, code="code_foreign", exit_code=6)
    assert "a code that a wallet scans" in said
    assert payload not in said


def test_what_is_no_code_is_refused(shop: Programs) -> None:
    texts = ("", "hello", "78012345678901234", "\x1b[31m", "４２")
    commands: list[tuple[str, ...]] = [("wallet", "pay", text, "--yes") for text in texts]
    commands += [("pos", "charge", "5", "--code", text) for text in texts[:3]]
    shop.all_refused(commands, code="code_unreadable", exit_code=6)


def test_pictures_without_one_readable_code_are_refused(
    shop: Programs, nothing_moves: NothingMoves
) -> None:
    whole = encoded(code_image(shop.run("pos", "charge", "5").out.strip()))
    huge = Image.new("1", (10_000, 5_000), 1)
    five = page([f"{PAYER_CODE[:-1]}{number}" for number in range(5)], 3)
    folder = shop.folder / "folder"
    folder.mkdir()
    blank = Image.new("L", (300, 300), 255)
    cases = [
        (shop.file("cut.png", whole[: len(whole) // 2]), "picture_unreadable", "cut short"),
        (shop.file("text.png", "not a picture"), "picture_unreadable", "not a picture"),
        (shop.file("empty.png", ""), "picture_unreadable", "empty"),
        (folder, "picture_unreadable", "folder"),
        (shop.file("huge.png", encoded(huge)), "picture_too_large", "40 million pixels"),
        (shop.file("none.png", encoded(blank)), "no_code_found", "no readable code"),
        (shop.file("five.png", encoded(five)), "several_codes", "5 codes"),
    ]

    def refused(picture: Path, code: str) -> str:
        words = ("wallet", "pay", "--yes", "--image", picture)
        return shop.refused(*words, code=code, exit_code=6)

    with nothing_moves():
        said = at_once(partial(refused, picture, code) for picture, code, _ in cases)
        assert all(word in text for (_, _, word), text in zip(cases, said, strict=True)), said
        missing = shop.folder / "missing.png"
        assert "missing.png" in shop.refused(
            "pos", "charge", "5", "--image", missing, code="usage", exit_code=2
        )


def test_an_expired_or_closed_charge_is_not_paid(
    shop: Programs, service: Service, nothing_moves: NothingMoves
) -> None:
    short = shop.json("pos", "charge", "5", "--expires", "60")
    closed = shop.json("pos", "charge", "6")
    assert shop.json("pos", "close", closed["id"])["state"] == "closed"
    till = shop.start("pos", "wait", short["id"], "--json")
    service.advance(61)
    assert till.finish(exit_code=1).json["reason"] == "expired"
    with nothing_moves():
        for charge in (short, closed):
            shop.refused("wallet", "pay", charge["payload"], "--yes", code="charge_closed")


def test_a_charge_is_paid_once(shop: Programs, nothing_moves: NothingMoves) -> None:
    payload = shop.run("pos", "charge", "5").out.strip()
    shop.run("wallet", "pay", payload, "--yes")
    with nothing_moves():
        shop.refused("wallet", "pay", payload, "--yes", code="already_paid")


def test_a_payer_code_dies_of_age(
    shop: Programs, service: Service, nothing_moves: NothingMoves
) -> None:
    code = shop.json("wallet", "code")["code"]
    service.advance(200)
    with nothing_moves():
        shop.refused("pos", "charge", "5", "--code", code, code="code_expired")
    # The wallet hears the service's clock again with its next call.
    shop.run("wallet", "balance")
    fresh = shop.json("wallet", "code")["code"]
    assert shop.json("pos", "charge", "5", "--code", fresh)["state"] == "succeeded"


def test_a_confirmation_that_comes_too_late_moves_nothing(
    shop: Programs, service: Service, nothing_moves: NothingMoves
) -> None:
    code = shop.json("wallet", "code")["code"]
    charge = shop.json("pos", "charge", "1500", "--code", code, "--wait", "0", exit_code=5)["id"]
    service.advance(61)
    with nothing_moves():
        shop.refused("wallet", "confirm", charge, "--pin-file", shop.pin_file, code="charge_closed")
    shown = shop.run("pos", "wait", short_code(charge), exit_code=1).out
    assert "payer timeout" in shown

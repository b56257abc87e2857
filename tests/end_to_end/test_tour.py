"""A shopper and a merchant do business, in every direction that money and codes can go."""

from __future__ import annotations

from typing import TYPE_CHECKING

from payment_codes.draw.picture import save_code
from tests.end_to_end.screens import drawing, read_screen
from wallet_api.contract.ids import new_id
from wallet_api.contract.payer_code import WINDOW

if TYPE_CHECKING:
    from pathlib import Path

    from tests.end_to_end.programs import Programs
    from tests.end_to_end.services import Service
    from tests.wallet_api.client.scripted_server import ScriptedServer

FEE = 7
"""The merchant's fee for 12.50 CNY, in minor units: 60 basis points, rounded down."""


def test_a_waiting_till_sees_the_scanned_code_paid(shop: Programs) -> None:
    picture = shop.folder / "code.png"
    till = shop.start(
        *("pos", "charge", "12.50", "--save", picture, "--note", "flat white", "--wait", "50"),
        "--json",
    )
    assert till.said() == f"The code is in {picture}.\n"
    paid = shop.json("wallet", "pay", "--image", picture, "--yes")
    assert (paid["state"], paid["payee"], paid["note"]) == (
        "succeeded",
        "Corner Café",
        "flat white",
    )
    seen = till.finish().json
    assert (seen["state"], seen["id"]) == ("succeeded", paid["charge"])
    assert seen["amount"] == paid["amount"] == {"minor": 1250, "currency": "CNY"}
    assert shop.balances() == (250000 - 1250, 1250 - FEE)


def test_pos_wait_waits_for_a_charge_made_before(shop: Programs) -> None:
    made = shop.json("pos", "charge", "3")
    assert made.keys() >= {"id", "state", "amount", "payload", "expires_at", "merchant"}
    assert made["state"] == "created"
    assert shop.json("pos", "wait", made["id"], "--wait", "0", exit_code=5)["state"] == "created"
    till = shop.start("pos", "wait", made["id"][-8:], "--json")
    shop.run("wallet", "pay", made["payload"], "--yes")
    assert till.finish().json["state"] == "succeeded"
    assert shop.json("pos", "show", made["id"][-8:])["state"] == "succeeded"


def test_a_code_above_the_limit_waits_for_the_pin(shop: Programs) -> None:
    shown = shop.json("wallet", "code")
    assert shown.keys() == {"code", "expires_at"}
    asked = shop.json("pos", "charge", "1500", "--code", shown["code"], "--wait", "1", exit_code=5)
    assert asked["state"] == "awaiting_payer"
    waiting = shop.json("wallet", "pending")
    assert [item["id"] for item in waiting["items"]] == [asked["id"]]
    assert shop.balances() == (250000, 0)

    till = shop.start("pos", "wait", asked["id"], "--json")
    confirmed = shop.json("wallet", "confirm", asked["id"], "--pin-file", "-", stdin="246813\n")
    assert confirmed["state"] == "succeeded"
    assert till.finish().json["state"] == "succeeded"
    assert shop.balances() == (100000, 150000 - 900)
    shop.refused("pos", "charge", "1", "--code", shown["code"], code="code_used")


def test_a_declined_charge_fails_at_the_till(shop: Programs) -> None:
    code = shop.json("wallet", "code")["code"]
    till = shop.start("pos", "charge", "1500", "--code", code, "--json")
    assert "wallet confirm" in till.said()
    waiting = shop.json("wallet", "pending")["items"][0]["id"]
    assert shop.json("wallet", "decline", waiting[-8:])["state"] == "failed"
    seen = till.finish(exit_code=1).json
    assert (seen["state"], seen["reason"]) == ("failed", "declined")
    assert shop.balances() == (250000, 0)


def test_a_merchant_code_is_paid_however_it_comes(shop: Programs) -> None:
    def pay(*words: str | Path, stdin: str | bytes = b"") -> None:
        paid = shop.json("wallet", "pay", *words, "--yes", stdin=stdin)
        assert paid["state"] == "succeeded"

    def charge() -> str:
        return shop.run("pos", "charge", "12.50").out

    picture = shop.folder / "code.png"
    pay(charge().strip())
    pay("-", stdin=charge())
    save_code(charge().strip(), picture)
    pay("--image", picture)
    save_code(charge().strip(), picture)
    pay("--image", "-", stdin=picture.read_bytes())
    assert shop.balances()[0] == 250000 - 4 * 1250


def test_a_payer_code_is_charged_however_it_comes(shop: Programs) -> None:
    picture = shop.folder / "mine.png"
    shop.run("wallet", "code", "--save", picture)
    assert shop.json("pos", "charge", "1", "--image", picture)["state"] == "succeeded"
    shop.run("wallet", "code", "--save", picture)
    given = picture.read_bytes()
    assert shop.json("pos", "charge", "1", "--image", "-", stdin=given)["state"] == "succeeded"
    digits = shop.run("wallet", "code").out
    assert shop.json("pos", "charge", "1", "--code", "-", stdin=digits)["state"] == "succeeded"
    assert shop.balances()[0] == 250000 - 300


def test_a_drawn_merchant_code_is_read_off_the_screen(shop: Programs) -> None:
    lines = shop.run("pos", "charge", "12.50", "--draw").out.splitlines()
    payload = read_screen(drawing(lines))
    paid = shop.json("wallet", "pay", payload, "--yes")
    assert paid["amount"] == {"minor": 1250, "currency": "CNY"}


def test_a_drawn_payer_code_is_read_off_the_screen_as_qr_and_as_bars(shop: Programs) -> None:
    lines = drawing(shop.run("wallet", "code", "--draw").out.splitlines())
    square, bars = lines[:15], lines[15:]
    assert len(bars) == 4
    assert read_screen(square) == read_screen(bars)
    assert shop.json("pos", "charge", "1", "--code", read_screen(bars))["state"] == "succeeded"


def test_refunds_give_back_part_and_then_all(shop: Programs) -> None:
    made = shop.json("pos", "charge", "12.50")
    shop.run("wallet", "pay", made["payload"], "--yes")
    part = shop.json("pos", "refund", made["id"], "--amount", "2.50", "--reason", "cold coffee")
    assert part.keys() >= {"id", "state", "amount", "charge"}
    assert (part["state"], part["amount"]["minor"], part["charge"]) == (
        "succeeded",
        250,
        made["id"],
    )
    assert shop.json("pos", "show", made["id"])["state"] == "partially_refunded"
    assert shop.json("pos", "refund", made["id"][-8:])["amount"]["minor"] == 1000
    assert shop.json("pos", "show", made["id"])["state"] == "refunded"
    assert shop.balances() == (250000, 0)
    moved = shop.json("wallet", "history")["items"]
    assert [(item["kind"], item["amount"]["minor"]) for item in moved] == [
        ("refund", 1000),
        ("refund", 250),
        ("payment", 1250),
        ("top_up", 250000),
    ]


def test_a_reversal_gives_all_back_and_closes_what_never_arrived(shop: Programs) -> None:
    made = shop.json("pos", "charge", "12.50")
    shop.run("wallet", "pay", made["payload"], "--yes")
    assert shop.json("pos", "reverse", made["id"])["action"] == "returned"
    assert shop.json("pos", "reverse", made["id"])["state"] == "reversed"
    assert shop.balances() == (250000, 0)
    assert shop.json("pos", "reverse", new_id())["action"] == "closed"


def test_lists_are_read_page_by_page(shop: Programs) -> None:
    made = [shop.json("pos", "charge", amount)["id"] for amount in ("1", "2", "3")]
    first = shop.json("pos", "sales", "--limit", "2")
    rest = shop.json("pos", "sales", "--limit", "2", "--cursor", first["next"])
    assert [item["id"] for item in first["items"] + rest["items"]] == made[::-1]
    assert rest["next"] is None
    assert shop.json("wallet", "history").keys() == {"items", "next"}


def test_payer_codes_need_no_network_until_they_are_used_up(
    shop: Programs, server: ScriptedServer
) -> None:
    nobody = {"WALLET_API_URL": server.url}
    first = [shop.start("wallet", "code", environment=nobody) for _ in range(2)]
    shown = {running.finish().out.strip() for running in first}
    with shop.wallet() as wallet:
        shown |= {wallet.payer_code().code for _ in range(WINDOW - 2)}
    assert len(shown) == WINDOW
    said = shop.refused(*("wallet", "code"), code="codes_used_up", exit_code=3, environment=nobody)
    assert str(WINDOW) in said
    assert shop.json("pos", "charge", "1", "--code", shown.pop())["state"] == "succeeded"
    fresh = shop.json("wallet", "code")["code"]
    assert shop.json("pos", "charge", "1", "--code", fresh)["state"] == "succeeded"


def test_a_raw_call_is_signed_and_answered_once(shop: Programs, service: Service) -> None:
    card = shop.json("wallet", "api", "GET", "/v1/wallet")
    assert card["balance"] == {"minor": 250000, "currency": "CNY"}
    key, body = new_id(), '{"amount": {"minor": 100, "currency": "CNY"}}'
    for _ in range(2):
        answer = shop.json("wallet", "api", "POST", "/v1/top-ups", "--data", body, "--key", key)
        assert (answer["id"], answer["state"]) == (key, "succeeded")
    assert shop.balances()[0] == 250100

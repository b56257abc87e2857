"""Between wallet, shop and bank by the installed programs, with a bank that fails as it is told."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.end_to_end.programs import LIMIT_SECONDS, one_object
from wallet_api.contract.ids import new_id, short_code

if TYPE_CHECKING:
    from pathlib import Path

    from tests.end_to_end.programs import Programs
    from tests.end_to_end.services import Service

SERVE = ("--lab",)
DAY = 86_400


def admin(service: Service, *words: str | Path) -> tuple[str | Path, ...]:
    return ("wallet-api", *words, "--database", service.database)


def cny(minor: int) -> dict[str, object]:
    return {"minor": minor, "currency": "CNY"}


def test_a_late_top_up_is_pending_and_found_later(shop: Programs, service: Service) -> None:
    service.tell_bank(fault="late", seconds=50)
    pending = shop.run("wallet", "top-up", "20", "--json", exit_code=5)
    top_up = pending.json
    assert (top_up["state"], top_up["simulated"]) == ("pending", "bank:late")
    assert f"wallet show {short_code(top_up['id'])}" in pending.err
    for text in (top_up["id"], short_code(top_up["id"])):
        assert shop.json("wallet", "show", text)["state"] == "pending"
    assert "Waiting for the bank" in shop.run("wallet", "show", top_up["id"]).out
    service.tell_bank(fault="late", seconds=50)
    waiting = shop.start("wallet", "top-up", "30", "--wait", "50", "--json")
    while len(shop.json("wallet", "api", "GET", "/v1/top-ups")["items"]) < 3:
        continue
    service.advance(120)
    assert waiting.finish().json["balance"] == cny(250000 + 5000)
    assert shop.json("wallet", "show", top_up["id"])["kind"] == "top_up"


def test_a_bank_that_refuses_or_never_answers(shop: Programs, service: Service) -> None:
    service.tell_bank(fault="refuse")
    assert shop.json("wallet", "top-up", "20", exit_code=1)["state"] == "failed"
    service.tell_bank(fault="never", kind="credit")
    words = ("wallet", "withdraw", "20", "--yes")
    assert "Waiting for the bank" in shop.run(*words, exit_code=5).out
    assert shop.balances()[0] == 250000 - 2000
    service.tell_bank(fault="answer", kind="credit")
    assert shop.json(*words)["state"] == "succeeded"
    service.tell_bank(fault="refuse", kind="credit")
    back = shop.json(*words, exit_code=1)
    assert (back["state"], back["balance"]) == ("returned", cny(250000 - 4000))


def test_a_large_withdrawal_needs_the_pin(shop: Programs) -> None:
    words = ("wallet", "withdraw", "1500", "--yes")
    said = shop.refused(*words, code="pin_required")
    waiting = said.split("`wallet confirm ")[1].split("`")[0]
    wrong = shop.file("wrong", "135791")
    shop.refused(*words, "--pin-file", wrong, code="pin_wrong")
    done = shop.json("wallet", "confirm", waiting, "--pin-file", shop.pin_file)
    assert (done["state"], done["amount"], done["fee"]) == ("succeeded", cny(150000), cny(0))
    shop.refused("wallet", "confirm", waiting, "--pin-file", shop.pin_file, code="withdrawal_over")
    assert shop.json("wallet", "withdraw", "900", "--yes")["balance"] == cny(10000)
    shop.refused("wallet", "withdraw", "900", "--yes", code="insufficient_funds")
    shop.refused("wallet", "withdraw", "9", code="confirmation_required", exit_code=2)
    shop.refused("wallet", "withdraw", "0", "--yes", code="amount_invalid", exit_code=2)


@pytest.fixture
def sold(shop: Programs) -> Programs:
    """A sale, and one that was given back in part."""
    for amount in ("100", "50"):
        code = shop.json("pos", "charge", amount)
        shop.json("wallet", "pay", code["payload"], "--yes")
    shop.json("pos", "refund", code["id"], "--amount", "10")
    return shop


def test_a_settlement_and_its_file(sold: Programs, service: Service, tmp_path: Path) -> None:
    settled = sold.json(*admin(service, "settle"))["items"]
    assert [(one["amount"], one["state"]) for one in settled] == [(cny(13916), "succeeded")]
    assert sold.json(*admin(service, "settle"))["items"] == []
    merchant = sold.json("pos", "whoami")["merchant"]
    words = admin(service, "settle", "--merchant", merchant)
    sold.refused(*words, code="nothing_to_settle")
    listed = sold.json("pos", "settlements")["items"]
    assert [one["id"] for one in listed] == [settled[0]["id"]]
    assert "Paid out" in sold.run("pos", "settlements").out
    path = tmp_path / "settlement.csv"
    short = short_code(listed[0]["id"])
    assert sold.json("pos", "settlement", short, "--save", path)["amount"] == cny(13916)
    assert sold.run("pos", "settlement", short, "--save", "-").out.encode() == path.read_bytes()
    checked = sold.json(*admin(service, "check-settlement", path))
    assert (checked["ok"], checked["payout"], checked["lines"]) == (True, 13916, 7)
    changed = sold.file("changed.csv", path.read_bytes().replace(b",10000\r\n", b",10001\r\n", 1))
    sold.refused(*admin(service, "check-settlement", changed), code="file_broken")
    absent = tmp_path / "absent.csv"
    sold.refused(*admin(service, "check-settlement", absent), code="usage", exit_code=2)
    swept = sold.json(*admin(service, "sweep"))["items"]
    assert [one["state"] for one in swept] == ["succeeded"]
    sold.refused("pos", "refund", sold.json("pos", "sales")["items"][1]["id"],
                 code="merchant_funds_short")  # fmt: skip


def test_money_without_an_owner_finds_one(shop: Programs, service: Service) -> None:
    stray = service.tell_bank(fault="stray", amount=cny(777))["reference"]
    assert stray in shop.run(*admin(service, "unmatched")).out
    wallet = shop.json("wallet", "whoami")["wallet"]
    matched = shop.json(*admin(service, "match", stray, "--wallet", wallet))
    assert (matched["wallet"], matched["simulated"]) == (wallet, "bank:stray")
    assert shop.balances()[0] == 250777
    assert shop.json(*admin(service, "unmatched"))["items"] == []
    again = admin(service, "match", stray, "--wallet", wallet)
    shop.refused(*again, code="already_matched")
    shop.refused(*admin(service, "match", new_id(), "--wallet", wallet), code="not_found")
    shop.refused(*again[:2], "short", *again[3:], code="usage", exit_code=2)


def test_the_safeguarding_report_finds_what_is_short(shop: Programs, service: Service) -> None:
    words = admin(service, "report", "safeguarding")
    line = shop.json(*words)["items"][0]
    assert line["bank"] == line["safeguarded"] == line["owed"]
    assert "all there" in shop.run(*words).out
    service.tell_bank(fault="take_back", seconds=20)
    shop.json("wallet", "top-up", "900")
    shop.json("wallet", "withdraw", "900", "--yes")
    shop.json("wallet", "withdraw", "900", "--yes")
    shop.json("wallet", "withdraw", "900", "--yes")
    service.advance(60)
    short = one_object(shop.run(*words, "--json", exit_code=1).out)
    while not short["items"][0]["shortfall"]:
        short = one_object(shop.run(*words, "--json", exit_code=1).out)
    assert (short["holds"], short["items"][0]["shortfall"]) == (False, 20000)
    assert "NOT all there" in shop.run(*words, exit_code=1).out
    service.advance(2 * DAY)
    while shop.start(*words).process.wait(LIMIT_SECONDS):
        continue  # The firm pays in when the day is closed, as soon as the bank has answered.
    assert "ALARM: 1 shortfalls" in service.log
    early = shop.json(*words, "--day", "2020-01-01")
    assert (early["holds"], early["items"]) == (True, [])
    shop.refused(*words, "--day", "yesterday", code="usage", exit_code=2)

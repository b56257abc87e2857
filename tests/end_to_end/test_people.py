"""Money between people, and a till's static code, by the installed programs."""

from __future__ import annotations

import os
from functools import partial
from typing import TYPE_CHECKING, Any
from unittest.mock import patch

import pytest

from payment_codes.amount import Amount
from terminal_kit.enrol import open_profile
from terminal_kit.session import Chosen, Session
from tests.end_to_end.programs import PIN, WALLET, Programs
from tests.end_to_end.screens import drawing, read_screen
from wallet_api.contract.wire import DeviceKeys, OpenWallet, WalletCard
from wallet_cli.bank import Bank
from wallet_cli.wallet import Wallet

if TYPE_CHECKING:
    from pathlib import Path

    from tests.end_to_end.services import Service

SERVE = ("--lab",)
DAY = 86_400


class Friends:
    """Alice with money and a till, and Bob and Carol with a wallet each."""

    def __init__(self, programs: Programs) -> None:
        self.programs = programs
        programs.open_shop()
        with patch.dict(os.environ, programs.environment, clear=True):
            for name in ("bob", "carol"):
                request = partial(_customer, name.title())
                open_profile(Chosen("wallet", name), "file", request, "/v1/customers", WalletCard)
        self.ids = {who: self._card(who).wallet for who in ("default", "bob", "carol")}

    def run(self, who: str, *words: str | Path, exit_code: int = 0) -> Any:  # noqa: ANN401 - JSON
        return self.programs.json("wallet", "--profile", who, *words, exit_code=exit_code)

    def refused(self, who: str, *words: str | Path, code: str, exit_code: int = 1) -> str:
        return self.programs.refused(
            "wallet", "--profile", who, *words, code=code, exit_code=exit_code
        )

    def balances(self) -> list[int]:
        return [self._card(who).balance.minor for who in ("default", "bob", "carol")]

    def _card(self, who: str) -> WalletCard:
        environment = self.programs.environment
        with (
            patch.dict(os.environ, environment, clear=True),
            Session(Chosen("wallet", who)) as session,
        ):
            return Wallet(session).card()


def _customer(name: str, device: DeviceKeys) -> OpenWallet:
    return OpenWallet(name=name, currency="CNY", device=device, pin=PIN)


@pytest.fixture
def friends(programs: Programs) -> Friends:
    return Friends(programs)


def test_money_is_sent_to_a_wallet_and_needs_a_pin_above_the_limit(friends: Friends) -> None:
    bob = friends.ids["bob"]
    sent = friends.run("default", "send", "20", "--to", bob, "--note", "lunch", "--yes")
    assert (sent["state"], sent["receiver_id"], sent["note"]) == ("succeeded", bob, "lunch")
    friends.refused("default", "send", "1200", "--to", bob, "--yes", code="pin_required")
    waiting = friends.run("default", "transfers", "--limit", "1")["items"][0]
    assert waiting["state"] == "pin_required"
    done = friends.run(
        *("default", "confirm", waiting["id"][-8:], "--pin-file", friends.programs.pin_file)
    )
    assert done["state"] == "succeeded"
    large = ("send", "1100", "--to", bob, "--yes", "--pin-file", friends.programs.pin_file)
    assert friends.run("default", *large)["state"] == "succeeded"
    assert friends.balances() == [250000 - 232000, 232000, 0]
    seen = friends.run("bob", "transfers")["items"]
    assert [item["amount"]["minor"] for item in seen] == [110000, 120000, 2000]
    assert friends.run("bob", "history", "--limit", "1")["items"][0]["direction"] == "in"


def test_what_a_send_refuses(friends: Friends) -> None:
    bob, me = friends.ids["bob"], friends.ids["default"]
    friends.refused("default", "send", "1", "--to", me, "--yes", code="to_oneself")
    friends.refused("bob", "send", "1", "--to", me, "--yes", code="insufficient_funds")
    friends.refused("default", "send", "1", "--to", bob, code="confirmation_required", exit_code=2)


def test_what_looks_unusual_is_held_taken_back_or_delivered(
    friends: Friends, service: Service
) -> None:
    """More than 20,000.00 CNY on a new device, of a customer who may send as much."""
    programs, bob = friends.programs, friends.ids["bob"]

    def bank(*words: str) -> Any:  # noqa: ANN401 - JSON
        return programs.json("wallet-api", *words, "--database", service.database)

    for who in ("default", "bob"):
        bank("tier", friends.ids[who], "II")
    with patch.dict(os.environ, programs.environment, clear=True), Session(WALLET) as session:
        Bank(session).top_up(Amount(5_000_000, "CNY"))
        session.state.forget_answered()
    large = ("send", "20000.01", "--to", bob, "--yes", "--pin-file", programs.pin_file)
    first, second = (friends.run("default", *large, exit_code=5) for _ in range(2))
    assert (first["state"], first["reason"]) == ("held", "new_device")
    assert [item["id"] for item in bank("held")["items"]] == [first["id"], second["id"]]
    assert friends.run("default", "cancel", first["id"][-8:])["state"] == "returned"
    assert bank("deliver", second["id"])["state"] == "succeeded"
    assert bank("held")["items"] == []
    assert friends.balances() == [5_250_000 - 2_000_001, 2_000_001, 0]


def test_a_personal_code_is_paid_by_its_picture(friends: Friends, tmp_path: Path) -> None:
    picture = tmp_path / "bob.png"
    code = friends.run("bob", "receive", "12.50", "--note", "tea", "--save", picture)
    assert code["amount"] == {"minor": 1250, "currency": "CNY"}
    paid = friends.run("default", "pay", "--image", picture, "--yes")
    assert (paid["state"], paid["receiver_id"], paid["note"]) == (
        "succeeded",
        friends.ids["bob"],
        "tea",
    )
    pay = ("pay", "--image", picture, "--yes", "--amount")
    assert "12.50 CNY" in friends.refused("default", *pay, "13", code="usage", exit_code=2)
    assert friends.balances() == [250000 - 1250, 1250, 0]


def test_a_personal_code_without_an_amount_stays_the_same(friends: Friends) -> None:
    drawn = friends.programs.run("wallet", "--profile", "bob", "receive", "--draw").out
    payload = read_screen(drawing(drawn.splitlines()))
    assert payload == friends.run("bob", "receive")["payload"]
    friends.refused("default", "pay", payload, "--yes", code="usage", exit_code=2)
    assert friends.run("default", "pay", payload, "--amount", "3", "--yes")["state"] == "succeeded"
    to = ("send", "4", "--to", payload, "--yes")
    assert friends.run("default", *to)["receiver_id"] == friends.ids["bob"]
    assert friends.balances()[1] == 700
    friends.programs.refused(
        "pos", "charge", "1", "--code", payload, code="code_foreign", exit_code=6
    )


def test_a_static_code_takes_what_the_payer_types(friends: Friends, tmp_path: Path) -> None:
    programs, picture = friends.programs, tmp_path / "counter.png"
    code = programs.json("pos", "code", "--save", picture)
    assert code["payload"] == programs.run("pos", "code").out.strip()
    assert (
        read_screen(drawing(programs.run("pos", "code", "--draw").out.splitlines()))
        == (code["payload"])
    )
    paid = friends.run("default", "pay", "--image", picture, "--amount", "12.50", "--yes")
    assert (paid["state"], paid["payee"]) == ("succeeded", "Corner Café")
    refused = friends.refused(
        "default", "pay", "--image", picture, "--amount", "487.51", "--yes", code="limit_exceeded"
    )
    assert "487.50 CNY" in refused
    sale = programs.json("pos", "sales")["items"]
    assert [(item["id"], item["state"]) for item in sale] == [(paid["charge"], "succeeded")]
    assert programs.json("pos", "refund", paid["charge"])["state"] == "succeeded"
    assert friends.balances()[0] == 250000


def test_a_request_is_paid_declined_or_taken_back(friends: Friends) -> None:
    asked = [
        friends.run("bob", "request", amount, "--from", friends.ids["default"], "--note", "taxi")
        for amount in ("10", "11", "12")
    ]
    listed = friends.run("default", "requests")["items"]
    assert [item["id"] for item in listed] == [item["id"] for item in asked[::-1]]
    paid = friends.run("default", "pay-request", asked[0]["id"][-8:], "--yes")
    assert (paid["state"], paid["request"]) == ("succeeded", asked[0]["id"])
    declined = friends.run("default", "decline-request", asked[1]["id"])
    assert declined["state"] == "declined"
    assert friends.run("bob", "cancel-request", asked[2]["id"])["state"] == "cancelled"
    over = asked[2]["id"]
    friends.refused("default", "pay-request", over, "--yes", code="request_over")
    assert friends.balances()[1] == 1000


def test_a_bill_is_split_among_three(friends: Friends) -> None:
    bob, carol = friends.ids["bob"], friends.ids["carol"]
    split = friends.run("default", "split", "100", "--with", bob, "--with", carol, "--note", "meal")
    assert [item["amount"]["minor"] for item in split["requests"]] == [3333, 3333]
    assert (split["own"]["minor"], split["paid"]) == (3334, 0)
    friends.run("default", "send", "50", "--to", bob, "--yes")
    friends.run("bob", "pay-request", split["requests"][0]["id"], "--yes")
    shown = friends.run("default", "splits", split["id"][-8:])
    assert [item["state"] for item in shown["requests"]] == ["paid", "open"]
    assert (shown["paid"], shown["received"]["minor"]) == (1, 3333)
    words = ("split", "100", "--with", bob, "--with", carol, "--shares")
    weighed = friends.run("default", *words, "0,1,3")
    assert [item["amount"]["minor"] for item in weighed["requests"]] == [2500, 7500]
    friends.refused("default", *words, "1,2", code="usage", exit_code=2)


def test_a_gift_is_shared_and_the_rest_comes_back(
    friends: Friends, service: Service, tmp_path: Path
) -> None:
    picture = tmp_path / "gift.png"
    words = ("gift", "30", "--count", "3", "--note", "新年快乐", "--expires", "24h", "--yes")
    made = friends.run("default", *words, "--save", picture)
    assert (made["state"], made["count"]) == ("open", 3)
    taken = friends.run("bob", "claim", "--image", picture)
    assert (taken["amount"]["minor"], taken["note"]) == (1000, "新年快乐")
    assert friends.run("carol", "claim", made["payload"])["amount"]["minor"] == 1000
    friends.refused("default", "claim", made["payload"], code="gift_own")
    friends.refused("bob", "pay", made["payload"], "--yes", code="usage", exit_code=2)
    assert friends.balances() == [250000 - 3000, 1000, 1000]
    service.advance(DAY)
    shown = friends.run("default", "gifts", made["id"][-8:])
    assert (shown["state"], shown["claims"]) == ("returned", 2)
    assert len(shown["taken"]) == 2
    assert friends.balances()[0] == 250000 - 2000
    friends.refused("carol", "claim", made["payload"], code="gift_claimed")


def test_a_gift_to_one_person_is_found_in_a_list(friends: Friends) -> None:
    made = friends.run("default", "gift", "8.88", "--for", friends.ids["bob"], "--yes")
    assert friends.run("carol", "gifts")["items"] == []
    listed = friends.run("bob", "gifts")["items"]
    assert [(item["id"], item["payload"]) for item in listed] == [(made["id"], None)]
    friends.refused("carol", "claim", made["id"], code="not_found")
    assert friends.run("bob", "claim", made["id"][-8:])["amount"]["minor"] == 888


def test_people_read_lines_of_80_columns(friends: Friends) -> None:
    bob = friends.ids["bob"]
    friends.run("default", "send", "20", "--to", bob, "--yes")
    friends.run("default", "split", "100", "--with", bob, "--note", "dinner with everybody")
    friends.run("default", "gift", "30", "--count", "3", "--random", "--yes")
    for command in ("transfers", "requests", "splits", "gifts"):
        said = friends.programs.run("wallet", command).out
        assert said
        assert all(len(line) <= 80 for line in said.splitlines()), said

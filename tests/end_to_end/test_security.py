"""Devices, tills, freezes, the PIN, invitations and the bank's acts, by the installed programs."""

from __future__ import annotations

import json
import shutil
from typing import TYPE_CHECKING, Any

import pytest

from tests.end_to_end.programs import PIN, Programs
from tests.end_to_end.services import Service
from tests.end_to_end.terminal import open_terminal

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

NEW_PIN = "975310"


@pytest.fixture
def other(service: Service, tmp_path: Path) -> Iterator[Programs]:
    """Give programs on another machine: a home of its own, the same service."""
    folder = tmp_path / "other"
    folder.mkdir()
    made = Programs(folder, service.url)
    yield made
    made.close()


@pytest.fixture
def bank(service: Service, programs: Programs) -> Callable[..., Any]:
    """Give `wallet-api` with the service's database and --json."""
    return lambda *words: programs.json("wallet-api", *words, "--database", service.database)


def wallet_of(programs: Programs) -> str:
    return str(programs.json("wallet", "whoami")["wallet"])


def join(programs: Programs, other: Programs, *options: str) -> dict[str, Any]:
    words = ("wallet", "open", "--join", wallet_of(programs), "--name", "phone", "--store", "file")
    card: dict[str, Any] = other.json(*words, *options)
    return card


def test_a_second_device_is_let_in_by_the_first_and_shut_out(
    shop: Programs, other: Programs
) -> None:
    card = join(shop, other)
    assert (card["state"], card["currency"], card["profile"]) == ("pending", "CNY", "default")
    waits = other.refused("wallet", "balance", code="device_pending", exit_code=4)
    device = card["device"]
    assert f"wallet approve {device[-8:]}" in waits
    shown = {item["id"]: item for item in shop.json("wallet", "devices")["items"]}
    assert shown[device]["comparison"] == card["comparison"]
    assert card["comparison"] in shop.run("wallet", "devices").out
    approve = ("wallet", "approve", device[-8:])
    shop.refused(*approve, code="confirmation_required", exit_code=2)
    shop.refused(*approve, "--yes", code="pin_needed")
    shop.json(*approve, "--yes", "--pin-file", shop.pin_file)
    assert other.json("wallet", "balance")["balance"]["minor"] == 2500_00
    code = other.json("wallet", "code")["code"]
    assert shop.json("pos", "charge", "12.50", "--code", code)["state"] == "succeeded"
    assert shop.json("wallet", "balance")["balance"]["minor"] == 2487_50
    revoke = ("wallet", "revoke", device[-8:], "--yes")
    shop.json(*revoke, "--pin-file", shop.pin_file)
    other.refused("wallet", "balance", code="device_unknown", exit_code=4)
    late = other.json("wallet", "code")["code"]
    shop.refused("pos", "charge", "1", "--code", late, code="code_unknown")


@pytest.mark.skipif(shutil.which("tmux") is None, reason="tmux is not installed")
def test_a_person_compares_the_digits_and_gives_the_pin(shop: Programs, other: Programs) -> None:
    card = join(shop, other)
    device = card["device"][-8:]
    with open_terminal(shop.environment) as terminal:
        terminal.type("wallet", "approve", device)
        assert any(
            f"phone shows {card['comparison']}?" in row for row in terminal.wait_for("[y/N]")
        )
        terminal.answer("y")
        terminal.wait_for("PIN:")
        terminal.answer(NEW_PIN)
        terminal.wait_for("Tries left: 2")
        terminal.answer(PIN)
        terminal.wait_for("✓ phone can use this wallet now.")
        terminal.type("wallet", "revoke", device)
        terminal.wait_for("Shut this device out? [y/N]")
        terminal.answer("n")
        terminal.wait_for("Not confirmed.")
    assert other.json("wallet", "whoami")["wallet"] == card["wallet"]


def test_a_device_shuts_itself_out_only_with_yes(shop: Programs) -> None:
    own = shop.json("wallet", "whoami")["device"][-8:]
    pin = ("--pin-file", shop.pin_file)
    shop.refused("wallet", "revoke", own, *pin, code="device_is_this")
    assert shop.json("wallet", "revoke", own, "--yes", *pin)["state"] == "revoked"
    shop.refused("wallet", "balance", code="device_unknown", exit_code=4)


def test_the_bank_lets_a_device_in_whose_owner_has_lost_the_only_one(
    shop: Programs, other: Programs, bank: Callable[..., Any]
) -> None:
    code = bank("invite", "device", "--wallet", wallet_of(shop))["invite"]
    assert join(shop, other, "--invite", code)["state"] == "active"
    assert other.json("wallet", "balance")["balance"]["minor"] == 2500_00


def test_a_wallet_is_frozen_from_either_side(shop: Programs, bank: Callable[..., Any]) -> None:
    wallet, pin = wallet_of(shop), ("--pin-file", shop.pin_file)
    assert shop.json("wallet", "freeze")["frozen_by"] == ["owner"]
    payload = shop.json("pos", "charge", "5")["payload"]
    pay = ("wallet", "pay", payload, "--yes")
    shop.refused(*pay, code="wallet_frozen")
    assert bank("freeze", wallet, "--reason", "reported stolen")["frozen_by"] == ["bank", "owner"]
    shop.refused("wallet", "unfreeze", code="pin_needed")
    assert shop.json("wallet", "unfreeze", *pin)["frozen_by"] == ["bank"]
    shop.refused(*pay, code="wallet_frozen")
    assert "The bank has frozen" in shop.run("wallet", "unfreeze", *pin).out
    assert bank("unfreeze", wallet)["frozen_by"] == []
    assert shop.json(*pay)["state"] == "succeeded"


def test_a_merchant_stops_and_starts_taking_payments(shop: Programs) -> None:
    assert shop.json("pos", "freeze")["frozen_by"] == ["owner"]
    shop.refused("pos", "charge", "5", code="merchant_frozen")
    assert "owner" in shop.run("pos", "whoami").out
    assert shop.json("pos", "unfreeze")["frozen_by"] == []
    assert shop.json("pos", "charge", "5")["state"] == "created"


def test_the_pin_is_set_changed_locked_and_unlocked(
    programs: Programs, bank: Callable[..., Any]
) -> None:
    programs.json("wallet", "open", "--name", "Ann", "--store", "file")
    assert not programs.json("wallet", "whoami")["pin_set"]
    new = programs.file("new", NEW_PIN)
    programs.refused("wallet", "pin", "set", code="usage", exit_code=2)
    programs.json("wallet", "pin", "set", "--new-pin-file", programs.pin_file)
    change = ("wallet", "pin", "change", "--new-pin-file", new)
    programs.refused(*change, code="pin_needed")
    programs.json(*change, "--pin-file", "-", stdin=f"{PIN}\n")
    for code in ("pin_wrong", "pin_wrong", "pin_locked"):
        programs.refused(*change, "--pin-file", programs.pin_file, code=code)
    bank("unlock", wallet_of(programs))
    programs.json(*change, "--pin-file", new)


def test_a_shop_adds_a_till_by_itself(shop: Programs, other: Programs) -> None:
    code = shop.json("pos", "invite")["invite"]
    words = ("pos", "open", "--invite", "-", "--store", "file")
    second = other.json(*words, stdin=f"{code.lower()}\n")
    assert second["merchant"] == shop.json("pos", "whoami")["merchant"]
    third = ("pos", "--profile", "third", "open", "--store", "file")
    other.refused(*third, "--invite", code, code="invite_used")
    other.refused(*third, code="usage", exit_code=2)
    assert other.json("pos", "charge", "3")["state"] == "created"
    assert {item["id"] for item in shop.json("pos", "tills")["items"]} == {
        shop.json("pos", "whoami")["till"],
        second["till"],
    }
    shop.json("pos", "revoke", second["till"][-8:], "--yes")
    other.refused("pos", "charge", "3", code="device_unknown", exit_code=4)


def test_the_bank_finds_acts_and_logs(shop: Programs, bank: Callable[..., Any]) -> None:
    wallet = wallet_of(shop)
    found = {item["id"]: item for item in bank("find", "Alice", "--limit", "100")["items"]}
    assert found[wallet]["kind"] == "wallet"
    assert bank("tier", wallet, "III")["tier"] == "III"
    newest = bank("audit", "--limit", "1")
    assert (newest["items"][0]["act"], newest["items"][0]["subject"]) == ("tier", wallet)
    assert bank("audit", "--limit", "1", "--cursor", newest["next"])["items"]


def test_who_has_not_the_admin_key_does_nothing(
    shop: Programs, service: Service, tmp_path: Path
) -> None:
    wallet = wallet_of(shop)
    freeze = ("wallet-api", "freeze", wallet, "--database", service.database)
    kept = json.loads((service.folder / "books.db.admin").read_text())
    foreign = tmp_path / "foreign.admin"
    foreign.write_text(json.dumps(kept | {"key": "A" * 43}))
    foreign.chmod(0o600)
    key = ("--admin-key", foreign)
    shop.refused(*freeze, *key, code="signature_invalid", exit_code=4)
    foreign.write_text(json.dumps(kept | {"device": wallet}))
    shop.refused(*freeze, *key, code="device_unknown", exit_code=4)
    foreign.chmod(0o644)
    assert "chmod 600" in shop.refused(*freeze, *key, code="usage", exit_code=2)
    foreign.chmod(0o600)
    foreign.write_text("no key")
    shop.refused(*freeze, *key, code="usage", exit_code=2)
    nowhere = ("wallet-api", "freeze", wallet, "--database", f"sqlite:///{tmp_path}/none.db")
    shop.refused(*nowhere, code="service_not_running", exit_code=3)
    shop.refused("wallet-api", "freeze", "short", code="usage", exit_code=2)
    assert shop.json("wallet", "whoami")["frozen_by"] == []


def test_by_invitation_only(tmp_path: Path) -> None:
    folder = tmp_path / "bank"
    folder.mkdir()
    with Service(folder, "--enrolment", "invite") as service:
        programs = Programs(tmp_path, service.url)
        words = ("wallet", "open", "--name", "Ann", "--store", "file", "--pin-file", "pin")
        programs.refused(*words, code="enrolment_closed")
        invite = ("wallet-api", "invite", "customer", "--database", service.database)
        code = programs.json(*invite)["invite"]
        card = programs.json(*words, "--invite", code)
        assert card["name"] == "Ann"
        programs.refused(
            *("wallet", "--profile", "b", *words[1:], "--invite", code), code="invite_used"
        )
        kept = [path.read_bytes() for path in programs.home.rglob("*") if path.is_file()]
        said = [service.log.encode(), *(path.read_bytes() for path in folder.glob("books.db*"))]
        for secret in (code, code.replace("-", ""), PIN):
            assert not any(secret.encode() in content for content in (*kept, *said))
        programs.close()

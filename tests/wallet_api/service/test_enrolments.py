"""How many may enrol, and by which invitation, at a service as it is by default."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import httpx
import pytest

from tests.wallet_api.service.caller import Caller, done, refused
from tests.wallet_api.service.running import PATIENCE, launch
from tests.wallet_api.service.town import admin_of, invitation
from wallet_api.contract.errors import RateLimited
from wallet_api.contract.ids import new_id
from wallet_api.contract.invites import new_invite
from wallet_api.service.enrolments import DEFAULT_RATE, Enrolments, read_rate
from wallet_api.store.answers import Key

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from tests.wallet_api.service.running import Running

MINUTE, HOUR = 60_000, 3_600_000
START = 1_800_000_000_000


@pytest.fixture
def client() -> Iterator[httpx.Client]:
    with httpx.Client(trust_env=False, timeout=PATIENCE) as made:
        yield made


def key(name: str = "") -> Key:
    return Key(name or new_id(), "owner", b"asked")


def count(enrolments: Enrolments, address: str, at: int) -> int:
    """Count one; give the seconds to wait, 0 when there was room."""
    try:
        enrolments.count(address, key(), at)
    except RateLimited as refusal:
        return int(refusal.details["retry_after"])
    return 0


def test_the_default_is_ten_a_minute_an_address_and_a_hundred_an_hour() -> None:
    assert (DEFAULT_RATE.minute, DEFAULT_RATE.hour) == (10, 100)
    enrolments = Enrolments()
    assert [count(enrolments, "192.0.2.1", START + n) for n in range(12)] == [0] * 10 + [60, 60]
    assert count(enrolments, "192.0.2.2", START + 12) == 0
    assert count(enrolments, "192.0.2.1", START + MINUTE - 1) == 1
    assert count(enrolments, "192.0.2.1", START + MINUTE) == 0
    for number in range(88):
        assert count(enrolments, f"198.51.100.{number}", START + 2 * MINUTE) == 0
    assert count(enrolments, "203.0.113.1", START + 2 * MINUTE) == 58 * 60
    assert count(enrolments, "203.0.113.1", START + HOUR) == 0


def test_one_that_is_sent_again_counts_once_and_one_that_is_refused_never() -> None:
    enrolments = Enrolments(read_rate("2/3"))
    same = key("same")
    for _ in range(5):
        enrolments.count("192.0.2.1", same, START)
    assert count(enrolments, "192.0.2.1", START) == 0
    assert [count(enrolments, "192.0.2.1", START + 30_000) for _ in range(9)] == [30] * 9
    assert count(enrolments, "192.0.2.1", START + MINUTE) == 0
    other = Key("same", "owner", b"something else")
    with pytest.raises(RateLimited):
        enrolments.count("192.0.2.9", other, START + MINUTE)


def test_the_addresses_of_one_ipv6_network_count_together() -> None:
    enrolments = Enrolments(read_rate("1/9"))
    assert count(enrolments, "2001:db8::1", START) == 0
    assert count(enrolments, "2001:db8::ffff:1", START) == 60
    assert count(enrolments, "2001:db8:0:1::1", START) == 0
    assert count(enrolments, "192.0.2.1", START) == 0
    assert count(enrolments, "192.0.2.2", START) == 0


def test_what_is_over_an_hour_ago_takes_no_memory() -> None:
    enrolments = Enrolments(read_rate("9/999"))
    for number in range(200):
        count(enrolments, f"192.0.2.{number}", START)
    count(enrolments, "198.51.100.1", START + HOUR)
    assert (len(enrolments._counted), len(enrolments._near)) == (1, 1)


@pytest.mark.parametrize("text", ["", "10", "10/", "/100", "0/9", "9/0", "-1/5", "1e3/5", "1/ 5"])
def test_a_rate_is_two_whole_numbers(text: str) -> None:
    with pytest.raises(ValueError, match=r"^"):
        read_rate(text)


def test_the_eleventh_in_a_minute_is_told_when_to_come_again(
    own_service: Callable[..., Running], client: httpx.Client
) -> None:
    running = own_service("--enrolment-rate", "10/100")
    for _ in range(10):
        Caller(running.authority, client).open_wallet()
    late = Caller(running.authority, client)
    body = {"name": "Ann", "currency": "CNY", "device": late.device.keys()}
    response = late.post("/v1/customers", body)
    assert (response.status_code, refused(response)) == (429, "rate_limited")
    assert 0 < int(response.headers["retry-after"]) <= 60
    assert response.json()["details"]["retry_after"] == int(response.headers["retry-after"])
    forwarded = late.post("/v1/customers", body)
    assert forwarded.status_code == 429


def test_noise_that_proves_no_key_uses_nothing_up(
    own_service: Callable[..., Running], client: httpx.Client
) -> None:
    running = own_service("--enrolment-rate", "1/1")
    for _ in range(3):
        noise, other = Caller(running.authority, client), Caller(running.authority, client)
        body = {"name": "Ann", "currency": "CNY", "device": other.device.keys()}
        assert refused(noise.post("/v1/customers", body)) == "device_unknown"
    Caller(running.authority, client).open_wallet()


def test_by_invitation_only(own_service: Callable[..., Running], client: httpx.Client) -> None:
    running = own_service("--enrolment", "invite")
    admin = admin_of(running, client)
    keys = Caller(running.authority, client).device.keys()
    del keys["code_key"]

    def caller() -> Caller:
        return Caller(running.authority, client)

    def tried(code: str | None) -> str:
        shopper = caller()
        body = {"name": "Ann", "currency": "CNY", "device": shopper.device.keys(), "invite": code}
        return refused(shopper.post("/v1/customers", body))

    assert tried(None) == "enrolment_closed"
    assert tried(new_invite()) == "invite_unknown"
    assert tried(invitation(admin, "merchant")) == "invite_mismatch"
    code = invitation(admin, "customer")
    wallet = caller().open_wallet(invite=code)["wallet"]
    assert tried(code) == "invite_used"
    merchant = caller().open_merchant(invite=invitation(admin, "merchant"))["merchant"]
    till = caller()
    keys = till.device.keys()
    del keys["code_key"]
    body = {"till": keys, "invite": invitation(admin, "till", merchant)}
    assert done(till.post("/v1/tills", body))["merchant"] == merchant
    phone, lost = caller(), caller()
    request = {"wallet": wallet, "device": phone.device.keys(), "name": "phone"}
    assert done(phone.post("/v1/devices", request))["state"] == "pending"
    invited = {"device": lost.device.keys(), "invite": invitation(admin, "device", wallet)}
    assert done(lost.post("/v1/devices", request | invited))["state"] == "active"
    assert done(lost.get("/v1/wallet"))["wallet"] == wallet


def test_the_admin_key_is_made_once_and_a_foreign_one_stops_the_start(
    own_service: Callable[..., Running], client: httpx.Client
) -> None:
    running = own_service()
    path = running.folder / "books.db.admin"
    first = path.read_bytes()
    assert path.stat().st_mode & 0o777 == 0o600
    running.stop()
    again = own_service()
    assert path.read_bytes() == first
    done(admin_of(again, client).get("/v1/admin/audit"))
    lost = admin_of(again, client)
    again.stop()
    path.unlink()
    replaced = own_service()
    assert path.read_bytes() != first
    lost.authority = replaced.authority
    assert refused(lost.get("/v1/admin/audit")) == "device_unknown"
    done(admin_of(replaced, client).get("/v1/admin/audit"))
    replaced.stop()
    path.write_bytes(first)
    process = launch(running.folder)
    out, _err = process.communicate(timeout=PATIENCE)
    assert (process.returncode, json.loads(out)["error"]["code"]) == (2, "usage")

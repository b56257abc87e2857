"""Who may do what with devices, tills, freezes, the PIN, and the bank's own acts."""

from __future__ import annotations

from typing import TYPE_CHECKING

import httpx
import pytest

from tests.wallet_api.service.caller import PIN, Caller, done, read, refused, write
from tests.wallet_api.service.running import PATIENCE
from tests.wallet_api.service.town import Town
from wallet_api.commands.places import load_keys
from wallet_api.contract.ids import new_id
from wallet_api.store.sqlite import SqliteDatabase

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tests.wallet_api.service.running import Running

NEW_PIN = "135790"


@pytest.fixture(scope="module")
def town(service: Running) -> Iterator[Town]:
    with httpx.Client(trust_env=False, timeout=PATIENCE) as client:
        yield Town(service, client)


WALLETS = ("owner", "second_device", "stranger")
TILLS = ("till", "second_till", "other_shop")
OUT = {
    "revoked": "device_unknown",
    "revoked_till": "device_unknown",
    "pending": "device_pending",
    "impostor": "signature_invalid",
    "nobody": "device_unknown",
}


def everybody(**expected: str) -> dict[str, str]:
    """Give what each caller is told: as given, else that only another role may."""
    callers = dict.fromkeys((*WALLETS, *TILLS, "admin"), "wrong_role")
    return callers | expected | OUT


OWN_WALLET = everybody(owner="done", second_device="done", stranger="not_yours")
ANY_WALLET = everybody(**dict.fromkeys(WALLETS, "done"))
OWN_TILL = everybody(till="done", second_till="done", other_shop="not_yours")
ANY_TILL = everybody(**dict.fromkeys(TILLS, "done"))
ADMIN = everybody(admin="done")

POSTS = [
    ("/v1/devices/{approved}/approve", {"pin": "000000"}, OWN_WALLET | {"owner": "pin_wrong"}),
    ("/v1/devices/{revoked}/revoke", {"pin": PIN}, OWN_WALLET),
    ("/v1/tills/{revoked_till}/revoke", {}, OWN_TILL),
    ("/v1/till-invites", {"digest": ""}, everybody(**dict.fromkeys(TILLS, "bad_request"))),
    ("/v1/wallet/freeze", {}, ANY_WALLET),
    ("/v1/wallet/unfreeze", {"pin": PIN}, ANY_WALLET),
    ("/v1/merchant/freeze", {}, ANY_TILL),
    ("/v1/merchant/unfreeze", {}, ANY_TILL),
    ("/v1/pin", {"pin": PIN, "new_pin": "1"}, everybody(**dict.fromkeys(WALLETS, "pin_weak"))),
    ("/v1/admin/accounts/{wallet}/freeze", {"reason": "a test"}, ADMIN),
    ("/v1/admin/accounts/{wallet}/unfreeze", {}, ADMIN),
    ("/v1/admin/accounts/{wallet}/unlock", {}, ADMIN),
    ("/v1/admin/accounts/{wallet}/tier", {"tier": "III"}, ADMIN),
    ("/v1/admin/accounts/{wallet}/release", {}, everybody(admin="not_held")),
    ("/v1/admin/invites", {"digest": "", "role": "customer"}, everybody(admin="bad_request")),
]
GETS = [
    ("/v1/devices", ANY_WALLET),
    ("/v1/tills", ANY_TILL),
    ("/v1/admin/accounts?name=a", ADMIN),
    ("/v1/admin/audit", ADMIN),
]


def path_of(town: Town, template: str) -> str:
    return template.format(
        wallet=town.wallet,
        approved=town.approved.device.id,
        revoked=town.revoked.device.id,
        revoked_till=town.revoked_till.device.id,
    )


def said(response: httpx.Response) -> str:
    return "done" if response.is_success else refused(response)


@pytest.mark.parametrize(("path", "body", "expected"), POSTS, ids=[row[0] for row in POSTS])
def test_each_act_by_everybody(
    town: Town, path: str, body: dict[str, str], expected: dict[str, str]
) -> None:
    if "approve" in path:  # One wrong try: a second device would count another.
        expected = {**expected, "second_device": "done"}
    for name, verdict in expected.items():
        caller: Caller = getattr(town, name)
        sent = body | {"pin": PIN} if name == "second_device" and "pin" in body else body
        assert said(caller.post(path_of(town, path), sent)) == verdict, name
    unsigned = write(town.owner.authority, path_of(town, path), body)
    assert refused(town.owner.send(unsigned)) == "signature_invalid"


@pytest.mark.parametrize(("path", "expected"), GETS)
def test_each_list_for_everybody(town: Town, path: str, expected: dict[str, str]) -> None:
    for name, verdict in expected.items():
        caller: Caller = getattr(town, name)
        assert said(caller.get(path)) == verdict, name
    assert refused(town.owner.send(read(town.owner.authority, path))) == "signature_invalid"


def test_each_sees_and_finds_only_what_is_its_own(town: Town) -> None:
    def ids(caller: Caller, path: str) -> set[str]:
        return {item["id"] for item in done(caller.get(path))["items"]}

    own = ids(town.owner, "/v1/devices")
    assert own == ids(town.second_device, "/v1/devices")
    assert {town.owner.device.id, town.second_device.device.id, town.revoked.device.id} <= own
    assert ids(town.stranger, "/v1/devices") == {town.stranger.device.id}
    assert ids(town.other_shop, "/v1/tills") == {town.other_shop.device.id}


def test_every_act_of_the_admin_is_in_the_log_done_or_refused_and_once(
    town: Town, service: Running
) -> None:
    key, before = new_id(), len(town.audit())
    path = f"/v1/admin/accounts/{town.wallet}/unlock"
    for _ in range(2):
        done(town.admin.post(path, {}, key))
    refused(town.admin.post(f"/v1/admin/accounts/{new_id()}/freeze", {}))
    refused(town.owner.post(path, {}))
    refused(town.impostor.post(path, {}))
    newest = town.audit()[: len(town.audit()) - before]
    assert [(item["act"], item["outcome"]) for item in newest] == [
        ("freeze", "not_found"),
        ("unlock", "done"),
    ]
    unlock = newest[1]
    assert (unlock["id"], unlock["subject"]) == (key, town.wallet)
    assert unlock["device"] == town.admin.device.id
    assert service.verify()["ok"]


def test_a_lost_device_pays_no_more_and_its_wallet_goes_on(town: Town) -> None:
    assert refused(town.revoked.get("/v1/wallet")) == "device_unknown"
    assert done(town.second_device.get("/v1/wallet"))["wallet"] == town.wallet


def test_both_devices_pay_from_the_same_wallet(town: Town) -> None:
    town.owner.top_up(500)
    assert done(town.second_device.get("/v1/wallet"))["balance"]["minor"] == 500


def test_no_pin_is_part_of_what_a_key_stands_for(town: Town) -> None:
    key = new_id()
    done(town.stranger.post("/v1/pin", {"pin": PIN, "new_pin": NEW_PIN}, key))
    again = town.stranger.post("/v1/pin", {"pin": NEW_PIN, "new_pin": PIN}, key)
    assert again.headers["idempotent-replay"] == "true"
    unchanged = town.stranger.post("/v1/pin", {"pin": NEW_PIN, "new_pin": PIN})
    assert done(unchanged)["pin_set"]


def test_owners_are_told_who_may_act_for_them(town: Town, service: Running) -> None:
    assert kinds(service, town.wallet)[:5] == [
        "device.pending",
        "device.active",
        "device.pending",
        "device.active",
        "device.revoked",
    ]
    assert kinds(service, town.merchant)[:3] == ["till.active", "till.active", "till.revoked"]


def kinds(service: Running, subject: str) -> list[str]:
    """Give the kinds of a subject's events, from the service's own books."""
    books = service.folder / "books.db"
    session = SqliteDatabase(books, load_keys(books, None).database).reader()
    rows = session.begin().all("SELECT kind FROM events WHERE subject = ? ORDER BY number", subject)
    session.close()
    return [kind for (kind,) in rows if kind.split(".")[0] in {"device", "till"}]

"""What exists at the service that schemathesis tries: who acts, whom to pay, what to scan."""

from __future__ import annotations

import os
from collections import Counter
from functools import cache
from pathlib import Path
from types import SimpleNamespace
from typing import TYPE_CHECKING, Any, cast

import httpx

from payment_codes import native
from tests.wallet_api.service.caller import PIN, Caller, Device, done
from tests.wallet_api.service.town import admin_of

if TYPE_CHECKING:
    from collections.abc import Callable

    from tests.wallet_api.service.running import Running

#: A body as schemathesis makes it: JSON, bytes, or none.
Body = Any

AUTHORITY = os.environ.get("STRANGERS_AUTHORITY", "")
FOLDER = Path(os.environ.get("STRANGERS_FOLDER", ""))
#: The largest amount that sensible requests speak of: small enough to be had many times.
SMALL = 20_00
AS_IT_IS = 4

_actors: dict[str, Device] = {}
_turns: Counter[str] = Counter()


@cache
def client() -> httpx.Client:
    return httpx.Client(trust_env=False)


def actor(role: str) -> Device:
    """Give who acts in a role, enrolled when nobody does yet."""
    if role not in _actors:
        caller = Caller(AUTHORITY, client())
        if role == "admin":
            bank = cast("Running", SimpleNamespace(authority=AUTHORITY, folder=FOLDER))
            caller = admin_of(bank, client())
        elif role == "wallet":
            caller.open_wallet()
            caller.top_up(5_000_00)
        else:
            caller.open_merchant()
        _actors[role] = caller.device
    return _actors[role]


def dismiss(role: str) -> None:
    """Let somebody else act in a role from now on."""
    _actors.pop(role, None)


@cache
def known() -> dict[str, str]:
    """Make what requests speak of, by the name of a body's field or the path that it belongs to."""
    other, spare, till = (Caller(AUTHORITY, client()) for _ in range(3))
    person = other.open_wallet()["wallet"]
    account = spare.open_wallet()["wallet"]
    merchant = till.open_merchant()["merchant"]
    static = native.parse(done(till.post("/v1/static-codes", {}))["payload"]).token
    personal = native.parse(done(other.post("/v1/personal-codes", {}))["payload"]).token
    acts = ("freeze", "unfreeze", "unlock", "tier", "release")
    return {
        **dict.fromkeys(("to", "payer", "receiver", "/v1/people/{id}"), person),
        **{f"/v1/admin/accounts/{{id}}/{act}": account for act in acts},
        "wallet": account,
        "merchant": merchant,
        "payee": merchant,
        "currency": "CNY",
        "pin": PIN,
        "new_pin": PIN,
        "code": static,
        "/v1/codes/{token}": native.parse(till.charge(1_00)["payload"]).token,
        "/v1/static-codes/{token}": static,
        "/v1/personal-codes/{token}": personal,
    }


def sensible(place: str, path: dict[str, Any], body: Body) -> tuple[dict[str, Any], Body]:
    """Have most requests speak of what exists, so that they get beyond "no such record".

    The first to each place, and one in four after that, stay as they were made up.
    """
    _turns[place] += 1
    if _turns[place] % AS_IT_IS == 1:
        return path, body
    if place in known():
        path = dict.fromkeys(path, known()[place])
    return path, _each_value(body, _known)


def whole(body: Body) -> Body:
    """Write 1.0 as 1, which a schema cannot tell apart and this service must."""
    return _each_value(body, _whole)


def _whole(_name: str, value: object) -> object:
    return int(value) if isinstance(value, float) and value.is_integer() else value


def _known(name: str, value: object) -> object:
    if name == "minor" and isinstance(value, int):
        return min(value, SMALL)
    if name == "people":
        return [known()["to"]]
    return value if value is None else known().get(name, value)


def _each_value(body: Body, change: Callable[[str, object], object]) -> Body:
    if not isinstance(body, dict):
        return body
    return {name: change(name, _each_value(value, change)) for name, value in body.items()}


def with_keys(body: Body, device: Device) -> Body:
    """Have an enrolment bring a device's keys where it brings any."""
    if not isinstance(body, dict):
        return body
    made = dict(body)
    for name in ("device", "till"):
        if isinstance(made.get(name), dict) and "id" in made[name]:
            keys = device.keys()
            if name == "till":
                del keys["code_key"]
            made[name] = {**made[name], **keys}
    return made

"""Signs what schemathesis sends, each request as whom its operation is for; loaded by it as hooks.

A device that a request has revoked, frozen or locked gives way to a new one, so that what is tried
later still meets a working wallet or till.
"""

from __future__ import annotations

import time
from typing import TYPE_CHECKING, Any

import requests.auth
import schemathesis
from schemathesis.core.parameters import ParameterLocation

from tests.strangers.furniture import AUTHORITY, actor, dismiss, sensible, whole, with_keys
from tests.wallet_api.service.caller import Device
from wallet_api.contract.ids import new_id
from wallet_api.contract.signatures import Message, sign

if TYPE_CHECKING:
    from schemathesis import Case, HookContext, Response

#: What makes a device useless for the rest of the run.
SPENT = frozenset({"device_unknown", "wallet_frozen", "merchant_frozen", "pin_locked"})


class Signature(requests.auth.AuthBase):
    """Signs a request as it leaves, under a new key."""

    def __init__(self, device: Device) -> None:
        self._device = device

    def __call__(self, request: requests.PreparedRequest) -> requests.PreparedRequest:
        path, _, query = request.path_url.partition("?")
        body: Any = request.body or b""
        content = body.encode() if isinstance(body, str) else bytes(body)
        message = Message(str(request.method), AUTHORITY, path, query, content, new_id())
        request.headers.update(sign(message, self._device.id, self._device.key, int(time.time())))
        return request


def role_of(case: Case[Any]) -> str | None:
    """Give the first role that may call an operation, if it is signed at all."""
    security = case.operation.definition.raw.get("security") or [{}]
    return next(iter(security[0]), None)


@schemathesis.hook
def before_call(context: HookContext, case: Case[Any], kwargs: dict[str, Any]) -> None:
    """Sign the request that a case becomes, unless the case spoils the very fields."""
    role, meta, body = role_of(case), case._meta, case.body
    if meta is None or not meta.generation.mode.is_negative:
        case.query.pop("cursor", None)  # One of one's own making is refused.
        place = case.operation.path
        case.path_parameters, body = sensible(place, dict(case.path_parameters), whole(body))
    if role is not None and not (meta and meta.is_negative_at(ParameterLocation.HEADER)):
        device = Device() if role == "enrolling" else actor(role)
        body = with_keys(body, device) if role == "enrolling" else body
        kwargs["auth"] = Signature(device)
    if body is not case.body:
        case.body = body


@schemathesis.hook
def after_call(context: HookContext, case: Case[Any], response: Response) -> None:
    """Let a device that can do nothing any more give way to a new one."""
    if response.status_code in {401, 403} and response.json()["code"] in SPENT:
        dismiss(role_of(case) or "")

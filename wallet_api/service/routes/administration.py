"""What the bank's admin does; each write is an entry of the audit log."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from wallet_api.contract import administration as contract
from wallet_api.contract import errors, wire
from wallet_api.contract.errors import BadRequest
from wallet_api.identity import audit, directory, freeze, invites, pin
from wallet_api.limits.tiers import SetTier, set_tier
from wallet_api.risk.release import Release, release
from wallet_api.service.routes.devices import freeze_news
from wallet_api.service.routes.table import (
    PAGING,
    Command,
    Query,
    Read,
    Write,
    bind,
    page_limit,
    path_id,
)
from wallet_api.service.telling import News, told
from wallet_api.store.answers import Answered, Key, once

if TYPE_CHECKING:
    from collections.abc import Callable

    from wallet_api.service.authentication import Call
    from wallet_api.service.state import Service
    from wallet_api.store.clock import Now
    from wallet_api.store.database import Transaction

LONGEST_SEARCH = 64


def _freeze(_service: Service, call: Call, body: contract.FreezeRequest) -> Command:
    command = freeze.FreezeOnce(call.key(body), freeze.Freeze(path_id(call), frozen=True))
    return told(bind(freeze.freeze_once, command), freeze_news)


def _unfreeze(_service: Service, call: Call, body: contract.FreezeRequest) -> Command:
    command = freeze.FreezeOnce(call.key(body), freeze.Freeze(path_id(call), frozen=False))
    return told(bind(freeze.freeze_once, command), freeze_news)


def _unlock(_service: Service, call: Call, body: wire.Nothing) -> Command:
    def news(state: contract.PinState) -> News:
        return state.wallet, "pin.unlocked", {"by": "bank"}

    return told(bind(pin.unlock_pin, pin.UnlockPin(call.key(body), path_id(call))), news)


def _invite(_service: Service, call: Call, body: contract.InviteRequest) -> Command:
    return bind(invites.make_invite, invites.MakeInvite(call.key(body), call.device.id, body))


def _tier(_service: Service, call: Call, body: contract.TierRequest) -> Command:
    customer = path_id(call)
    return _kept(call.key(body), customer, bind(set_tier, SetTier(customer, body.tier)))


def _release(_service: Service, call: Call, body: wire.Nothing) -> Command:
    customer = path_id(call)
    return _kept(call.key(body), customer, bind(release, Release(customer)))


def _kept(key: Key, customer: str, act: Callable[[Transaction, Now], object]) -> Command:
    """Give a use case under an idempotency key, answered with the customer as the bank sees it."""

    def run(transaction: Transaction, now: Now) -> Answered[contract.AccountCard]:
        def card() -> contract.AccountCard:
            return directory.customer_card(transaction, customer)

        def acted() -> contract.AccountCard:
            act(transaction, now)
            return card()

        return once(transaction, now, key, contract.AccountCard, acted, card)

    return run


def _find(call: Call) -> Query:
    text, limit = call.query.get("name", ""), page_limit(call)
    if not 1 <= len(text) <= LONGEST_SEARCH:
        raise BadRequest(reason=f"name is 1 to {LONGEST_SEARCH} characters of a name, or an id")
    return lambda tx, _now: directory.find(tx, text, limit)


def _audit(call: Call) -> Query:
    limit, cursor = page_limit(call), call.query.get("cursor")
    if cursor is not None and not re.fullmatch("[0-9]{1,18}", cursor):
        raise BadRequest(reason="no such cursor")
    before = None if cursor is None else int(cursor)
    return lambda tx, _now: audit.entries(tx, before, limit)


WRITES = (
    Write(
        "/v1/admin/accounts/{id}/freeze",
        "Freeze a customer or a merchant",
        "admin",
        contract.FreezeRequest,
        contract.FreezeState,
        _freeze,
    ),
    Write(
        "/v1/admin/accounts/{id}/unfreeze",
        "Lift the bank's freeze; the owner's own stays",
        "admin",
        contract.FreezeRequest,
        contract.FreezeState,
        _unfreeze,
    ),
    Write(
        "/v1/admin/accounts/{id}/unlock",
        "Forget the wrong tries of a wallet's PIN",
        "admin",
        wire.Nothing,
        contract.PinState,
        _unlock,
    ),
    Write(
        "/v1/admin/accounts/{id}/tier",
        "Put a customer into a tier",
        "admin",
        contract.TierRequest,
        contract.AccountCard,
        _tier,
    ),
    Write(
        "/v1/admin/accounts/{id}/release",
        "Let a customer spend again whom a rule held back",
        "admin",
        wire.Nothing,
        contract.AccountCard,
        _release,
        refusals=(errors.NotHeld,),
    ),
    Write(
        "/v1/admin/invites",
        "Invite a customer, a merchant, a till or a device",
        "admin",
        contract.InviteRequest,
        contract.InviteCard,
        _invite,
        201,
        (errors.NotFound,),
    ),
)

READS = (
    Read(
        "/v1/admin/accounts",
        "Find customers and merchants by a part of their name, or by id",
        "admin",
        wire.Page[contract.AccountCard],
        _find,
        ("name", "limit"),
    ),
    Read(
        "/v1/admin/audit",
        "The acts of the bank's admin, newest first",
        "admin",
        wire.Page[contract.AuditEntry],
        _audit,
        PAGING,
    ),
)

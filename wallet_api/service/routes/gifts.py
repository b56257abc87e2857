"""Gifts: making one, and taking one's share."""

from __future__ import annotations

import secrets
from typing import TYPE_CHECKING

from payment_codes.native import is_token, new_token
from wallet_api.contract import errors, people, wire
from wallet_api.contract.errors import NotFound
from wallet_api.contract.ids import is_id
from wallet_api.people import claims, gifts, queries
from wallet_api.service.routes.checkout import TOKEN_BYTES
from wallet_api.service.routes.table import (
    PAGING,
    Command,
    Query,
    Read,
    Write,
    bind,
    page_limit,
    path_id,
    terms_of,
)
from wallet_api.service.routes.transfers import ASKED, FUNDS, OWN, PIN, confirmation

if TYPE_CHECKING:
    from wallet_api.service.authentication import Call
    from wallet_api.service.state import Service

SEED_BYTES = 32


def _give(_service: Service, call: Call, body: people.GiftRequest) -> Command:
    command = gifts.Give(
        call.key(body),
        call.customer,
        call.device,
        body,
        call.evidence(terms_of(body)),
        new_token(secrets.token_bytes(TOKEN_BYTES)),
        secrets.token_bytes(SEED_BYTES),
    )
    return bind(gifts.give, command)


def _confirm_gift(service: Service, call: Call, body: wire.ConfirmRequest) -> Command:
    return bind(gifts.confirm_gift, confirmation(service, call, body))


def _cancel_gift(_service: Service, call: Call, body: wire.Nothing) -> Command:
    command = gifts.CancelGift(call.key(body), call.customer, path_id(call))
    return bind(gifts.cancel_gift, command)


def _claim(_service: Service, call: Call, body: people.ClaimRequest) -> Command:
    if not is_token(body.gift) and not is_id(body.gift):
        raise NotFound(what="gift")
    return bind(claims.claim, claims.TakeShare(call.key(body), call.customer, body.gift))


def _gift(call: Call) -> Query:
    gift = path_id(call)
    return lambda tx, now: gifts.view_gift(tx, gift, call.customer, now)


def _gifts(call: Call) -> Query:
    limit, cursor = page_limit(call), call.query.get("cursor")
    return lambda tx, now: queries.gifts(tx, call.customer, cursor, limit, now)


def _gift_claims(call: Call) -> Query:
    gift = path_id(call)
    return lambda tx, now: queries.claims(tx, gift, call.customer, now)


def _one_claim(call: Call) -> Query:
    claim = path_id(call)
    return lambda tx, _now: claims.view_claim(tx, claim, call.customer)


_RISK = (errors.RiskHeld, errors.RiskRefused)

WRITES = (
    Write(
        "/v1/gifts",
        "Give money away: held until it is taken, or returned",
        "wallet",
        people.GiftRequest,
        people.Gift,
        _give,
        201,
        (
            *(errors.NotFound, errors.ToOneself, errors.SharesInvalid),
            *ASKED,
            *FUNDS,
            *_RISK,
            *PIN,
        ),
    ),
    Write(
        "/v1/gifts/{id}/confirm",
        "Confirm a waiting gift with the PIN",
        "wallet",
        wire.ConfirmRequest,
        people.Gift,
        _confirm_gift,
        refusals=(
            *OWN,
            *FUNDS,
            *_RISK,
            *PIN,
            errors.PinWrong,
            errors.GiftOver,
        ),
    ),
    Write(
        "/v1/gifts/{id}/cancel",
        "Give up a gift that waits for its PIN",
        "wallet",
        wire.Nothing,
        people.Gift,
        _cancel_gift,
        refusals=(*OWN, errors.GiftOver),
    ),
    Write(
        "/v1/claims",
        "Take one's share of a gift",
        "wallet",
        people.ClaimRequest,
        people.Claim,
        _claim,
        201,
        (
            *OWN,
            errors.GiftOwn,
            errors.GiftClaimed,
            errors.GiftOver,
            errors.WalletFrozen,
            errors.CurrencyMismatch,
            errors.LimitExceeded,
        ),
    ),
)

READS = (
    Read(
        "/v1/gifts",
        "Gifts made, and gifts to oneself, newest first",
        "wallet",
        wire.Page[people.Gift],
        _gifts,
        PAGING,
    ),
    Read("/v1/gifts/{id}", "One gift", "wallet", people.Gift, _gift, refusals=OWN),
    Read(
        "/v1/gifts/{id}/claims",
        "Who took a share of a gift",
        "wallet",
        wire.Page[people.Claim],
        _gift_claims,
        refusals=OWN,
    ),
    Read(
        "/v1/claims/{id}",
        "One's own share of a gift",
        "wallet",
        people.Claim,
        _one_claim,
        refusals=OWN,
    ),
)

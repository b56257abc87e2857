"""Static codes: a till takes its own, a wallet pays one."""

from __future__ import annotations

import secrets
from typing import TYPE_CHECKING

from payment_codes.native import is_token, new_token
from wallet_api.checkout import static_codes
from wallet_api.contract import errors, wire
from wallet_api.contract.errors import NotFound
from wallet_api.contract.static_codes import StaticCode, StaticOffer, StaticPaymentRequest
from wallet_api.service.routes.checkout import TOKEN_BYTES
from wallet_api.service.routes.table import Command, Query, Read, Write, bind, terms_of

if TYPE_CHECKING:
    from wallet_api.service.authentication import Call
    from wallet_api.service.state import Service


def _take(_service: Service, call: Call, body: wire.Nothing) -> Command:
    token = new_token(secrets.token_bytes(TOKEN_BYTES))
    command = static_codes.TakeStaticCode(call.key(body), call.till, token)
    return bind(static_codes.take_static_code, command)


def _pay(_service: Service, call: Call, body: StaticPaymentRequest) -> Command:
    evidence = call.evidence(terms_of(body))
    command = static_codes.PayStaticCode(call.key(body), call.customer, body, evidence)
    return bind(static_codes.pay_static_code, command)


def _offer(call: Call) -> Query:
    token = call.path["token"]
    if not is_token(token):
        raise NotFound(what="code")
    return lambda tx, _now: static_codes.static_offer(tx, token)


WRITES = (
    Write(
        "/v1/static-codes",
        "A till's static code: the payer types the amount",
        "till",
        wire.Nothing,
        StaticCode,
        _take,
        201,
    ),
    Write(
        "/v1/static-payments",
        "Pay a static code with an amount of one's own",
        "wallet",
        StaticPaymentRequest,
        wire.Payment,
        _pay,
        201,
        (
            errors.NotFound,
            errors.NotYours,
            errors.TermsChanged,
            errors.AmountInvalid,
            errors.CurrencyMismatch,
            errors.TextInvalid,
            errors.InsufficientFunds,
            errors.LimitExceeded,
            errors.RiskHeld,
            errors.RiskRefused,
            errors.WalletFrozen,
            errors.MerchantFrozen,
            errors.PinNotSet,
            errors.PinLocked,
        ),
    ),
)

READS = (
    Read(
        "/v1/static-codes/{token}",
        "Whom a static code pays",
        "wallet",
        StaticOffer,
        _offer,
        refusals=(errors.NotFound,),
    ),
)

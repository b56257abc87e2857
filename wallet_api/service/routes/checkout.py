"""Charges, payments, refunds, and what a customer or a merchant sees of them."""

from __future__ import annotations

import secrets
from typing import TYPE_CHECKING

from payment_codes.native import new_token
from wallet_api.checkout import charges, payments, queries, returns
from wallet_api.contract import errors, wire
from wallet_api.contract.signatures import decode_bytes
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

if TYPE_CHECKING:
    from wallet_api.service.authentication import Call
    from wallet_api.service.state import Service

TOKEN_BYTES = 10


def _create_charge(service: Service, call: Call, body: wire.ChargeRequest) -> Command:
    token = new_token(secrets.token_bytes(TOKEN_BYTES))
    evidence = call.evidence((body.code or "").encode())
    command = charges.CreateCharge(call.key(body), call.till, body, token, service.keys, evidence)
    return bind(charges.create_charge, command)


def _close_charge(_service: Service, call: Call, body: wire.Nothing) -> Command:
    command = charges.CloseCharge(call.key(body), call.till, path_id(call))
    return bind(charges.close_charge, command)


def _reverse(_service: Service, call: Call, body: wire.Nothing) -> Command:
    command = returns.ReverseCharge(call.key(body), call.till, path_id(call))
    return bind(returns.reverse, command)


def _refund(_service: Service, call: Call, body: wire.RefundRequest) -> Command:
    command = returns.RefundCharge(call.key(body), call.till, path_id(call), body)
    return bind(returns.refund, command)


def _pay(_service: Service, call: Call, body: wire.PaymentRequest) -> Command:
    command = payments.Pay(call.key(body), call.customer, body, call.evidence(call.message.body))
    return bind(payments.pay, command)


def _confirm(service: Service, call: Call, body: wire.ConfirmRequest) -> Command:
    command = payments.Confirm(
        call.key(body),
        call.customer,
        call.device,
        path_id(call),
        body.pin,
        decode_bytes(body.approval),
        service.keys,
    )
    return bind(payments.confirm, command)


def _decline(_service: Service, call: Call, body: wire.Nothing) -> Command:
    command = payments.Decline(call.key(body), call.customer, path_id(call))
    return bind(payments.decline, command)


def _charges(call: Call) -> Query:
    limit, cursor = page_limit(call), call.query.get("cursor")
    return lambda tx, now: queries.charges(tx, call.till.merchant, cursor, limit, now)


def _refund_by_id(call: Call) -> Query:
    refund = path_id(call)
    return lambda tx, now: returns.view_refund(tx, refund, call.till.merchant, now)


def _pending(call: Call) -> Query:
    limit = page_limit(call)
    return lambda tx, now: queries.pending(tx, call.customer, limit, now)


def _payment(call: Call) -> Query:
    payment = path_id(call)
    return lambda tx, now: payments.view_payment(tx, payment, call.customer, now)


_FUNDS = (
    errors.InsufficientFunds,
    errors.LimitExceeded,
    errors.RiskHeld,
    errors.RiskRefused,
    errors.CurrencyMismatch,
    errors.WalletFrozen,
    errors.MerchantFrozen,
)
_PIN = (errors.PinNotSet, errors.PinLocked)
_CODES = (errors.CodeUsed, errors.CodeExpired, errors.CodeUnknown)
_OVER = (
    errors.AlreadyPaid,
    errors.ChargeClosed,
    errors.ChargeFailed,
    errors.ChargeReversed,
)
_ASKED = (errors.AmountInvalid, errors.CurrencyMismatch, errors.TextInvalid)
_OWN = (errors.NotFound, errors.NotYours)

WRITES = (
    Write(
        "/v1/charges",
        "Ask for money: a code to show, or a charge on the payer's code",
        "till",
        wire.ChargeRequest,
        wire.Charge,
        _create_charge,
        201,
        (*_ASKED, *_CODES, errors.MerchantFrozen, errors.ChargeClosed, errors.NotYours),
    ),
    Write(
        "/v1/charges/{id}/close",
        "Give up an unpaid charge",
        "till",
        wire.Nothing,
        wire.Charge,
        _close_charge,
        refusals=(*_OWN, errors.AlreadyPaid, errors.ChargeReversed),
    ),
    Write(
        "/v1/charges/{id}/reverse",
        "Undo a charge, or prevent one that never arrived",
        "till",
        wire.Nothing,
        wire.Reversal,
        _reverse,
        refusals=(
            *_OWN,
            errors.HasRefunds,
            errors.ReversalWindowPassed,
            errors.MerchantFundsShort,
        ),
    ),
    Write(
        "/v1/charges/{id}/refunds",
        "Give money back on a paid charge",
        "till",
        wire.RefundRequest,
        wire.Refund,
        _refund,
        201,
        (
            *_OWN,
            *_ASKED,
            errors.NotPaid,
            errors.ChargeReversed,
            errors.RefundTooLarge,
            errors.RefundWindowPassed,
            errors.MerchantFundsShort,
        ),
    ),
    Write(
        "/v1/payments",
        "Pay a charge on exactly these terms",
        "wallet",
        wire.PaymentRequest,
        wire.Payment,
        _pay,
        201,
        (*_OWN, *_FUNDS, *_PIN, *_OVER, errors.TermsChanged, errors.UseConfirm),
    ),
    Write(
        "/v1/payments/{id}/confirm",
        "Confirm a waiting payment with the PIN",
        "wallet",
        wire.ConfirmRequest,
        wire.Payment,
        _confirm,
        refusals=(*_OWN, *_FUNDS, *_PIN, *_OVER, errors.PinWrong, errors.PaymentOver),
    ),
    Write(
        "/v1/payments/{id}/decline",
        "Refuse a waiting payment",
        "wallet",
        wire.Nothing,
        wire.Payment,
        _decline,
        refusals=(*_OWN, *_OVER, errors.PaymentOver),
    ),
)

READS = (
    Read(
        "/v1/charges",
        "A merchant's charges, newest first",
        "till",
        wire.Page[wire.Charge],
        _charges,
        PAGING,
    ),
    Read("/v1/refunds/{id}", "One refund", "till", wire.Refund, _refund_by_id, refusals=_OWN),
    Read(
        "/v1/pending",
        "The payments that wait for a customer's PIN",
        "wallet",
        wire.Page[wire.Payment],
        _pending,
        ("limit",),
    ),
    Read("/v1/payments/{id}", "One payment", "wallet", wire.Payment, _payment, refusals=_OWN),
)

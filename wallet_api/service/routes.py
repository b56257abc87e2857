"""The routes, as tables: enrolments and writes become commands, reads become queries."""

from __future__ import annotations

import re
import secrets
from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING, Any, TypeVar

from payment_codes.native import is_token, new_token
from wallet_api.checkout import charges, payments, queries, returns, top_ups
from wallet_api.contract import wire
from wallet_api.contract.errors import BadRequest, NotFound
from wallet_api.contract.ids import is_id, new_id
from wallet_api.contract.rules import LARGEST_PAGE
from wallet_api.contract.signatures import decode_bytes
from wallet_api.identity import cards, enrolment
from wallet_api.identity.payer_codes import LARGEST_COUNTER, sync
from wallet_api.identity.pin import SALT_BYTES

if TYPE_CHECKING:
    from wallet_api.service.authentication import Call
    from wallet_api.service.state import Service
    from wallet_api.store.answers import Answered, Key
    from wallet_api.store.clock import Now
    from wallet_api.store.database import Transaction

C = TypeVar("C")
T = TypeVar("T")

Command = Callable[["Transaction", "Now"], "Answered[Any]"]
Query = Callable[["Transaction", "Now"], Any]

TOKEN_BYTES = 10
DEFAULT_PAGE = 20


def bind(
    use_case: Callable[[Transaction, C, Now], T], command: C
) -> Callable[[Transaction, Now], T]:
    """Give a use case its command."""

    def bound(transaction: Transaction, now: Now) -> T:
        return use_case(transaction, command, now)

    return bound


@dataclass(frozen=True, slots=True)
class Enrolment:
    """A route that a new device calls: its body and the command it becomes."""

    path: str
    body: type[wire.OpenWallet | wire.OpenMerchant]
    command: Callable[[Service, Key, Any], Command]


@dataclass(frozen=True, slots=True)
class Write:
    """A route that changes something: its body and the command it becomes."""

    path: str
    body: type[wire.Body]
    command: Callable[[Service, Call, Any], Command]
    status: int = 200


@dataclass(frozen=True, slots=True)
class Read:
    """A route that only reads: the query it becomes."""

    path: str
    query: Callable[[Call], Query]


def path_id(call: Call) -> str:
    """Give the id in the path. Raises NotFound for what cannot be one."""
    if not is_id(call.path["id"]):
        raise NotFound(what="record")
    return call.path["id"]


def page_limit(call: Call) -> int:
    """Give how many items a page may hold. Raises BadRequest."""
    text = call.query.get("limit", str(DEFAULT_PAGE))
    if not (re.fullmatch("[0-9]{1,3}", text) and 1 <= int(text) <= LARGEST_PAGE):
        raise BadRequest(reason=f"limit is 1 to {LARGEST_PAGE}")
    return int(text)


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


def _sync_codes(service: Service, call: Call, body: wire.CodeSync) -> Command:
    if not 0 <= body.counter <= LARGEST_COUNTER:
        raise BadRequest(reason="no such counter")
    _ = call.customer
    return partial(sync, key=call.key(body), keys=service.keys, device=call.device, body=body)


def _enrol_customer(service: Service, key: Key, body: wire.OpenWallet) -> Command:
    salt = secrets.token_bytes(SALT_BYTES)
    return bind(enrolment.enrol_customer, enrolment.EnrolCustomer(key, body, salt, service.keys))


def _enrol_merchant(_service: Service, key: Key, body: wire.OpenMerchant) -> Command:
    return bind(enrolment.enrol_merchant, enrolment.EnrolMerchant(key, body, new_id()))


ENROLMENTS = (
    Enrolment("/v1/customers", wire.OpenWallet, _enrol_customer),
    Enrolment("/v1/merchants", wire.OpenMerchant, _enrol_merchant),
)

WRITES = (
    Write("/v1/charges", wire.ChargeRequest, _create_charge, 201),
    Write("/v1/charges/{id}/close", wire.Nothing, _close_charge),
    Write("/v1/charges/{id}/reverse", wire.Nothing, _reverse),
    Write("/v1/charges/{id}/refunds", wire.RefundRequest, _refund, 201),
    Write("/v1/payments", wire.PaymentRequest, _pay, 201),
    Write("/v1/payments/{id}/confirm", wire.ConfirmRequest, _confirm),
    Write("/v1/payments/{id}/decline", wire.Nothing, _decline),
    Write("/v1/payer-codes", wire.CodeSync, _sync_codes),
)


def _wallet(call: Call) -> Query:
    return lambda tx, _now: cards.wallet_card(tx, call.customer, call.device.id)


def _merchant(call: Call) -> Query:
    return lambda tx, _now: cards.merchant_card(tx, call.till)


def _offer(call: Call) -> Query:
    _ = call.customer
    if not is_token(call.path["token"]):
        raise NotFound(what="code")
    return lambda tx, now: queries.offer(tx, call.path["token"], now)


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


def _top_up(call: Call) -> Query:
    top_up = path_id(call)
    return lambda tx, _now: top_ups.view_top_up(tx, top_up, call.customer)


def _history(call: Call) -> Query:
    limit, cursor = page_limit(call), call.query.get("cursor")
    return lambda tx, _now: queries.history(tx, call.customer, cursor, limit)


READS = (
    Read("/v1/wallet", _wallet),
    Read("/v1/merchant", _merchant),
    Read("/v1/codes/{token}", _offer),
    Read("/v1/charges", _charges),
    Read("/v1/refunds/{id}", _refund_by_id),
    Read("/v1/pending", _pending),
    Read("/v1/payments/{id}", _payment),
    Read("/v1/top-ups/{id}", _top_up),
    Read("/v1/history", _history),
)

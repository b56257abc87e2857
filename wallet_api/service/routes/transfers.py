"""Transfers between people, and the codes that they receive money by."""

from __future__ import annotations

import secrets
from typing import TYPE_CHECKING

from payment_codes.native import is_token, new_token
from wallet_api.contract import errors, people, wire
from wallet_api.contract.errors import NotFound
from wallet_api.contract.signatures import decode_bytes
from wallet_api.people import codes, queries, transfers
from wallet_api.people.outgoing import Confirm
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

if TYPE_CHECKING:
    from wallet_api.service.authentication import Call
    from wallet_api.service.state import Service


def _send(_service: Service, call: Call, body: people.SendRequest) -> Command:
    evidence = call.evidence(terms_of(body))
    command = transfers.Send(call.key(body), call.customer, call.device, body, evidence)
    return bind(transfers.send, command)


def confirmation(service: Service, call: Call, body: wire.ConfirmRequest) -> Confirm:
    """Give the confirmation of what the path names. Raises NotFound, SignatureInvalid."""
    return Confirm(
        call.key(body),
        call.customer,
        call.device,
        path_id(call),
        body.pin,
        decode_bytes(body.approval),
        service.keys,
    )


def _confirm_transfer(service: Service, call: Call, body: wire.ConfirmRequest) -> Command:
    return bind(transfers.confirm_transfer, confirmation(service, call, body))


def _cancel_transfer(_service: Service, call: Call, body: wire.Nothing) -> Command:
    command = transfers.CancelTransfer(call.key(body), call.customer, path_id(call))
    return bind(transfers.cancel_transfer, command)


def _deliver(_service: Service, call: Call, body: wire.Nothing) -> Command:
    command = transfers.DeliverTransfer(call.key(body), path_id(call))
    return bind(transfers.deliver_transfer, command)


def _receive(_service: Service, call: Call, body: people.ReceiveRequest) -> Command:
    token = new_token(secrets.token_bytes(TOKEN_BYTES))
    return bind(codes.receive, codes.Receive(call.key(body), call.customer, body, token))


def _person(call: Call) -> Query:
    person = path_id(call)
    return lambda tx, _now: queries.person(tx, person)


def _payee(call: Call) -> Query:
    token = call.path["token"]
    if not is_token(token):
        raise NotFound(what="code")
    return lambda tx, _now: codes.payee(tx, token)


def _transfer(call: Call) -> Query:
    transfer = path_id(call)
    return lambda tx, now: transfers.view_transfer(tx, transfer, call.customer, now)


def _held(call: Call) -> Query:
    limit = page_limit(call)
    return lambda tx, now: queries.held(tx, limit, now)


def _transfers(call: Call) -> Query:
    limit, cursor = page_limit(call), call.query.get("cursor")
    return lambda tx, now: queries.transfers(tx, call.customer, cursor, limit, now)


OWN = (errors.NotFound, errors.NotYours)
ASKED = (errors.AmountInvalid, errors.CurrencyMismatch, errors.TextInvalid)
FUNDS = (errors.WalletFrozen, errors.InsufficientFunds, errors.LimitExceeded)
PIN = (errors.PinNotSet, errors.PinLocked)
_RECEIVER = (errors.CurrencyMismatch, errors.ReceiverUnavailable, errors.ReceiverFull)
#: What any send may meet.
SEND = (*FUNDS, errors.RiskRefused, *PIN, *_RECEIVER)

WRITES = (
    Write(
        "/v1/transfers",
        "Send money to a person",
        "wallet",
        people.SendRequest,
        people.Transfer,
        _send,
        201,
        (errors.NotFound, errors.ToOneself, *ASKED, *SEND),
    ),
    Write(
        "/v1/transfers/{id}/confirm",
        "Confirm a waiting transfer with the PIN",
        "wallet",
        wire.ConfirmRequest,
        people.Transfer,
        _confirm_transfer,
        refusals=(
            *OWN,
            *SEND,
            errors.PinWrong,
            errors.TransferOver,
            errors.RequestOver,
        ),
    ),
    Write(
        "/v1/transfers/{id}/cancel",
        "Give up a waiting transfer, or take back a held one",
        "wallet",
        wire.Nothing,
        people.Transfer,
        _cancel_transfer,
        refusals=(*OWN, errors.TransferOver),
    ),
    Write(
        "/v1/admin/transfers/{id}/deliver",
        "Deliver a held transfer before its time",
        "admin",
        wire.Nothing,
        people.Transfer,
        _deliver,
        refusals=(errors.NotFound, errors.TransferOver),
    ),
    Write(
        "/v1/personal-codes",
        "A code of one's own to receive money with",
        "wallet",
        people.ReceiveRequest,
        people.PersonalCode,
        _receive,
        201,
        ASKED,
    ),
)

READS = (
    Read(
        "/v1/people/{id}",
        "What anybody may learn of a wallet",
        "wallet",
        people.Person,
        _person,
        refusals=(errors.NotFound,),
    ),
    Read(
        "/v1/personal-codes/{token}",
        "Whom a personal code pays",
        "wallet",
        people.Payee,
        _payee,
        refusals=(errors.NotFound,),
    ),
    Read(
        "/v1/transfers",
        "What a customer sent and received, newest first",
        "wallet",
        wire.Page[people.Transfer],
        _transfers,
        PAGING,
    ),
    Read("/v1/transfers/{id}", "One transfer", "wallet", people.Transfer, _transfer, refusals=OWN),
    Read(
        "/v1/admin/transfers",
        "Transfers that are held, the next to be delivered first",
        "admin",
        wire.Page[people.Transfer],
        _held,
        ("limit",),
    ),
)

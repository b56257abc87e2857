"""Requests for money, and bills split into them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from wallet_api.contract import errors, people, wire
from wallet_api.contract.ids import new_id
from wallet_api.people import queries, requests, splits
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
from wallet_api.service.routes.transfers import ASKED, OWN, SEND

if TYPE_CHECKING:
    from wallet_api.service.authentication import Call
    from wallet_api.service.state import Service


def _request(_service: Service, call: Call, body: people.MoneyRequestRequest) -> Command:
    command = requests.RequestMoney(call.key(body), call.customer, body)
    return bind(requests.request_money, command)


def _pay_request(_service: Service, call: Call, body: people.PayRequest) -> Command:
    command = requests.PayForRequest(
        call.key(body),
        call.customer,
        call.device,
        path_id(call),
        body,
        call.evidence(terms_of(body)),
    )
    return bind(requests.pay_request, command)


def _ending(call: Call, body: wire.Nothing) -> requests.EndRequest:
    return requests.EndRequest(call.key(body), call.customer, path_id(call))


def _decline_request(_service: Service, call: Call, body: wire.Nothing) -> Command:
    return bind(requests.decline_request, _ending(call, body))


def _cancel_request(_service: Service, call: Call, body: wire.Nothing) -> Command:
    return bind(requests.cancel_request, _ending(call, body))


def _split(_service: Service, call: Call, body: people.SplitRequest) -> Command:
    # In order, so that the requests are listed as the people were named.
    ids = sorted(new_id() for _ in body.people)
    return bind(splits.split_bill, splits.SplitBill(call.key(body), call.customer, body, ids))


def _one_request(call: Call) -> Query:
    request = path_id(call)
    return lambda tx, now: requests.view_request(tx, request, call.customer, now)


def _requests(call: Call) -> Query:
    limit, cursor = page_limit(call), call.query.get("cursor")
    return lambda tx, now: queries.requests(tx, call.customer, cursor, limit, now)


def _one_split(call: Call) -> Query:
    split = path_id(call)
    return lambda tx, now: splits.view_split(tx, split, call.customer, now)


def _splits(call: Call) -> Query:
    limit, cursor = page_limit(call), call.query.get("cursor")
    return lambda tx, _now: queries.splits(tx, call.customer, cursor, limit)


WRITES = (
    Write(
        "/v1/requests",
        "Ask a person for money",
        "wallet",
        people.MoneyRequestRequest,
        people.MoneyRequest,
        _request,
        201,
        (errors.NotFound, errors.ToOneself, *ASKED),
    ),
    Write(
        "/v1/requests/{id}/pay",
        "Pay a request for money on exactly these terms",
        "wallet",
        people.PayRequest,
        people.Transfer,
        _pay_request,
        201,
        (*OWN, *SEND, errors.RequestOver, errors.TermsChanged),
    ),
    Write(
        "/v1/requests/{id}/decline",
        "Refuse to pay a request for money",
        "wallet",
        wire.Nothing,
        people.MoneyRequest,
        _decline_request,
        refusals=(*OWN, errors.RequestOver),
    ),
    Write(
        "/v1/requests/{id}/cancel",
        "Take back a request of one's own",
        "wallet",
        wire.Nothing,
        people.MoneyRequest,
        _cancel_request,
        refusals=(*OWN, errors.RequestOver),
    ),
    Write(
        "/v1/splits",
        "Split a bill: a request to each person",
        "wallet",
        people.SplitRequest,
        people.Split,
        _split,
        201,
        (errors.NotFound, errors.ToOneself, errors.SharesInvalid, *ASKED),
    ),
)

READS = (
    Read(
        "/v1/requests",
        "Requests for money, made and got, newest first",
        "wallet",
        wire.Page[people.MoneyRequest],
        _requests,
        PAGING,
    ),
    Read(
        "/v1/requests/{id}",
        "One request for money",
        "wallet",
        people.MoneyRequest,
        _one_request,
        refusals=OWN,
    ),
    Read(
        "/v1/splits",
        "The bills that a customer split, newest first",
        "wallet",
        wire.Page[people.Split],
        _splits,
        PAGING,
    ),
    Read(
        "/v1/splits/{id}",
        "One split, with who has paid",
        "wallet",
        people.SplitShares,
        _one_split,
        refusals=OWN,
    ),
)

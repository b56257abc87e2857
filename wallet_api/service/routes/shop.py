"""The shop day: shifts and their reports."""

from __future__ import annotations

from typing import TYPE_CHECKING

from wallet_api.contract import errors, wire
from wallet_api.contract.errors import BadRequest
from wallet_api.contract.shop import OpenShift, Shift, ShiftReport
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
from wallet_api.shop import reports, shifts

if TYPE_CHECKING:
    from wallet_api.service.authentication import Call
    from wallet_api.service.state import Service

#: Above every number of a shift.
_NEWEST = "999999999"


def _begin(_service: Service, call: Call, body: OpenShift) -> Command:
    return bind(shifts.begin_shift, shifts.BeginShift(call.key(body), call.till, body))


def _end(_service: Service, call: Call, body: wire.Nothing) -> Command:
    return bind(shifts.end_shift, shifts.EndShift(call.key(body), call.till, path_id(call)))


def _shifts(call: Call) -> Query:
    limit, cursor = page_limit(call), call.query.get("cursor", _NEWEST)
    if not (cursor.isascii() and cursor.isdigit() and len(cursor) <= len(_NEWEST)):
        raise BadRequest(reason="no such cursor")
    return lambda tx, _now: shifts.shifts(tx, call.till.id, int(cursor), limit)


def _shift(call: Call) -> Query:
    shift = path_id(call)
    return lambda tx, _now: shifts.shift_view(shifts.the_shift(tx, shift, call.till.merchant))


def _report(call: Call) -> Query:
    shift = path_id(call)
    return lambda tx, _now: reports.report(tx, shift, call.till.merchant)


_OWN = (errors.NotFound, errors.NotYours)

WRITES = (
    Write(
        "/v1/shifts",
        "Open a shift of the till",
        "till",
        OpenShift,
        Shift,
        _begin,
        201,
        (errors.ShiftOpen, errors.AmountInvalid, errors.CurrencyMismatch, errors.NotYours),
    ),
    Write(
        "/v1/shifts/{id}/close",
        "Close the till's shift and count it for good",
        "till",
        wire.Nothing,
        Shift,
        _end,
        refusals=_OWN,
    ),
)

READS = (
    Read(
        "/v1/shifts",
        "The till's shifts, newest first",
        "till",
        wire.Page[Shift],
        _shifts,
        PAGING,
    ),
    Read("/v1/shifts/{id}", "One shift of the merchant", "till", Shift, _shift, refusals=_OWN),
    Read(
        "/v1/shifts/{id}/report",
        "What was taken in a shift: X while it is open, Z once it is closed",
        "till",
        ShiftReport,
        _report,
        refusals=_OWN,
    ),
)

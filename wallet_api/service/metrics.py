"""What the service measures of itself, in Prometheus' text form (exposition format 0.0.4)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from starlette.responses import Response

from wallet_api.contract.hosts import host_of, is_loopback
from wallet_api.ledger.journal import head
from wallet_api.service.authentication import authenticate
from wallet_api.service.edge import read_message, standard_headers
from wallet_api.service.requests import head_lines

if TYPE_CHECKING:
    from collections.abc import Iterator

    from starlette.requests import Request

    from wallet_api.service.state import Service

MEDIA = "text/plain; version=0.0.4; charset=utf-8"


async def metrics(service: Service, request: Request) -> Response:
    """Give the figures: to who asks from this very machine, and elsewhere to the admin.

    Raises SignatureInvalid, ClockSkew, SignatureReplayed, DeviceUnknown, WrongRole.
    """
    message = await read_message(service, request)
    peer = request.client.host if request.client else ""
    if not (is_loopback(peer) and is_loopback(host_of(message.authority))):
        call = await authenticate(service, request, message)
        call.require("admin")
    number = await service.read(lambda transaction, _now: head(transaction).number)
    text = "\n".join([*service.requests.lines(), *_gauges(service, number), ""])
    return Response(text, 200, standard_headers(service), MEDIA)


def _gauges(service: Service, journal: int) -> Iterator[str]:
    engine, now = service.engine, service.engine.clock.now()
    counters = (
        ("wallet_batches_total", engine.batches, "Batches that the writer applied."),
        ("wallet_commands_total", engine.commands, "Commands in those batches."),
    )
    gauges = (
        ("wallet_queue_depth", engine.queued, "Commands that wait for the writer."),
        ("wallet_journal_number", journal, "Number of the last journal transaction."),
        ("wallet_waiting", service.waiters.count, "Requests and streams that wait for a change."),
        ("wallet_nonces", len(service.nonces), "Signatures kept so that none works twice."),
        (
            "wallet_business_clock_ahead_seconds",
            (now.business - now.wall) / 1_000,
            "How far a lab has moved the business clock.",
        ),
    )
    for kind, rows in (("counter", counters), ("gauge", gauges)):
        for name, value, meaning in rows:
            yield from head_lines(name, kind, meaning)
            yield f"{name} {value}"

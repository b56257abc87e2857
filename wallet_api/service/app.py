"""The ASGI application: every request is read, authenticated, answered and logged here."""

from __future__ import annotations

import asyncio
import logging
import time
from collections import defaultdict
from contextlib import asynccontextmanager
from functools import partial
from typing import TYPE_CHECKING

from starlette.applications import Starlette
from starlette.requests import Request
from starlette.routing import Route

from wallet_api.contract.error_base import WalletError
from wallet_api.contract.errors import MethodNotAllowed, NotFound, OutcomeUnknown
from wallet_api.service.agenda import keep
from wallet_api.service.authentication import authenticate, prove_possession
from wallet_api.service.bank_desk import bank_jobs
from wallet_api.service.edge import (
    answer,
    decode,
    problem,
    read_message,
    require_host,
    require_plain,
)
from wallet_api.service.jobs import JOBS
from wallet_api.service.operations import operations
from wallet_api.service.refusals import refusals_of
from wallet_api.service.routes.table import Enrolment, Read, Write
from wallet_api.service.telling import audited, from_device
from wallet_api.service.webhooks import send_webhooks

if TYPE_CHECKING:
    from collections.abc import AsyncIterator

    from starlette.responses import Response
    from starlette.types import Receive, Scope, Send

    from wallet_api.service.routes.table import Handler, Operation
    from wallet_api.service.state import Service

log = logging.getLogger("wallet_api.requests")


def create_app(service: Service) -> Starlette:
    """Make the application of one service."""

    @asynccontextmanager
    async def lifespan(_app: Starlette) -> AsyncIterator[None]:
        service.waiters.attach(asyncio.get_running_loop())
        service.engine.listen(service.waiters.wake_from_writer)
        background = {
            asyncio.create_task(keep(service, JOBS)),
            asyncio.create_task(keep(service, bank_jobs())),
            asyncio.create_task(send_webhooks(service)),
        }
        yield
        for task in background:
            task.cancel()
        await asyncio.wait(background)
        service.pool.shutdown()

    paths: defaultdict[str, dict[str, Operation]] = defaultdict(dict)
    for row in operations(lab=service.lab):
        paths[row.path][row.method] = row
    app = Starlette(
        routes=[Route(path, _Endpoint(service, path, by)) for path, by in paths.items()],
        exception_handlers={404: partial(_no_route, service)},
        lifespan=lifespan,
    )
    app.router.redirect_slashes = False  # A signature covers one path; there is no other.
    return app


def _handler(row: Operation) -> Handler:
    if isinstance(row, Enrolment):
        return partial(_enrol, row)
    if isinstance(row, Write):
        return partial(_write, row)
    return partial(_read, row) if isinstance(row, Read) else row.handler


class _Endpoint:
    """One path: chooses by method, turns errors into problem documents, logs the request.

    The log names the path's template and never an id, a token, a name or an amount.
    """

    def __init__(self, service: Service, path: str, rows: dict[str, Operation]) -> None:
        self._service = service
        self._path = path
        self._rows = rows
        self._handlers = {method: _handler(row) for method, row in rows.items()}
        self._refusals = {method: refusals_of(row) for method, row in rows.items()}

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer one request."""
        started = time.perf_counter()
        request = Request(scope, receive)
        row = self._rows.get(request.method)
        if b"%" in scope["raw_path"]:  # No path here needs it, and a signature covers one spelling.
            response = problem(self._service, NotFound(what="page"))
        elif row is None:
            response = self._refuse_method()
        else:
            response = await self._respond(request, row)
        await response(scope, receive, send)
        took = time.perf_counter() - started
        status, method = response.status_code, "other" if row is None else row.method
        self._service.requests.observe(method, self._path, status, took)
        log.info("%s %s %d %.1f ms", request.method, self._path, status, took * 1_000)

    async def _respond(self, request: Request, row: Operation) -> Response:
        try:
            require_host(self._service, request)
            require_plain(request, row.parameters)
            return await self._handlers[row.method](self._service, request)
        except WalletError as error:
            if type(error) not in self._refusals[row.method]:
                log.warning("%s %s does not list %s", row.method, row.path, error.code)
            return problem(self._service, error)
        except Exception:  # A bug; nobody sees a traceback, and the client asks again.
            log.exception("%s %s failed", request.method, self._path)
            return problem(self._service, OutcomeUnknown())

    def _refuse_method(self) -> Response:
        response = problem(self._service, MethodNotAllowed())
        response.headers["Allow"] = ", ".join(self._rows)
        return response


async def _no_route(service: Service, _request: Request, _error: Exception) -> Response:
    return problem(service, NotFound(what="page"))


async def _enrol(route: Enrolment, service: Service, request: Request) -> Response:
    message = await read_message(service, request)
    body = decode(message.body, route.body)
    key = prove_possession(service, request, message, body)
    answered = await service.write(route.command(service, key, body))
    return answer(service, answered.value, 201, replayed=answered.replayed)


async def _write(route: Write, service: Service, request: Request) -> Response:
    message = await read_message(service, request)
    call = await authenticate(service, request, message)
    call.require(route.role)
    body = decode(message.body, route.body)
    command = from_device(route.command(service, call, body), call.device.id)
    if route.role == "admin":
        command = audited(command, route, call, body)
    answered = await service.write(command)
    value = answered.value
    if route.then is not None:
        value = await route.then(service, call, value)
    return answer(service, value, route.status, replayed=answered.replayed)


async def _read(route: Read, service: Service, request: Request) -> Response:
    message = await read_message(service, request)
    call = await authenticate(service, request, message)
    call.require(route.role)
    return answer(service, await service.read(route.query(call)))

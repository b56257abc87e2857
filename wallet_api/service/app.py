"""The ASGI application: every request is read, authenticated, answered and logged here."""

from __future__ import annotations

import asyncio
import logging
import time
from collections import defaultdict
from collections.abc import Awaitable, Callable
from contextlib import asynccontextmanager
from functools import partial
from typing import TYPE_CHECKING

from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from wallet_api.contract.error_base import WalletError
from wallet_api.contract.errors import MethodNotAllowed, NotFound, OutcomeUnknown
from wallet_api.service.agenda import keep
from wallet_api.service.authentication import authenticate, prove_possession
from wallet_api.service.edge import answer, decode, problem, read_message
from wallet_api.service.jobs import JOBS
from wallet_api.service.lab import advance
from wallet_api.service.public import challenge, health, service_card
from wallet_api.service.routes import ENROLMENTS, READS, WRITES
from wallet_api.service.top_up import ask_again, top_up
from wallet_api.service.waiting import charge

if TYPE_CHECKING:
    from collections.abc import AsyncIterator

    from starlette.types import Receive, Scope, Send

    from wallet_api.service.routes.table import Enrolment, Read, Write
    from wallet_api.service.state import Service

log = logging.getLogger("wallet_api.requests")

Handler = Callable[["Service", Request], Awaitable[Response]]


def create_app(service: Service) -> Starlette:
    """Make the application of one service."""

    @asynccontextmanager
    async def lifespan(_app: Starlette) -> AsyncIterator[None]:
        service.waiters.attach(asyncio.get_running_loop())
        service.engine.listen(service.waiters.wake_from_writer)
        await ask_again(service)
        agenda = asyncio.create_task(keep(service, JOBS))
        yield
        agenda.cancel()
        service.pool.shutdown()

    paths: defaultdict[str, dict[str, Handler]] = defaultdict(dict)
    for method, path, handler in _handlers(lab=service.lab):
        paths[path][method] = handler
    app = Starlette(
        routes=[Route(path, _Endpoint(service, path, by)) for path, by in paths.items()],
        exception_handlers={404: partial(_no_route, service)},
        lifespan=lifespan,
    )
    app.router.redirect_slashes = False  # A signature covers one path; there is no other.
    return app


def _handlers(*, lab: bool) -> list[tuple[str, str, Handler]]:
    return [
        ("GET", "/healthz", health),
        ("GET", "/v1/service", service_card),
        ("POST", "/v1/challenge", challenge),
        ("POST", "/v1/top-ups", top_up),
        ("GET", "/v1/charges/{id}", charge),
        *([("POST", "/v1/lab/clock", advance)] if lab else []),
        *(("POST", route.path, partial(_enrol, route)) for route in ENROLMENTS),
        *(("POST", route.path, partial(_write, route)) for route in WRITES),
        *(("GET", route.path, partial(_read, route)) for route in READS),
    ]


class _Endpoint:
    """One path: chooses by method, turns errors into problem documents, logs the request.

    The log names the path's template and never an id, a token, a name or an amount.
    """

    def __init__(self, service: Service, path: str, handlers: dict[str, Handler]) -> None:
        self._service = service
        self._path = path
        self._handlers = handlers

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer one request."""
        started = time.perf_counter()
        request = Request(scope, receive)
        response = await self._respond(request)
        await response(scope, receive, send)
        took = (time.perf_counter() - started) * 1_000
        log.info("%s %s %d %.1f ms", request.method, self._path, response.status_code, took)

    async def _respond(self, request: Request) -> Response:
        handler = self._handlers.get(request.method)
        if handler is None:
            response = problem(self._service, MethodNotAllowed())
            response.headers["Allow"] = ", ".join(self._handlers)
            return response
        try:
            return await handler(self._service, request)
        except WalletError as error:
            return problem(self._service, error)
        except Exception:  # A bug; nobody sees a traceback, and the client asks again.
            log.exception("%s %s failed", request.method, self._path)
            return problem(self._service, OutcomeUnknown())


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
    command = route.command(service, call, decode(message.body, route.body))
    answered = await service.write(command)
    return answer(service, answered.value, route.status, replayed=answered.replayed)


async def _read(route: Read, service: Service, request: Request) -> Response:
    message = await read_message(service, request)
    call = await authenticate(service, request, message)
    call.require(route.role)
    return answer(service, await service.read(route.query(call)))

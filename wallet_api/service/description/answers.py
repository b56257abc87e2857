"""The document and the page as answers, made once per kind of service."""

from __future__ import annotations

import asyncio
from functools import cache
from typing import TYPE_CHECKING

import msgspec
from starlette.responses import HTMLResponse, Response

from wallet_api.service.description.document import document
from wallet_api.service.description.page import POLICY, page
from wallet_api.service.edge import standard_headers

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from starlette.requests import Request

    from wallet_api.service.routes.table import Operation
    from wallet_api.service.state import Service


class Description:
    """Describes the operations that ``rows`` gives, with or without those of --lab."""

    def __init__(self, rows: Callable[[bool], Sequence[Operation]]) -> None:
        self._document = cache(lambda lab: document(rows(lab)))
        self._json = cache(lambda lab: msgspec.json.encode(self._document(lab)))
        self._page = cache(lambda lab: page(self._document(lab)))

    async def openapi(self, service: Service, _request: Request) -> Response:
        """Give the OpenAPI document."""
        content = await asyncio.to_thread(self._json, service.lab)
        return Response(content, 200, standard_headers(service), "application/json")

    async def docs(self, service: Service, _request: Request) -> Response:
        """Give the page that a person reads."""
        content = await asyncio.to_thread(self._page, service.lab)
        headers = standard_headers(service) | {"Content-Security-Policy": POLICY}
        return HTMLResponse(content, 200, headers)

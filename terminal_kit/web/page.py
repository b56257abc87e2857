"""The page with the terminal in it, and who may open it.

Whoever can open the page can pay. So it is served to this machine alone, under a path that cannot
be guessed, and to no page of another site: not by a name that somebody makes lead here (DNS
rebinding), not from another origin, and not in a frame.
"""

from __future__ import annotations

import asyncio
import hmac
import html
from pathlib import Path
from string import Template
from typing import TYPE_CHECKING

from aiohttp import web
from textual_serve.server import Server

from terminal_kit.language import _, language
from terminal_kit.web.serving import HOST
from terminal_kit.words import told
from wallet_api.contract.errors import HostRefused, OriginRefused

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable

    from textual_serve.app_service import AppService

    from wallet_api.contract.error_base import WalletError

    Handler = Callable[[web.Request], Awaitable[web.StreamResponse]]

NAMES = (HOST, "localhost")
PAGE = Path(__file__).with_name("page.html")
SCRIPT = Path(__file__).with_name("page.js")
#: Each page that is open runs a program of its own.
MOST_PAGES = 8
#: The bundle writes its styles into the page; everything comes from here.
POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self' 'unsafe-inline'; font-src 'self';"
    " img-src 'self' data:; connect-src 'self'; base-uri 'none'; form-action 'none';"
    " frame-ancestors 'none'"
)
HEADERS = {
    "Content-Security-Policy": POLICY,
    "Cross-Origin-Resource-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Referrer-Policy": "no-referrer",
    "X-Content-Type-Options": "nosniff",
    "Cache-Control": "no-store",
}


class PageServer(Server):
    """Serves what ``command``, a line for the shell, shows; ``token`` is the secret of the path."""

    def __init__(self, command: str, port: int, token: str, title: str) -> None:
        super().__init__(command, HOST, port, title)
        self._token = token
        self._authorities = {f"{name}:{port}" for name in NAMES}
        self._origins = {f"http://{authority}" for authority in self._authorities}
        self._pages: set[asyncio.Task[object]] = set()

    @property
    def url(self) -> str:
        """Where the page is."""
        return f"http://{HOST}:{self.port}/{self._token}/"

    def application(self) -> web.Application:
        """Make what answers requests."""
        app = web.Application(middlewares=[self._guard])
        root = f"/{self._token}"
        app.router.add_get(f"{root}/", self._show_page)
        app.router.add_get(f"{root}/page.js", _give_script)
        app.router.add_get(f"{root}/ws", self.handle_websocket)
        app.router.add_static(f"{root}/static", self.statics_path)
        app.on_response_prepare.append(_protect)
        app.on_shutdown.append(self._close_pages)
        return app

    @web.middleware
    async def _guard(self, request: web.Request, handler: Handler) -> web.StreamResponse:
        """Refuse whoever does not come from the page itself or does not know its path."""
        if request.host not in self._authorities:
            return _refused(HostRefused())
        origin = request.headers.get("Origin")
        # A browser always names the origin of a web socket.
        if origin not in self._origins and (origin or request.path.endswith("/ws")):
            return _refused(OriginRefused())
        token = request.path.removeprefix("/").partition("/")[0]
        if not hmac.compare_digest(token.encode(), self._token.encode()):
            raise web.HTTPNotFound
        return await handler(request)

    async def _show_page(self, request: web.Request) -> web.Response:
        texts = {
            "language": "zh-CN" if language() == "zh" else "en",
            "title": self.title,
            "opening": _("Opening…"),
            "ended": _("The program has ended."),
            "again": _("Open it again"),
            "script": _("This page needs JavaScript."),
            "websocket": f"ws://{request.host}/{self._token}/ws",
        }
        escaped = {name: html.escape(text) for name, text in texts.items()}
        content = Template(PAGE.read_text("utf-8")).substitute(escaped)
        return web.Response(text=content, content_type="text/html")

    async def handle_websocket(self, request: web.Request) -> web.WebSocketResponse:
        """Run the program for one page until either ends; see textual-serve's server."""
        if len(self._pages) >= MOST_PAGES:
            raise web.HTTPServiceUnavailable
        task = asyncio.current_task()
        assert task is not None, "a request is answered in a task"
        self._pages.add(task)
        try:
            return await super().handle_websocket(request)
        finally:
            self._pages.discard(task)

    async def _process_messages(
        self, websocket: web.WebSocketResponse, app_service: AppService
    ) -> None:
        """Pass on what the page and its program say, and see the program to its end.

        The library waits for the end of what the program says only: the loop could be closed
        before the system has told of its death.
        """
        try:
            await super()._process_messages(websocket, app_service)
        finally:
            await app_service.stop()
            process = app_service._process  # noqa: SLF001 - nothing else leads to it
            if process is not None:
                await process.wait()

    async def _close_pages(self, _app: web.Application) -> None:
        """End the programs: textual-serve does so when a page's task is cancelled."""
        for page in tuple(self._pages):
            page.cancel()


async def _give_script(_request: web.Request) -> web.StreamResponse:
    return web.FileResponse(SCRIPT)


def _refused(error: WalletError) -> web.Response:
    return web.Response(status=error.status, text=told(error))


async def _protect(_request: web.Request, response: web.StreamResponse) -> None:
    response.headers.update(HEADERS)

"""``--web``: the screens served to a browser on this machine until Ctrl+C or SIGTERM."""

from __future__ import annotations

import asyncio
import secrets
import shlex
import signal
import socket
import sys
from contextlib import redirect_stdout
from typing import TYPE_CHECKING

from terminal_kit.console import write_json
from terminal_kit.diagnostics import say
from terminal_kit.language import _
from terminal_kit.words import system_reason
from wallet_api.contract.error_base import Exit
from wallet_api.contract.errors import Usage

if TYPE_CHECKING:
    from terminal_kit.fronts import Wish
    from terminal_kit.session import Chosen
    from terminal_kit.web.page import PageServer

HOST = "127.0.0.1"
TOKEN_BYTES = 32
#: How long open pages have to end their programs.
CLOSING_SECONDS = 10.0


def serve(chosen: Chosen, package: str, wish: Wish) -> int:
    """Serve the screens of a profile on a port of this machine, and give the exit code.

    Each page runs ``package`` with the same profile, language and environment. Raises Usage.
    """
    try:
        from terminal_kit.web.page import PageServer
    except ModuleNotFoundError:
        reason = _("The screens in a browser need more: pip install 'terminal-wallet[web]'.")
        raise Usage(reason=reason) from None
    with _listen(wish.port or 0) as listening:
        # -P: nothing of the folder that one happens to be in is imported.
        words = [sys.executable, "-P", "-m", package, "--profile", chosen.profile]
        words += [] if wish.lang is None else ["--lang", wish.lang]
        bound: int = listening.getsockname()[1]
        token = secrets.token_urlsafe(TOKEN_BYTES)
        page = PageServer(shlex.join(words), bound, token, chosen.program)
        return asyncio.run(_serve(page, listening, json=wish.json))


def _listen(port: int) -> socket.socket:
    try:
        return socket.create_server((HOST, port))
    except OSError as error:
        reason = _("Port {port} cannot be listened on: {reason}.")
        raise Usage(reason=reason.format(port=port, reason=system_reason(error))) from None


async def _serve(page: PageServer, listening: socket.socket, *, json: bool) -> int:
    from aiohttp.web import AppRunner, SockSite

    ended = asyncio.get_running_loop().create_future()
    for number, code in ((signal.SIGINT, Exit.INTERRUPTED), (signal.SIGTERM, Exit.DONE)):
        asyncio.get_running_loop().add_signal_handler(number, _settle, ended, code)
    runner = AppRunner(page.application(), access_log=None, shutdown_timeout=CLOSING_SECONDS)
    await runner.setup()
    try:
        await SockSite(runner, listening).start()
        if json:
            write_json({"event": "ready", "url": page.url})
        say(_("Open {url} in a browser on this machine. Ctrl+C ends it.").format(url=page.url))
        # What a program says at its end is talk, and textual-serve writes it to stdout.
        with redirect_stdout(sys.stderr):
            code = await ended
    finally:
        await runner.cleanup()
    return int(code)


def _settle(ended: asyncio.Future[Exit], code: Exit) -> None:
    if not ended.done():
        ended.set_result(code)

"""A profile's desk: its session for behaviour that runs on threads, and its one client on the loop.

Behaviour such as `wallet_cli.wallet.Wallet` blocks: it signs, writes the device's state to disk and
waits for answers. It runs on threads, so no key press waits for it; its calls go through the one
`AsyncClient` of the application.
"""

from __future__ import annotations

import asyncio
import threading
from concurrent.futures import CancelledError, ThreadPoolExecutor
from contextlib import ExitStack, aclosing, suppress
from functools import partial
from typing import TYPE_CHECKING, TypeVar

from terminal_kit.credentials.passphrase import ask_on_terminal
from terminal_kit.diagnostics import as_wallet_error
from terminal_kit.session import Session, service_url
from wallet_api.client.aio import AsyncClient
from wallet_api.client.blocking import BridgedClient
from wallet_api.contract.error_base import WalletError
from wallet_api.contract.instants import system_ms

if TYPE_CHECKING:
    from collections.abc import AsyncGenerator, Callable

    from terminal_kit.credentials.passphrase import Ask
    from terminal_kit.session import Chosen
    from wallet_api.contract.events import Event

T = TypeVar("T")

#: How many acts may be under way at once; the screens start few.
THREADS = 8


class ScreenSession(Session):
    """A session whose calls go over the loop of the screens, and which a closed desk wakes up."""

    def __init__(self, chosen: Chosen, loop: asyncio.AbstractEventLoop, ask: Ask) -> None:
        self._loop = loop
        self._closing = threading.Event()
        #: The one client, once it is made.
        self.made: AsyncClient | None = None
        super().__init__(chosen, ask)
        self.sleep = self._pause

    def connect(self) -> BridgedClient:
        """Give the blocking side of the one client, starting the local service if needed."""
        self.find_service()
        assert self.made is not None, "the service was found"
        return BridgedClient(self.made, self._loop)

    def find_service(self) -> AsyncClient | None:
        """Make the one client of the service where it is now; give the one before if it moved.

        Blocks while a local service is started. Raises ServiceNotStarted.
        """
        url, before = service_url(), self.made
        if before is not None and before.url == url:
            return None
        client = AsyncClient(url, self.profile.device, self.keys.signing)
        client.business_offset_ms = self.state.read().offset_ms
        self.made, self._client = client, None
        return before

    def business_ms(self) -> int:
        """Give the service's business time: what the one client heard last, written down or not."""
        return super().business_ms() if self.made is None else self.made.business_ms()

    def let_go(self) -> None:
        """Wake every thread that sleeps or waits for an answer."""
        self._closing.set()
        self.close()

    def _pause(self, seconds: float) -> None:
        if self._closing.wait(seconds):
            raise CancelledError


class Desk:
    """One open profile. Its methods are called on the loop, unless they say otherwise."""

    def __init__(self, session: ScreenSession, threads: ThreadPoolExecutor) -> None:
        self.session = session
        self._threads = threads
        self._connecting = asyncio.Lock()
        self._is_closed = False

    @classmethod
    async def open(cls, chosen: Chosen, ask: Ask = ask_on_terminal) -> Desk:
        """Unlock the profile's store. Raises NoProfile, StoreLocked, StoreUnavailable and more."""
        loop = asyncio.get_running_loop()
        threads = ThreadPoolExecutor(THREADS, thread_name_prefix="desk")
        with ExitStack() as undoing:
            undoing.callback(threads.shutdown, wait=False)
            session = await loop.run_in_executor(threads, ScreenSession, chosen, loop, ask)
            undoing.pop_all()
        return cls(session, threads)

    async def ask(self, act: Callable[[], T]) -> T:
        """Run behaviour on a thread and give its result. Raises WalletError."""
        try:
            await self.connected()
            return await self._on_thread(act)
        except ValueError as error:
            raise as_wallet_error(error) from error

    async def look(self, act: Callable[[], T]) -> T:
        """Run what needs no network on a thread: the disk, a picture. Raises WalletError."""
        try:
            return await self._on_thread(act)
        except ValueError as error:
            raise as_wallet_error(error) from error

    async def told(self) -> None:
        """Forget what was answered, because the person has seen it."""
        with suppress(WalletError, OSError):
            await self._on_thread(self.session.state.forget_answered)

    async def events(self, live: Callable[[], None]) -> AsyncGenerator[Event, None]:
        """Follow this device's events from now on; ``live`` is told once they come.

        Raises ServiceUnreachable when they come no more, and what the service refuses with.
        """

        def notice(error: WalletError | None) -> None:
            if error is not None:
                raise error
            live()

        await self.connected()
        assert self.session.made is not None, "the client was made"
        async with aclosing(self.session.made.events(notice=notice, greets=True)) as events:
            async for event in events:
                yield event

    def business_ms(self) -> int:
        """Give the service's business time in milliseconds, as far as it is known."""
        client = self.session.made
        return system_ms() if client is None else client.business_ms()

    def skew_ms(self) -> int:
        """Give how far the service's wall clock is ahead of this machine's, once it said so."""
        client = self.session.made
        return 0 if client is None else client.wall_offset_ms

    async def close(self) -> None:
        """Let go of every thread and close the connections; what was not answered stays noted."""
        self._is_closed = True
        self.session.let_go()
        if self.session.made is not None:
            await self.session.made.close()
        self._threads.shutdown(wait=False, cancel_futures=True)

    async def connected(self, *, again: bool = False) -> None:
        """Make the client, starting a local service if needed; ``again`` looks where it is now.

        Raises ServiceNotStarted.
        """
        # Starting a service blocks, and only one thread may do it.
        async with self._connecting:
            if again or self.session.made is None:
                left = await self._on_thread(self.session.find_service)
                if left is not None:
                    await left.close()

    async def _on_thread(self, act: Callable[[], T]) -> T:
        if self._is_closed:
            # As with what waited when it was closed: the next start asks for what was noted.
            raise asyncio.CancelledError
        loop = asyncio.get_running_loop()
        return await loop.run_in_executor(self._threads, partial(act))

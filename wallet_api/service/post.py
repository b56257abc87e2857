"""One attempt of a delivery over HTTP, and what came of it."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING

from wallet_api.contract.errors import WebhookTargetRefused
from wallet_api.contract.webhooks import signed_headers
from wallet_api.events.deliveries import Attempt, Outcome
from wallet_api.service.targets import find_address, require_target

if TYPE_CHECKING:
    import ssl

    import httpx

    from wallet_api.service.targets import Target

#: Seconds that an attempt may take in all.
LIMIT_SECONDS = 10.0


class Post:
    """Sends deliveries. ``trust`` is for receivers over https: public authorities unless given."""

    def __init__(self, *, public: bool, trust: ssl.SSLContext | None = None) -> None:
        self._public = public
        self._trust = trust
        self._clients: dict[str, httpx.AsyncClient] = {}
        self._opening = asyncio.Lock()

    async def close(self) -> None:
        """Close the connections."""
        for client in self._clients.values():
            await client.aclose()

    async def send(self, attempt: Attempt, secret: bytes, wall_ms: int) -> Outcome:
        """Send a delivery, signed now; only the status of the answer counts."""
        import httpx

        try:
            async with asyncio.timeout(LIMIT_SECONDS):
                status = await self._send(attempt, secret, wall_ms // 1_000)
        except TimeoutError:
            return Outcome(attempt.delivery, None, "time_over")
        except WebhookTargetRefused:
            return Outcome(attempt.delivery, None, "target_refused")
        except httpx.ConnectError:
            return Outcome(attempt.delivery, None, "not_connected")
        except OSError:
            return Outcome(attempt.delivery, None, "name_not_found")
        except httpx.HTTPError:
            return Outcome(attempt.delivery, None, "connection_lost")
        return Outcome(attempt.delivery, status, None)

    async def _send(self, attempt: Attempt, secret: bytes, timestamp: int) -> int:
        target = require_target(attempt.url, public=self._public)
        address = await find_address(target, public=self._public)
        client = await self._client(target.scheme)
        headers = signed_headers(secret, attempt.delivery, timestamp, attempt.body)
        response = await client.send(_request(target, address, headers, attempt.body), stream=True)
        # What the receiver says besides is not read: a redirect is not followed either.
        await response.aclose()
        return response.status_code

    async def _client(self, scheme: str) -> httpx.AsyncClient:
        """Give the client for a scheme; loading the trusted authorities takes a while."""
        async with self._opening:
            if scheme not in self._clients:
                self._clients[scheme] = await asyncio.to_thread(self._open, scheme)
            return self._clients[scheme]

    def _open(self, scheme: str) -> httpx.AsyncClient:
        import httpx

        verify = (self._trust or True) if scheme == "https" else False
        # A kept connection was proven to be one host's, and another may have the same address.
        limits = httpx.Limits(max_keepalive_connections=0)
        return httpx.AsyncClient(verify=verify, trust_env=False, limits=limits)


def _request(target: Target, address: str, headers: dict[str, str], body: bytes) -> httpx.Request:
    """Build the request to an address, with the name it was found by in Host and TLS."""
    import httpx

    host = f"[{address}]" if ":" in address else address
    fields = {
        "Host": target.authority,
        "User-Agent": "terminal-wallet",
        "Content-Type": "application/json",
        **headers,
    }
    timeout = httpx.Timeout(LIMIT_SECONDS).as_dict()
    return httpx.Request(
        "POST",
        f"{target.scheme}://{host}:{target.port}",
        headers=fields,
        content=body,
        extensions={
            "timeout": timeout,
            "sni_hostname": target.host,
            "target": target.path.encode("ascii"),
        },
    )

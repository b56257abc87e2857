"""Where webhooks may be sent: a merchant must not reach through the bank into its own network.

Others reach a public service, so it sends over https to public addresses only. A service that only
its own machine reaches also sends to that machine, for receivers that are being tried out.
"""

from __future__ import annotations

import asyncio
import re
import socket
from dataclasses import dataclass
from ipaddress import IPv4Address, IPv6Address, ip_address
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from wallet_api.contract.errors import WebhookTargetRefused
from wallet_api.contract.hosts import host_of, is_loopback
from wallet_api.contract.webhooks import LONGEST_URL

if TYPE_CHECKING:
    from collections.abc import Iterable

#: What a URL never holds, and what would have to be escaped in JSON.
MARKS = frozenset(' "\\')
#: Printable ASCII without a space, and without what would have to be escaped in JSON.
_PLAIN = re.compile(r"[!#-\[\]-~]+")
DEFAULT_PORTS = {"http": 80, "https": 443}
#: Addresses of IPv6 that stand for one of IPv4 (NAT64, RFC 6052), and so for one of any network.
NAT64 = "0064:ff9b:"


@dataclass(frozen=True, slots=True)
class Target:
    """A URL taken apart: ``authority`` is its Host field, ``path`` its request target."""

    scheme: str
    host: str
    port: int
    authority: str
    path: str


def is_public(authorities: Iterable[str]) -> bool:
    """Say whether others than this machine may reach a service with these authorities."""
    return not all(is_loopback(host_of(authority)) for authority in authorities)


def require_target(url: str, *, public: bool) -> Target:
    """Take a webhook's URL apart. Raises WebhookTargetRefused for one that nothing is sent to."""
    if len(url) > LONGEST_URL or not _PLAIN.fullmatch(url):
        raise WebhookTargetRefused(reason=f"a URL has at most {LONGEST_URL} plain characters")
    try:
        parts = urlsplit(url)
        port = parts.port
    except ValueError:
        raise WebhookTargetRefused(reason="it is no URL") from None
    host = (parts.hostname or "").rstrip(".")
    if parts.scheme not in DEFAULT_PORTS or not host or "@" in parts.netloc or parts.fragment:
        raise WebhookTargetRefused(reason="a URL looks like https://shop.example/events")
    if parts.scheme == "http" and (public or not is_loopback(host)):
        raise WebhookTargetRefused(reason="only https is safe")
    _require_literal(host, public=public)
    number = DEFAULT_PORTS[parts.scheme] if port is None else port
    path = (parts.path or "/") + (f"?{parts.query}" if parts.query else "")
    return Target(parts.scheme, host, number, parts.netloc, path)


def _require_literal(host: str, *, public: bool) -> None:
    """Refuse an address that is written down; what a name stands for is looked at when sending."""
    try:
        address = ip_address(host)
    except ValueError:
        refused = public and host == "localhost"
    else:
        refused = not is_allowed(address, public=public)
    if refused:
        raise WebhookTargetRefused(reason="it is no public address")


def is_allowed(address: IPv4Address | IPv6Address, *, public: bool) -> bool:
    """Say whether something may be sent to an address."""
    if isinstance(address, IPv6Address):
        if address.ipv4_mapped is not None:
            return is_allowed(address.ipv4_mapped, public=public)
        if address.sixtofour or address.teredo or address.exploded.startswith(NAT64):
            return False
    if address.is_loopback:
        return not public
    return address.is_global and not address.is_multicast


async def find_address(target: Target, *, public: bool) -> str:
    """Look up a target's host and give the address to connect to.

    Connecting to the very address that was looked at keeps a name from changing its meaning in
    between. Raises OSError when there is none, WebhookTargetRefused when one is not allowed.
    """
    loop = asyncio.get_running_loop()
    found = await loop.getaddrinfo(target.host, target.port, type=socket.SOCK_STREAM)
    addresses = [ip_address(entry[4][0]) for entry in found]
    secure = target.scheme == "https"
    for address in addresses:
        if not is_allowed(address, public=public) or not (secure or address.is_loopback):
            raise WebhookTargetRefused(reason="its name stands for no public address")
    return str(addresses[0])

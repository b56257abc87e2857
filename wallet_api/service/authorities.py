"""The authorities that a service answers for: what a signature covers, and what keeps out pages.

A request's Host must be one of them. They are settings of the service, never taken from a request.
"""

from __future__ import annotations

from ipaddress import ip_address
from typing import TYPE_CHECKING

from wallet_api.contract.hosts import is_loopback

if TYPE_CHECKING:
    from wallet_api.service.server import Settings

DEFAULT_PORTS = frozenset({80, 443})
LOOPBACK_NAMES = ("127.0.0.1", "localhost", "[::1]")


def authorities(settings: Settings, port: int) -> frozenset[str]:
    """Give every authority of a service that listens on a port."""
    names = (*settings.authorities, *_own_names(settings.host))
    return frozenset(_authority(name, port) for name in names)


def service_url(settings: Settings, port: int) -> str:
    """Give the URL for programs on this machine.

    With TLS it has the name that the certificate is for; without, the address it listens on, since
    clients talk to no other in clear.
    """
    own = _own_names(settings.host)
    name = own[0] if settings.tls is None else (*settings.authorities, *own)[0]
    return f"{settings.scheme}://{_authority(name, port)}"


def _own_names(host: str) -> tuple[str, ...]:
    """Give the name of the address listened on, and this machine's where they lead to it."""
    if _is_everywhere(host):
        return LOOPBACK_NAMES
    name = f"[{host}]" if ":" in host else host
    return (name, *LOOPBACK_NAMES) if is_loopback(host) else (name,)


def _authority(name: str, port: int) -> str:
    """Write an authority as a client does: without a port that goes without saying.

    Something that does TLS in front of a service may be known by 443 when the service is not.
    """
    host, port_text = _split(name.lower())
    number = int(port_text or port)
    return host if number in DEFAULT_PORTS else f"{host}:{number}"


def _split(name: str) -> tuple[str, str]:
    if name.endswith("]"):
        return name, ""
    host, _, port = name.partition(":") if not name.startswith("[") else name.rpartition(":")
    return host, port


def _is_everywhere(host: str) -> bool:
    """Say whether the host stands for every address of the machine."""
    try:
        return ip_address(host).is_unspecified
    except ValueError:
        return False

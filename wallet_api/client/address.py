"""Where the service is, and whether it is safe to talk to it there."""

from __future__ import annotations

import re
from ipaddress import ip_address
from typing import TYPE_CHECKING
from urllib.parse import SplitResult, urlsplit

from wallet_api.contract.errors import ServiceInsecure, Usage

if TYPE_CHECKING:
    from wallet_api.contract.error_base import WalletError

DEFAULT_PORTS = {"http": 80, "https": 443}
_HOST = re.compile(r"[a-z0-9._-]+|[0-9a-f]*:[0-9a-f:.]*")


def service_url(url: str) -> str:
    """Give a service's URL in its normal form, such as ``https://bank.example:8443``.

    What follows ``//`` is the authority that signatures cover (RFC 9421 section 2.2.3).
    Raises ServiceInsecure unless it is https, or http to this very machine; Usage when it is not
    the bare address of a service.
    """
    parts, port = _split(url)
    host = parts.hostname or ""
    if parts.scheme not in DEFAULT_PORTS or (parts.scheme == "http" and not _is_loopback(host)):
        raise ServiceInsecure(url=url)
    authority = f"[{host}]" if ":" in host else host
    if port is not None and port != DEFAULT_PORTS[parts.scheme]:
        authority += f":{port}"
    return f"{parts.scheme}://{authority}"


def _split(url: str) -> tuple[SplitResult, int | None]:
    """Split a URL that names scheme, host and port only; a password in it is not repeated."""
    try:
        parts = urlsplit(url)
        port = parts.port
    except ValueError:
        raise _not_an_address() from None
    extra = "@" in parts.netloc or parts.path.strip("/") or parts.query or parts.fragment
    if extra or not _HOST.fullmatch(parts.hostname or ""):
        raise _not_an_address()
    return parts, port


def _not_an_address() -> WalletError:
    return Usage(reason="The address of a service looks like https://bank.example:8443.")


def _is_loopback(host: str) -> bool:
    try:
        return host == "localhost" or ip_address(host).is_loopback
    except ValueError:
        return False

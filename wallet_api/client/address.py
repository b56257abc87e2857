"""Where the service is, and whether it is safe to talk to it there."""

from __future__ import annotations

import os
import re
from typing import TYPE_CHECKING
from urllib.parse import SplitResult, urlsplit

from wallet_api.contract.errors import ServiceInsecure, Usage
from wallet_api.contract.hosts import is_loopback

if TYPE_CHECKING:
    from wallet_api.contract.error_base import WalletError

INSECURE_VARIABLE = "WALLET_API_INSECURE"
DEFAULT_PORTS = {"http": 80, "https": 443}
_HOST = re.compile(r"[a-z0-9._-]+|[0-9a-f]*:[0-9a-f:.]*")


def service_url(url: str) -> str:
    """Give a service's URL in its normal form, such as ``https://bank.example:8443``.

    What follows ``//`` is the authority that signatures cover (RFC 9421 section 2.2.3).
    Raises ServiceInsecure unless it is https, or http to this very machine, or http is allowed;
    Usage when it is not the bare address of a service.
    """
    parts, port = _split(url)
    host = parts.hostname or ""
    if parts.scheme not in DEFAULT_PORTS or (is_insecure(url) and not insecure_allowed()):
        raise ServiceInsecure(url=url)
    authority = f"[{host}]" if ":" in host else host
    if port is not None and port != DEFAULT_PORTS[parts.scheme]:
        authority += f":{port}"
    return f"{parts.scheme}://{authority}"


def is_insecure(url: str) -> bool:
    """Say whether what is sent to this address can be read and changed on its way."""
    parts, _ = _split(url)
    return parts.scheme == "http" and not is_loopback(parts.hostname or "")


def insecure_allowed() -> bool:
    """Say whether the environment allows http beyond this machine."""
    return os.environ.get(INSECURE_VARIABLE) == "1"


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

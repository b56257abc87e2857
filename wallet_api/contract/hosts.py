"""Which hosts are this very machine."""

from __future__ import annotations

from ipaddress import ip_address


def is_loopback(host: str) -> bool:
    """Say whether only this machine can reach the host: a name, or an address without brackets."""
    try:
        return host == "localhost" or ip_address(host).is_loopback
    except ValueError:
        return False


def host_of(authority: str) -> str:
    """Give the host of an authority, ``[::1]:8417`` as ``::1``."""
    if authority.startswith("["):
        return authority[1:].partition("]")[0]
    return authority.partition(":")[0]

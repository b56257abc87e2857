"""How a service can be reached: the names it answers for, and its certificate."""

from __future__ import annotations

import re
import ssl
from dataclasses import dataclass
from pathlib import Path

from terminal_kit.diagnostics import say
from terminal_kit.language import _
from terminal_kit.words import system_reason
from wallet_api.contract.errors import Usage
from wallet_api.contract.hosts import host_of, is_loopback
from wallet_api.service.server import Tls

OTHERS_MAY_READ = 0o007
EVERYWHERE = frozenset({"0.0.0.0", "::"})  # noqa: S104 - to warn of them
_AUTHORITY = re.compile(r"(?:[A-Za-z0-9.-]{1,253}|\[[0-9A-Fa-f:.]{2,45}\])(?::([0-9]{1,5}))?")


@dataclass(frozen=True, slots=True)
class Reach:
    """Where a service listens, port 0 for a free one, and how it is reached there."""

    host: str
    port: int
    authorities: tuple[str, ...]
    tls: Tls | None

    @property
    def is_private(self) -> bool:
        """Say whether it is meant for this machine only."""
        return all(is_loopback(host) for host in (self.host, *map(host_of, self.authorities)))


def reach(
    host: str, port: int, names: list[str], certificate: str | None, key: str | None
) -> Reach:
    """Check the options that say how the service is reached. Raises Usage."""
    made = Reach(host, port, _checked_names(names), _checked_files(certificate, key))
    if not is_loopback(host):
        _warn(made)
    return made


def _checked_names(names: list[str]) -> tuple[str, ...]:
    for name in names:
        match = _AUTHORITY.fullmatch(name)
        if match is None or not 0 < int(match[1] or 1) < 65_536:
            raise Usage(reason=_("--authority is a host name, or NAME:PORT."))
    return tuple(names)


def _checked_files(certificate: str | None, key: str | None) -> Tls | None:
    if certificate is None and key is None:
        return None
    if certificate is None or key is None:
        raise Usage(reason=_("--tls-cert and --tls-key go together."))
    try:
        mode = Path(key).stat().st_mode
        ssl.create_default_context(ssl.Purpose.CLIENT_AUTH).load_cert_chain(certificate, key, "")
    except ssl.SSLError:
        raise Usage(reason=_("--tls-cert and --tls-key hold no certificate and its key.")) from None
    except OSError as error:
        text = _("A file of --tls-cert and --tls-key cannot be read: {reason}.")
        raise Usage(reason=text.format(reason=system_reason(error))) from None
    if mode & OTHERS_MAY_READ:
        raise Usage(reason=_("Others can read the file of --tls-key: chmod 600 it."))
    return Tls(certificate, key)


def _warn(at: Reach) -> None:
    """Say what keeps others from reaching a service that listens beyond this machine."""
    if at.tls is None:
        say(
            _(
                "Without --tls-cert and --tls-key nothing protects what is sent, and clients"
                " elsewhere refuse to talk: put something that does TLS in front."
            )
        )
    if not at.authorities and at.host in EVERYWHERE:
        say(_("Without --authority the service answers to the names of this machine only."))

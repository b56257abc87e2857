"""The admin key, kept beside the database, and a client that signs with it."""

from __future__ import annotations

from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

import msgspec

from terminal_kit.language import _
from terminal_kit.local_service import running
from terminal_kit.words import system_reason
from wallet_api.commands.places import database_path, write_once
from wallet_api.contract.errors import ServiceNotRunning, SignatureInvalid, Usage
from wallet_api.contract.ids import new_id
from wallet_api.contract.signatures import decode_bytes, encode_bytes
from wallet_api.identity.administration import Admin

if TYPE_CHECKING:
    from collections.abc import Iterator

    from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

    from wallet_api.client.sync import Client


class _AdminFile(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """What the file holds: the admin's device id, and its private key (32 bytes)."""

    device: str
    key: str

    def signing(self) -> Ed25519PrivateKey:
        """Give the private key. Raises SignatureInvalid, ValueError for what is none."""
        from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

        return Ed25519PrivateKey.from_private_bytes(decode_bytes(self.key))


def make_admin(database: Path) -> Admin:
    """Give the admin of a database, making its key (0600) where there is none. Raises Usage."""
    path = _path(database, None)
    made_now = not path.exists()
    if made_now:
        from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

        key = Ed25519PrivateKey.generate().private_bytes_raw()
        write_once(path, msgspec.json.encode(_AdminFile(new_id(), encode_bytes(key))))
    device, signing = _read(path)
    return Admin(device, signing.public_key().public_bytes_raw(), made_now)


@contextmanager
def administrator(database: str | None, key_file: str | None) -> Iterator[Client]:
    """Give a client of the service that runs on a database, signing with the admin key.

    ``database`` is its URL, the embedded service's when None; ``key_file`` the admin key's file,
    beside the database when None. Raises Usage, ServiceNotRunning.
    """
    from wallet_api.client.sync import Client  # The service itself needs no client.

    path = database_path(database)
    record = running(path)
    if record is None:
        raise ServiceNotRunning(database=str(path))
    device, signing = _read(_path(path, key_file))
    with Client(record.url, device, signing) as client:
        yield client


def _path(database: Path, key_file: str | None) -> Path:
    return Path(key_file) if key_file else database.with_name(database.name + ".admin")


def _read(path: Path) -> tuple[str, Ed25519PrivateKey]:
    """Read the admin's device id and its private key. Raises Usage."""
    try:
        content = path.read_bytes()
        mode = path.stat().st_mode & 0o077
    except OSError as error:
        text = _("The admin key {path} cannot be read: {reason}.")
        raise Usage(reason=text.format(path=path, reason=system_reason(error))) from None
    if mode:
        text = _("The admin key {path} can be read by others: chmod 600 it.")
        raise Usage(reason=text.format(path=path))
    try:
        file = msgspec.json.decode(content, type=_AdminFile)
        return file.device, file.signing()
    except (msgspec.DecodeError, UnicodeDecodeError, ValueError, SignatureInvalid):
        raise Usage(reason=_("{path} holds no admin key.").format(path=path)) from None

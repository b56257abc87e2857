"""Where the books and their keys lie: database URLs, and the root key's file."""

from __future__ import annotations

import os
import secrets
from pathlib import Path

from terminal_kit.folders import private_folder
from terminal_kit.language import _
from terminal_kit.local_service import default_database
from terminal_kit.words import system_reason
from wallet_api.contract.errors import Usage
from wallet_api.identity.keys import ROOT_BYTES, Keys

SQLITE = "sqlite:///"


def database_path(url: str | None) -> Path:
    """Give the file of a database URL, or of the embedded service. Raises Usage."""
    if url is None:
        return default_database()
    if not url.startswith(SQLITE) or len(url) == len(SQLITE):
        raise Usage(
            reason=_(
                "A database URL is sqlite:///relative.db or sqlite:////absolute.db;"
                " PostgreSQL is not served yet."
            )
        )
    return Path(url.removeprefix(SQLITE)).absolute()


def bank_path(database: Path) -> Path:
    """Give the file of the simulated bank beside a database."""
    return database.with_name(database.name + ".bank")


def load_keys(database: Path, key_file: str | None) -> Keys:
    """Read the root key that belongs to a database. Raises Usage."""
    path = _key_path(database, key_file)
    try:
        root = path.read_bytes()
        mode = path.stat().st_mode & 0o077
    except OSError as error:
        reason = _("The key file {path} cannot be read: {reason}.")
        raise Usage(reason=reason.format(path=path, reason=system_reason(error))) from None
    if mode:
        reason = _("The key file {path} can be read by others: chmod 600 it.")
        raise Usage(reason=reason.format(path=path))
    if len(root) != ROOT_BYTES:
        reason = _("The key file {path} does not hold {count} bytes.")
        raise Usage(reason=reason.format(path=path, count=ROOT_BYTES))
    return Keys(root)


def make_keys(database: Path, key_file: str | None) -> Keys:
    """Read the root key, making it (0600) for a database that does not exist yet. Raises Usage."""
    path = _key_path(database, key_file)
    if not path.exists() and not database.exists():
        write_once(path, secrets.token_bytes(ROOT_BYTES))
    return load_keys(database, key_file)


def _key_path(database: Path, key_file: str | None) -> Path:
    return Path(key_file) if key_file else database.with_name(database.name + ".key")


def write_once(path: Path, content: bytes) -> None:
    """Write a new key (0600) under its final name at once, so that two starters share one key."""
    private_folder(path.parent)
    made = path.with_name(f"{path.name}.{os.getpid()}")
    descriptor = os.open(made, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with open(descriptor, "wb") as file:  # noqa: PTH123 - a descriptor, not a path
        file.write(content)
        file.flush()
        os.fsync(file.fileno())
    try:
        os.link(made, path)
    except FileExistsError:
        return
    finally:
        made.unlink()

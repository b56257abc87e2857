"""Where the books and their key lie: database URLs, and the root key's file."""

from __future__ import annotations

import os
import secrets
from pathlib import Path

from terminal_kit.folders import private_folder
from terminal_kit.local_service import default_database
from wallet_api.contract.errors import Usage
from wallet_api.identity.keys import ROOT_BYTES, Keys

SQLITE = "sqlite:///"


def database_path(url: str | None) -> Path:
    """Give the file of a database URL, or of the embedded service. Raises Usage."""
    if url is None:
        return default_database()
    if not url.startswith(SQLITE) or len(url) == len(SQLITE):
        raise Usage(
            reason="A database URL is sqlite:///relative.db or sqlite:////absolute.db;"
            " PostgreSQL is not served yet."
        )
    return Path(url.removeprefix(SQLITE)).absolute()


def load_keys(database: Path, key_file: str | None) -> Keys:
    """Read the root key that belongs to a database. Raises Usage."""
    path = _key_path(database, key_file)
    try:
        root = path.read_bytes()
        mode = path.stat().st_mode & 0o077
    except OSError as error:
        raise Usage(reason=f"The key file {path} cannot be read: {error.strerror}.") from None
    if mode:
        raise Usage(reason=f"The key file {path} can be read by others: chmod 600 it.")
    if len(root) != ROOT_BYTES:
        raise Usage(reason=f"The key file {path} does not hold {ROOT_BYTES} bytes.")
    return Keys(root)


def make_keys(database: Path, key_file: str | None) -> Keys:
    """Read the root key, making it (0600) for a database that does not exist yet. Raises Usage."""
    path = _key_path(database, key_file)
    if not path.exists() and not database.exists():
        _write_new_key(path)
    return load_keys(database, key_file)


def _key_path(database: Path, key_file: str | None) -> Path:
    return Path(key_file) if key_file else database.with_name(database.name + ".key")


def _write_new_key(path: Path) -> None:
    """Write 32 random bytes under the final name at once, so that two starters share one key."""
    private_folder(path.parent)
    made = path.with_name(f"{path.name}.{os.getpid()}")
    descriptor = os.open(made, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with open(descriptor, "wb") as file:  # noqa: PTH123 - a descriptor, not a path
        file.write(secrets.token_bytes(ROOT_BYTES))
        file.flush()
        os.fsync(file.fileno())
    try:
        os.link(made, path)
    except FileExistsError:
        return
    finally:
        made.unlink()

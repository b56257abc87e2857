"""The embedded service: where it is, whether it runs, and starting it so that only one does.

A running service holds an OS lock on a file beside its database, with its process id in it, and
writes a ready record with its URL and that id. A record of another process is a left-over.
"""

from __future__ import annotations

import fcntl
import os
import subprocess
import sys
import time
from typing import TYPE_CHECKING

import msgspec

from terminal_kit.folders import folders, private_folder, replace_file
from wallet_api.contract.errors import ServiceNotStarted

if TYPE_CHECKING:
    from pathlib import Path

START_SECONDS = 20.0
POLL_SECONDS = 0.02


class ReadyRecord(msgspec.Struct, frozen=True):
    """Where a running service answers, and which process it is."""

    url: str
    pid: int


def default_database() -> Path:
    """Give the file of the embedded service's database."""
    return folders().data / "wallet-api.db"


def lock_path(database: Path) -> Path:
    """Give the lock file beside a database."""
    return database.with_name(database.name + ".lock")


def _record_path(database: Path) -> Path:
    return database.with_name(database.name + ".ready")


def holder(database: Path) -> int | None:
    """Give the process that holds a database, or None when nobody does."""
    try:
        with lock_path(database).open("rb") as file:
            fcntl.flock(file, fcntl.LOCK_SH | fcntl.LOCK_NB)
    except FileNotFoundError:
        return None
    except BlockingIOError:
        text = lock_path(database).read_text("ascii").strip()
        return int(text) if text.isdigit() else 0
    return None


def write_record(database: Path, url: str) -> None:
    """Say where this process answers."""
    replace_file(_record_path(database), msgspec.json.encode(ReadyRecord(url, os.getpid())))


def remove_record(database: Path) -> None:
    """Take the record away at the end."""
    _record_path(database).unlink(missing_ok=True)


def running(database: Path) -> ReadyRecord | None:
    """Give the record of the service that runs now and is ready, or None."""
    pid = holder(database)
    if pid is None:
        return None
    try:
        record = msgspec.json.decode(_record_path(database).read_bytes(), type=ReadyRecord)
    except (FileNotFoundError, msgspec.DecodeError):
        return None
    return record if record.pid == pid else None


def ensure_running() -> tuple[str, bool]:
    """Give the URL of the embedded service, starting it when none runs, and whether it was started.

    Raises ServiceNotStarted.
    """
    database = default_database()
    record = running(database)
    if record is not None:
        return record.url, False
    log = private_folder(folders().state) / "wallet-api.log"
    log.touch(mode=0o600)
    with log.open("ab") as output:
        child = subprocess.Popen(
            [sys.executable, "-m", "wallet_api", "serve", "--port", "0", "--json"],
            stdin=subprocess.DEVNULL,
            stdout=output,
            stderr=output,
            start_new_session=True,
            close_fds=True,
        )
    return _await_ready(database, child, log).url, True


def _await_ready(database: Path, child: subprocess.Popen[bytes], log: Path) -> ReadyRecord:
    """Wait for the started service, or for the one that won the race to start."""
    deadline = time.monotonic() + START_SECONDS
    while time.monotonic() < deadline:
        record = running(database)
        if record is not None:
            return record
        if child.poll() is not None and holder(database) is None:
            raise ServiceNotStarted(reason=f"it ended with {child.returncode}, see {log}")
        time.sleep(POLL_SECONDS)
    raise ServiceNotStarted(reason=f"it was not ready after {START_SECONDS:.0f} s, see {log}")

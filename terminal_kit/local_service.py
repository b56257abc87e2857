"""The embedded service: where it is, whether it runs, and starting it so that only one does.

A running service holds an OS lock on a file beside its database, with its process id in it, and
writes a ready record with its URL and that id. A record of another process is a left-over.
"""

from __future__ import annotations

import fcntl
import os
import socket
import subprocess
import sys
import time
from typing import TYPE_CHECKING

import msgspec

from terminal_kit.folders import exclusive_lock, folders, private_folder, replace_file, wallet_home
from terminal_kit.language import _
from wallet_api.contract.errors import ServiceNotStarted
from wallet_api.contract.rules import DEFAULT_PORT

if TYPE_CHECKING:
    from pathlib import Path

CONNECT_SECONDS = 0.2
START_SECONDS = 20.0
POLL_SECONDS = 0.02
#: A log larger than this many bytes at a start is set aside, in place of the one before.
LARGEST_LOG = 4 * 1024 * 1024
#: Services that this process started; they outlive it, so nobody waits for them.
_started: list[subprocess.Popen[bytes]] = []


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
    record = _record(database)
    return record if record is not None and record.pid == holder(database) else None


def _record(database: Path) -> ReadyRecord | None:
    try:
        return msgspec.json.decode(_record_path(database).read_bytes(), type=ReadyRecord)
    except (FileNotFoundError, msgspec.DecodeError):
        return None


def serves_default_address() -> bool:
    """Say whether something listens on the default address.

    A WALLET_HOME of its own is a world of its own, and never meets a service from outside.
    """
    if wallet_home() is not None:
        return False
    try:
        socket.create_connection(("127.0.0.1", DEFAULT_PORT), CONNECT_SECONDS).close()
    except OSError:
        return False
    return True


def ensure_running() -> tuple[str, bool]:
    """Give the URL of the embedded service, starting it when none runs, and whether it was started.

    Programs that start together wait for the one that starts it. Raises ServiceNotStarted.
    """
    database = default_database()
    record = running(database)
    if record is not None:
        return record.url, False
    starting = database.with_name(database.name + ".starting")
    try:
        with exclusive_lock(starting, 2 * START_SECONDS):
            record = running(database)
            if record is not None:
                return record.url, False
            return _start(database).url, True
    except TimeoutError:
        reason = _("another program is starting it without end")
        raise ServiceNotStarted(reason=reason) from None


def _start(database: Path) -> ReadyRecord:
    log = private_folder(folders().state) / "wallet-api.log"
    log.touch(mode=0o600)
    if log.stat().st_size > LARGEST_LOG:
        log.replace(log.with_suffix(".log.1"))
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
    _started.append(child)
    return _await_ready(database, child, log)


def _await_ready(database: Path, child: subprocess.Popen[bytes], log: Path) -> ReadyRecord:
    """Wait for the started service, or for one that somebody started in its place."""
    deadline = time.monotonic() + START_SECONDS
    while time.monotonic() < deadline:
        ended = child.poll() is not None
        record = _record(database)
        # Whoever looks at the lock holds it for a moment, in which the child could not take it.
        if ended or (record is not None and record.pid == child.pid):
            record = running(database)
            if record is not None:
                return record
            if ended and holder(database) is None:
                reason = _("it ended with {code}, see {log}")
                raise ServiceNotStarted(reason=reason.format(code=child.returncode, log=log))
        time.sleep(POLL_SECONDS)
    reason = _("it was not ready after {seconds} s, see {log}")
    raise ServiceNotStarted(reason=reason.format(seconds=f"{START_SECONDS:.0f}", log=log))

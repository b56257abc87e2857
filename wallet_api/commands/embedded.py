"""``wallet-api status`` and ``stop``: the embedded service that the programs start."""

from __future__ import annotations

import os
import signal
import time

from terminal_kit.console import write_json, write_lines
from terminal_kit.language import _
from terminal_kit.local_service import POLL_SECONDS, default_database, holder, running
from wallet_api.contract.errors import ServiceNotStopped

STOP_SECONDS = 20.0


def show_status(*, json: bool) -> None:
    """Say whether the embedded service runs."""
    database = default_database()
    record = running(database)
    if json:
        write_json(
            {
                "running": record is not None,
                "url": record.url if record else None,
                "pid": record.pid if record else None,
                "database": str(database),
            }
        )
    elif record is None:
        said = _("The local service does not run; the programs start it when they need it.")
        write_lines([said])
    else:
        said = _("The local service answers at {url} (process {pid}).")
        write_lines([said.format(url=record.url, pid=record.pid)])


def stop_service(*, json: bool) -> None:
    """Ask the embedded service to end and wait for it. Raises ServiceNotStopped."""
    database = default_database()
    pid = holder(database)
    if pid:
        os.kill(pid, signal.SIGTERM)
        _await_end(pid)
    if json:
        write_json({"stopped": bool(pid)})
    else:
        write_lines([_("Stopped.") if pid else _("The local service does not run.")])


def _await_end(pid: int) -> None:
    deadline = time.monotonic() + STOP_SECONDS
    while holder(default_database()) == pid:
        if time.monotonic() > deadline:
            raise ServiceNotStopped(pid=pid)
        time.sleep(POLL_SECONDS)

"""``wallet-api serve``: settings, keys, the ready record, and the service itself."""

from __future__ import annotations

import logging
import os
import sys

from terminal_kit.console import write_json, write_lines
from terminal_kit.local_service import remove_record, write_record
from wallet_api.commands.places import database_path, make_keys
from wallet_api.contract.errors import ServiceNotStarted, ServiceStopped, Usage
from wallet_api.identity.keys import WrongRootKeyError
from wallet_api.service.server import Settings, is_loopback, serve
from wallet_api.store.clock import LabClock, SystemClock
from wallet_api.store.database import (
    DatabaseBusyError,
    DatabaseLostError,
    DatabaseNewerError,
    WrongKeyError,
)
from wallet_api.store.sqlite import SqliteDatabase


def run_service(
    host: str,
    port: int,
    database: str | None,
    key_file: str | None,
    enrolment: str | None,
    *,
    lab: bool,
    json: bool,
) -> None:
    """Run the service until it is told to stop. Raises Usage, ServiceNotStarted, ServiceStopped."""
    if not __debug__:
        raise Usage(reason="The books check themselves: Python must not run with -O.")
    settings = Settings(host, port, _is_open(host, enrolment), _lab(host, lab=lab))
    path = database_path(database)
    keys = make_keys(path, key_file)
    os.umask(0o077)
    logging.basicConfig(
        stream=sys.stderr, level=logging.INFO, format="%(asctime)s %(levelname)s %(message)s"
    )

    def ready(url: str) -> None:
        write_record(path, url)
        if json:
            write_json({"event": "ready", "url": url})
        else:
            write_lines([f"The bank answers at {url}. Stop it with Ctrl+C."])

    books = SqliteDatabase(path, keys.database)
    try:
        serve(books, keys, settings, ready, LabClock() if lab else SystemClock())
    except DatabaseBusyError:
        raise ServiceNotStarted(reason=f"another service holds {path}") from None
    except (WrongKeyError, WrongRootKeyError):
        raise Usage(reason=f"The key file does not belong to {path}. Nothing changed.") from None
    except DatabaseNewerError:
        raise Usage(reason=f"{path} was written by a newer version. Nothing changed.") from None
    except DatabaseLostError:
        raise ServiceStopped(reason=f"{path} cannot be reached any more") from None
    except OSError as error:
        raise ServiceNotStarted(reason=error.strerror or str(error)) from None
    remove_record(path)


def _is_open(host: str, enrolment: str | None) -> bool:
    if enrolment not in {None, "open", "invite"}:
        raise Usage(reason="--enrolment is open or invite.")
    return is_loopback(host) if enrolment is None else enrolment == "open"


def _lab(host: str, *, lab: bool) -> bool:
    if lab and not is_loopback(host):
        raise Usage(reason="--lab is for loopback only.")
    return lab

"""``wallet-api serve``: settings, keys, the ready record, and the service itself."""

from __future__ import annotations

import logging
import os
import sys
from typing import TYPE_CHECKING

from terminal_kit.console import write_json, write_lines
from terminal_kit.language import _
from terminal_kit.local_service import remove_record, write_record
from terminal_kit.words import system_reason
from wallet_api.commands.administrator import make_admin
from wallet_api.commands.places import bank_path, database_path, make_keys
from wallet_api.contract.errors import ServiceNotStarted, ServiceStopped, Usage
from wallet_api.identity.administration import WrongAdminKeyError
from wallet_api.identity.keys import WrongRootKeyError
from wallet_api.service.enrolments import EnrolmentRate, read_rate
from wallet_api.service.server import Settings, serve
from wallet_api.store.calendar import WrongZoneError
from wallet_api.store.clock import LabClock, SystemClock
from wallet_api.store.database import (
    DatabaseBusyError,
    DatabaseLostError,
    DatabaseNewerError,
    WrongKeyError,
)
from wallet_api.store.sqlite import SqliteDatabase

if TYPE_CHECKING:
    from wallet_api.commands.reach import Reach
    from wallet_api.service.policy import Policy


def run_service(
    at: Reach,
    database: str | None,
    key_file: str | None,
    enrolment: str | None,
    enrolment_rate: str,
    policy: Policy,
    *,
    lab: bool,
    json: bool,
) -> None:
    """Run the service until it is told to stop. Raises Usage, ServiceNotStarted, ServiceStopped."""
    if not __debug__:
        raise Usage(reason=_("The books check themselves: Python must not run with -O."))
    path = database_path(database)
    rate, lab = _rate(enrolment_rate), _lab(at, lab=lab)
    is_open = _is_open(at, enrolment)
    keys = make_keys(path, key_file)
    settings = Settings(
        at.host,
        at.port,
        is_open,
        lab,
        rate,
        make_admin(path),
        at.authorities,
        at.tls,
        policy,
        bank_path(path),
    )
    os.umask(0o077)
    logging.basicConfig(
        stream=sys.stderr, level=logging.INFO, format="%(asctime)s %(levelname)s %(message)s"
    )

    def ready(url: str) -> None:
        write_record(path, url)
        if json:
            write_json({"event": "ready", "url": url})
        else:
            write_lines([_("The bank answers at {url}. Stop it with Ctrl+C.").format(url=url)])

    books = SqliteDatabase(path, keys.database)
    try:
        serve(books, keys, settings, ready, LabClock() if lab else SystemClock())
    except DatabaseBusyError:
        reason = _("another service holds {path}")
        raise ServiceNotStarted(reason=reason.format(path=path)) from None
    except (WrongKeyError, WrongRootKeyError):
        reason = _("The key file does not belong to {path}. Nothing changed.")
        raise Usage(reason=reason.format(path=path)) from None
    except WrongAdminKeyError:
        reason = _(
            "The admin key does not belong to {path}. Nothing changed."
            " Put its own back, or move this one away to have a new one made."
        )
        raise Usage(reason=reason.format(path=path)) from None
    except WrongZoneError as kept:
        reason = _("The books in {path} keep their days in {zone}. Nothing changed.")
        raise Usage(reason=reason.format(path=path, zone=kept)) from None
    except DatabaseNewerError:
        reason = _("{path} was written by a newer version. Nothing changed.")
        raise Usage(reason=reason.format(path=path)) from None
    except DatabaseLostError:
        reason = _("{path} cannot be reached any more")
        raise ServiceStopped(reason=reason.format(path=path)) from None
    except OSError as error:
        raise ServiceNotStarted(reason=system_reason(error)) from None
    remove_record(path)


def _is_open(at: Reach, enrolment: str | None) -> bool:
    if enrolment not in {None, "open", "invite"}:
        raise Usage(reason=_("--enrolment is open or invite."))
    return at.is_private if enrolment is None else enrolment == "open"


def _rate(text: str) -> EnrolmentRate:
    try:
        return read_rate(text)
    except ValueError:
        reason = _("--enrolment-rate looks like 10/100: a minute from one address, an hour in all.")
        raise Usage(reason=reason) from None


def _lab(at: Reach, *, lab: bool) -> bool:
    if lab and not at.is_private:
        raise Usage(reason=_("--lab is for loopback only."))
    return lab

"""``doctor``: what works on this machine and what does not, without any secret."""

from __future__ import annotations

import os
import shutil
import sys
from typing import TYPE_CHECKING

from terminal_kit.console import has_colour, style, table, write_json, write_lines
from terminal_kit.credentials.choose import open_store
from terminal_kit.device_keys import SECRET_NAME, DeviceKeys
from terminal_kit.device_state import DeviceState
from terminal_kit.folders import folders
from terminal_kit.language import _
from terminal_kit.local_service import default_database, running
from terminal_kit.profiles import Profile, load_profile, profile_folder
from terminal_kit.session import URL_VARIABLE
from terminal_kit.words import told, word
from wallet_api.contract.error_base import WalletError
from wallet_api.contract.wire import ServiceCard

if TYPE_CHECKING:
    from terminal_kit.session import Chosen

NOT_RUNNING = "not running; it starts when a command needs it"
NOT_INSTALLED = "not installed (pictures are read without it)"
#: Names that say more to a person than the keys of the JSON.
LABELS = {"store": "credential store", "data": "data folder", "state": "state folder"}
#: What `doctor` names and finds, for the catalogue; under --json it stays as it is here.
FINDINGS = (
    *("profile", "opened", "opened at", "currency", "secret", "requests without answer"),
    *("service", "clock difference", "terminal", *LABELS.values()),
    *("yes", "ready", "locked", "absent", "readable", NOT_RUNNING, NOT_INSTALLED),
)


def examine(chosen: Chosen, *, json: bool) -> None:
    """Look at everything a payment needs and say what was found."""
    findings: dict[str, str] = {"profile": chosen.profile}
    findings |= _profile(chosen)
    findings |= _service()
    findings |= _decoders()
    findings |= _terminal()
    findings |= {"data": str(folders().data), "state": str(folders().state)}
    if json:
        write_json(findings)
        return
    write_lines(
        [
            style(f"{chosen.program} doctor", "bold"),
            *table((word(LABELS.get(name, name)), word(value)) for name, value in findings.items()),
        ]
    )


def _profile(chosen: Chosen) -> dict[str, str]:
    try:
        profile = load_profile(chosen.program, chosen.profile)
    except WalletError as error:
        return {"opened": _("no: {reason}").format(reason=told(error))}
    found = {"opened": "yes", "opened_at": profile.url, "currency": profile.currency}
    return found | _store(chosen, profile)


def _store(chosen: Chosen, profile: Profile) -> dict[str, str]:
    folder = profile_folder(chosen.program, chosen.profile)
    store = open_store(profile.store, program=chosen.program, profile=chosen.profile, folder=folder)
    described = store.describe()
    found = {"store": f"{described.kind}: {described.detail} ({word(described.state)})"}
    if described.state != "ready":
        return found
    try:
        keys = DeviceKeys(store.read(SECRET_NAME))
        unresolved = len(DeviceState(folder, keys.state).read().sent)
    except WalletError as error:
        return found | {"secret": told(error)}
    return found | {"secret": "readable", "requests_without_answer": str(unresolved)}


def _service() -> dict[str, str]:
    """Ask the service who it is; the embedded one is not started for that."""
    from wallet_api.client.sync import Client

    record = running(default_database())
    url = os.environ.get(URL_VARIABLE) or (record.url if record else None)
    if url is None:
        return {"service": NOT_RUNNING}
    try:
        with Client(url, patience=1.0) as client:
            card = client.get("/v1/service", answer=ServiceCard).value
            drift = client.business_offset_ms
    except WalletError as error:
        return {"service": f"{url}: {told(error)}"}
    return {"service": f"{url}: {card.name}", "clock_difference": f"{drift} ms"}


def _decoders() -> dict[str, str]:
    from payment_codes.scan.scanner import decoders

    return {name: "ready" if available else NOT_INSTALLED for name, available in decoders()}


def _terminal() -> dict[str, str]:
    size = shutil.get_terminal_size()
    colour = _("colour") if has_colour(sys.stdout) else _("no colour")
    parts = (f"{size.columns}×{size.lines}", colour, os.environ.get("TERM", "?"))
    return {"terminal": _(", ").join(parts)}

"""A wallet and a till whose secrets are in a real Secret Service, as on a desktop."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.terminal_kit.secret_service import secret_service, session_bus

if TYPE_CHECKING:
    from pathlib import Path

    from tests.end_to_end.programs import Programs

pytestmark = pytest.mark.keyring


def files_of(folder: Path) -> list[str]:
    return [path.name for path in folder.rglob("*") if path.is_file()]


def test_a_payment_with_secrets_in_the_systems_store(programs: Programs) -> None:
    with session_bus() as bus, secret_service(bus, "login password"):
        session = {"DBUS_SESSION_BUS_ADDRESS": bus.address}
        opening = ("open", "--name", "Alice", "--pin-file", programs.pin_file)
        programs.run("wallet", *opening, environment=session)
        programs.run("pos", "open", "--name", "Cafe", environment=session)
        assert "credentials" not in files_of(programs.home)
        programs.run("wallet", "top-up", "20", environment=session)
        code = programs.run("pos", "charge", "12.50", environment=session).out.strip()
        paid = programs.run("wallet", "pay", code, "--yes", "--json", environment=session).json
        assert paid["state"] == "succeeded"
        said = programs.run("wallet", "doctor", "--json", environment=session).json
        assert "SecretService" in said["store"]
        assert said["secret"] == "readable"


def test_a_store_that_is_locked_or_absent_stops_everything(programs: Programs) -> None:
    with session_bus() as bus:
        session = {"DBUS_SESSION_BUS_ADDRESS": bus.address}
        with secret_service(bus, "login password"):
            programs.run("wallet", "open", "--name", "Alice", environment=session)
        with secret_service(bus, None):
            programs.refused(
                *("wallet", "balance"), code="store_locked", exit_code=4, environment=session
            )
        programs.refused(
            *("wallet", "balance"), code="store_unavailable", exit_code=4, environment=session
        )
    programs.refused(
        *("pos", "open", "--name", "Cafe"),
        code="store_unavailable",
        exit_code=4,
        environment={"DBUS_SESSION_BUS_ADDRESS": f"unix:path={programs.home / 'nowhere'}"},
    )

"""The embedded service: started once by whoever needs it, found again, and never mistaken."""

from __future__ import annotations

import os
import signal
from typing import TYPE_CHECKING

import pytest

from tests.end_to_end.programs import Programs

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path


@pytest.fixture
def alone(tmp_path: Path) -> Iterator[Programs]:
    """Give programs that nobody told of a service."""
    made = Programs(tmp_path)
    yield made
    made.run("wallet-api", "stop")
    made.close()


def process_of(programs: Programs) -> int:
    pid = programs.json("wallet-api", "status")["pid"]
    assert isinstance(pid, int)
    return pid


def test_the_first_command_starts_it_and_says_so(alone: Programs) -> None:
    before = alone.json("wallet-api", "status")
    assert (before["running"], before["url"], before["pid"]) == (False, None, None)
    first = alone.opening_wallet().finish()
    running = alone.json("wallet-api", "status")
    assert running["running"] is True
    assert f"Started the local service at {running['url']}" in first.err
    assert first.json["name"] == "Alice 王"
    assert "Started" not in alone.run("wallet", "balance").err
    assert alone.json("wallet-api", "stop") == {"stopped": True}
    assert not (alone.home / "data" / "wallet-api.db.ready").exists(), "it ended in good order"
    assert alone.json("wallet-api", "stop") == {"stopped": False}
    assert alone.json("wallet-api", "status")["running"] is False


def test_programs_started_together_start_one(alone: Programs) -> None:
    opening = [alone.opening_wallet(profile=f"wallet-{number}") for number in range(3)]
    opening += [alone.opening_till(profile=f"till-{number}") for number in range(3)]
    said = [running.finish().err for running in opening]
    assert sum("Started the local service" in text for text in said) == 1
    log = (alone.home / "state" / "wallet-api.log").read_text("utf-8")
    assert log.count('"event":"ready"') == 1
    assert alone.json("wallet-api", "verify")["ok"] is True


def test_it_comes_back_with_the_books_after_a_crash(alone: Programs) -> None:
    alone.opening_wallet().finish()
    alone.run("wallet", "top-up", "2500")
    killed = process_of(alone)
    os.kill(killed, signal.SIGKILL)
    assert alone.json("wallet", "balance")["balance"]["minor"] == 250000
    assert process_of(alone) != killed
    assert alone.json("wallet-api", "verify")["journal"] == 1


def test_a_ready_record_that_was_left_behind_is_not_believed(alone: Programs) -> None:
    alone.opening_wallet().finish()
    record = alone.home / "data" / "wallet-api.db.ready"
    left = record.read_bytes()
    alone.run("wallet-api", "stop")
    record.write_bytes(left)
    assert alone.json("wallet-api", "status")["running"] is False
    assert "Started" in alone.run("wallet", "balance").err
    record.write_bytes(b"{")
    assert alone.json("wallet-api", "status")["running"] is False


def test_a_key_of_other_books_stops_the_start(alone: Programs) -> None:
    alone.opening_wallet().finish()
    alone.run("wallet-api", "stop")
    key = alone.home / "data" / "wallet-api.db.key"
    right = key.read_bytes()
    key.write_bytes(bytes(32))
    said = alone.refused("wallet", "balance", code="service_not_started", exit_code=3)
    log = alone.home / "state" / "wallet-api.log"
    assert str(log) in said
    assert "The key file does not belong to" in log.read_text("utf-8")
    serve = alone.refused("wallet-api", "serve", "--port", "0", code="usage", exit_code=2)
    assert "The key file does not belong to" in serve
    alone.refused("wallet-api", "verify", code="usage", exit_code=2)
    key.chmod(0o644)
    assert "chmod 600" in alone.refused("wallet-api", "verify", code="usage", exit_code=2)
    key.chmod(0o600)
    key.write_bytes(right)
    assert alone.json("wallet", "balance")["balance"]["minor"] == 0


def test_one_service_holds_one_database(alone: Programs) -> None:
    alone.opening_wallet().finish()
    said = alone.refused(
        "wallet-api", "serve", "--port", "0", code="service_not_started", exit_code=3
    )
    assert "another service holds" in said
    assert alone.json("wallet", "balance")["balance"]["minor"] == 0

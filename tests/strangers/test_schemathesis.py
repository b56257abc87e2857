"""Schemathesis tries every operation of the description, and what follows from what."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from tests.wallet_api.service.running import start

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tests.wallet_api.service.running import Running

ROOT = Path(__file__).parents[2]
SETTINGS = Path(__file__).with_name("schemathesis.toml")
#: Made-up requests of each operation, and steps that follow one another.
EXAMPLES = os.environ.get("WALLET_STRANGERS", "6")
#: Seconds of wall time, on a machine with much else to do.
LONGEST_RUN = 600


@pytest.fixture
def bank(tmp_path: Path) -> Iterator[Running]:
    running = start(tmp_path / "bank", "--enrolment-rate", "99999/99999")
    yield running
    if running.process.poll() is None:
        running.kill()


def test_no_request_finds_what_the_description_does_not_say(bank: Running, tmp_path: Path) -> None:
    """No 5xx, no undocumented status, code, header or body; by itself and step after step."""
    environment = {
        "SCHEMATHESIS_HOOKS": "tests.strangers.signing",
        "STRANGERS_AUTHORITY": bank.authority,
        "STRANGERS_FOLDER": str(bank.folder),
        "PYTHONPATH": str(ROOT),
    }
    command = [sys.executable, "-m", "schemathesis.cli", "--config-file", str(SETTINGS), "run"]
    run = subprocess.run(
        [*command, f"http://{bank.authority}/openapi.json", "--max-examples", EXAMPLES],
        cwd=tmp_path,
        env=os.environ | environment,
        capture_output=True,
        text=True,
        timeout=LONGEST_RUN,
        check=False,
    )
    assert run.returncode == 0, run.stdout[-20_000:] + run.stderr[-2_000:]
    for phase in ("Examples", "Coverage", "Fuzzing", "Stateful"):
        assert f"✅ {phase}" in run.stdout, run.stdout[-5_000:]
    assert bank.stop() == 0
    assert "Traceback" not in bank.log
    assert "does not list" not in bank.log
    proof = bank.verify()
    assert proof["ok"], proof

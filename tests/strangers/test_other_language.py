"""A client in another language, written from the guide alone, is paid in every way there is."""

from __future__ import annotations

import json
import shutil
import subprocess
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from tests.strangers.vectors import FOLDER
from tests.wallet_api.service.running import PATIENCE

if TYPE_CHECKING:
    from tests.wallet_api.service.running import Running

pytestmark = pytest.mark.node

CLIENT = Path(__file__).with_name("client.mjs")


@pytest.fixture(scope="module")
def told(service: Running) -> dict[str, Any]:
    """Let it trade, and give what it tells."""
    node = shutil.which("node")
    if node is None:
        pytest.skip("node is not installed")
    done = subprocess.run(
        [node, str(CLIENT), f"http://{service.authority}", str(FOLDER)],
        capture_output=True,
        text=True,
        timeout=PATIENCE,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    answer: dict[str, Any] = json.loads(done.stdout)
    return answer


def test_it_reproduces_every_vector(told: dict[str, Any]) -> None:
    lengths = [len(json.loads(path.read_text("utf-8"))) for path in FOLDER.glob("*.json")]
    assert sorted(told["reproduced"]) == sorted(lengths)


def test_it_charges_and_pays(told: dict[str, Any]) -> None:
    assert told["shown"] == ["succeeded", "succeeded"]
    assert told["pin"] == ["pin_required", "succeeded"]
    assert told["scanned"] == "succeeded"
    assert told["asked"] == ["awaiting_payer", "succeeded"]


def test_it_retries_gives_up_and_is_refused(told: dict[str, Any]) -> None:
    assert told["replayed"] is True
    assert told["never"] == ["closed", "closed"]
    assert told["refused"] == ["already_paid", False]


def test_its_sums_are_right(told: dict[str, Any]) -> None:
    taken = 1_250 + 128_800 + 500 + 120_000
    fees = sum(amount * 60 // 10_000 for amount in (1_250, 128_800, 500, 120_000))
    wallet, merchant = told["balances"]
    assert wallet == 400_000 + 100 - taken
    assert abs(merchant - (taken - fees)) <= 4

"""A small answer leaves at once: no algorithm of TCP holds any part of it back."""

from __future__ import annotations

import time
from statistics import median
from typing import TYPE_CHECKING

import httpx

from tests.crash.bank import Bank

if TYPE_CHECKING:
    from pathlib import Path

#: Linux delays an acknowledgement by 40 ms at least, and an answer takes about one.
DELAYED_SECONDS = 0.04


def test_no_answer_waits_for_a_delayed_acknowledgement(tmp_path: Path) -> None:
    bank = Bank(tmp_path)
    bank.start()
    took = []
    with httpx.Client(base_url=bank.url, trust_env=False) as client:
        for _ in range(25):
            start = time.perf_counter()
            assert client.get("/healthz").status_code == 200
            took.append(time.perf_counter() - start)
    bank.close()
    assert median(took) < DELAYED_SECONDS

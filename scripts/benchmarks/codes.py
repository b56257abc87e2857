"""Codes: the median time to parse, build, draw and scan one, after a warm-up."""

from __future__ import annotations

import statistics
import time
from typing import TYPE_CHECKING

from benchmarks import draw_codes, scan_codes, worst_texts
from benchmarks.draw_codes import PIXELS_A_MODULE
from benchmarks.machine import facts
from payment_codes import native
from payment_codes.amount import Amount
from payment_codes.draw.matrix import qr_matrix
from payment_codes.draw.picture import png_bytes
from payment_codes.native import NativeCode
from payment_codes.parsing import parse
from payment_codes.scan.scanner import scan

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

ROUNDS = 200
WARM_UP = 5
CODE = NativeCode(
    token="0123456789ABCDEF",
    amount=Amount(1_250, "CNY"),
    merchant_name="Corner Cafe",
    city="Shanghai",
    category="5812",
    reference="TABLE12",
    terminal="TILL0001",
)


def run(_folder: Path | None, scale: int) -> int:
    """Measure, print, check that what was drawn is read; give the exit code."""
    payload = native.build(CODE)
    picture = png_bytes(qr_matrix(payload), PIXELS_A_MODULE)
    assert [found.text for found in scan(picture)] == [payload], "the drawing is not read"
    rows: list[tuple[str, Callable[[], object]]] = [
        (f"parse {len(payload)} characters", lambda: native.parse(payload)),
        ("name, read and check them", lambda: parse(payload)),
        ("build them", lambda: native.build(CODE)),
        *draw_codes.rows(payload),
        (
            f"scan that PNG, {PIXELS_A_MODULE * qr_matrix(payload).size} pixels wide",
            lambda: scan(picture),
        ),
        *scan_codes.rows(picture),
    ]
    print("\n".join(facts()) + "\n")
    for name, act in rows:
        print(f"{name:<36} {_median_ms(act, ROUNDS * scale):>8.3f} ms")
    text, slowest_ms = worst_texts.slowest()
    print(f"{'parse the slowest 4 kB: ' + text:<36} {slowest_ms:>8.3f} ms")
    print(scan_codes.not_found())
    return 0


def _median_ms(act: Callable[[], object], rounds: int) -> float:
    for _ in range(WARM_UP):
        act()
    taken = []
    for _ in range(rounds):
        start = time.perf_counter()
        act()
        taken.append(time.perf_counter() - start)
    return statistics.median(taken) * 1e3

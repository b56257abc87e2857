"""The full-screen programs: first picture, key to repaint over a long history, rest.

A real service with a wallet of 100,000 movements. The first picture is measured in this process,
so that imports are warm; everything else in real processes on terminals of their own, from the key
to the end of the picture that it brings (synchronized output says where that is).
"""

from __future__ import annotations

import asyncio
import statistics
import tempfile
import time
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from benchmarks.bank import running_bank
from benchmarks.long_books import TILL, WALLET, open_shop, use_home, write_history
from benchmarks.machine import cpu_seconds, facts
from benchmarks.pty_program import LIMIT_SECONDS, PtyProgram

if TYPE_CHECKING:
    from collections.abc import Callable

    from terminal_kit.screens.app import KitApp

ROWS = 100_000
SMALL, LARGE = (80, 24), (200, 60)
DOWN, PAGE_DOWN, END, HOME, BACK = b"\x1b[B", b"\x1b[6~", b"\x1b[F", b"\x1b[H", b"\x1b"
REPEAT_SECONDS = 1 / 30
PRESSES, FIRST_PICTURES = 200, 7
REST_SECONDS, SETTLE_SECONDS, LOAD_SECONDS = 10.0, 2.0, 0.02
PICTURE_GOAL_MS, REPAINT_GOAL_MS, REST_GOAL = 500.0, 30.0, 0.01


class Goals:
    """Prints each figure with its goal, and remembers whether all were met."""

    def __init__(self) -> None:
        self.met = True

    def line(self, name: str, figures: str, value: float, goal: float, said: str) -> None:
        """Print one row."""
        good = value <= goal
        self.met = self.met and good
        print(f"{name:<44} {figures:<40} goal {said:<12} {'ok' if good else 'MISSED'}", flush=True)


def run(within: Path | None, scale: int) -> int:
    """Measure, print; give the exit code."""
    goals = Goals()
    with tempfile.TemporaryDirectory(dir=within) as name:
        folder = Path(name)
        print("\n".join([*facts(), ""]), flush=True)
        with running_bank(folder) as bank:
            use_home(folder, bank.url)
            people = open_shop()
        write_history(folder, people, ROWS)
        with running_bank(folder) as bank:
            use_url(bank.url)
            _first_pictures(goals)
            _long_history(goals, PRESSES * scale)
            _rest(goals, "wallet home", b"")
            _rest(goals, "payer code", b"c")
    return 0 if goals.met else 1


def use_url(url: str) -> None:
    """Have the programs call a service."""
    import os

    os.environ["WALLET_API_URL"] = url


def _first_pictures(goals: Goals) -> None:
    from pos.screens.app import TillApp
    from wallet_cli.screens.app import WalletApp

    for name, make, text in (
        ("first picture of the wallet's home", partial(WalletApp, WALLET), "Alice"),
        ("first picture of the till's sale", partial(TillApp, TILL), "Charge"),
    ):
        spent = [asyncio.run(_first_picture(make, text)) for _ in range(FIRST_PICTURES + 1)][1:]
        middle = statistics.median(spent)
        goals.line(name, f"{middle:.0f} ms of CPU", middle, PICTURE_GOAL_MS, "<= 500 ms")


async def _first_picture(make: Callable[[], KitApp], text: str) -> float:
    """Give the CPU milliseconds until a text of the screen's stands on it."""
    start = time.process_time()
    app = make()
    async with app.run_test(size=SMALL, tooltips=False):
        async with asyncio.timeout(LIMIT_SECONDS):
            while text not in _written(app):  # noqa: ASYNC110 - it is drawn, no event tells of it
                await asyncio.sleep(0.001)
        return (time.process_time() - start) * 1_000


def _written(app: KitApp) -> str:
    strips = app.screen._compositor.render_strips()  # noqa: SLF001 - what stands on the terminal
    return "\n".join(strip.text for strip in strips)


def _long_history(goals: Goals, presses: int) -> None:
    with PtyProgram("wallet_cli", *SMALL) as program:
        program.wait_for("live")
        program.rest(SETTLE_SECONDS)
        program.press(b"h")
        program.wait_for("Bench")
        start = time.monotonic()
        # A hundred rows come for each End, until the first row of all is there.
        while not program.has_written("Top-up"):
            program.write(END)
            program.rest(LOAD_SECONDS)
        print(f"{ROWS:,} rows loaded by scrolling in {time.monotonic() - start:.0f} s", flush=True)
        for columns, rows in (SMALL, LARGE):
            program.resize(columns, rows)
            program.rest(SETTLE_SECONDS)
            size = f"{columns}x{rows}"
            program.press(HOME)
            _keys(goals, program, f"down, {size}", [DOWN] * presses)
            _keys(goals, program, f"page down, {size}", [PAGE_DOWN] * presses)
            program.press(b"/")
            letters = [bytes([letter]) for letter in b"bench lunch"]
            _keys(goals, program, f"typing in the search, {size}", letters * (presses // 50))
            program.press(BACK)
            program.rest(SETTLE_SECONDS)


def _keys(goals: Goals, program: PtyProgram, name: str, keys: list[bytes]) -> None:
    """Press keys as one that is held down repeats, each once the picture before is drawn."""
    program.rest(SETTLE_SECONDS)
    before, spent = cpu_seconds(program.pid), []
    for key in keys:
        spent.append(program.press(key))
        program.rest(REPEAT_SECONDS)
    spent.sort()
    cpu = (cpu_seconds(program.pid) - before) * 1_000 / len(keys)
    middle, late = spent[len(spent) // 2], spent[int(len(spent) * 0.95)]
    figures = f"p50 {middle:.1f}, p95 {late:.1f} ms; CPU {cpu:.1f} ms"
    goals.line(f"key to repaint: {name}", figures, late, REPAINT_GOAL_MS, "p95 <= 30 ms")


def _rest(goals: Goals, name: str, keys: bytes) -> None:
    with PtyProgram("wallet_cli", *SMALL) as program:
        program.wait_for("live")
        program.rest(SETTLE_SECONDS)
        if keys:
            program.press(keys)
        program.rest(SETTLE_SECONDS)
        share = program.idle_share(REST_SECONDS)
        goals.line(f"at rest: {name}", f"{share:.2%} of a processor", share, REST_GOAL, "< 1 %")

"""Seeded days of a till, a wallet, a bank and a lossy network: all end with the same truth.

WALLET_SIMULATIONS says how many, WALLET_SIMULATION_SEED runs a single one again with its trace.
"""

from __future__ import annotations

import os
import shutil
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from tests.simulation.core import Core
from tests.simulation.loop import VirtualClock, VirtualLoop
from tests.simulation.world import World

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

SIMULATIONS = int(os.environ.get("WALLET_SIMULATIONS", "2000"))
SEED = os.environ.get("WALLET_SIMULATION_SEED")
AT_ONCE = 100
#: After so many days new books are begun: each day proves all of them.
DAYS = 10
MEMORY = Path("/dev/shm")


@pytest.fixture
def folder(tmp_path: Path) -> Iterator[Path]:
    """A folder in memory where the system has one: every write is synced."""
    if not os.access(MEMORY, os.W_OK):
        yield tmp_path
        return
    with tempfile.TemporaryDirectory(dir=MEMORY) as name:
        yield Path(name)


def simulate(seeds: Iterable[int], folder: Path) -> None:
    """Live so many days at one service. Raises AssertionError with the seed and what happened."""
    clock = VirtualClock()
    loop = VirtualLoop(clock)
    core = Core(folder / "books.db", clock)
    loop.run_until_complete(core.start())
    try:
        for seed in seeds:
            clock.next_hour()
            world = World(seed, core, clock, folder / str(seed))
            try:
                loop.run_until_complete(world.live())
            except BaseException as error:
                trace = "\n".join(world.lines)
                raise AssertionError(
                    f"{error!r}\n{trace}\nAgain: WALLET_SIMULATION_SEED={seed}"
                ) from error
            finally:
                world.till.leave()
                world.wallet.leave()
            shutil.rmtree(folder / str(seed))
    finally:
        loop.run_until_complete(core.crash())
        loop.close()


def chunks() -> list[range]:
    """Give the seeds, so many to a test."""
    if SEED is not None:
        return [range(int(SEED), int(SEED) + 1)]
    return [
        range(first, min(first + AT_ONCE, SIMULATIONS)) for first in range(0, SIMULATIONS, AT_ONCE)
    ]


@pytest.mark.parametrize("seeds", chunks(), ids=lambda seeds: f"{seeds.start}-{seeds.stop - 1}")
def test_everybody_ends_with_the_same_truth(seeds: range, folder: Path) -> None:
    for first in range(seeds.start, seeds.stop, DAYS):
        books = folder / str(first)
        books.mkdir()
        simulate(range(first, min(first + DAYS, seeds.stop)), books)
        shutil.rmtree(books)

"""Run a benchmark by its name: ``scripts/bench payments``."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

from benchmarks import codes, payments, scanning, screens

BENCHMARKS = {"payments": payments.run, "codes": codes.run, "screens": screens.run}


def main() -> None:
    """Read the command line and run the benchmark that it names."""
    parser = argparse.ArgumentParser(prog="scripts/bench", description=__doc__)
    parser.add_argument("benchmark", choices=[*BENCHMARKS, "scanning"])
    parser.add_argument("--folder", type=Path, help="where the database lies, on which disk")
    parser.add_argument("--scale", type=int, default=1, help="times the usual number of rounds")
    parser.add_argument(
        "--kinds", choices=["tuned", "held", "later", "unseen", "all"], default="all"
    )
    parser.add_argument("--seed", type=int, default=1, help="of the bad pictures to scan")
    chosen = parser.parse_args()
    if chosen.benchmark == "scanning":
        sys.exit(scanning.run(chosen.kinds, chosen.seed, chosen.scale))
    sys.exit(BENCHMARKS[chosen.benchmark](chosen.folder, chosen.scale))


if __name__ == "__main__":
    main()

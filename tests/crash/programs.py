"""Runs `wallet` and `pos` as processes of their own."""

from __future__ import annotations

import json
import subprocess
import sys
from typing import Any

PROGRAMS = {"wallet": "wallet_cli", "pos": "pos", "wallet-api": "wallet_api"}
LIMIT_SECONDS = 60


def run(program: str, *arguments: str) -> subprocess.CompletedProcess[str]:
    """Run a command to its end."""
    return _run(["-m", PROGRAMS[program], *arguments])


def told(program: str, *arguments: str) -> dict[str, Any]:
    """Run a command that must work and give its object."""
    done = run(program, *arguments)
    assert done.returncode == 0, done.stderr
    answer: dict[str, Any] = json.loads(done.stdout)
    return answer


def _run(arguments: list[str]) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, *arguments, "--json"],
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        check=False,
        timeout=LIMIT_SECONDS,
    )

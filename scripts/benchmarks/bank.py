"""A service of its own: a real process on a fresh database, and the proof of its books."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from contextlib import contextmanager
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

STOP_SECONDS = 20.0


@dataclass(frozen=True)
class Bank:
    """A running service: where it answers, and which process it is."""

    url: str
    pid: int


def _program(*arguments: str) -> list[str]:
    return [sys.executable, "-m", "wallet_api", *arguments]


def _database(folder: Path) -> str:
    return f"sqlite:///{folder / 'books.db'}"


@contextmanager
def running_bank(folder: Path) -> Iterator[Bank]:
    """Run a service on a database in a folder, its log beside it, until the block ends."""
    command = _program("serve", "--port", "0", "--json", "--database", _database(folder))
    command += ["--enrolment-rate", "9999/9999"]
    with (folder / "service.log").open("wb") as log:
        own = {**os.environ, "WALLET_HOME": str(folder / "home")}
        process = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=log, env=own)
    assert process.stdout is not None
    try:
        ready = json.loads(process.stdout.readline() or "{}")
        if "url" not in ready:
            raise SystemExit((folder / "service.log").read_text("utf-8"))
        yield Bank(ready["url"], process.pid)
    finally:
        process.terminate()
        process.wait(STOP_SECONDS)
        process.stdout.close()


def verified(folder: Path) -> dict[str, Any]:
    """Give what ``wallet-api verify`` says of the books in a folder."""
    command = _program("verify", "--json", "--database", _database(folder))
    run = subprocess.run(command, stdout=subprocess.PIPE, check=False)
    report: dict[str, Any] = json.loads(run.stdout)
    return report

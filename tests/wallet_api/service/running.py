"""A real service in a process of its own."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from pathlib import Path

PATIENCE = 20


@dataclass
class Running:
    """A service that answers at ``authority`` and writes its log to a file."""

    process: subprocess.Popen[bytes]
    folder: Path
    authority: str

    @property
    def port(self) -> int:
        return int(self.authority.rpartition(":")[2])

    @property
    def log(self) -> str:
        return (self.folder / "log").read_text()

    def terminate(self) -> None:
        self.process.send_signal(signal.SIGTERM)

    def kill(self) -> None:
        self.process.kill()
        self.process.wait(PATIENCE)

    def stop(self) -> int:
        """Ask it to end and give its exit code."""
        if self.process.poll() is None:
            self.terminate()
        return self.process.wait(PATIENCE)

    def verify(self) -> dict[str, Any]:
        """Give the proof of its books."""
        command = _command("verify", self.folder)
        output = subprocess.run(command, capture_output=True, timeout=PATIENCE, check=True).stdout
        answer: dict[str, Any] = json.loads(output)
        return answer


def _command(name: str, folder: Path, *options: str) -> list[str]:
    database = f"sqlite:///{folder / 'books.db'}"
    program = [sys.executable, "-m", "wallet_api", name, "--json", "--database", database]
    return [*program, *options]


def launch(folder: Path, *options: str) -> subprocess.Popen[bytes]:
    """Start a service on the books in a folder without waiting for it."""
    folder.mkdir(exist_ok=True)
    with (folder / "log").open("ab") as log:
        return subprocess.Popen(
            _command("serve", folder, "--port", "0", "--enrolment-rate", "9999/9999", *options),
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=log,
            env={**os.environ, "WALLET_HOME": str(folder)},
        )


def start(folder: Path, *options: str) -> Running:
    """Start a service on the books in a folder and wait until it answers."""
    process = launch(folder, *options)
    assert process.stdout is not None
    with process.stdout as output:
        line = output.readline()
    assert line, (folder / "log").read_text()
    ready = json.loads(line)
    assert ready["event"] == "ready"
    return Running(process, folder, ready["url"].partition("//")[2])

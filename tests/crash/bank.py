"""The service as a process of its own, to be killed and started again on the same database."""

from __future__ import annotations

import json
import subprocess
import sys
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from pathlib import Path

STOP_SECONDS = 30


class Bank:
    """`wallet-api serve` on a database in ``folder``, its log in ``service.log`` beside it."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.database = folder / "books.db"
        self.log = folder / "service.log"
        self.url = ""
        self._process: subprocess.Popen[str] | None = None

    def start(self, *options: str) -> None:
        """Start it and wait until it answers."""
        with self.log.open("ab") as log:
            self._process = subprocess.Popen(
                self._command("serve", "--port", "0", "--enrolment-rate", "9999/9999", *options),
                stdout=subprocess.PIPE,
                stderr=log,
                text=True,
            )
        assert self._process.stdout is not None
        line = self._process.stdout.readline()
        assert line, self.log.read_text("utf-8")
        self.url = json.loads(line)["url"]

    @property
    def process(self) -> subprocess.Popen[str]:
        """The running process."""
        assert self._process is not None, "the bank was started"
        return self._process

    def kill(self) -> None:
        """Kill it at once (SIGKILL): it cannot finish anything."""
        self.process.kill()

    def stop(self) -> int:
        """Ask it to end (SIGTERM), unless it was killed, and give its exit code."""
        process = self.process
        if process.poll() is None:
            process.terminate()
        code = process.wait(STOP_SECONDS)
        assert process.stdout is not None
        process.stdout.close()
        self._process = None
        return code

    def close(self) -> None:
        """Leave no process behind."""
        if self._process is not None:
            self.kill()
            self.stop()

    def verify(self) -> dict[str, Any]:
        """Give what `wallet-api verify` says of the books."""
        run = subprocess.run(
            self._command("verify"), capture_output=True, text=True, check=False, timeout=60
        )
        report: dict[str, Any] = json.loads(run.stdout)
        return report

    def _command(self, name: str, *options: str) -> list[str]:
        database = f"sqlite:///{self.database}"
        program = [sys.executable, "-m", "wallet_api", name]
        return [*program, *options, "--json", "--database", database]

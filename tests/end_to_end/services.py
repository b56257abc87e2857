"""A real service for the programs to call: `wallet-api serve` on a free port."""

from __future__ import annotations

import json
import subprocess
from typing import TYPE_CHECKING, Any, Self
from urllib.request import Request, urlopen

from tests.end_to_end.programs import LIMIT_SECONDS, SCRIPTS, clean_environment, one_object
from wallet_api.commands.places import load_keys
from wallet_api.ledger.verify import verify_journal
from wallet_api.store.sqlite import SqliteDatabase

if TYPE_CHECKING:
    from pathlib import Path


class Service:
    """A real service of its own on a free port, with its books in ``folder``."""

    def __init__(self, folder: Path, *options: str) -> None:
        self.folder = folder
        self.database = f"sqlite:///{folder / 'books.db'}"
        self._environment = clean_environment(WALLET_HOME=str(folder), HOME=str(folder))
        self._log = folder / "log"
        with self._log.open("wb") as log:
            self._process = subprocess.Popen(
                [
                    *(SCRIPTS / "wallet-api", "serve", "--port", "0", "--json"),
                    *("--database", self.database, "--enrolment-rate", "9999/9999", *options),
                ],
                stdout=subprocess.PIPE,
                stderr=log,
                text=True,
                env=self._environment,
            )
        assert self._process.stdout is not None
        ready = one_object(self._process.stdout.readline())
        assert ready.keys() == {"event", "url"}
        assert ready["event"] == "ready"
        self.url: str = ready["url"]

    @property
    def log(self) -> str:
        """What it said so far."""
        return self._log.read_text("utf-8")

    def verify(self) -> dict[str, Any]:
        """Prove the books."""
        words = (SCRIPTS / "wallet-api", "verify", "--json", "--database", self.database)
        done = subprocess.run(
            words, capture_output=True, text=True, env=self._environment, check=True
        )
        report = one_object(done.stdout)
        assert (report["ok"], report["chain"], report["findings"]) == (True, "intact", [])
        return report

    def entries(self) -> int:
        """Prove the books without a process of its own, and count the entries of the journal."""
        books = self.folder / "books.db"
        session = SqliteDatabase(books, load_keys(books, None).database).reader()
        report = verify_journal(session.begin())
        session.close()
        assert report.ok, report.findings
        return report.entries

    def advance(self, seconds: int) -> None:
        """Move the business clock of a service under ``--lab`` ahead."""
        self._lab("clock", {"seconds": seconds})

    def tell_bank(self, **wish: object) -> dict[str, Any]:
        """Tell the simulated bank of a service under ``--lab`` what to do."""
        return self._lab("bank", wish)

    def _lab(self, part: str, wish: dict[str, Any]) -> dict[str, Any]:
        body, headers = json.dumps(wish).encode(), {"Content-Type": "application/json"}
        request = Request(f"{self.url}/v1/lab/{part}", body, headers, method="POST")
        with urlopen(request, timeout=LIMIT_SECONDS) as response:
            answer: dict[str, Any] = json.load(response)
        return answer

    def stop(self) -> None:
        """Ask it to end, and check that it ends well and the books are right."""
        self._process.terminate()
        assert self._process.wait(LIMIT_SECONDS) == 0
        assert self._process.stdout is not None
        self._process.stdout.close()
        assert "Traceback" not in self.log
        self.verify()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.stop()

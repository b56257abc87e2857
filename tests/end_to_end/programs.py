"""Runs the installed programs as people and scripts do: each command is a process of its own."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar
from unittest.mock import patch

from payment_codes.amount import parse_amount
from pos.till import Till
from terminal_kit.enrol import open_profile
from terminal_kit.session import Chosen, Session
from wallet_api.contract.wire import (
    DeviceKeys,
    MerchantCard,
    OpenMerchant,
    OpenWallet,
    WalletCard,
)
from wallet_cli.bank import Bank
from wallet_cli.wallet import Wallet

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping

T = TypeVar("T")

#: The installed console scripts stand beside the interpreter.
SCRIPTS = Path(sys.executable).parent
LIMIT_SECONDS = 60
PIN = "246813"
WALLET, TILL = Chosen("wallet", "default"), Chosen("pos", "default")
CUSTOMER, MERCHANT, CITY = "Alice 王", "Corner Café", "上海"

#: What a user's environment may say to the programs, and no test may inherit.
_OWN_VARIABLES = (
    *("WALLET_HOME", "WALLET_API_URL", "WALLET_API_CA", "WALLET_PASSPHRASE_FILE"),
    *("WALLET_PROFILE", "POS_PROFILE", "NO_COLOR", "FORCE_COLOR", "COLUMNS", "LINES", "TMUX"),
    "LANGUAGE",
)


def clean_environment(**variables: str) -> dict[str, str]:
    """Give this process's environment without what the programs read from it, and ``variables``."""
    kept = {name: value for name, value in os.environ.items() if name not in _OWN_VARIABLES}
    return kept | {"TERM": "xterm-256color", "LC_ALL": "C.UTF-8", "TZ": "UTC"} | variables


def one_object(text: str) -> dict[str, Any]:
    """Read the one JSON object, on one line, that ``--json`` promises."""
    assert text.endswith("\n"), text
    assert text.count("\n") == 1, text
    value = json.loads(text)
    assert isinstance(value, dict)
    return value


def at_once(acts: Iterable[Callable[[], T]]) -> list[T]:
    """Run acts that do not depend on one another two at a time, and give what each gave."""
    with ThreadPoolExecutor(2) as pool:
        return list(pool.map(lambda act: act(), acts))


@dataclass(frozen=True)
class Finished:
    """What a process left behind."""

    out: str
    err: str

    @property
    def json(self) -> dict[str, Any]:
        return one_object(self.out)


class Running:
    """A process that was started."""

    def __init__(self, process: subprocess.Popen[bytes], words: tuple[str, ...]) -> None:
        self.process = process
        self.words = words

    def finish(self, exit_code: int = 0, stdin: bytes = b"") -> Finished:
        """Wait for its end and check how it ended; nobody ever sees a traceback."""
        out, err = self.process.communicate(stdin, LIMIT_SECONDS)
        finished = Finished(out.decode(), err.decode())
        assert self.process.returncode == exit_code, (self.words, self.process.returncode, finished)
        assert "Traceback" not in finished.out + finished.err, finished
        return finished

    def said(self) -> str:
        """Wait for the next line that it says on stderr."""
        assert self.process.stderr is not None
        return self.process.stderr.readline().decode()


class Programs:
    """``wallet``, ``pos`` and ``wallet-api`` with a ``WALLET_HOME`` of their own.

    Without a ``url`` they start the embedded service. Secrets are kept in files.
    """

    def __init__(self, folder: Path, url: str | None = None) -> None:
        self.folder = folder
        self.home = folder / "home"
        self.home.mkdir(mode=0o700)
        self._started: list[Running] = []
        self.pin_file = self.file("pin", PIN)
        self.passphrase_file = self.file("passphrase", "correct horse battery")
        self.environment = clean_environment(
            HOME=str(self.home),
            WALLET_HOME=str(self.home),
            WALLET_PASSPHRASE_FILE=str(self.passphrase_file),
            **({} if url is None else {"WALLET_API_URL": url}),
        )

    def file(self, name: str, content: str | bytes) -> Path:
        """Write a file in the test's own folder."""
        path = self.folder / name
        path.write_bytes(content if isinstance(content, bytes) else content.encode())
        return path

    def start(self, *words: str | Path, environment: Mapping[str, str] | None = None) -> Running:
        """Start a program with its arguments; its three streams are pipes."""
        texts = tuple(map(str, words))
        process = subprocess.Popen(
            [SCRIPTS / texts[0], *texts[1:]],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            env={**self.environment, **(environment or {})},
            cwd=self.folder,
            # No terminal to ask on, whoever runs the tests.
            start_new_session=True,
        )
        running = Running(process, texts)
        self._started.append(running)
        return running

    def run(
        self,
        *words: str | Path,
        exit_code: int = 0,
        stdin: str | bytes = b"",
        environment: Mapping[str, str] | None = None,
    ) -> Finished:
        """Run a program to its end."""
        given = stdin.encode() if isinstance(stdin, str) else stdin
        return self.start(*words, environment=environment).finish(exit_code, given)

    def json(self, *words: str | Path, exit_code: int = 0, stdin: str | bytes = b"") -> Any:  # noqa: ANN401 - JSON values
        """Run a program with ``--json`` and give its one object."""
        return self.run(*words, "--json", exit_code=exit_code, stdin=stdin).json

    def refused(
        self,
        *words: str | Path,
        code: str,
        exit_code: int = 1,
        money_moved: bool | None = False,
        stdin: str | bytes = b"",
        environment: Mapping[str, str] | None = None,
    ) -> str:
        """Run a program that must fail, check its error object, and give what it says to people."""
        finished = self.run(
            *words, "--json", exit_code=exit_code, stdin=stdin, environment=environment
        )
        assert finished.json.keys() == {"error"}
        error = finished.json["error"]
        assert error.keys() == {"code", "message", "money_moved"}
        assert (error["code"], error["money_moved"]) == (code, money_moved), error
        assert f"✗ {error['message']}\n" in finished.err
        return str(error["message"])

    def all_refused(
        self,
        commands: Iterable[tuple[str | Path, ...]],
        *,
        code: str,
        exit_code: int = 1,
        environment: Mapping[str, str] | None = None,
    ) -> list[str]:
        """Run commands that must all fail alike, and give what they say to people."""

        def refused(words: tuple[str | Path, ...]) -> str:
            return self.refused(*words, code=code, exit_code=exit_code, environment=environment)

        return at_once(partial(refused, words) for words in commands)

    def opening_wallet(self, *options: str | Path, profile: str = "default") -> Running:
        """Start ``wallet open`` with the usual PIN."""
        return self.start(
            *("wallet", "--profile", profile, "open", "--name", CUSTOMER, "--store", "file"),
            *("--pin-file", self.pin_file, "--json", *options),
        )

    def opening_till(
        self, *options: str, profile: str = "default", name: str = MERCHANT
    ) -> Running:
        """Start ``pos open``."""
        return self.start(
            *("pos", "--profile", profile, "open", "--name", name, "--city", CITY),
            *("--store", "file", "--json", *options),
        )

    def open_shop(self, money: str | None = "2500") -> None:
        """Open a wallet, with money in it, and a till.

        By the same code as the programs but in this process: most tests begin so.
        """
        with patch.dict(os.environ, self.environment, clear=True):
            open_profile(WALLET, "file", _customer, "/v1/customers", WalletCard)
            open_profile(TILL, "file", _merchant, "/v1/merchants", MerchantCard)
        if money is not None:
            with patch.dict(os.environ, self.environment, clear=True), Session(WALLET) as session:
                Bank(session).top_up(parse_amount(money, "CNY"))
                session.state.forget_answered()

    @contextmanager
    def wallet(self) -> Iterator[Wallet]:
        """Give the wallet that the programs have opened, in this process."""
        with patch.dict(os.environ, self.environment, clear=True), Session(WALLET) as session:
            yield Wallet(session)
            session.state.forget_answered()

    def balances(self) -> tuple[int, int]:
        """Give what the wallet holds and what the bank owes the merchant, in minor units."""
        with self.wallet() as wallet, Session(TILL) as till:
            return wallet.card().balance.minor, Till(till).card().balance.minor

    def close(self) -> None:
        """End what still runs, and check that no command met a bug: those are kept in a log."""
        for running in self._started:
            with running.process as process:
                process.kill()
        log = self.home / "state" / "failures.log"
        assert not log.exists(), log.read_text("utf-8")


def _customer(device: DeviceKeys) -> OpenWallet:
    return OpenWallet(name=CUSTOMER, currency="CNY", device=device, pin=PIN)


def _merchant(till: DeviceKeys) -> OpenMerchant:
    return OpenMerchant(
        name=MERCHANT, city=CITY, category="5812", currency="CNY", store="Main store", till=till
    )

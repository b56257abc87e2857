"""A shop whose programs die: a process that forks commands, and a till and wallets to look at."""

from __future__ import annotations

import json
import subprocess
import sys
from dataclasses import asdict
from itertools import count
from typing import TYPE_CHECKING, Any, Self

from pos.till import Till
from terminal_kit.session import Chosen, Session
from tests.crash import nursery
from tests.crash.nursery import Ending, Order
from tests.crash.programs import told
from wallet_cli.wallet import Wallet

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from contextlib import ExitStack
    from pathlib import Path

#: What is lost between a command and the service, as `nursery.Order` says.
Lost = list[tuple[str, str, str]]

#: Every command takes more steps than this: profile, secret, state, connection, request, answer.
FEWEST_STEPS = 15


class Nursery:
    """The process that forks commands."""

    def __init__(self) -> None:
        self._process = subprocess.Popen(
            [sys.executable, "-P", nursery.__file__],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        )

    def run(self, *words: str, step: int = 0, lost: Lost | None = None) -> Ending:
        """Run a command."""
        assert self._process.stdin is not None
        assert self._process.stdout is not None
        order = Order(list(words), step, lost or [])
        self._process.stdin.write(json.dumps(asdict(order)) + "\n")
        self._process.stdin.flush()
        return Ending(**json.loads(self._process.stdout.readline()))

    def told(self, *words: str) -> dict[str, Any]:
        """Run a command that must work and give its object."""
        ending = self.run(*words)
        assert ending.code == 0, ending
        answer: dict[str, Any] = json.loads(ending.out)
        return answer

    def deaths(self, lost: Lost, words: Callable[[int], list[str]]) -> Iterator[tuple[int, Ending]]:
        """Kill a command at each of its steps; the last one ends as always."""
        for step in count(1):
            ending = self.run(*words(step), step=step, lost=lost)
            yield step, ending
            if ending.code >= 0:
                assert step > FEWEST_STEPS
                return

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        for stream in (self._process.stdin, self._process.stdout):
            assert stream is not None
            stream.close()
        self._process.wait(30)


class Shop:
    """A till and wallets: here to look, in the nursery to act and die."""

    def __init__(self, folder: Path, nursery: Nursery, stack: ExitStack) -> None:
        self.nursery = nursery
        self.pin_file = str(folder / "pin")
        self._stack = stack
        told("pos", "open", "--name", "Tea House", "--store", "file")
        self.sessions = [stack.enter_context(Session(Chosen("pos", "default")))]
        self.till = Till(self.sessions[0])
        self.open_wallet("default")

    def open_wallet(self, profile: str) -> None:
        """Take a new wallet with 100.00 CNY."""
        self.of_wallet = ("wallet", "--profile", profile)
        opening = ("open", "--name", "Ann", "--store", "file", "--pin-file", self.pin_file)
        told(*self.of_wallet, *opening)
        told(*self.of_wallet, "top-up", "100")
        session = self._stack.enter_context(Session(Chosen("wallet", profile)))
        self.sessions[1:] = [session]
        self.wallet = Wallet(session)
        self.left = 100_00

    def come_in(self, step: int) -> None:
        """Have the next customer come in: after ten payments the PIN and other questions come."""
        if step % 9 == 0:
            self.open_wallet(f"wallet{step}")

    def balance(self) -> int:
        """Give what is in the wallet, in minor units."""
        return self.wallet.card().balance.minor

    def unfinished(self) -> list[Any]:
        """Give what wallet and till remember that has no outcome."""
        states = [session.state.read() for session in self.sessions]
        return [one for state in states for one in (*state.sent, *state.open)]

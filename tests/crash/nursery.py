"""Runs many commands quickly, each in a process of its own that can be killed at any step.

    python nursery.py

A line of JSON on stdin orders a command, a line on stdout answers with what became of it. The
programs are imported once and forked for each command. In a command, time that it sleeps passes
at once, and answers of the service are lost as ordered.
"""

from __future__ import annotations

import json
import os
import sys
import tempfile
import time
from dataclasses import asdict, dataclass, field
from functools import cache
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING, Any, SupportsIndex

if TYPE_CHECKING:
    from collections.abc import Callable

#: What the commands need, the two applications first.
IMPORTED = (
    *("pos.app", "wallet_cli.app", "pos.commands.charging", "wallet_cli.commands.paying"),
    *("wallet_api.client.sync", "terminal_kit.outcomes"),
)


@dataclass(frozen=True)
class Order:
    """A command: its words, the step that it is killed at (0: none), and what is lost.

    An entry of ``lost`` is a method, a beginning of a target, and what is lost: the request, the
    answer, or (empty) nothing, which ends all losses. The first that fits decides.
    """

    words: list[str]
    step: int = 0
    lost: list[tuple[str, str, str]] = field(default_factory=list)


@dataclass(frozen=True)
class Ending:
    """How a command ended: its exit code (negative: the signal), and its two streams."""

    code: int
    out: str
    err: str


def hurry() -> None:
    """Let sleeping take no time, and the clocks of this process go on by it."""
    slept = 0.0
    monotonic, time_ns = time.monotonic, time.time_ns

    def sleep(seconds: float | SupportsIndex, /) -> None:
        nonlocal slept
        slept += float(seconds)

    time.sleep = sleep
    time.monotonic = lambda: monotonic() + slept
    time.time_ns = lambda: time_ns() + round(slept * 1e9)


def lose(lost: list[tuple[str, str, str]]) -> None:
    """Lose requests or answers between this process and the service."""
    from wallet_api.client.exchange import Miss, Outgoing, Received
    from wallet_api.client.sync import Client

    transmit = Client._transmit

    rules = list(lost)

    def losing(client: Client, outgoing: Outgoing) -> Received | Miss:
        for method, beginning, what in rules:
            if outgoing.method == method and outgoing.target.startswith(beginning):
                received = transmit(client, outgoing) if what != "request" else Miss.LOST
                if not what:
                    rules.clear()
                return Miss.LOST if what else received
        return transmit(client, outgoing)

    setattr(Client, "_transmit", losing)  # noqa: B010 - mypy takes no assignment to a method


def run(order: Order) -> None:
    """Be the program, to its end."""
    from tests.crash.dying import set_traps

    program, *arguments = order.words
    sys.argv = [program, *arguments, "--json"]
    lose(order.lost)
    if order.step:
        set_traps(order.step)
    main: Callable[[], Any]
    if program == "pos":
        from pos.__main__ import main
    else:
        from wallet_cli.__main__ import main
    main()


def child(order: Order, out: int, err: int) -> None:
    """Run an order in this process and end it."""
    os.dup2(out, 1)
    os.dup2(err, 2)
    code = 1
    try:
        run(order)
    except SystemExit as end:
        code = int(end.code or 0)
    finally:
        sys.stdout.flush()
        sys.stderr.flush()
        os._exit(code)


def obey(order: Order) -> Ending:
    """Fork a process for an order and wait for its end."""
    with tempfile.TemporaryFile() as out, tempfile.TemporaryFile() as err:
        process = os.fork()
        if not process:
            child(order, out.fileno(), err.fileno())
        code = os.waitstatus_to_exitcode(os.waitpid(process, 0)[1])
        streams = []
        for stream in (out, err):
            stream.seek(0)
            streams.append(stream.read().decode())
        return Ending(code, *streams)


def warm_up() -> None:
    """Import the programs, and lay out their commands once for all."""
    from typer import main as typer_main

    from terminal_kit.credentials.file_format import KeyDerivation

    setattr(KeyDerivation, "key", cache(KeyDerivation.key))  # noqa: B010 - as in `lose`
    setattr(typer_main, "get_command", cache(typer_main.get_command))  # noqa: B010 - as in `lose`
    for name in IMPORTED:
        module = import_module(name)
        if name.endswith(".app"):
            typer_main.get_command(module.app)


@cache
def unlock(program: str, profile: str) -> None:
    """Derive the key of a profile's store once for all commands."""
    from terminal_kit.session import Chosen, Session

    Session(Chosen(program, profile))


def main() -> None:
    """Obey until stdin ends."""
    sys.path.insert(0, str(Path(__file__).parents[2]))
    hurry()  # Before the programs are imported, which take the clock as it is then.
    warm_up()
    for line in sys.stdin:
        order = Order(**json.loads(line))
        words = order.words
        unlock(words[0], words[2] if words[1] == "--profile" else "default")
        print(json.dumps(asdict(obey(order))), flush=True)


if __name__ == "__main__":
    main()

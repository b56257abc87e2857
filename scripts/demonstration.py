"""The demo: a shop and a shopper on this machine, played with the real commands.

Everything lives in a temporary folder: a service with its own ledger, a till, a wallet. Nothing
of the user's is touched, and all of it is gone at the end.
"""

from __future__ import annotations

import argparse
import json
import os
import shlex
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from contextlib import ExitStack
from pathlib import Path

PROGRAMS = Path(sys.executable).parent
PIN = "246813"
CODE_ROWS = 23
WIDTH = 80
LINE_SECONDS = 0.03
THINK_SECONDS = 1.6
START_POLL_SECONDS = 0.05
START_POLLS = 400

TILL, WALLET, BANK = "till", "wallet", "bank"
COLOURS = {TILL: "33", WALLET: "36", BANK: "35"}


class Stage:
    """Where the demo is shown: paced and coloured on a terminal, plain in a pipe."""

    def __init__(self, pace: float) -> None:
        self.colour = (
            sys.stdout.isatty()
            and not os.environ.get("NO_COLOR")
            and os.environ.get("TERM") != "dumb"
        )
        self.draws = sys.stdout.isatty() and os.environ.get("TERM") != "dumb"
        self._pace = pace if sys.stdout.isatty() else 0.0

    def pause(self, seconds: float) -> None:
        """Give the audience time to read."""
        if self._pace:
            time.sleep(seconds * self._pace)

    def scene(self, actor: str, text: str) -> None:
        """Say who does what next."""
        self.pause(THINK_SECONDS)
        if not self.colour:
            print(f"\n[{actor}] {text}", flush=True)
            return
        head = f" {actor.upper()} "
        rule = "─" * (WIDTH - len(head) - len(text) - 4)
        print(f"\n\x1b[1;30;4{COLOURS[actor][1]}m{head}\x1b[0m \x1b[1m{text}\x1b[0m "
              f"\x1b[{COLOURS[actor]}m{rule}\x1b[0m", flush=True)  # fmt: skip
        self.pause(THINK_SECONDS / 2)

    def command(self, arguments: list[str]) -> None:
        """Show what is typed."""
        line = "$ " + shlex.join(arguments)
        print(f"\x1b[2m{line}\x1b[0m" if self.colour else line, flush=True)
        self.pause(THINK_SECONDS / 4)

    def talk(self, text: str) -> None:
        """Show what a command said on stderr."""
        for line in text.splitlines():
            self.output(f"\x1b[2m{line}\x1b[0m" if self.colour else line)

    def output(self, text: str) -> None:
        """Show what a command said, line by line."""
        for line in text.splitlines():
            print(line, flush=True)
            self.pause(LINE_SECONDS)


class Show:
    """The commands, run in a home of their own."""

    def __init__(self, stage: Stage, home: Path) -> None:
        self._stage = stage
        self._home = home
        passphrase = home / "passphrase"
        passphrase.write_text(os.urandom(16).hex() + "\n")
        (home / "pin").write_text(PIN + "\n")
        keep = {"PATH", "LANG", "LC_ALL", "LC_CTYPE", "TERM", "TZ", "NO_COLOR", "TMPDIR"}
        self.environment = {name: os.environ[name] for name in keep & os.environ.keys()}
        self.environment |= {
            "WALLET_HOME": str(home),
            "WALLET_PASSPHRASE_FILE": str(passphrase),
            "PYTHONUNBUFFERED": "1",
        }
        if stage.colour:
            self.environment["FORCE_COLOR"] = "1"

    def start(self, *arguments: str) -> subprocess.Popen[str]:
        """Start a command whose output is collected."""
        self._stage.command(list(arguments))
        return self._start(arguments)

    def _start(self, arguments: tuple[str, ...]) -> subprocess.Popen[str]:
        return subprocess.Popen(
            [str(PROGRAMS / arguments[0]), *arguments[1:]],
            cwd=self._home,
            env=self.environment,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
        )

    def finish(self, process: subprocess.Popen[str], *, talk_too: bool = True) -> None:
        """Wait for a command and show what it said and was not shown yet."""
        output, talk = process.communicate(timeout=90)
        if process.returncode:
            self._stage.output(output + talk)
            raise SystemExit(f"The demo stopped: a command exited with {process.returncode}.")
        if talk_too:
            self._stage.talk(talk)
        self._stage.output(output)

    def run(self, *arguments: str) -> None:
        """Run a command and show it."""
        self.finish(self.start(*arguments))

    def ask(self, *arguments: str) -> dict[str, object]:
        """Run a command under --json without showing it."""
        output, _ = self._start((*arguments, "--json")).communicate(timeout=90)
        answer = json.loads(output)
        assert isinstance(answer, dict)
        return answer

    def show_code(self, process: subprocess.Popen[str]) -> None:
        """Show the code that a waiting command draws, or its text in a pipe."""
        assert process.stdout is not None
        for _ in range(CODE_ROWS if self._stage.draws else 1):
            self._stage.output(process.stdout.readline())


def play(stage: Stage, show: Show) -> None:
    """Play the whole demo."""
    draw = ["--draw"] if stage.draws else []
    stage.scene(BANK, "Two people come to the bank: a shopper and a shop")
    show.run("wallet", "open", "--name", "Alice 王", "--store", "file", "--pin-file", "pin")
    show.run("pos", "open", "--name", "Corner Café", "--city", "Shanghai", "--store", "file")
    show.run("wallet", "top-up", "2000")

    stage.scene(TILL, "A flat white: the till shows a code and waits")
    waiting = show.start(
        *("pos", "charge", "32.50", "--note", "flat white"),
        *(*draw, "--save", "code.png", "--wait", "60"),
    )
    show.show_code(waiting)
    stage.scene(WALLET, "Alice scans the picture and pays")
    show.run("wallet", "pay", "--image", "code.png", "--yes")
    stage.scene(TILL, "The till has been told, and prints its receipt")
    show.finish(waiting, talk_too=False)

    stage.scene(WALLET, "The other way round: Alice shows her own code")
    show.run("wallet", "code", *draw, "--save", "mine.png")
    stage.scene(TILL, "The till scans it for 1,288.00, above what goes without a PIN")
    waiting = show.start("pos", "charge", "1288", "--image", "mine.png", "--wait", "60")
    await_pending(show)
    stage.scene(WALLET, "The wallet asks Alice, and she confirms with her PIN")
    show.run("wallet", "pending")
    items = show.ask("wallet", "pending")["items"]
    assert isinstance(items, list)
    show.run("wallet", "confirm", items[0]["id"][-8:], "--pin-file", "pin")
    stage.scene(TILL, "Paid")
    show.finish(waiting)

    stage.scene(TILL, "One thing comes back: a part of the money returns")
    show.run("pos", "refund", items[0]["id"][-8:], "--amount", "288", "--reason", "wrong size")
    show.run("pos", "sales")
    stage.scene(WALLET, "Alice sees every movement")
    show.run("wallet", "history")
    stage.scene(BANK, "And the books prove themselves, from their rows alone")
    show.run("wallet-api", "verify")
    stage.pause(THINK_SECONDS)


def await_pending(show: Show) -> None:
    """Wait until the charge has reached the wallet."""
    for _ in range(START_POLLS):
        if show.ask("wallet", "pending")["items"]:
            return
        time.sleep(START_POLL_SECONDS)
    raise SystemExit("The demo stopped: the charge did not reach the wallet.")


def main() -> None:
    """Set the stage, play, and clean up whatever happens."""
    parser = argparse.ArgumentParser(prog="scripts/demo", description=__doc__.splitlines()[0])
    parser.add_argument("--fast", action="store_true", help="without pauses")
    parser.add_argument("--pace", type=float, default=1.0, help="2 is half as fast")
    parser.add_argument("--live", action="store_true", help="on the real screens, by tmux")
    parser.add_argument("--pictures", type=Path, help="draw the screens to this folder, unseen")
    options = parser.parse_args()
    for number in (signal.SIGHUP, signal.SIGTERM):
        signal.signal(number, signal.default_int_handler)
    pace = 0.0 if options.fast else options.pace
    live = options.live or options.pictures is not None
    if live and shutil.which("tmux") is None:
        print("The live demo needs tmux, which is not installed: this is the ordinary one.")
        live = False
    stage = Stage(pace)
    with ExitStack() as stack:
        home = Path(stack.enter_context(tempfile.TemporaryDirectory(prefix="wallet-demo-")))
        show = Show(stage, home)
        stack.callback(show.ask, "wallet-api", "stop")
        try:
            if live:
                from live_demo import play_live

                play_live(show, pace, options.pictures)
            else:
                play(stage, show)
        except KeyboardInterrupt:
            raise SystemExit(130) from None
        except BrokenPipeError:
            # The reader of the pipe has seen enough.
            os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


if __name__ == "__main__":
    main()

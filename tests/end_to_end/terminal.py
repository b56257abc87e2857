"""A real terminal of 80 columns and 24 rows: tmux, with a server of its own for each test."""

from __future__ import annotations

import os
import select
import shlex
import subprocess
import tempfile
import time
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from tests.end_to_end.programs import SCRIPTS
from tests.scripts.programs import script

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping

COLUMNS, ROWS = 80, 24
PROMPT = "ready>"
LIMIT_SECONDS = 20


class Terminal:
    """A shell with a prompt of its own on a screen that a test can type on and look at.

    ``folder`` is for the server's socket, whose path has at most 108 bytes.
    """

    def __init__(self, folder: Path, environment: Mapping[str, str]) -> None:
        self._command = ("tmux", "-S", str(folder / "socket"), "-f", "/dev/null")
        self._environment = {**environment, "PATH": f"{SCRIPTS}:/usr/bin:/bin"}
        self._tmux(
            *("new-session", "-d", "-x", str(COLUMNS), "-y", str(ROWS)),
            *(f"exec env PS1='{PROMPT}' sh", ";", "set-option", "-g", "status", "off", ";"),
            *("set-option", "-s", "set-clipboard", "on", ";"),
            *("set-option", "-s", "escape-time", "0"),
        )
        changes = folder / "changes"
        os.mkfifo(changes)
        self._changes = os.open(changes, os.O_RDWR)
        self._tmux("pipe-pane", f"cat >{changes}")
        self.wait_for(PROMPT)

    def close(self) -> None:
        """End the shell and what runs in it."""
        self._tmux("kill-server")
        os.close(self._changes)

    def type(self, *words: str) -> None:
        """Type a command on an empty screen."""
        self._tmux("send-keys", "-R")
        self.answer(f"clear; {shlex.join(words)}; tmux wait-for -S ended")

    def answer(self, text: str) -> None:
        """Type a text and Enter."""
        self._tmux("send-keys", "-l", text)
        self._tmux("send-keys", "Enter")

    def press(self, *keys: str) -> None:
        """Press keys by tmux's names: Enter, Tab, Escape, F2, C-q."""
        self._tmux("send-keys", *keys)

    def write(self, text: str) -> None:
        """Type a text without Enter."""
        self._tmux("send-keys", "-l", text)

    def paste(self, text: str) -> None:
        """Paste a text as a terminal does, in brackets where the program asked for them."""
        self._tmux("set-buffer", text, ";", "paste-buffer", "-p")

    def copied(self) -> str:
        """Give what the program copied last (OSC 52)."""
        return self._tmux("show-buffer")

    def resize(self, columns: int, rows: int) -> None:
        """Make the window larger or smaller."""
        self._tmux("resize-window", "-x", str(columns), "-y", str(rows))

    def state(self, *flags: str) -> list[str]:
        """Give what tmux knows of the terminal, such as ``alternate_on``."""
        form = " ".join(f"#{{{flag}}}" for flag in flags)
        return self._tmux("display-message", "-p", form).split()

    def run(self, *words: str) -> list[str]:
        """Run a command to its end and give the screen."""
        self.type(*words)
        self._tmux("wait-for", "ended")
        return self.wait_for(PROMPT)

    def screen(self, *, colours: bool = False) -> list[str]:
        """Give the rows that can be seen: their text, or every cell with its colours."""
        return self._tmux("capture-pane", "-p", *(["-eN"] if colours else [])).splitlines()

    def wait_for(self, text: str) -> list[str]:
        """Look at the screen, again after each change, until a text is on it; give the screen."""
        return self._wait(lambda rows: any(text in row for row in rows))

    def wait_for_no(self, text: str) -> list[str]:
        """Look at the screen, again after each change, until a text is gone; give the screen."""
        return self._wait(lambda rows: not any(text in row for row in rows))

    def wait_for_prompt(self) -> None:
        """Wait until the shell asks for a command."""
        self._wait(lambda rows: any(row.strip() == PROMPT for row in rows))

    def press_enter_for(self, button: str) -> None:
        """Press Enter once it presses a button: one that can be pressed is bold."""
        has_style = script("tmux.py").has_style
        self._wait(lambda _: has_style(self.screen(colours=True), button, "bold"))
        self.press("Enter")

    def _wait(self, condition: Callable[[list[str]], bool]) -> list[str]:
        limit = time.monotonic() + LIMIT_SECONDS
        while not condition(rows := self.screen()):
            # A screen that counts down changes for ever.
            left = max(limit - time.monotonic(), 0)
            assert select.select([self._changes], [], [], left)[0], rows
            os.read(self._changes, 65_536)
        return rows

    def _tmux(self, *words: str) -> str:
        done = subprocess.run(
            [*self._command, *words],
            capture_output=True,
            text=True,
            check=True,
            env=self._environment,
            timeout=LIMIT_SECONDS,
        )
        return done.stdout


@contextmanager
def open_terminal(environment: Mapping[str, str]) -> Iterator[Terminal]:
    """Give a terminal, and end it whatever happens."""
    with tempfile.TemporaryDirectory(prefix="tmux-") as folder:
        terminal = Terminal(Path(folder), environment)
        try:
            yield terminal
        finally:
            terminal.close()

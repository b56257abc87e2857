"""A terminal of its own by tmux, whose keys a script presses and whose screens it reads."""

from __future__ import annotations

import subprocess
import time
from typing import TYPE_CHECKING

from rich.style import Style
from rich.text import Text

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping
    from pathlib import Path

POLL_SECONDS = 0.05
LIMIT_SECONDS = 30.0
SESSION = "stage"
STILL_SECONDS = 0.25


class NotSeenError(Exception):
    """What should be on a screen never came."""


class Tmux:
    """A server of its own with one window of so many columns and rows, which runs a command."""

    def __init__(self, folder: Path, environment: Mapping[str, str], size: tuple[int, int]) -> None:
        self._command = ("tmux", "-S", str(folder / "socket"), "-f", "/dev/null")
        self._environment = dict(environment)
        self.size = size

    def open(self, *words: str) -> Pane:
        """Start the server with its first pane."""
        columns, rows = map(str, self.size)
        start = (
            "new-session",
            "-d",
            "-s",
            SESSION,
            "-x",
            columns,
            "-y",
            rows,
            "-P",
            "-F",
            "#{pane_id}",
        )
        # What applications copy is kept as tmux's own buffer, to be pasted elsewhere.
        options = (
            *("set-option", "-g", "default-terminal", "tmux-256color", ";"),
            *("set-option", "-s", "set-clipboard", "on", ";"),
            *("set-option", "-s", "escape-time", "0", ";"),
            # What ends too early shall be seen.
            *("set-option", "-g", "remain-on-exit", "on", ";"),
        )
        self.run("start-server", ";", *options, *start, *words)
        return Pane(self, self.run("list-panes", "-F", "#{pane_id}").strip())

    def split(self, *words: str, direction: str) -> Pane:
        """Start a command in another pane: beside it (-h), or below it (-v)."""
        shown = ("-P", "-F", "#{pane_id}")
        return Pane(self, self.run("split-window", direction, *shown, *words).strip())

    def window(self, *words: str) -> Pane:
        """Start a command in a window of its own."""
        return Pane(self, self.run("new-window", "-P", "-F", "#{pane_id}", *words).strip())

    def attach(self) -> None:
        """Show it on this terminal, where only Ctrl+C has an effect, until it ends."""
        self.run("bind-key", "-n", "C-c", "detach-client")
        subprocess.run([*self._command, "attach-session", "-r"], env=self._environment, check=False)

    def close(self) -> None:
        """End everything that runs in it."""
        subprocess.run([*self._command, "kill-server"], capture_output=True, check=False)

    def run(self, *words: str) -> str:
        """Run one of tmux's commands and give what it says. Raises CalledProcessError."""
        done = subprocess.run(
            [*self._command, *words],
            capture_output=True,
            text=True,
            check=True,
            env=self._environment,
            timeout=LIMIT_SECONDS,
        )
        return done.stdout


class Pane:
    """A part of the terminal that a program runs in."""

    def __init__(self, tmux: Tmux, name: str) -> None:
        self._tmux = tmux
        self.name = name

    def press(self, *keys: str) -> None:
        """Press keys by tmux's names: Enter, Escape, F2, C-q."""
        self._tmux.run("send-keys", "-t", self.name, *keys)

    def type(self, text: str) -> None:
        """Type a text."""
        self._tmux.run("send-keys", "-t", self.name, "-l", text)

    def paste(self) -> None:
        """Paste what was copied last, in whichever pane, as a terminal pastes."""
        self._tmux.run("paste-buffer", "-p", "-t", self.name)

    def rows(self, *, colours: bool = False) -> list[str]:
        """Give what is on it: text, or text with the colours of each cell."""
        shown = self._tmux.run(
            "capture-pane", "-p", *(("-e", "-N") if colours else ()), "-t", self.name
        )
        return shown.splitlines()

    def see(self, *texts: str, seconds: float = LIMIT_SECONDS) -> None:
        """Wait until all these texts are on it. Raises NotSeenError."""
        self._until(texts, lambda: all(text in "\n".join(self.rows()) for text in texts), seconds)

    def see_gone(self, text: str) -> None:
        """Wait until a text is on it no more. Raises NotSeenError."""
        self._until(text, lambda: text not in "\n".join(self.rows()))

    def see_button(self, text: str) -> None:
        """Wait until a button has the focus, which underlines it. Raises NotSeenError."""
        self._until(text, lambda: has_style(self.rows(colours=True), text, "underline"))

    def see_enabled(self, text: str) -> None:
        """Wait until a button can be pressed, which is bold then. Raises NotSeenError."""
        self._until(text, lambda: has_style(self.rows(colours=True), text, "bold"))

    def see_still(self) -> list[str]:
        """Wait until nothing changes between two looks, and give the cells with their colours."""
        before: list[str] = []
        after = self.rows(colours=True)
        while before != after:
            time.sleep(STILL_SECONDS)
            before, after = after, self.rows(colours=True)
        return after

    def see_other_than(self, before: list[str]) -> None:
        """Wait until it shows something else. Raises NotSeenError."""
        self._until("a change", lambda: self.rows(colours=True) != before)

    def _until(
        self, what: object, seen: Callable[[], bool], seconds: float = LIMIT_SECONDS
    ) -> None:
        limit = time.monotonic() + seconds
        while not seen():
            if time.monotonic() > limit:
                screen = "\n".join(self.rows())
                raise NotSeenError(f"{what} never came:\n{screen}")
            time.sleep(POLL_SECONDS)


def has_style(rows: Iterable[str], text: str, look: str) -> bool:
    """Say whether a text stands bold or underlined somewhere in rows of ANSI text."""
    for row in rows:
        line = Text.from_ansi(row)
        start = line.plain.find(text)
        for span in line.spans if start >= 0 else ():
            style = span.style
            inside = span.start <= start < span.end
            if inside and isinstance(style, Style) and getattr(style, look):
                return True
    return False

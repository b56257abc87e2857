"""The stage of the live demo: a till and a wallet on one terminal, and the people at their keys."""

from __future__ import annotations

import sys
import time
from contextlib import suppress
from typing import TYPE_CHECKING

from demonstration import PROGRAMS
from tmux import NotSeenError

if TYPE_CHECKING:
    from pathlib import Path

    from tmux import Pane, Tmux

BESIDE_COLUMNS, ABOVE_ROWS = 160, 49
TRIES, TRY_SECONDS = 5, 2.0
KEY_SECONDS, LOOK_SECONDS = 0.12, 2.5
CAPTION_STYLE = "bg=#1f2a2f,fg=#e4ece8"


class Stage:
    """The two programs on a terminal, with a caption below them."""

    def __init__(self, tmux: Tmux, pace: float, pictures: Path | None) -> None:
        self._tmux = tmux
        self._pace = pace
        self._pictures = pictures
        self.till = Actor(self, tmux.open(str(PROGRAMS / "pos")))
        self.wallet = Actor(self, self._second())
        self._caption_line()

    def _second(self) -> Pane:
        """Open the wallet where there is room for it."""
        columns, rows = self._tmux.size
        words = (str(PROGRAMS / "wallet"),)
        if self._pictures is None and columns >= BESIDE_COLUMNS:
            return self._tmux.split(*words, direction="-h")
        # One row is the border between them, another the caption.
        if self._pictures is None and rows > ABOVE_ROWS:
            return self._tmux.split(*words, direction="-v")
        return self._tmux.window(*words)

    def _caption_line(self) -> None:
        if self._pictures is not None:
            self._tmux.run("set-option", "-g", "status", "off")
            return
        for name, value in (("status-style", CAPTION_STYLE), ("status-interval", "0")):
            self._tmux.run("set-option", "-g", name, value)
        self._tmux.run("set-option", "-g", "status-format[0]", "")

    def caption(self, actor: Actor, text: str) -> None:
        """Say what happens next, with the actor in sight, and give time to read it."""
        at = ("-t", actor.pane.name)
        self._tmux.run("select-window", *at, ";", "select-pane", *at)
        shown = text.replace("#", "##")
        self._tmux.run("set-option", "-g", "status-format[0]", f"#[align=centre,bold]{shown}")
        if not sys.stdout.isatty():
            print(text, flush=True)
        self.pause(LOOK_SECONDS)

    def pause(self, seconds: float) -> None:
        """Give the audience time."""
        if self._pace:
            time.sleep(seconds * self._pace)

    def picture(self, name: str, actor: Actor) -> None:
        """Draw what an actor shows, where pictures are wanted."""
        if self._pictures is not None:
            from drawing import draw_text

            image = draw_text("\n".join(actor.pane.see_still()), self._tmux.size[0])
            image.save(self._pictures / f"{name}.png", optimize=True)


class Actor:
    """A program, and the person at its keys."""

    def __init__(self, stage: Stage, pane: Pane) -> None:
        self._stage = stage
        self.pane = pane

    def see(self, *texts: str) -> None:
        """Wait until all these texts are on the screen. Raises NotSeenError."""
        self.pane.see(*texts)

    def press_button(self, text: str) -> None:
        """Press Enter once a button has the focus. Raises NotSeenError."""
        self.pane.see_button(text)
        self.press("Enter")

    def press(self, *keys: str) -> None:
        """Press keys at the pace of a person, who waits until a new screen stands still."""
        for key in keys:
            self.pane.see_still()
            self.pane.press(key)
            self._stage.pause(KEY_SECONDS)

    def type(self, text: str, shown: str | None = None) -> None:
        """Type a text at the pace of a person, who begins again when it is not to be seen.

        A new field takes keys a moment after it is seen. ``shown`` is what is seen of the text.
        """
        for _ in range(TRIES):
            self.pane.see_still()
            for letter in text:
                self.pane.type(letter)
                self._stage.pause(KEY_SECONDS)
            with suppress(NotSeenError):
                self.pane.see(shown or text, seconds=TRY_SECONDS)
                return
            self.pane.press("C-u")
        raise NotSeenError(text)

    def paste(self) -> None:
        """Paste what was copied last, on either side, and wait until it is there."""
        before = self.pane.see_still()
        self.pane.paste()
        self.pane.see_other_than(before)

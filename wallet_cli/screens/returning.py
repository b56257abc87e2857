"""Screens that look again when one comes back to them: not every change is announced."""

from __future__ import annotations

from typing import TypeVar

from terminal_kit.screens.screen import KitScreen

Result = TypeVar("Result")


class Returning(KitScreen[Result]):
    """What was done on the screen above may have made something that waits, which is no event."""

    _was_seen = False

    def on_screen_resume(self) -> None:
        """Look again at every part, but not when they are just looking for the first time."""
        if self._was_seen:
            self.action_reload()
        self._was_seen = True

"""Keys on the screen: a click works them and leaves the keyboard with the keypad."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, ClassVar

from textual.binding import Binding
from textual.message import Message
from textual.widgets import Button, Static

from terminal_kit.language import N_

if TYPE_CHECKING:
    from textual.events import Click


class Tap(Button):
    """A button that a click does not give the focus to."""

    FOCUS_ON_CLICK = False


class Tile(Static, can_focus=True):
    """A key without a frame, in as many rows as it is given. ``value`` is what it stands for."""

    FOCUS_ON_CLICK = False
    BINDINGS: ClassVar = [Binding("enter", "tap", N_("Press"), id="tap", show=False)]

    @dataclass
    class Tapped(Message):
        """It was clicked, or Enter was pressed on it."""

        tile: Tile

        @property
        def control(self) -> Tile:
            """The key."""
            return self.tile

    def __init__(
        self,
        text: str,
        value: str,
        *,
        classes: str | None = None,
        id: str | None = None,  # noqa: A002 - Textual's name
    ) -> None:
        super().__init__(text, markup=False, classes=classes, id=id)
        self.value = value

    def on_click(self, event: Click) -> None:
        """Work it."""
        event.stop()
        self.action_tap()

    def action_tap(self) -> None:
        """Work it."""
        self.post_message(self.Tapped(self))

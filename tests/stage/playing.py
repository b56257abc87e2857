"""Plays the screens as a person does: presses keys, clicks, reads what is on the terminal."""

from __future__ import annotations

import asyncio
import time
from typing import TYPE_CHECKING, Any, TypeVar

from textual.errors import NoWidget
from textual.events import Key, Paste
from textual.screen import ModalScreen, Screen
from textual.widget import Widget

from terminal_kit.screens.scanned import Scanned

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable
    from pathlib import Path

    from rich.console import RenderableType
    from rich.segment import Segment
    from textual.pilot import Pilot

    from terminal_kit.screens.app import KitApp

W = TypeVar("W", bound=Widget)

#: Keys that are no letters, with the character that a terminal reports for each.
NAMED = {"enter": "\r", "tab": "\t", "escape": "\x1b", "down": None}
SMALL, LARGE = (80, 24), (200, 60)
LIMIT_SECONDS = 20.0
#: Seconds between two looks whether something holds.
PAUSE_SECONDS = 0.02


class Player:
    """Sits before the screens of ``app``."""

    def __init__(self, app: KitApp, pilot: Pilot[object]) -> None:
        self.app = app
        self.pilot = pilot
        self._drawn = 0
        display = app._display

        def draw(screen: Screen[object], picture: RenderableType | None) -> None:
            self._drawn += 1
            display(screen, picture)

        setattr(app, "_display", draw)  # noqa: B010 - a method

    def rows(self) -> list[str]:
        """Read the rows of the terminal."""
        return ["".join(segment.text for segment in row) for row in self.segments()]

    def segments(self) -> list[list[Segment]]:
        """Give the rows of the terminal with their colours."""
        width, height = self.app.size
        lines = self.app.screen._compositor.render_strips()[:height]
        return [list(strip.crop(0, width)) for strip in lines]

    def active(self) -> list[list[Segment]]:
        """Give what takes keys, with colours: the whole terminal, or the dialog over it."""
        screen = self.app.screen
        if not isinstance(screen, ModalScreen):
            return self.segments()
        found = screen.query(".dialog")
        x, y, width, height = (found.first() if found else screen.children[0]).region
        lines = screen._compositor.render_strips()[y : y + height]
        return [list(strip.crop(x, x + width)) for strip in lines]

    def text(self) -> str:
        """Read the whole terminal."""
        return "\n".join(self.rows())

    async def press(self, *keys: str) -> None:
        """Press keys, one after the other."""
        await self.pilot.press(*keys)

    async def write(self, text: str) -> None:
        """Type a text, at once unless that would be a hand scanner's pace."""
        if isinstance(self.app.screen, Scanned):
            for letter in text:
                await self.pilot.press("space" if letter == " " else letter)
        else:
            self.type_at_once(*text)
            await self.pilot.pause()
            await self.until(lambda: self.app.typing.is_settled, "what was typed")

    async def resize(self, size: tuple[int, int]) -> None:
        """Make the terminal larger or smaller."""
        if self.app.size != size:
            await self.pilot.resize_terminal(*size)
            await self.until(lambda: self.app.screen.size == size, size)

    def type_at_once(self, *typed: str) -> None:
        """Type texts and keys by name faster than anything can be drawn in between."""
        for text in typed:
            for key in [text] if text in NAMED else text:
                character = NAMED.get(key, key)
                self.app.post_message(Key("space" if key == " " else key, character))

    async def paste(self, text: str) -> None:
        """Paste a text, as a terminal with bracketed paste reports it."""
        self.app.post_message(Paste(text))
        await self.pilot.pause()

    async def click(self, selector: str) -> None:
        """Click on a widget, once it is seen where it stands."""
        await self.until(lambda: self._is_seen(selector), selector)
        await self.pilot.click(selector)

    def _is_seen(self, selector: str) -> bool:
        screen = self.app.screen
        found = screen.query(selector)
        if not found:
            return False
        region = found.first().region
        x, y = region.x + region.width // 2, region.y + region.height // 2
        try:
            widget, _region = screen.get_widget_at(x, y)
        except NoWidget:
            return False
        return found.first() in widget.ancestors_with_self

    async def see(self, *texts: str) -> None:
        """Wait until all these texts are on the terminal."""
        await self._until_drawn(lambda seen: all(text in seen for text in texts), texts)

    async def see_no(self, text: str) -> None:
        """Wait until a text is gone from the terminal."""
        await self._until_drawn(lambda seen: text not in seen, f"no {text}")

    async def _until_drawn(self, condition: Callable[[str], bool], what: object) -> None:
        """Wait until a condition holds for the terminal, which is read when something was drawn."""
        drawn = -1

        def holds() -> bool:
            nonlocal drawn
            if drawn == self._drawn:
                return False
            drawn = self._drawn
            return condition(self.text())

        await self.until(holds, what)

    async def until(self, condition: Callable[[], bool], what: object = "") -> None:
        """Wait until a condition holds."""
        limit = time.monotonic() + LIMIT_SECONDS
        while not condition():
            assert self.app.failure is None, self.app.failure
            assert time.monotonic() < limit, f"{what!r} never came:\n{self.text()}"
            await asyncio.sleep(PAUSE_SECONDS)
        # All that belongs to it has been done.
        await self.pilot.pause(0)

    def widget(self, selector: str, kind: type[W]) -> W:
        """Give a widget of the current screen."""
        return self.app.screen.query_one(selector, kind)

    async def apart(self, act: Callable[[], Any]) -> Any:  # noqa: ANN401 - whatever it gives
        """Let somebody else act meanwhile: the other program, the bank."""
        return await asyncio.to_thread(act)

    def photograph(self, path: str | Path) -> None:
        """Draw the terminal as a picture."""
        from tests.scripts.programs import script

        image = script("drawing.py").draw(self.segments(), self.app.size.width)
        image.save(path)


def play(
    make: Callable[[], KitApp],
    scenario: Callable[[Player], Awaitable[None]],
    size: tuple[int, int] = SMALL,
) -> None:
    """Run screens of so many columns and rows for a scenario; fail with what went wrong in them."""

    async def run() -> None:
        app = make()
        try:
            async with app.run_test(size=size, tooltips=False) as pilot:
                await scenario(Player(app, pilot))
                # What was begun is done before the screens go away under it.
                await pilot.pause()
        finally:
            # Without a terminal nothing tells the application that it ends.
            await app.let_go()
        assert app.failure is None, app.failure

    asyncio.run(run())

"""The row under the bar that says what a broken line means for what one sees and can do."""

from __future__ import annotations

from typing import TYPE_CHECKING, cast

from textual.widgets import Static

from terminal_kit.language import _
from terminal_kit.screens.link import Line
from terminal_kit.words import told

if TYPE_CHECKING:
    from terminal_kit.screens.app import KitApp
    from terminal_kit.screens.link import Link


class Banner(Static):
    """Not there while the line is whole."""

    def __init__(self) -> None:
        super().__init__(markup=False)

    def on_mount(self) -> None:
        """Follow the line."""
        self.watch(self.app, "link", self.show)

    def show(self, link: Link) -> None:
        """Say what holds."""
        said = ""
        if link.line is Line.OFFLINE:
            works = _(cast("KitApp", self.app).STILL_WORKS)
            said = _("▲ Offline since {time}: what you see is of then. {works}")
            said = said.format(time=link.since, works=works).rstrip()
        elif link.line is Line.REFUSED and link.error is not None:
            said = f"✗ {told(link.error)}"
        self.update(said)
        self.display = bool(said)
        self.set_class(link.line is Line.REFUSED, "-refused")

"""The first row: the program, where one is, whose profile it is, and how the line stands."""

from __future__ import annotations

from typing import TYPE_CHECKING

from textual.containers import Horizontal
from textual.widgets import Static

from terminal_kit.language import _

if TYPE_CHECKING:
    from textual.app import ComposeResult

    from terminal_kit.screens.link import Link

TONES = ("muted", "good", "warn", "bad")
#: A clock that is further off than this is worth a word, in milliseconds.
SKEW_MS = 60_000


class TopBar(Horizontal):
    """One row over every screen."""

    def __init__(self, title: str) -> None:
        super().__init__()
        self._title = title

    def compose(self) -> ComposeResult:
        """Give its three parts."""
        from terminal_kit.screens.app import KitApp

        assert isinstance(self.app, KitApp)
        yield Static(f"◆ {_(str(self.app.TITLE))}", id="program", markup=False)
        yield Static(self._title, id="where", markup=False)
        profile = self.app.chosen.profile
        yield Static("" if profile == "default" else profile, id="profile", markup=False)
        yield Static(id="skew", markup=False)
        yield Static(id="line", markup=False)

    def on_mount(self) -> None:
        """Follow the line."""
        self.watch(self.app, "link", self._show_link)

    def say(self, title: str) -> None:
        """Say everything anew, such as in another language."""
        from terminal_kit.screens.app import KitApp

        assert isinstance(self.app, KitApp)
        self.query_one("#where", Static).update(title)
        self._show_link(self.app.link)

    def _show_link(self, link: Link) -> None:
        from terminal_kit.screens.app import KitApp

        assert isinstance(self.app, KitApp)
        if not self.query("#line"):
            return  # Its screen is being left.
        line = self.query_one("#line", Static)
        line.update("" if self.app.desk is None else link.text())
        for tone in TONES:
            line.set_class(link.line.tone == tone, tone)
        skew = 0 if self.app.desk is None else self.app.desk.skew_ms()
        minutes = round(abs(skew) / 60_000)
        far = abs(skew) > SKEW_MS
        said = _("! this clock is {minutes} min off").format(minutes=minutes) if far else ""
        self.query_one("#skew", Static).update(said)

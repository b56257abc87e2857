"""What is seen when the bank lets this device do nothing: why, and what to do."""

from __future__ import annotations

from typing import TYPE_CHECKING

from textual.containers import VerticalGroup
from textual.widgets import Button, Static

from terminal_kit.language import N_, _
from terminal_kit.screens.screen import KitScreen

if TYPE_CHECKING:
    from textual.app import ComposeResult

    from terminal_kit.screens.link import Link


class ShutOut(KitScreen[None]):
    """Covers every other screen until the bank takes this device again, which is tried by itself.

    A subclass gives other words, and content between them and the button.
    """

    TITLE = N_("Shut out")
    RESPEAKS = True
    TONE = "bad"

    def headline(self) -> str:
        """Say in a few words what happened."""
        return _("✗ This device is shut out")

    def about(self) -> str:
        """Say what it means and what to do."""
        said = _(
            "The bank does not know this device any more: somebody has shut it out. What was"
            " acknowledged is kept at the bank, and no money is lost. If it was not you, look at"
            " the other devices now. To use this machine again, open a new profile:"
            " {program} --profile NAME"
        )
        return said.format(program=self.kit.chosen.program)

    def content(self) -> ComposeResult:
        """Give what stands between the words and the button."""
        yield from ()

    def body(self) -> ComposeResult:
        """Give the words and the way out."""
        with VerticalGroup(classes="card outcome"):
            yield Static(self.headline(), id="headline", classes=self.TONE, markup=False)
            yield from self.content()
            yield Static(self.about(), id="about", markup=False)
            yield Static(
                _("◌ Asking every second whether it holds."), classes="muted", markup=False
            )
            yield Button(_("Quit"), id="quit")

    def on_mount(self) -> None:
        """Follow the line."""
        self.watch(self.app, "link", self._look)

    def on_screen_resume(self) -> None:
        """Leave if that was over while something else was seen."""
        self._look(self.kit.link)

    def _look(self, link: Link) -> None:
        if link.is_live and self.is_current:
            self.dismiss()

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Offer no way back to what can do nothing."""
        return False if action == "back" else super().check_action(action, parameters)

    async def on_button_pressed(self) -> None:
        """Leave the program."""
        await self.kit.action_quit()

"""Settings: their sections on the left, one of them on the right, and doors to other places."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, ClassVar

from textual import on
from textual.binding import Binding
from textual.containers import Horizontal, VerticalScroll
from textual.widgets import ContentSwitcher, OptionList
from textual.widgets.option_list import Option

from terminal_kit.language import N_, _
from terminal_kit.screens.screen import KitScreen
from terminal_kit.screens.settings_sections import (
    LanguageSection,
    MotionSection,
    ProfileSection,
    ThemeSection,
)

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from textual.app import ComposeResult
    from textual.widget import Widget

DOOR = "→"


@dataclass(frozen=True, slots=True)
class Section:
    """A row on the left: its title, marked by `N_`, and what makes its content on the right."""

    id: str
    title: str
    make: Callable[[], Widget]


class SettingsScreen(KitScreen[None]):
    """A program's settings: a subclass adds sections of its own and names its ``DOORS``.

    ``DOORS`` are ids of places that are reached from here. ``OWNER`` is what the profile's owner is
    called, marked by `N_`.
    """

    TITLE = N_("Settings")
    CSS_PATH = "settings_screen.tcss"
    RESPEAKS = True
    BINDINGS: ClassVar = [
        Binding("left", "sections", N_("Sections"), id="sections", show=False),
        Binding("right", "content", N_("Change"), id="content", show=False),
        Binding("c", "copy", N_("Copy the number"), id="copy"),
    ]
    DOORS: ClassVar[tuple[str, ...]] = ()
    OWNER: ClassVar[str] = N_("Wallet")

    def __init__(self) -> None:
        super().__init__()
        self._at = "profile"

    def name_of(self) -> str:
        """Ask the bank for the owner's name, on a thread. Raises WalletError."""
        raise NotImplementedError

    def sections(self) -> Sequence[Section]:
        """Give what is on the left, in order; a subclass adds its own between these."""
        return (
            Section("profile", N_("Profile"), lambda: ProfileSection(_(self.OWNER), self.name_of)),
            Section("language", N_("Language"), LanguageSection),
            Section("theme", N_("Theme"), ThemeSection),
            Section("motion", N_("Motion"), MotionSection),
        )

    def body(self) -> ComposeResult:
        """Give both sides."""
        sections = self.sections()
        rows = [Option(_(one.title), id=one.id) for one in sections]
        doors = [(name, _(self.kit.place(name).title)) for name in self.DOORS]
        rows += [Option(f"{title} {DOOR}", id=f"door-{name}") for name, title in doors]
        with Horizontal(id="settings"):
            yield OptionList(*rows, id="sections", markup=False)
            with ContentSwitcher(initial=f"section-{self._at}", id="contents"):
                for one in sections:
                    with VerticalScroll(id=f"section-{one.id}", can_focus=False):
                        yield one.make()

    def on_mount(self) -> None:
        """Begin with the sections."""
        self.query_one("#sections", OptionList).focus()

    async def recompose(self) -> None:
        """Make everything anew in another language, and stay where one was."""
        within = self.focused is not None and self.focused.id != "sections"
        await super().recompose()
        sections = self.query_one("#sections", OptionList)
        sections.highlighted = sections.get_option_index(self._at)
        if within:
            self.action_content()
        else:
            sections.focus()

    @on(OptionList.OptionHighlighted, "#sections")
    def _look_at(self, event: OptionList.OptionHighlighted) -> None:
        """Show the section that the cursor stands on."""
        name = event.option.id or ""
        if not name.startswith("door-"):
            self._at = name
            self.query_one("#contents", ContentSwitcher).current = f"section-{name}"

    @on(OptionList.OptionSelected, "#sections")
    def _enter(self, event: OptionList.OptionSelected) -> None:
        """Go into the section, or through the door."""
        name = event.option.id or ""
        if name.startswith("door-"):
            self.kit.go(name.removeprefix("door-"))
        else:
            self.action_content()

    def action_sections(self) -> None:
        """Go to the left side."""
        self.query_one("#sections", OptionList).focus()

    def action_content(self) -> None:
        """Go to what can be changed in the section."""
        content = self.query_one(f"#section-{self._at}")
        for widget in content.query("*"):
            if widget.focusable:
                widget.focus()
                return

    def action_back(self) -> None:
        """Leave a section for the sections, and those for the screen below."""
        sections = self.query_one("#sections", OptionList)
        if self.focused is not None and self.focused is not sections:
            sections.focus()
        else:
            self.dismiss()

    def action_copy(self) -> None:
        """Copy the owner's whole number to the terminal's clipboard."""
        self.app.copy_to_clipboard(self.desk.session.profile.owner)
        self.notify(_("Copied."))

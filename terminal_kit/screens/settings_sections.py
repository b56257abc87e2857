"""The sections that every program's settings have: profile, language, theme, motion."""

from __future__ import annotations

from typing import TYPE_CHECKING, cast

import msgspec
from textual import on
from textual.containers import VerticalGroup
from textual.widgets import Button, Static

from terminal_kit.language import N_, _
from terminal_kit.screens.marks import GOOD, WAITING
from terminal_kit.screens.outcome import Fact
from terminal_kit.screens.themes import CHOICES
from terminal_kit.screens.widgets.choices import Choices
from terminal_kit.words import told, word
from wallet_api.contract.error_base import WalletError

if TYPE_CHECKING:
    from collections.abc import Callable

    from textual.app import ComposeResult

    from terminal_kit.credentials.store import StoreDescription
    from terminal_kit.language import Language
    from terminal_kit.screens.app import KitApp

STORES = {"os": N_("this system's password store"), "file": N_("an encrypted file")}
STORE_MARKS = {"ready": ("✓", GOOD), "locked": ("◌", WAITING), "absent": ("✗", "bad")}
SYSTEM, MOVES, STILL = "system", "moves", "still"
#: Languages are named in themselves, so that whoever reads no other finds them.
LANGUAGES = {SYSTEM: N_("As the system says"), "en": "English", "zh": "中文"}
MOTIONS = {MOVES: N_("Things may move"), STILL: N_("Nothing moves but what counts down")}


class _Settled(VerticalGroup):
    """A section that knows its application."""

    @property
    def kit(self) -> KitApp:
        """The application, typed."""
        return cast("KitApp", self.app)

    def about(self, text: str) -> Static:
        """Give the sentence over the choices."""
        return Static(text, classes="about", markup=False)


class ProfileSection(_Settled):
    """Whose profile this is, which device, where its bank is, and how its secrets are kept."""

    def __init__(self, owner: str, name_of: Callable[[], str]) -> None:
        super().__init__()
        self._owner = owner
        self._name_of = name_of

    def compose(self) -> ComposeResult:
        """Give the facts; how the store stands is found out on a thread."""
        desk = self.kit.desk
        assert desk is not None, "a profile is open"
        profile = desk.session.profile
        made = desk.session.made
        yield Static(_("Profile"), classes="card-title", markup=False)
        yield Fact(_("Profile"), self.kit.chosen.profile)
        yield Fact(_("Name"), "◌", id="name")
        yield Fact(self._owner, profile.owner)
        yield Fact(_("Device"), profile.device)
        yield Fact(_("Currency"), profile.currency)
        yield Fact(_("Bank"), profile.url if made is None else made.url)
        yield Fact(_("Secrets"), f"◌ {_(STORES[profile.store])}", id="store")
        yield Static(id="store-detail", classes="muted", markup=False)
        yield Button(_("Copy the number"), id="copy", compact=True)

    def on_mount(self) -> None:
        """Ask the store how it stands, and the bank for the name."""
        self.run_worker(self._look(), group="store", exclusive=True)
        self.run_worker(self._ask_name(), group="name", exclusive=True)

    async def _ask_name(self) -> None:
        desk = self.kit.desk
        assert desk is not None, "a profile is open"
        try:
            name = await desk.ask(self._name_of)
        except WalletError as error:
            name = f"✗ {told(error)}"
        for fact in self.query("#name").results(Fact):
            fact.show(name)

    async def _look(self) -> None:
        desk = self.kit.desk
        assert desk is not None, "a profile is open"
        found = await desk.look(desk.session.store.describe)
        if self.query("#store"):
            self._show(found)

    def _show(self, found: StoreDescription) -> None:
        mark, tone = STORE_MARKS[found.state]
        kind = _(STORES.get(found.kind, found.kind))
        store = self.query_one("#store", Fact)
        store.show(f"{mark} {kind}: {word(found.state)}")
        store.add_class(tone)
        self.query_one("#store-detail", Static).update(found.detail)

    @on(Button.Pressed, "#copy")
    async def _copy(self) -> None:
        await self.screen.run_action("copy")


class LanguageSection(_Settled):
    """Which language the programs speak."""

    def compose(self) -> ComposeResult:
        """Give the languages."""
        yield Static(_("Language"), classes="card-title", markup=False)
        yield self.about(_("The commands speak it too; --lang wins over it."))
        names = {value: _(name) for value, name in LANGUAGES.items()}
        yield Choices(names, self.kit.settings.language or SYSTEM, id="languages")

    @on(Choices.Picked, "#languages")
    def _pick(self, event: Choices.Picked) -> None:
        language = None if event.value == SYSTEM else cast("Language", event.value)
        self.kit.change(msgspec.structs.replace(self.kit.settings, language=language))


class ThemeSection(_Settled):
    """How it looks: a theme is worn while the cursor stands on it, and kept by Enter."""

    def compose(self) -> ComposeResult:
        """Give our themes and the terminal's; Textual's are in the palette."""
        yield Static(_("Theme"), classes="card-title", markup=False)
        yield self.about(_("Move to try one on, Enter keeps it."))
        names = {value: _(name) for value, name in CHOICES.items()}
        worn = self.kit.settings.theme
        yield Choices(names if worn in names else names | {worn: worn}, worn, id="themes")
        yield Button(_("More themes"), id="more", compact=True)

    @on(Choices.Moved, "#themes")
    def _try_on(self, event: Choices.Moved) -> None:
        if event.control.has_focus:
            self.kit.theme = event.value

    @on(Choices.Picked, "#themes")
    def _keep(self, event: Choices.Picked) -> None:
        self.kit.change(msgspec.structs.replace(self.kit.settings, theme=event.value))
        event.control.mark(event.value)

    def on_descendant_blur(self) -> None:
        """Wear what was kept again."""
        self.kit.theme = self.kit.kept_theme()
        self.query_one(Choices).rest()

    @on(Button.Pressed, "#more")
    def _more(self) -> None:
        self.kit.action_change_theme()


class MotionSection(_Settled):
    """Whether anything moves besides what counts down."""

    def compose(self) -> ComposeResult:
        """Give both."""
        yield Static(_("Motion"), classes="card-title", markup=False)
        yield self.about(_("What shows progress or time goes on in words either way."))
        names = {value: _(name) for value, name in MOTIONS.items()}
        yield Choices(names, MOVES if self.kit.settings.motion else STILL, id="motions")

    @on(Choices.Picked, "#motions")
    def _pick(self, event: Choices.Picked) -> None:
        motion = event.value == MOVES
        self.kit.change(msgspec.structs.replace(self.kit.settings, motion=motion))
        event.control.mark(event.value)

"""Choosing a person: among those one has dealt with, or by a wallet's id or a personal code."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, ClassVar, cast

from textual import on, work
from textual.binding import Binding
from textual.containers import HorizontalGroup, VerticalGroup
from textual.screen import ModalScreen
from textual.widgets import Button, Input, OptionList, Static
from textual.widgets.option_list import Option

from payment_codes import native
from terminal_kit.language import N_, _
from terminal_kit.reading import Source, read_code
from terminal_kit.screens.followed import stands
from terminal_kit.words import told
from wallet_api.contract.error_base import WalletError
from wallet_api.contract.ids import is_id, short_code
from wallet_api.contract.people import Payee
from wallet_api.contract.text import printable
from wallet_cli.people import People

if TYPE_CHECKING:
    from collections.abc import Callable

    from textual.app import ComposeResult

    from terminal_kit.screens.app import KitApp
    from terminal_kit.screens.desk import Desk


class ChoosePerson(ModalScreen[Payee | None]):
    """Gives the person, or None when one goes back. ``question`` says what for."""

    CSS_PATH = "person.tcss"
    BINDINGS: ClassVar = [
        Binding("escape", "dismiss(None)", N_("Back"), id="back"),
        Binding("down", "move('cursor_down')", N_("Down"), id="down", show=False),
        Binding("up", "move('cursor_up')", N_("Up"), id="up", show=False),
        Binding("f2", "clipboard", N_("From the clipboard"), id="clipboard"),
    ]

    def __init__(self, question: str) -> None:
        super().__init__()
        self._question = question
        self._recent: list[Payee] = []
        self._about = ""

    @property
    def desk(self) -> Desk:
        """The open profile's desk."""
        desk = cast("KitApp", self.app).desk
        assert desk is not None, "a profile is open"
        return desk

    def compose(self) -> ComposeResult:
        """Give the field, the people below it, and what is wrong."""
        with VerticalGroup(classes="dialog"):
            yield Static(self._question, classes="question", markup=False)
            yield Input(placeholder=_("Name, wallet id or personal code"), id="who")
            yield Static(id="wrong", classes="bad", markup=False)
            yield OptionList(id="people", markup=False)
            yield Static(_("◌ Looking…"), id="about", classes="muted", markup=False)
            with HorizontalGroup(classes="buttons"):
                yield Button(_("Choose"), variant="primary", id="choose")
                yield Button(_("Clipboard F2"), id="clipboard")
                yield Button(_("Back"), id="leave")

    def on_mount(self) -> None:
        """Ask whom one has dealt with."""
        self.query_one("#who", Input).focus()
        self._find_recent()

    @work(group="recent")
    async def _find_recent(self) -> None:
        wrong = ""
        try:
            self._recent = await self.desk.ask(People(self.desk.session).recent)
        except WalletError as error:
            wrong = f"✗ {told(error)}"
        if stands(self):
            self._list()
            self._say(wrong)

    @on(Input.Changed, "#who")
    def _list(self) -> None:
        """List the people whose name has what is typed in it."""
        self._say("")
        typed = self.query_one("#who", Input).value.strip().casefold()
        found = [one for one in self._recent if typed in one.name.casefold()]
        people = self.query_one("#people", OptionList)
        people.set_options(
            Option(f"{printable(one.name)}  {short_code(one.wallet)}", id=one.wallet)
            for one in found
        )
        people.display = bool(found)
        people.highlighted = 0 if found else None
        self._about = _about(found=bool(found), known=bool(self._recent))
        self._say_about(self._about)

    @on(Input.Submitted, "#who")
    @on(Button.Pressed, "#choose")
    def _choose(self) -> None:
        text = self.query_one("#who", Input).value.strip()
        people = self.query_one("#people", OptionList)
        if _names_somebody(text):
            self._ask(partial(People(self.desk.session).payee, text))
        elif people.highlighted_option is not None:
            self._take(people.highlighted_option)
        else:
            self._say(_("✗ Nobody yet: paste a wallet id or a personal code."))

    @on(OptionList.OptionSelected, "#people")
    def _select(self, event: OptionList.OptionSelected) -> None:
        self._take(event.option)

    @on(Button.Pressed, "#leave")
    def _leave(self) -> None:
        self.dismiss(None)

    @on(Button.Pressed, "#clipboard")
    def action_clipboard(self) -> None:
        """Take the person of a code, or of its picture, in the clipboard."""
        people = People(self.desk.session)
        self._ask(lambda: people.payee(read_code(Source(clipboard=True)).strip()))

    def action_move(self, action: str) -> None:
        """Move among the people while the field keeps the focus."""
        people = self.query_one("#people", OptionList)
        if people.display:
            getattr(people, f"action_{action}")()

    def _take(self, option: Option) -> None:
        self.dismiss(next(one for one in self._recent if one.wallet == option.id))

    @work(group="resolve", exclusive=True)
    async def _ask(self, act: Callable[[], Payee]) -> None:
        self._say("")
        self._say_about(_("◌ Looking…"))
        try:
            payee = await self.desk.ask(act)
        except WalletError as error:
            if stands(self):
                self._say(f"✗ {told(error)}")
                self._say_about(self._about)
        else:
            self.dismiss(payee)

    def _say(self, text: str) -> None:
        self.query_one("#wrong", Static).update(text)

    def _say_about(self, text: str) -> None:
        self.query_one("#about", Static).update(text)


def _names_somebody(text: str) -> bool:
    """Say whether a text is meant as a wallet's id or a code, and not as a name."""
    return is_id(text) or native.GUID in text or text.startswith("0002")


def _about(*, found: bool, known: bool) -> str:
    if found:
        return _("↑ ↓ choose among them, Enter takes one.")
    if known:
        return _("Nobody of that name. A wallet id or a personal code works too.")
    return _("Their wallet shows its id in Settings, and a code under Receive.")

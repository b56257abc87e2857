"""The row of a form that says whom it is about."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from textual import on
from textual.containers import HorizontalGroup
from textual.message import Message
from textual.widgets import Button, Static

from terminal_kit.language import _
from wallet_api.contract.ids import short_code
from wallet_api.contract.text import printable
from wallet_cli.screens.dialogs.person import ChoosePerson

if TYPE_CHECKING:
    from textual.app import ComposeResult

    from wallet_api.contract.people import Payee


class PersonRow(HorizontalGroup):
    """Shows the person, and lets one choose another.

    ``question`` says what for, ``nobody`` what it means that nobody is chosen.
    """

    DEFAULT_CSS = """
    PersonRow { width: 1fr; }
    PersonRow > .person-name { width: 1fr; padding: 1 1 0 1; text-style: bold; height: auto; }
    """

    @dataclass
    class Chosen(Message):
        """A person was chosen."""

        row: PersonRow
        payee: Payee

        @property
        def control(self) -> PersonRow:
            """The row."""
            return self.row

    def __init__(
        self,
        question: str,
        *,
        nobody: str = "",
        id: str | None = None,  # noqa: A002 - Textual's name
    ) -> None:
        super().__init__(id=id)
        self._question = question
        self._nobody = nobody or _("nobody yet")
        self.payee: Payee | None = None

    def compose(self) -> ComposeResult:
        """Give the name and the button."""
        yield Static(self._name_text(), classes="person-name", markup=False)
        yield Button(_("Choose… F3"))

    @on(Button.Pressed)
    def _pressed(self, event: Button.Pressed) -> None:
        event.stop()
        self.choose()

    def choose(self) -> None:
        """Let the person choose."""
        self.app.push_screen(ChoosePerson(self._question), self._take)

    def show(self, payee: Payee) -> None:
        """Show somebody."""
        self.payee = payee
        self.query_one(".person-name", Static).update(self._name_text())

    def _take(self, payee: Payee | None) -> None:
        if payee is not None:
            self.show(payee)
            self.post_message(self.Chosen(self, payee))

    def _name_text(self) -> str:
        if self.payee is None:
            return self._nobody
        return f"{printable(self.payee.name)}  {short_code(self.payee.wallet)}"

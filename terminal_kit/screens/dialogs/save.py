"""Saving something to a file: its name, a question before a file is replaced, what went wrong."""

from __future__ import annotations

import os
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, ClassVar, cast

from textual import on, work
from textual.binding import Binding
from textual.containers import HorizontalGroup, VerticalGroup
from textual.screen import ModalScreen
from textual.widgets import Button, Input, Static

from terminal_kit.code_output import require_savable, save_code_as
from terminal_kit.language import N_, _
from terminal_kit.screens.dialogs.confirm import ConfirmDialog
from terminal_kit.words import told
from wallet_api.contract.error_base import WalletError
from wallet_api.contract.text import printable

if TYPE_CHECKING:
    from collections.abc import Callable

    from textual.app import ComposeResult

    from terminal_kit.screens.app import KitApp


class SaveDialog(ModalScreen[str | None]):
    """Asks for a file's name and writes it; gives the name, or None when the person goes back.

    ``what`` says what is saved, ``name`` is proposed, ``hint`` may name other endings. ``write``
    writes the file of a name, on a thread, and raises WalletError.
    """

    BINDINGS: ClassVar = [Binding("escape", "dismiss(None)", N_("Back"), id="back")]

    def __init__(
        self, what: str, name: str, write: Callable[[str], object], hint: str = ""
    ) -> None:
        super().__init__()
        self._what = what
        self._proposed = name
        self._write = write
        self._hint = hint

    def compose(self) -> ComposeResult:
        """Give the field, where the file will be, and the row that says what is wrong."""
        with VerticalGroup(classes="dialog"):
            yield Static(self._what, classes="question", markup=False)
            yield Input(
                self._proposed, placeholder=_("File name"), select_on_focus=False, id="file"
            )
            folder = _("In {folder}").format(folder=printable(str(Path.cwd())))
            yield Static(folder, classes="muted", markup=False)
            yield Static(self._hint, id="hint", classes="muted", markup=False)
            yield Static(id="wrong", classes="bad", markup=False)
            with HorizontalGroup(classes="buttons"):
                yield Button(_("Save"), variant="primary", id="save")
                yield Button(_("Back"), id="cancel")

    def on_mount(self) -> None:
        """Let the name be typed over, up to its ending."""
        field = self.query_one("#file", Input)
        field.focus()
        field.cursor_position = len(Path(self._proposed).stem)

    @on(Input.Changed, "#file")
    def _typed(self, event: Input.Changed) -> None:
        self.query_one("#save", Button).disabled = not event.value.strip()
        self._say("")

    @on(Input.Submitted, "#file")
    @on(Button.Pressed, "#save")
    def _start(self) -> None:
        name = self.query_one("#file", Input).value.strip()
        if name and not self.query_one("#save", Button).disabled:
            self._save(str(Path(name).expanduser()))

    @on(Button.Pressed, "#cancel")
    def _go_back(self) -> None:
        self.dismiss(None)

    @work(exclusive=True)
    async def _save(self, name: str) -> None:
        button = self.query_one("#save", Button)
        button.disabled = True
        try:
            saved = await self._saved(name)
        except WalletError as error:
            self._say(f"✗ {told(error)}")
            saved = False
        finally:
            button.disabled = False
        if saved:
            said = _("Saved as {file}.").format(file=printable(name))
            self.app.notify(said, markup=False)
            self.dismiss(name)

    async def _saved(self, name: str) -> bool:
        """Write the file unless the person keeps the one that is there. Raises WalletError."""
        desk = cast("KitApp", self.app).desk
        assert desk is not None, "a profile is open"
        if await desk.look(partial(os.path.lexists, name)) and not await self._replaces(name):
            return False
        await desk.look(partial(self._write, name))
        return True

    async def _replaces(self, name: str) -> bool:
        question = _("{file} is there already.").format(file=printable(name))
        dialog = ConfirmDialog(question, _("Replace it"), dangerous=True)
        replaces: bool = await self.app.push_screen_wait(dialog)
        return replaces

    def _say(self, text: str) -> None:
        self.query_one("#wrong", Static).update(text)


def saving_code(payload: str, name: str) -> SaveDialog:
    """Give the dialog that saves a code as a picture, or as its text, by the name's ending."""

    def write(file: str) -> None:
        require_savable(file)
        save_code_as(payload, file)

    return SaveDialog(_("Save the code"), name, write, _("A picture as .png or .svg, text as .txt"))

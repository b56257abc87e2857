"""The locked store: asks for the passphrase of the encrypted file, or waits for the system's."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING, ClassVar

from textual import on
from textual.binding import Binding
from textual.containers import HorizontalGroup, VerticalGroup
from textual.widgets import Button, Input, Static

from terminal_kit.credentials.passphrase import FILE_VARIABLE
from terminal_kit.language import N_, _
from terminal_kit.profiles import load_profile
from terminal_kit.screens.screen import KitScreen
from terminal_kit.words import told
from wallet_api.contract.error_base import WalletError
from wallet_api.contract.errors import StoreLocked

if TYPE_CHECKING:
    from textual.app import ComposeResult


class Unlock(KitScreen[None]):
    """Opens the profile once its store does."""

    TITLE = N_("Locked")
    RESPEAKS = True
    BINDINGS: ClassVar = [Binding("enter", "open", N_("Open"), id="open")]

    def __init__(self) -> None:
        super().__init__()
        self._opening = False

    def body(self) -> ComposeResult:
        """Give the field, or what to do where a person types nothing here."""
        chosen = self.kit.chosen
        store = load_profile(chosen.program, chosen.profile).store
        self._asks = store == "file" and not os.environ.get(FILE_VARIABLE)
        with VerticalGroup(classes="card"):
            yield Static(self._title(store), classes="card-title", markup=False)
            if self._asks:
                placeholder = _("Passphrase")
                yield Input(password=True, placeholder=placeholder, id="passphrase")
            else:
                yield Static(self._advice(store), markup=False)
            yield Static(self._reason(), id="wrong", classes="bad", markup=False)
            with HorizontalGroup(classes="buttons"):
                text = _("Open") if self._asks else _("Try again")
                yield Button(text, variant="primary", id="open")
            if self._asks:
                said = _(
                    "Nobody can recover a forgotten passphrase; the money stays at the bank. Join"
                    " as a new device then: {program} --profile NAME"
                )
                yield Static(
                    said.format(program=chosen.program), classes="muted about", markup=False
                )

    def _title(self, store: str) -> str:
        if store == "os":
            return _("◌ This system's password store is locked")
        said = _("◌ The secrets of profile {profile} are locked")
        return said.format(profile=self.kit.chosen.profile)

    def _advice(self, store: str) -> str:
        if store == "os":
            return _("Unlock it as your system does it, then try again. Nothing was sent.")
        said = _("{variable} names a file with the passphrase. Set it right and start again.")
        return said.format(variable=FILE_VARIABLE)

    def _reason(self) -> str:
        """Say why it is locked where it is not for want of a passphrase."""
        error = self.kit.locked
        return "" if self._asks or error is None else f"✗ {told(error)}"

    def on_mount(self) -> None:
        """Put the focus where Enter opens."""
        self.query_one("#passphrase" if self._asks else "Button#open").focus()

    @on(Button.Pressed, "#open")
    @on(Input.Submitted, "#passphrase")
    def action_open(self) -> None:
        """Try to open, unless that is under way."""
        if not self._opening:
            self._opening = True
            # It ends by taking this screen away, and its workers with it.
            self.app.run_worker(self._open(), group="unlock")

    async def _open(self) -> None:
        passphrase = self.query_one("#passphrase", Input).value if self._asks else ""
        self._complain("")
        try:
            async with self.busy("open"):
                await self.kit.enter((lambda _prompt: passphrase) if self._asks else None)
        except StoreLocked as error:
            wrong = _("✗ That does not open it. The passphrase is wrong, or the file was altered.")
            self._complain(wrong if self._asks else f"✗ {told(error)}")
        except WalletError as error:
            self._complain(f"✗ {told(error)}")
        finally:
            self._opening = False

    def _complain(self, text: str) -> None:
        self.query_one("#wrong", Static).update(text)
        if text and self._asks:
            field = self.query_one("#passphrase", Input)
            field.value = ""
            field.focus()

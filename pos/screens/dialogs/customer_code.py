"""Taking the customer's code: scanned, pasted, typed, or read off a picture."""

from __future__ import annotations

from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, ClassVar, cast

from textual import on
from textual.binding import Binding
from textual.containers import HorizontalGroup, VerticalGroup
from textual.screen import ModalScreen
from textual.widgets import Button, Input, Static

from pos.presented import payer_code, payer_code_at
from terminal_kit.language import N_, _
from terminal_kit.pictures import is_picture
from terminal_kit.reading import Source
from terminal_kit.screens.dialogs.file_picker import FilePicker
from terminal_kit.screens.money import shown
from terminal_kit.screens.scanned import Scanned
from terminal_kit.words import told
from wallet_api.contract.error_base import WalletError

if TYPE_CHECKING:
    from collections.abc import Callable

    from textual.app import ComposeResult

    from payment_codes.amount import Amount
    from terminal_kit.screens.app import KitApp


class CustomerCodeDialog(ModalScreen[str | None], Scanned):
    """Gives the 18 digits of one of our payer codes, or None."""

    BINDINGS: ClassVar = [
        Binding("escape", "dismiss(None)", N_("Back"), id="back"),
        Binding("f2", "picture", N_("Picture"), id="picture"),
        Binding("f3", "clipboard", N_("Clipboard"), id="clipboard"),
        Binding("f4", "screen", N_("Screen"), id="screen"),
    ]

    def __init__(self, total: Amount) -> None:
        super().__init__()
        Scanned.__init__(self)
        self._total = total

    def compose(self) -> ComposeResult:
        """Give what is charged, the field, and where else a code may be."""
        title = _("Charge {amount} on the customer's code").format(amount=shown(self._total))
        with VerticalGroup(classes="dialog"):
            yield Static(title, classes="card-title question", markup=False)
            said = _("Scan it now, paste it, or type its 18 digits.")
            yield Static(said, classes="muted", markup=False)
            yield Input(placeholder="7812 3456 7890 1234 56", id="code")
            yield Static(id="wrong", classes="bad", markup=False)
            with HorizontalGroup(classes="buttons"):
                yield Button(_("Charge it"), variant="primary", id="charge")
                yield Button(_("Back"), id="cancel")
            with HorizontalGroup(classes="buttons places"):
                yield Button(_("Picture F2"), id="picture", compact=True)
                yield Button(_("Clipboard F3"), id="clipboard", compact=True)
                yield Button(_("Screen F4"), id="screen", compact=True)

    def scanned(self, code: str) -> None:
        """Take a code that was scanned or pasted."""
        self._take(partial(payer_code, code))

    @on(Input.Submitted)
    @on(Button.Pressed, "#charge")
    def _typed(self) -> None:
        text = self.query_one("#code", Input).value.strip()
        if is_picture(Path(text)):
            self._take(partial(payer_code_at, Source(image=text)))
        else:
            self._take(partial(payer_code, text))

    @on(Button.Pressed, "#picture")
    def action_picture(self) -> None:
        """Choose a picture with the code in it."""
        self.app.push_screen(FilePicker(), self._picked)

    def _picked(self, path: Path | None) -> None:
        if path is not None:
            self._take(partial(payer_code_at, Source(image=str(path))))

    @on(Button.Pressed, "#clipboard")
    def action_clipboard(self) -> None:
        """Read the code off the clipboard."""
        self._take(partial(payer_code_at, Source(clipboard=True)))

    @on(Button.Pressed, "#screen")
    def action_screen(self) -> None:
        """Read the code off this machine's screen."""
        self._take(partial(payer_code_at, Source(screen=True)))

    @on(Button.Pressed, "#cancel")
    def _go_back(self) -> None:
        self.dismiss(None)

    def _take(self, read: Callable[[], str]) -> None:
        self.run_worker(self._read(read), group="read", exclusive=True)

    async def _read(self, read: Callable[[], str]) -> None:
        desk = cast("KitApp", self.app).desk
        assert desk is not None, "a profile is open"
        wrong = self.query_one("#wrong", Static)
        wrong.update("")
        try:
            code = await desk.look(read)
        except WalletError as error:
            wrong.update(f"✗ {told(error)}")
            return
        self.dismiss(code)

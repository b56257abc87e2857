"""An invitation for another till: its code in large, how to use it, how long it lives."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar, cast

from textual import on
from textual.binding import Binding
from textual.containers import HorizontalGroup, VerticalGroup
from textual.screen import ModalScreen
from textual.widgets import Button, Static

from terminal_kit.language import N_, _
from terminal_kit.screens.widgets.countdown import Countdown
from wallet_api.contract.instants import instant_ms
from wallet_api.contract.invites import INVITE_LIFE

if TYPE_CHECKING:
    from textual.app import ComposeResult

    from terminal_kit.screens.app import KitApp
    from wallet_api.contract.administration import InviteCard


class InviteDialog(ModalScreen[None]):
    """Shows a code until the person has used it; nobody can be shown it again."""

    DEFAULT_CSS = """
    InviteDialog #code {
        height: 3;
        margin: 1 0;
        content-align: center middle;
        text-style: bold;
        color: $primary;
        background: $panel;
    }
    InviteDialog #how { height: auto; margin: 0 0 1 0; }
    """
    BINDINGS: ClassVar = [
        Binding("escape", "dismiss", N_("Done"), id="back"),
        Binding("c", "copy", N_("Copy"), id="copy"),
    ]

    def __init__(self, code: str, card: InviteCard) -> None:
        super().__init__()
        self._code = code
        self._card = card

    def compose(self) -> ComposeResult:
        """Give the code and what to do with it."""
        desk = cast("KitApp", self.app).desk
        assert desk is not None, "a profile is open"
        with VerticalGroup(classes="dialog"):
            yield Static(_("Invitation for a till"), classes="card-title", markup=False)
            yield Static(self._code.replace("-", "  "), id="code", markup=False)
            how = _(
                "On the other machine start `pos`, choose another till of a shop, and type this"
                " code. Or run: pos open --invite {code}"
            )
            yield Static(how.format(code=self._code), id="how", markup=False)
            yield Countdown(desk.business_ms, id="left")
            yield Static(_("It is shown this once."), classes="muted", markup=False)
            with HorizontalGroup(classes="buttons"):
                yield Button(_("Copy"), id="copy")
                yield Button(_("Done"), variant="primary", id="done")

    def on_mount(self) -> None:
        """Count down."""
        until = instant_ms(self._card.expires_at)
        self.query_one(Countdown).count(until, INVITE_LIFE * 1_000)
        self.query_one("#done", Button).focus()

    @on(Countdown.Over)
    def _end(self) -> None:
        self.query_one("#how", Static).update(_("✗ It lives no longer; make another."))
        self.query_one("#code", Static).update("")

    @on(Button.Pressed, "#copy")
    def action_copy(self) -> None:
        """Copy the code."""
        self.app.copy_to_clipboard(self._code)
        self.notify(_("Copied."))

    @on(Button.Pressed, "#done")
    def _go_on(self) -> None:
        self.dismiss()

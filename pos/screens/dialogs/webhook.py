"""Adding a webhook: where events are sent and which, then its secret, shown this once."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, ClassVar, cast

from textual import on
from textual.binding import Binding
from textual.containers import HorizontalGroup, VerticalGroup
from textual.screen import ModalScreen
from textual.widgets import Button, Input, Static

from pos.webhooks import Webhooks
from terminal_kit.language import N_, _
from terminal_kit.words import told
from wallet_api.contract.error_base import WalletError
from wallet_api.contract.events import is_pattern
from wallet_api.contract.webhooks import LONGEST_URL, Webhook

if TYPE_CHECKING:
    from textual.app import ComposeResult

    from terminal_kit.screens.app import KitApp

FIRST_KINDS = "charge.*"


class WebhookDialog(ModalScreen[Webhook | None]):
    """Makes a webhook and gives it with its secret, or None when the person goes back."""

    BINDINGS: ClassVar = [Binding("escape", "dismiss(None)", N_("Back"), id="back")]

    def compose(self) -> ComposeResult:
        """Give both fields and what may be wrong."""
        with VerticalGroup(classes="dialog"):
            yield Static(_("Send events to a program of yours"), classes="card-title", markup=False)
            yield Static(_("Its address"), classes="label", markup=False)
            yield Input(placeholder="https://shop.example/events", max_length=LONGEST_URL, id="url")
            yield Static(_("Which events"), classes="label", markup=False)
            yield Input(FIRST_KINDS, select_on_focus=False, id="kinds")
            many = _("Several with spaces between: charge.succeeded settlement.*")
            yield Static(many, classes="muted", markup=False)
            yield Static(id="wrong", classes="bad", markup=False)
            with HorizontalGroup(classes="buttons"):
                yield Button(_("Add"), variant="primary", id="add")
                yield Button(_("Back"), id="cancel")

    @on(Input.Changed)
    def _typed(self) -> None:
        self._say("")

    @on(Input.Submitted, "#url")
    def _to_kinds(self) -> None:
        self.query_one("#kinds", Input).focus()

    @on(Input.Submitted, "#kinds")
    @on(Button.Pressed, "#add")
    def _start(self) -> None:
        url = self.query_one("#url", Input).value.strip()
        kinds = self.query_one("#kinds", Input).value.split() or [FIRST_KINDS]
        wrong = next((kind for kind in kinds if not is_pattern(kind)), None)
        if not url:
            self._say(_("✗ Type an address first."))
        elif wrong is not None:
            said = _("✗ {kind} names no events of a merchant; charge.* does, or charge.succeeded.")
            self._say(said.format(kind=wrong))
        elif not self.query_one("#add", Button).disabled:
            self.query_one("#add", Button).disabled = True
            self.run_worker(self._add(url, kinds), exclusive=True)

    async def _add(self, url: str, kinds: list[str]) -> None:
        desk = cast("KitApp", self.app).desk
        assert desk is not None, "a profile is open"
        try:
            made = await desk.ask(partial(Webhooks(desk.session).add, url, kinds))
        except WalletError as error:
            self._say(f"✗ {told(error)}")
            self.query_one("#add", Button).disabled = False
            return
        await desk.told()
        self.dismiss(made)

    @on(Button.Pressed, "#cancel")
    def _go_back(self) -> None:
        self.dismiss(None)

    def _say(self, text: str) -> None:
        self.query_one("#wrong", Static).update(text)


class SecretDialog(ModalScreen[None]):
    """Shows the secret of a new webhook until the person has it."""

    DEFAULT_CSS = """
    SecretDialog #secret {
        height: auto;
        margin: 1 0;
        padding: 1;
        text-style: bold;
        color: $primary;
        background: $panel;
    }
    """
    BINDINGS: ClassVar = [Binding("c", "copy", N_("Copy"), id="copy")]

    def __init__(self, webhook: Webhook) -> None:
        super().__init__()
        assert webhook.secret is not None, "a new webhook has a secret"
        self._url, self._secret = webhook.url, webhook.secret

    def compose(self) -> ComposeResult:
        """Give the secret and what it is for."""
        with VerticalGroup(classes="dialog"):
            going = _("✓ Events go to {url}").format(url=self._url)
            yield Static(going, classes="good", markup=False)
            yield Static(self._secret, id="secret", markup=False)
            once = _("It is shown this once. Whoever receives the events checks them with it.")
            yield Static(once, markup=False)
            with HorizontalGroup(classes="buttons"):
                yield Button(_("Copy"), variant="primary", id="copy")
                yield Button(_("I have it"), id="done")

    @on(Button.Pressed, "#copy")
    def action_copy(self) -> None:
        """Copy the secret."""
        self.app.copy_to_clipboard(self._secret)
        self.notify(_("Copied."))

    @on(Button.Pressed, "#done")
    def _go_on(self) -> None:
        self.dismiss()

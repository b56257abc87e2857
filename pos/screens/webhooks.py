"""Where this shop's events are sent: adding, testing, removing, and what became of each."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, ClassVar

from textual import on, work
from textual.binding import Binding
from textual.widgets import Static

from pos.screens.deliveries import Deliveries, delivery_said
from pos.screens.dialogs.webhook import SecretDialog, WebhookDialog
from pos.webhooks import WAIT_SECONDS
from pos.webhooks import Webhooks as Hooks
from terminal_kit.console import local_time
from terminal_kit.language import N_, _
from terminal_kit.screens.dialogs.confirm import ConfirmDialog
from terminal_kit.screens.screen import KitScreen
from terminal_kit.screens.widgets.paged_list import Cell, Column, PagedList
from terminal_kit.words import told
from wallet_api.contract.error_base import WalletError
from wallet_api.contract.ids import short_code
from wallet_api.contract.webhooks import Webhook
from wallet_api.contract.wire import Page

if TYPE_CHECKING:
    from collections.abc import Sequence

    from textual.app import ComposeResult

STATES = {
    "active": ("✓", N_("active"), "good"),
    "disabled": ("✗", N_("disabled"), "bad"),
    "removed": ("·", N_("removed"), "muted"),
}


class WebhookList(PagedList[Webhook]):
    """The webhooks, newest first."""

    COLUMNS = (
        Column(N_("State"), 12),
        Column(N_("Where to")),
        Column(N_("Events"), 18),
        Column(N_("Since"), 16, narrow=False),
        Column(N_("Number"), 8, narrow=False),
    )
    FOLLOWS = ("webhook.*",)
    EMPTY = N_("No webhooks yet. Press a to have events sent to a program of yours.")

    def fetch(self, cursor: str | None) -> Page[Webhook]:
        """Ask for all: there are ten at most."""
        del cursor
        return Page(items=Hooks(self.desk.session).list().items)

    def cells(self, row: Webhook) -> Sequence[Cell]:
        """Give a webhook's row."""
        mark, text, tone = STATES[row.state]
        return (
            (f"{mark} {_(text)}", tone),
            (row.url, ""),
            (" ".join(row.kinds), "muted"),
            (local_time(row.created_at)[:16], "muted"),
            (short_code(row.id), "muted"),
        )

    def key(self, row: Webhook) -> str:
        """Give the webhook's id."""
        return row.id


class Webhooks(KitScreen[None]):
    """The list, and what can be done with the chosen one."""

    TITLE = N_("Webhooks")
    CSS_PATH = "webhooks.tcss"
    BINDINGS: ClassVar = [
        Binding("a", "add", N_("Add"), id="add"),
        Binding("t", "test", N_("Test"), id="test"),
        Binding("x", "remove", N_("Remove"), id="remove"),
    ]

    def body(self) -> ComposeResult:
        """Give the list, and the row that says what was done."""
        yield WebhookList(id="webhooks")
        disabled = _("One whose delivery failed to the end is disabled; a test wakes it up.")
        yield Static(disabled, id="about", classes="muted", markup=False)
        yield Static(id="said", markup=False)

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Offer what can be done with the chosen webhook."""
        lists = self.query(WebhookList)
        if action in {"test", "remove"} and lists:
            chosen = lists.first().selected
            return chosen is not None and chosen.state != "removed"
        return super().check_action(action, parameters)

    @on(PagedList.Moved)
    def _look_at(self) -> None:
        self.refresh_bindings()

    @on(PagedList.Chosen)
    def _open(self, event: PagedList.Chosen) -> None:
        self.app.push_screen(Deliveries(event.row))

    def say(self, text: str, tone: str = "good") -> None:
        """Say what became of an act, in place."""
        row = self.query_one("#said", Static)
        row.update(text)
        row.set_classes(tone)

    @work(group="act", exclusive=True)
    async def action_add(self) -> None:
        """Ask where to and what, and show the secret, this once."""
        made = await self.app.push_screen_wait(WebhookDialog())
        if made is not None:
            self.action_reload()
            await self.app.push_screen_wait(SecretDialog(made))

    @work(group="act", exclusive=True)
    async def action_test(self) -> None:
        """Send a test event and say what the receiver made of it."""
        chosen = self.query_one(WebhookList).selected
        if chosen is None:
            return
        self.say(_("◌ Sending a test event…"), "warn")
        hooks = Hooks(self.desk.session)
        try:
            delivery = await self.ask(lambda: hooks.settled(hooks.test(chosen.id), WAIT_SECONDS))
        except WalletError as error:
            self.say(f"✗ {told(error)}", "bad")
            return
        self.say(*delivery_said(delivery))
        self.action_reload()

    @work(group="act", exclusive=True)
    async def action_remove(self) -> None:
        """Send nothing more, after asking."""
        chosen = self.query_one(WebhookList).selected
        if chosen is None:
            return
        question = _("Send nothing more to {url}?").format(url=chosen.url)
        if not await self.app.push_screen_wait(
            ConfirmDialog(question, _("Remove"), dangerous=True)
        ):
            return
        try:
            async with self.busy("webhooks"):
                await self.ask(partial(Hooks(self.desk.session).remove, chosen.id))
        except WalletError as error:
            self.say(f"✗ {told(error)}", "bad")
        else:
            self.say(_("✓ Nothing more goes to {url}").format(url=chosen.url))
        self.action_reload()

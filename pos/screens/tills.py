"""This shop's tills: who may take payments, inviting another, shutting one out, freezing all."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, ClassVar

from textual import on, work
from textual.binding import Binding
from textual.widgets import Static

from pos.screens.dialogs.invite import InviteDialog
from pos.security import Security
from pos.till import Till
from terminal_kit.console import local_time
from terminal_kit.language import N_, _
from terminal_kit.screens.dialogs.confirm import ConfirmDialog
from terminal_kit.screens.panel import Panel
from terminal_kit.screens.screen import KitScreen
from terminal_kit.screens.widgets.paged_list import Cell, Column, PagedList
from terminal_kit.words import told
from wallet_api.contract.administration import TillCard
from wallet_api.contract.error_base import WalletError
from wallet_api.contract.ids import short_code
from wallet_api.contract.wire import MerchantCard, Page

if TYPE_CHECKING:
    from collections.abc import Sequence

    from textual.app import ComposeResult


class Standing(Panel[MerchantCard]):
    """Whose shop it is, and whether it takes payments."""

    FOLLOWS = ("merchant.*",)

    card: MerchantCard | None = None

    def content(self) -> ComposeResult:
        """Give both rows."""
        yield Static(id="shop", markup=False)
        yield Static(id="takes", markup=False)

    def load(self) -> MerchantCard:
        """Ask for the card."""
        return Till(self.desk.session).card()

    def show(self, value: MerchantCard) -> None:
        """Fill them in."""
        self.card = value
        self.query_one("#shop", Static).update(f"{value.name} · {value.store}")
        takes = self.query_one("#takes", Static)
        text, tone = _standing(value)
        takes.update(text)
        takes.set_classes(tone)
        self.screen.refresh_bindings()


def _standing(card: MerchantCard) -> tuple[str, str]:
    if "bank" in card.frozen_by:
        return _("✗ The bank has frozen this shop; ask there."), "bad"
    if card.frozen_by:
        said = _("✗ Frozen by you: no payments are taken; refunds and reversals still work.")
        return said, "bad"
    return _("✓ Payments are taken."), "good"


class TillList(PagedList[TillCard]):
    """The shop's tills."""

    COLUMNS = (
        Column(N_("Till"), 8),
        Column(N_("Store")),
        Column(N_("Since"), 16),
        Column(N_("State"), 14),
        Column(N_("Which"), 8),
    )
    FOLLOWS = ("till.*",)
    EMPTY = N_("No till.")

    def fetch(self, cursor: str | None) -> Page[TillCard]:
        """Ask for all: a shop has few."""
        del cursor
        return Page(items=Security(self.desk.session).tills().items)

    def cells(self, row: TillCard) -> Sequence[Cell]:
        """Give a till's row."""
        is_active = row.state == "active"
        state = ("✓ " + _("active"), "good") if is_active else ("✗ " + _("shut out"), "muted")
        return (
            (short_code(row.id), "bold" if is_active else "muted"),
            (row.store, "" if is_active else "muted"),
            (local_time(row.added_at)[:16], "muted"),
            state,
            (_("this one") if row.this else "", "muted"),
        )

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Nothing more is known of a till, so there is nothing to open."""
        return action != "choose" and super().check_action(action, parameters)

    def key(self, row: TillCard) -> str:
        """Give the till's id."""
        return row.id


class Tills(KitScreen[None]):
    """Who may act for the shop; one act at a time."""

    TITLE = N_("Tills")
    CSS_PATH = "tills.tcss"
    BINDINGS: ClassVar = [
        Binding("i", "invite", N_("Invite a till"), id="invite"),
        Binding("x", "revoke", N_("Shut out"), id="revoke"),
        Binding("f", "freeze", N_("Freeze the shop"), id="freeze"),
        Binding("f", "unfreeze", N_("Lift the freeze"), id="unfreeze"),
    ]

    def body(self) -> ComposeResult:
        """Give the shop, its tills, and the row that says what was done."""
        yield Standing(id="standing")
        yield TillList(id="tills")
        yield Static(id="said", markup=False)

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Offer what can be done with the chosen till and with the shop."""
        lists, standings = self.query(TillList), self.query(Standing)
        if action == "revoke" and lists:
            till = lists.first().selected
            return till is not None and till.state == "active"
        if action in {"freeze", "unfreeze"} and standings:
            card = standings.first().card
            return card is not None and ("owner" in card.frozen_by) == (action == "unfreeze")
        return super().check_action(action, parameters)

    @on(PagedList.Moved)
    def _look_at(self) -> None:
        self.refresh_bindings()

    def say(self, text: str, tone: str = "good") -> None:
        """Say what became of an act, in place."""
        row = self.query_one("#said", Static)
        row.update(text)
        row.set_classes(tone)

    @work(group="act", exclusive=True)
    async def action_invite(self) -> None:
        """Make an invitation and show its code, this once."""
        try:
            async with self.busy("tills"):
                code, card = await self.ask(Security(self.desk.session).invite)
        except WalletError as error:
            self.say(f"✗ {told(error)}", "bad")
            return
        self.say("")
        self.app.push_screen(InviteDialog(code, card))

    @work(group="act", exclusive=True)
    async def action_revoke(self) -> None:
        """Shut the chosen till out, after asking."""
        till = self.query_one(TillList).selected
        if till is None:
            return
        question = _("Shut till {id} of {store} out? It can take no payment from now on.")
        if till.this:
            question = _("Shut THIS till out, {id} of {store}? It can never be used again.")
        asked = question.format(id=short_code(till.id), store=till.store)
        if not await self.app.push_screen_wait(ConfirmDialog(asked, _("Shut out"), dangerous=True)):
            return
        revoke = partial(Security(self.desk.session).revoke, till.id, itself=till.this)
        try:
            async with self.busy("tills"):
                await self.ask(revoke)
        except WalletError as error:
            self.say(f"✗ {told(error)}", "bad")
        else:
            self.say(_("✓ The till is shut out."))
        self.action_reload()

    @work(group="act", exclusive=True)
    async def action_freeze(self) -> None:
        """Take no more payments, after asking."""
        question = _(
            "Freeze the shop? No till takes a payment until you lift it; refunds still work."
        )
        if await self.app.push_screen_wait(
            ConfirmDialog(question, _("Freeze the shop"), dangerous=True)
        ):
            await self._turn(frozen=True)

    @work(group="act", exclusive=True)
    async def action_unfreeze(self) -> None:
        """Take payments again."""
        await self._turn(frozen=False)

    async def _turn(self, *, frozen: bool) -> None:
        security = Security(self.desk.session)
        try:
            async with self.busy("standing"):
                await self.ask(security.freeze if frozen else security.unfreeze)
        except WalletError as error:
            self.say(f"✗ {told(error)}", "bad")
        else:
            self.say("")
        self.action_reload()

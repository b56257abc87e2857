"""Gifts: those made and got, one with its code and who took a share, and taking one."""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING, ClassVar

from textual import on
from textual.binding import Binding
from textual.containers import HorizontalGroup

from terminal_kit.language import N_, _
from terminal_kit.screens.dialogs.confirm import ConfirmDialog
from terminal_kit.screens.dialogs.save import saving_code
from terminal_kit.screens.marks import marked, tone_of
from terminal_kit.screens.money import shown
from terminal_kit.screens.outcome import OutcomeScreen
from terminal_kit.screens.panel import Panel
from terminal_kit.screens.widgets.columns import Column
from terminal_kit.screens.widgets.paged_list import Cell, PagedList
from wallet_api.contract.people import Gift, GiftState
from wallet_cli.gifts import LONGEST_PAGE
from wallet_cli.gifts import Gifts as Behaviour
from wallet_cli.screens.acting import Acting
from wallet_cli.screens.acts import ConfirmingGift
from wallet_cli.screens.check import Check
from wallet_cli.screens.dialogs.gift_code import GiftCode
from wallet_cli.screens.giving import GiveGift
from wallet_cli.screens.outcomes import claim_outcome, gift_outcome, moment
from wallet_cli.screens.record import RecordPanel, RecordScreen
from wallet_cli.screens.widgets.code_pane import CodePane

if TYPE_CHECKING:
    from collections.abc import Sequence

    from textual.app import ComposeResult

    from terminal_kit.screens.outcome import Outcome
    from wallet_api.contract.people import Claim
    from wallet_api.contract.wire import Page

FILE_NAME = "gift.png"


class GiftList(PagedList[Gift]):
    """Gifts made and gifts to oneself, newest first."""

    COLUMNS = (
        Column(N_("When"), 11),
        Column(N_("Who")),
        Column(N_("Amount"), 16, "right"),
        Column(N_("Taken"), 9, "right"),
        Column(N_("State"), 16),
        Column(N_("Note"), 24, narrow=False),
    )
    FOLLOWS = ("gift.*",)
    EMPTY = N_("No gifts yet. Press n to give one, t to take one by its code.")

    def fetch(self, cursor: str | None) -> Page[Gift]:
        """Ask for a page."""
        return Behaviour(self.desk.session).page(LONGEST_PAGE, cursor)

    def cells(self, row: Gift) -> Sequence[Cell]:
        """Give when, to or from whom, how much, and how it stands."""
        mine = row.sender_id == self.desk.session.profile.owner
        party = _("to {name}").format(name=row.receiver) if row.receiver else _("by its code")
        party = party if mine else _("from {name}").format(name=row.sender)
        taken = _("{taken} of {count}").format(taken=row.claims, count=row.count)
        return (
            (moment(row.created_at)[5:], "muted"),
            (party, "bold"),
            (shown(row.amount), "" if mine else "good"),
            (taken, "muted"),
            (marked(row.state), tone_of(row.state)),
            (row.note or "", "muted"),
        )

    def key(self, row: Gift) -> str:
        """Give the id."""
        return row.id


class Gifts(Acting[None]):
    """The list; giving and each gift are screens of their own."""

    TITLE = N_("Gifts")
    CSS_PATH = "gifts.tcss"
    RESPEAKS = True
    BINDINGS: ClassVar = [
        Binding("n", "give", N_("Give"), id="give"),
        Binding("t", "take", N_("Take by code"), id="take"),
    ]

    def body(self) -> ComposeResult:
        """Give the list."""
        yield GiftList(id="gifts")
        yield from self.said()

    def action_give(self) -> None:
        """Give money away; then show the code."""
        self.app.push_screen(GiveGift(), self._given)

    def _given(self, gift: str | None) -> None:
        if gift is not None:
            self.app.push_screen(GiftScreen(gift))

    def action_take(self) -> None:
        """Take one's share of a gift."""
        self.begin(self._take)

    async def _take(self) -> None:
        text = await self.app.push_screen_wait(GiftCode())
        if text is None:
            return
        claim = await self.attempt(partial(Behaviour(self.desk.session).claim, text))
        if claim is not None:
            await self.app.push_screen(OutcomeScreen(claim_outcome(claim)))

    @on(PagedList.Chosen)
    def _open(self, event: PagedList.Chosen) -> None:
        self.app.push_screen(GiftScreen(event.row.id))


@dataclass(frozen=True, slots=True)
class Taken:
    """A gift, and who took a share of it."""

    gift: Gift
    claims: Sequence[Claim]


class GiftScreen(RecordScreen[Taken]):
    """One gift: its code while it can be taken, and the shares as they are taken."""

    TITLE = N_("Gift")
    CSS_PATH = "gifts.tcss"
    BARE = True
    FOLLOWS = ("gift.*",)
    ACTS = (
        ("confirm", N_("Confirm with the PIN")),
        ("give_up", N_("Give up")),
        ("take", N_("Take it")),
    )
    BINDINGS: ClassVar = [
        Binding("p", "confirm", N_("Confirm"), id="confirm"),
        Binding("x", "give_up", N_("Give up"), id="give-up"),
        Binding("t", "take", N_("Take it"), id="take"),
        Binding("c", "copy", N_("Copy"), id="copy"),
        Binding("s", "save", N_("Save"), id="save"),
    ]

    def body(self) -> ComposeResult:
        """Give the code with the gift beside it."""
        yield CodePane(
            RecordPanel(self.find, self.told, self.FOLLOWS),
            *self.said(),
            HorizontalGroup(*self.buttons(), classes="buttons"),
        )

    def find(self) -> Taken:
        """Look it up."""
        gifts = Behaviour(self.desk.session)
        gift = gifts.find(self.record_id)
        return Taken(gift, gifts.claims(gift))

    def told(self, record: Taken) -> Outcome:
        """Say how it stands."""
        return gift_outcome(record.gift, record.claims)

    def possible(self, record: Taken) -> set[str]:
        """Give what its giver, or the one it is for, may do."""
        gift, own = record.gift, self.desk.session.profile.owner
        if gift.sender_id == own:
            return {"confirm", "give_up"} if gift.state is GiftState.PIN_REQUIRED else set()
        return {"take"} if gift.state is GiftState.OPEN else set()

    @property
    def _payload(self) -> str:
        record = self.record
        open_code = record is not None and record.gift.state is GiftState.OPEN
        return (record.gift.payload or "") if record is not None and open_code else ""

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Offer to save the code only while there is one."""
        if action == "save":
            return bool(self._payload)
        return super().check_action(action, parameters)

    @on(Panel.Loaded)
    def _show_code(self) -> None:
        self.query_one(CodePane).show(self._payload)

    def action_copy(self) -> None:
        """Copy the code's text, or the number where there is no code."""
        self.app.copy_to_clipboard(self._payload or self.record_id)
        self.notify(_("Copied."))

    def action_save(self) -> None:
        """Save the code as a picture."""
        if self._payload:
            self.app.push_screen(saving_code(self._payload, FILE_NAME))

    def action_confirm(self) -> None:
        """Check it and confirm it with the PIN."""
        if self.record is not None:
            self.app.push_screen(Check(ConfirmingGift(self.record.gift)))

    def action_give_up(self) -> None:
        """Ask, and give it up."""
        if self.record is not None:
            self.begin(partial(self._give_up, self.record.gift))

    async def _give_up(self, gift: Gift) -> None:
        question = _("Give up the gift of {amount}?").format(amount=shown(gift.amount))
        if await self.app.push_screen_wait(ConfirmDialog(question, _("Give it up"))):
            await self.attempt(partial(Behaviour(self.desk.session).cancel, gift))
            self.reload()

    def action_take(self) -> None:
        """Take the gift."""
        self.begin(self._take)

    async def _take(self) -> None:
        claim = await self.attempt(partial(Behaviour(self.desk.session).claim, self.record_id))
        if claim is not None:
            self.reload()
            await self.app.push_screen(OutcomeScreen(claim_outcome(claim)))

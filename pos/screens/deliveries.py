"""What was sent to a webhook, and what its receiver made of it."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from textual import on, work
from textual.binding import Binding
from textual.widgets import Static

from pos.webhooks import WAIT_SECONDS, Webhooks, answer_of
from terminal_kit.console import local_time
from terminal_kit.language import N_, _
from terminal_kit.screens.screen import KitScreen
from terminal_kit.screens.widgets.paged_list import Cell, Column, PagedList
from terminal_kit.words import told
from wallet_api.contract.error_base import WalletError
from wallet_api.contract.ids import short_code
from wallet_api.contract.webhooks import Delivery, Webhook

if TYPE_CHECKING:
    from collections.abc import Sequence

    from textual.app import ComposeResult

    from wallet_api.contract.wire import Page

PAGE = 100
MARKS = {"succeeded": ("✓", "good"), "pending": ("◌", "warn"), "failed": ("✗", "bad")}


def delivery_said(delivery: Delivery) -> tuple[str, str]:
    """Say what became of a delivery, and in which tone."""
    mark, tone = MARKS[delivery.state]
    texts = {
        "succeeded": _("{mark} Delivered: {answer}"),
        "pending": _("{mark} Not delivered yet: {answer}. It is tried again."),
        "failed": _("{mark} Not delivered: {answer}"),
    }
    return texts[delivery.state].format(mark=mark, answer=answer_of(delivery)), tone


class DeliveryList(PagedList[Delivery]):
    """What was sent to one webhook, newest first."""

    COLUMNS = (
        Column(N_("When"), 19),
        Column(N_("Event")),
        Column(N_("Outcome"), 24),
        Column(N_("Tries"), 5, "right"),
        Column(N_("Number"), 8, narrow=False),
    )
    FOLLOWS = ("*",)
    EMPTY = N_("Nothing was sent yet. Go back and press t to send a test event.")

    def __init__(self, webhook: Webhook) -> None:
        super().__init__(id="deliveries")
        self._webhook = webhook

    def fetch(self, cursor: str | None) -> Page[Delivery]:
        """Ask for a page."""
        return Webhooks(self.desk.session).deliveries(self._webhook.id, PAGE, cursor)

    def cells(self, row: Delivery) -> Sequence[Cell]:
        """Give a delivery's row."""
        mark, tone = MARKS[row.state]
        return (
            (local_time(row.tried_at or row.created_at), "muted"),
            (row.kind, ""),
            (f"{mark} {answer_of(row)}", tone),
            (str(row.attempts), "muted"),
            (short_code(row.id), "muted"),
        )

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """All that is known of a delivery stands in its row, so there is nothing to open."""
        return action != "choose" and super().check_action(action, parameters)

    def key(self, row: Delivery) -> str:
        """Give the delivery's id."""
        return row.id


class Deliveries(KitScreen[None]):
    """The deliveries of one webhook; any can be tried once more."""

    TITLE = N_("Deliveries")
    CSS_PATH = "deliveries.tcss"
    BINDINGS: ClassVar = [Binding("t", "resend", N_("Try again"), id="resend")]

    def __init__(self, webhook: Webhook) -> None:
        super().__init__()
        self._webhook = webhook

    def body(self) -> ComposeResult:
        """Give where they go, the list, and the row that says what was done."""
        yield Static(self._webhook.url, id="url", markup=False)
        yield DeliveryList(self._webhook)
        yield Static(id="said", markup=False)

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Offer to try again what is there."""
        lists = self.query(DeliveryList)
        if action == "resend" and lists:
            return lists.first().selected is not None
        return super().check_action(action, parameters)

    @on(PagedList.Moved)
    def _look_at(self) -> None:
        self.refresh_bindings()

    @work(group="act", exclusive=True)
    async def action_resend(self) -> None:
        """Try the chosen delivery once more, under the same id."""
        chosen = self.query_one(DeliveryList).selected
        if chosen is None:
            return
        self._say(_("◌ Sending it again…"), "warn")
        hooks = Webhooks(self.desk.session)
        try:
            sent = await self.ask(lambda: hooks.settled(hooks.resend(chosen.id), WAIT_SECONDS))
        except WalletError as error:
            self._say(f"✗ {told(error)}", "bad")
            return
        self._say(*delivery_said(sent))
        self.action_reload()

    def _say(self, text: str, tone: str) -> None:
        row = self.query_one("#said", Static)
        row.update(text)
        row.set_classes(tone)

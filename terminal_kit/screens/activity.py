"""Everything the bank tells, as it happens: newest first, and back as far as events are kept."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from textual import on
from textual.binding import Binding
from textual.containers import HorizontalGroup, VerticalGroup
from textual.widgets import Button, Static

from terminal_kit.console import local_time
from terminal_kit.language import N_, _
from terminal_kit.screens.event_words import event_amount, event_details, kind_mark, kind_text
from terminal_kit.screens.screen import KitScreen
from terminal_kit.screens.widgets.paged_list import Column, PagedList
from wallet_api.client.blocking import BridgedClient
from wallet_api.contract.events import KINDS, Event
from wallet_api.contract.ids import is_id
from wallet_api.contract.wire import Page

if TYPE_CHECKING:
    from collections.abc import Sequence

    from textual.app import ComposeResult

    from terminal_kit.screens.widgets.paged_list import Cell

PAGE = 100


class EventList(PagedList[Event]):
    """The events."""

    COLUMNS = (
        Column(N_("When"), 14),
        Column(N_("What"), 26),
        Column(N_("Amount"), 16, "right"),
        Column(N_("About")),
        Column(N_("Number"), 8, "right", narrow=False),
    )
    FOLLOWS = ("*",)
    EMPTY = N_("Nothing yet. What happens shows here the moment it does.")

    def fetch(self, cursor: str | None) -> Page[Event]:
        """Ask for the events before one."""
        client = self.desk.session.client
        assert isinstance(client, BridgedClient), "the desk's own client"
        past = client.past_events(None if cursor is None else int(cursor), PAGE)
        goes_on = len(past) == PAGE and past[-1].id > 1
        return Page(items=past, next=str(past[-1].id) if goes_on else None)

    def cells(self, row: Event) -> Sequence[Cell]:
        """Say when, what, how much, and about which."""
        mark, tone = kind_mark(row.kind)
        about = "  ".join(f"{name} {value}" for name, value in event_details(row))
        return (
            (local_time(row.at)[5:], "muted"),
            (f"{mark} {kind_text(row.kind)}", tone),
            (event_amount(row), ""),
            (about, "muted"),
            (str(row.id), "muted"),
        )

    def key(self, row: Event) -> str:
        """Give the event's number."""
        return str(row.id)


class Activity(KitScreen[None]):
    """The list, and the selected event in full under it."""

    TITLE = N_("Activity")
    CSS_PATH = "activity.tcss"
    RESPEAKS = True
    BINDINGS: ClassVar = [
        Binding("space", "pause", N_("Pause or go on"), id="pause"),
        Binding("c", "copy", N_("Copy the number"), id="copy"),
    ]

    def __init__(self) -> None:
        super().__init__()
        self._missed: int | None = None

    def body(self) -> ComposeResult:
        """Give how it stands, the list, and what the selected event tells."""
        with HorizontalGroup(id="standing"):
            yield Static(id="paused", markup=False)
            yield Button(id="pause", compact=True)
        yield EventList(id="events")
        with VerticalGroup(id="about"):
            yield Static(id="said", markup=False)
            yield Static(id="details", classes="muted", markup=False)

    def on_mount(self) -> None:
        """Begin in the list."""
        self.query_one(EventList).focus()
        self.watch(self.app, "link", self._stand)

    async def recompose(self) -> None:
        """Make everything anew, such as in another language."""
        await super().recompose()
        self._stand()
        self.query_one(EventList).focus()

    def hear(self, event: Event | None) -> None:
        """Show what happened, or count it while it is paused."""
        if self._missed is None:
            super().hear(event)
        elif event is not None and event.kind in KINDS:
            self._missed += 1
            self._stand()

    @on(Button.Pressed, "#pause")
    def action_pause(self) -> None:
        """Stand still so that one can read, or catch up."""
        self._missed = 0 if self._missed is None else None
        if self._missed is None:
            self.query_one(EventList).reload()
        self._stand()

    def _stand(self) -> None:
        """Say whether events come, and whether they are shown."""
        if not self.query("#paused"):
            return  # The screen is being left, or made anew.
        if self._missed is not None:
            said = _("‖ Paused; {count} new").format(count=self._missed)
        elif self.kit.link.is_live:
            said = _("● Shown as it happens")
        else:
            said = self.kit.link.text()
        self.query_one("#paused", Static).update(said)
        label = _("Go on") if self._missed is not None else _("Pause")
        self.query_one("#pause", Button).label = label

    @on(PagedList.Moved)
    def _show(self, event: PagedList.Moved) -> None:
        """Tell the selected event in full."""
        row: Event | None = event.row
        if row is None:
            return
        mark, _tone = kind_mark(row.kind)
        said = f"{mark} {kind_text(row.kind)}  {event_amount(row)}  {local_time(row.at)}"
        self.query_one("#said", Static).update(said)
        rows = "\n".join(f"{name} {value}" for name, value in event_details(row, whole=True))
        self.query_one("#details", Static).update(rows)

    def action_copy(self) -> None:
        """Copy the number of what the selected event is about."""
        row = self.query_one(EventList).selected
        ids = [] if row is None else [text for text in row.data.values() if _names(text)]
        if ids:
            self.app.copy_to_clipboard(ids[0])
            self.notify(_("Copied."))


def _names(value: object) -> bool:
    return isinstance(value, str) and is_id(value)

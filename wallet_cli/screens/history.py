"""Everything that moved: scroll, search and choose, see details, export."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, ClassVar

from textual import on
from textual.binding import Binding
from textual.containers import Horizontal, VerticalScroll
from textual.message import Message
from textual.widgets import Button, Input

from terminal_kit.language import N_, _
from terminal_kit.screens.screen import KitScreen
from terminal_kit.screens.widgets.paged_list import PagedList
from wallet_cli.asked import Asked
from wallet_cli.screens.dialogs.export import ExportDialog
from wallet_cli.screens.dialogs.filters import FiltersDialog, direction_names, kind_names
from wallet_cli.screens.movement import MovementScreen
from wallet_cli.screens.widgets.movement_card import MovementCard
from wallet_cli.screens.widgets.movement_list import MovementList
from wallet_cli.statement import Statements

if TYPE_CHECKING:
    from textual.app import ComposeResult
    from textual.timer import Timer

#: Seconds without a key after which what was typed is searched for.
PAUSE = 0.15
LONGEST_SEARCH = 64


class Beside(VerticalScroll):
    """What stands beside the list, where there is room."""

    class Shown(Message):
        """There is room now."""

    def on_show(self) -> None:
        """Tell the screen, which knows what is selected."""
        self.post_message(self.Shown())


class History(KitScreen[None]):
    """The list, the search over it, and on a wide terminal the details beside it."""

    TITLE = N_("History")
    CSS_PATH: ClassVar = ["history.tcss", "movement.tcss"]
    BINDINGS: ClassVar = [
        Binding("slash", "search", N_("Search"), id="search"),
        Binding("f", "filter", N_("Filter"), id="filter"),
        Binding("e", "export", N_("Export"), id="export"),
        Binding("b", "app.go('bank')", N_("Bank"), id="bank", show=False),
    ]

    def __init__(self) -> None:
        super().__init__()
        self.asked = Asked()
        self._typing: Timer | None = None

    def body(self) -> ComposeResult:
        """Give the search and what is chosen, the list, and the details."""
        with Horizontal(id="asked"):
            yield Input(
                placeholder=_("/ Search names, notes, references, ids"),
                max_length=LONGEST_SEARCH,
                id="search",
                compact=True,
            )
            yield Button(filter_text(self.asked), id="filter", compact=True)
        with Horizontal(id="found"):
            yield MovementList(id="movements")
            with Beside(id="beside"):
                yield MovementCard(id="movement")

    def on_mount(self) -> None:
        """Begin in the list, so that letters are keys."""
        self._list.focus()

    @property
    def _list(self) -> MovementList:
        return self.query_one(MovementList)

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Offer the search where it does not have the focus already."""
        if action == "search":
            return not self.query_one("#search").has_focus
        return super().check_action(action, parameters)

    # Searching and choosing.

    def action_search(self) -> None:
        """Go to the search."""
        self.query_one("#search", Input).focus()

    @on(Input.Changed, "#search")
    def _typed(self) -> None:
        if self._typing is not None:
            self._typing.stop()
        self._typing = self.set_timer(PAUSE, self._search)

    def _search(self) -> None:
        text = self.query_one("#search", Input).value.strip()
        self._ask(replace(self.asked, search=text or None))

    @on(Input.Submitted, "#search")
    def _go_to_list(self) -> None:
        self._search()
        self._list.focus()

    def key_down(self) -> None:
        """Leave the search for what it found."""
        if self.query_one("#search").has_focus:
            self._list.focus()

    def action_back(self) -> None:
        """Leave the search first, and then the screen."""
        search = self.query_one("#search", Input)
        if search.has_focus or search.value:
            search.clear()
            self._go_to_list()
        else:
            super().action_back()

    @on(Button.Pressed, "#filter")
    def action_filter(self) -> None:
        """Choose what is listed."""
        dialog = FiltersDialog(self.asked, self.desk.session.profile.currency)
        self.app.push_screen(dialog, self._chose)

    def _chose(self, asked: Asked | None) -> None:
        self._list.focus()
        if asked is not None:
            self._ask(asked)

    def _ask(self, asked: Asked) -> None:
        self.asked = asked
        button = self.query_one("#filter", Button)
        button.label = filter_text(asked)
        button.refresh(layout=True)
        self._list.want(asked.wanted(self.desk.session.profile.currency))

    # What one can do with it.

    @on(PagedList.Moved)
    @on(Beside.Shown)
    def _look_beside(self) -> None:
        selected, card = self._list.selected, self.query_one(MovementCard)
        if self.query_one("#beside").display and card.movement is not selected:
            card.look_at(selected)

    @on(PagedList.Chosen)
    def _open(self, chosen: PagedList.Chosen) -> None:
        self.app.push_screen(MovementScreen(chosen.row))

    def action_export(self) -> None:
        """Write all that is listed to a file."""
        self.app.push_screen(ExportDialog(Statements(self.desk.session), self._list.wanted))


def filter_text(asked: Asked) -> str:
    """Say in a few words what is chosen, on one line."""
    days = (asked.since, asked.until)
    amounts = (asked.least, asked.most)
    parts = [
        kind_names()[asked.kind] if asked.kind else "",
        direction_names()[asked.direction] if asked.direction else "",
        " – ".join(day or "…" for day in days) if any(days) else "",
        " – ".join(amount or "…" for amount in amounts) if any(amounts) else "",
    ]
    chosen = _(", ").join(part for part in parts if part)
    return _("f Only: {what}").format(what=chosen) if chosen else _("f Filter")

"""Every sale: found as one types, followed live, added up, opened for a refund, exported."""

from __future__ import annotations

from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, ClassVar

from textual import on
from textual.binding import Binding
from textual.containers import Horizontal, VerticalScroll
from textual.widgets import Input, Static

from pos.sales import Sales as SalesBook
from pos.sales import sales_csv, sums, today
from pos.screens.sale_details import SaleDetails
from pos.screens.sale_state import sale_stage
from pos.screens.widgets.sale_facts import SaleFacts
from terminal_kit.console import local_time
from terminal_kit.language import N_, _
from terminal_kit.receipts.output import require_writable
from terminal_kit.screens.dialogs.save import SaveDialog
from terminal_kit.screens.money import shown
from terminal_kit.screens.screen import KitScreen
from terminal_kit.screens.widgets.paged_list import Cell, Column, PagedList
from terminal_kit.words import system_reason
from wallet_api.contract.errors import Usage
from wallet_api.contract.ids import short_code
from wallet_api.contract.wire import Charge

if TYPE_CHECKING:
    from collections.abc import Sequence

    from textual.app import ComposeResult
    from textual.timer import Timer

    from wallet_api.contract.wire import Page

#: Seconds after the last letter until the list is asked anew.
PAUSE = 0.15
CSV_SUFFIXES = (".csv",)


class SaleList(PagedList[Charge]):
    """The charges in which ``wanted`` occurs, newest first."""

    COLUMNS = (
        Column(N_("When"), 16),
        Column(N_("Amount"), 15, "right"),
        Column(N_("State"), 22),
        Column(N_("Note")),
        Column(N_("Refunded"), 15, "right", narrow=False),
        Column(N_("Reference"), narrow=False),
        Column(N_("Number"), 8, narrow=False),
    )
    FOLLOWS = ("charge.*",)
    EMPTY = N_("No sales yet. Press Esc and ring up the first one.")

    wanted = ""

    def fetch(self, cursor: str | None) -> Page[Charge]:
        """Ask for a page."""
        return SalesBook(self.desk.session).page(cursor, self.wanted)

    def cells(self, row: Charge) -> Sequence[Cell]:
        """Give a sale's row."""
        stage = sale_stage(row)
        refunded = shown(row.refunded) if row.refunded and row.refunded.minor else ""
        return (
            (local_time(row.created_at)[:16], "muted"),
            (shown(row.amount), "bold"),
            (stage.headline, stage.tone),
            (row.note or "", ""),
            (refunded, "muted"),
            (row.reference or "", ""),
            (short_code(row.id), "muted"),
        )

    def key(self, row: Charge) -> str:
        """Give the charge's id."""
        return row.id


class Sales(KitScreen[None]):
    """The list, a field that filters it, its sums, and the selected sale where there is room."""

    TITLE = N_("Sales")
    CSS_PATH: ClassVar = ["sales.tcss", "widgets/sale_facts.tcss"]
    BINDINGS: ClassVar = [
        Binding("slash", "find", N_("Find"), id="find", key_display="/"),
        Binding("e", "export", N_("Export the day"), id="export"),
    ]

    def __init__(self) -> None:
        super().__init__()
        self._pause: Timer | None = None

    def body(self) -> ComposeResult:
        """Give the field, the list and the sums."""
        hint = _("Amount, note, reference, number or day")
        with Horizontal(id="finding"):
            yield Static("/", classes="muted", markup=False)
            yield Input(placeholder=hint, id="wanted", compact=True)
        with Horizontal(id="both"):
            yield SaleList(id="sales")
            with VerticalScroll(id="beside", can_focus=False):
                yield SaleFacts(id="facts")
        yield Static(id="sums", markup=False)

    def on_mount(self) -> None:
        """Begin with the list; nothing is selected yet."""
        self.query_one(SaleFacts).display = False
        self.query_one(SaleList).focus()

    @on(Input.Changed, "#wanted")
    def _typed(self) -> None:
        if self._pause is not None:
            self._pause.stop()
        self._pause = self.set_timer(PAUSE, self._ask_anew)

    def _ask_anew(self) -> None:
        found = self.query_one(SaleList)
        wanted = self.query_one("#wanted", Input).value.strip()
        if wanted != found.wanted:
            found.wanted = wanted
            found.restart()

    @on(Input.Submitted, "#wanted")
    def _to_list(self) -> None:
        self.query_one(SaleList).focus()

    @on(PagedList.Loaded)
    def _add_up(self, event: PagedList.Loaded) -> None:
        """Say what the loaded sales come to."""
        rows = event.list.rows
        texts = []
        for one in sums(rows):
            said = _("{count} paid: {paid}")
            if one.refunded.minor:
                said = _("{count} paid: {paid}, {refunded} of it given back")
            paid, refunded = shown(one.paid), shown(one.refunded)
            texts.append(said.format(count=one.count, paid=paid, refunded=refunded))
        loaded = _("{count} loaded").format(count=len(rows))
        self.query_one("#sums", Static).update("  ·  ".join([loaded, *texts]) if rows else "")

    @on(PagedList.Moved)
    def _look_at(self, event: PagedList.Moved) -> None:
        facts = self.query_one(SaleFacts)
        facts.display = event.row is not None
        if event.row is not None:
            facts.show(event.row)

    @on(PagedList.Chosen)
    def _open(self, event: PagedList.Chosen) -> None:
        self.app.push_screen(SaleDetails(event.row.id))

    def action_find(self) -> None:
        """Go to the field."""
        self.query_one("#wanted", Input).focus()

    def action_back(self) -> None:
        """Leave the field and show everything again, or leave the screen."""
        wanted = self.query_one("#wanted", Input)
        if wanted.value:
            wanted.value = ""
            self.query_one(SaleList).focus()
        elif wanted.has_focus:
            self.query_one(SaleList).focus()
        else:
            self.dismiss()

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Offer Esc in the field on any screen."""
        return True if action == "back" else super().check_action(action, parameters)

    def action_export(self) -> None:
        """Save the sales of today as a table."""
        day = today(self.desk.business_ms())
        what = _("Save the sales of {day}").format(day=day)
        write = partial(self._write, day)
        self.app.push_screen(SaveDialog(what, f"sales-{day}.csv", write, _("A table as .csv")))

    def _write(self, day: str, file: str) -> None:
        """Ask for the day's sales and write them; on a thread. Raises Usage."""
        require_writable(file, CSV_SUFFIXES)
        content = sales_csv(SalesBook(self.desk.session).of_day(day))
        try:
            Path(file).write_text(content, encoding="utf-8", newline="")
        except OSError as error:
            reason = _("The file {name} cannot be written: {reason}.")
            said = reason.format(name=file, reason=system_reason(error))
            raise Usage(reason=said) from None

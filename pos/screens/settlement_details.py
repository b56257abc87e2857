"""One settlement: what it comes to and what it is made of."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, ClassVar

from textual import on
from textual.binding import Binding
from textual.containers import Horizontal, VerticalGroup
from textual.widgets import Static

from payment_codes.amount import Amount
from pos.screens.sale_details import SaleDetails
from pos.settlement_sheet import Sheet, SheetLine
from pos.settlements import Settlements
from terminal_kit.console import local_time
from terminal_kit.language import N_, _
from terminal_kit.screens.dialogs.save import SaveDialog
from terminal_kit.screens.money import shown
from terminal_kit.screens.outcome import Fact
from terminal_kit.screens.panel import Panel
from terminal_kit.screens.screen import KitScreen
from terminal_kit.screens.widgets.paged_list import Cell, Column, PagedList
from terminal_kit.words import word
from wallet_api.contract.ids import short_code
from wallet_api.contract.wire import Page

if TYPE_CHECKING:
    from collections.abc import Sequence

    from textual.app import ComposeResult

    from wallet_api.contract.banking import Settlement

PAGE = 100
STATES = {
    "pending": ("◌", N_("On its way"), "warn"),
    "succeeded": ("✓", N_("Paid out"), "good"),
    "returned": ("↩", N_("Sent back by the bank"), "bad"),
}
#: What a sheet adds up, in this order; other kinds follow.
KINDS = {
    "charge": N_("Sales"),
    "refund": N_("Refunds"),
    "reversal": N_("Reversals"),
    "fee": N_("Fees"),
    "payout": N_("Paid out"),
}


def state_cell(settlement: Settlement) -> Cell:
    """Give a settlement's mark and words, and their tone."""
    mark, text, tone = STATES[settlement.state]
    return f"{mark} {_(text)}", tone


class Lines(PagedList[SheetLine]):
    """The lines of a sheet that is here already."""

    COLUMNS = (
        Column(N_("Booked"), 11),
        Column(N_("What")),
        Column(N_("Amount"), 14, "right"),
        Column(N_("Sale"), 8, narrow=False),
    )
    EMPTY = N_("Nothing moved.")

    sheet: Sheet | None = None

    def fetch(self, cursor: str | None) -> Page[SheetLine]:
        """Give a page."""
        lines = () if self.sheet is None else self.sheet.lines
        start = int(cursor or 0)
        end = start + PAGE
        return Page(items=list(lines[start:end]), next=str(end) if end < len(lines) else None)

    def cells(self, row: SheetLine) -> Sequence[Cell]:
        """Give a line."""
        tone = "muted" if row.record == "fee" else ""
        return (
            (local_time(row.booked_at)[5:16], "muted"),
            (_kind(row.record), tone),
            (shown(row.amount), tone),
            (short_code(row.charge) if row.charge else "", "muted"),
        )

    def key(self, row: SheetLine) -> str:
        """Give the line's number."""
        return str(row.number)


class SheetPanel(Panel["tuple[Settlement, Sheet]"]):
    """A settlement by its full id, and its file."""

    FOLLOWS = ("settlement.*",)

    def __init__(self, settlement: str) -> None:
        super().__init__(id="sheet")
        self._settlement = settlement

    def content(self) -> ComposeResult:
        """Give the sums at the left and the lines at the right."""
        with Horizontal(id="both"):
            with VerticalGroup(id="sums"):
                yield Static(id="state", markup=False)
                yield Static(id="figure", markup=False)
                for name in ("cut-off", "opening", *KINDS, "closing", "simulated", "number"):
                    yield Fact(_names()[name], "", id=f"fact-{name}")
            yield Lines(id="lines")

    def load(self) -> tuple[Settlement, Sheet]:
        """Ask for both."""
        payouts = Settlements(self.desk.session)
        return payouts.find(self._settlement), payouts.sheet(self._settlement)

    def show(self, value: tuple[Settlement, Sheet]) -> None:
        """Fill everything in."""
        settlement, sheet = value
        text, tone = state_cell(settlement)
        state = self.query_one("#state", Static)
        state.update(text)
        state.set_classes(tone)
        self.query_one("#figure", Static).update(shown(settlement.amount))
        for name, fact in _facts(settlement, sheet).items():
            row = self.query_one(f"#fact-{name}", Fact)
            row.display = bool(fact)
            row.show(fact)
        lines = self.query_one(Lines)
        lines.sheet = sheet
        lines.restart()
        self.add_class("-known")


def _kind(record: str) -> str:
    return _(KINDS[record]) if record in KINDS else word(record)


def _names() -> dict[str, str]:
    return {
        "cut-off": _("Up to"),
        "opening": _("Balance before"),
        "closing": _("Balance after"),
        "simulated": _("Simulated"),
        "number": _("Number"),
        **{kind: _(name) for kind, name in KINDS.items()},
    }


def _facts(settlement: Settlement, sheet: Sheet) -> dict[str, str]:
    def total(kind: str) -> str:
        nothing = (0, Amount(0, settlement.amount.currency))
        count, amount = sheet.totals.get(kind, nothing)
        return f"{shown(amount)} ({count})" if count else ""

    return {
        "cut-off": local_time(settlement.cut_off)[:16],
        "opening": shown(sheet.opening),
        **{kind: total(kind) for kind in KINDS if kind != "payout"},
        "payout": shown(settlement.amount),
        "closing": shown(sheet.closing),
        "simulated": settlement.simulated or "",
        "number": short_code(settlement.id),
    }


class SettlementDetails(KitScreen[None]):
    """One settlement by its full id."""

    TITLE = N_("Settlement")
    CSS_PATH = "settlement_details.tcss"
    BINDINGS: ClassVar = [
        Binding("s", "save", N_("Save the file"), id="save"),
        Binding("c", "copy", N_("Copy the number"), id="copy"),
    ]

    def __init__(self, settlement: str) -> None:
        super().__init__()
        self._settlement = settlement

    def body(self) -> ComposeResult:
        """Give the sheet."""
        yield SheetPanel(self._settlement)

    @on(PagedList.Chosen)
    def _open(self, event: PagedList.Chosen) -> None:
        """Open the sale that a line is about."""
        if event.row.charge:
            self.app.push_screen(SaleDetails(event.row.charge))

    def action_save(self) -> None:
        """Save the settlement file as the bank made it."""
        write = partial(Settlements(self.desk.session).save, self._settlement)
        name = f"settlement-{short_code(self._settlement)}.csv"
        self.app.push_screen(SaveDialog(_("Save the settlement file"), name, write))

    def action_copy(self) -> None:
        """Copy the settlement's whole number."""
        self.app.copy_to_clipboard(self._settlement)
        self.notify(_("Copied."))

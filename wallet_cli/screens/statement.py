"""A month whose sums agree: what was there, what came and went, what is there; as a PDF too."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, ClassVar

from textual import on
from textual.binding import Binding
from textual.containers import Horizontal, Vertical, VerticalGroup
from textual.widgets import Button, Static

from payment_codes.amount import Amount
from terminal_kit.language import N_, _
from terminal_kit.receipts.output import require_writable, write_file
from terminal_kit.screens.dialogs.save import SaveDialog
from terminal_kit.screens.money import month_heading, shown, signed
from terminal_kit.screens.panel import Panel
from terminal_kit.screens.screen import KitScreen
from terminal_kit.screens.widgets.paged_list import PagedList
from wallet_api.contract.statement import Statement
from wallet_cli.exports import STATEMENT_SUFFIXES, statement_content
from wallet_cli.screens.movement import MovementScreen
from wallet_cli.screens.widgets.movement_list import MOVING, MovementList
from wallet_cli.statement import PAGE, Statements, Wanted

if TYPE_CHECKING:
    from textual.app import ComposeResult

    from wallet_api.contract.statement import Movement
    from wallet_api.contract.wire import Page

#: The first month of which the bank gives a statement.
FIRST = "2000-01"


class Sums(Panel[Statement]):
    """What a month began with, what came and went, and what it ended with."""

    FOLLOWS = MOVING

    def __init__(self, month: str) -> None:
        super().__init__(id="sums")
        self.month = month

    def content(self) -> ComposeResult:
        """Give a cell for each sum."""
        with Horizontal(id="figures"):
            for name, title in (
                ("opening", _("Opening balance")),
                ("total-in", _("Came in")),
                ("total-out", _("Went out")),
                ("closing", _("Closing balance")),
            ):
                with VerticalGroup(classes="figure"):
                    yield Static(title, classes="muted", markup=False)
                    yield Static(id=name, markup=False)

    def load(self) -> Statement:
        """Ask for the sums."""
        return Statements(self.desk.session).sums(self.month)

    def show(self, value: Statement) -> None:
        """Fill them in."""
        for name, text in (
            ("opening", shown(value.opening)),
            ("total-in", signed(value.total_in)),
            ("total-out", signed(Amount(-value.total_out.minor, value.total_out.currency))),
            ("closing", shown(value.closing)),
        ):
            self.query_one(f"#{name}", Static).update(text)

    def clear(self) -> None:
        """Show no sums, because another month is asked for."""
        for cell in self.query(".figure > Static:last-child").results(Static):
            cell.update("")


class MonthList(MovementList):
    """The lines of a month, newest first."""

    EMPTY = N_("Nothing moved in this month. ← looks at the one before.")

    def __init__(self, month: str) -> None:
        super().__init__(id="lines")
        self.month = month

    def fetch(self, cursor: str | None) -> Page[Movement]:
        """Ask for a page of the lines that the sums are made of."""
        statements = Statements(self.desk.session)
        sums = statements.sums(self.month)
        return statements.look(Wanted(since=sums.starts_at), PAGE, cursor or sums.cursor)


class StatementScreen(KitScreen[None]):
    """One month at a time, from the month that runs backwards."""

    TITLE = N_("Statement")
    CSS_PATH: ClassVar = ["statement.tcss"]
    BINDINGS: ClassVar = [
        Binding("left", "turn(-1)", N_("Earlier"), id="earlier"),
        Binding("right", "turn(1)", N_("Later"), id="later"),
        Binding("s", "save", N_("Save"), id="save"),
    ]

    def body(self) -> ComposeResult:
        """Give the month with its arrows, the sums, and the lines."""
        month = self._this_month()
        with Vertical(id="sheet"):
            with Horizontal(id="month"):
                yield Button("←", id="earlier", compact=True)
                yield Static(month_heading(month), id="heading", markup=False)
                yield Button("→", id="later", compact=True)
            yield Sums(month)
            yield MonthList(month)

    def on_mount(self) -> None:
        """Begin in the lines, and stay there when an arrow is clicked."""
        for arrow in self.query("#month Button"):
            arrow.can_focus = False
        self._lines.focus()
        self._show_month()

    @property
    def _lines(self) -> MonthList:
        return self.query_one(MonthList)

    def _this_month(self) -> str:
        moment = datetime.fromtimestamp(self.desk.business_ms() / 1_000, UTC)
        return moment.astimezone().strftime("%Y-%m")

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Offer no month that has not begun."""
        if action == "turn":
            return self._turned(int(str(parameters[0]))) is not None
        return super().check_action(action, parameters)

    def _turned(self, by: int) -> str | None:
        year, month = map(int, self._lines.month.split("-"))
        years, rest = divmod(year * 12 + month - 1 + by, 12)
        turned = f"{years:04d}-{rest + 1:02d}"
        return turned if FIRST <= turned <= self._this_month() else None

    def action_turn(self, by: int) -> None:
        """Go to a month before or after this one."""
        turned = self._turned(by)
        if turned is None:
            return
        self._lines.month = self.query_one(Sums).month = turned
        self.query_one(Sums).clear()
        self.query_one(Sums).reload()
        self._lines.restart()
        self._show_month()

    def _show_month(self) -> None:
        self.query_one("#heading", Static).update(month_heading(self._lines.month))
        self.query_one("#later", Button).disabled = self._turned(1) is None
        self.refresh_bindings()

    @on(Button.Pressed, "#earlier")
    def _go_back_a_month(self) -> None:
        self.action_turn(-1)

    @on(Button.Pressed, "#later")
    def _go_on_a_month(self) -> None:
        self.action_turn(1)

    @on(PagedList.Chosen)
    def _open(self, chosen: PagedList.Chosen) -> None:
        self.app.push_screen(MovementScreen(chosen.row))

    def action_save(self) -> None:
        """Save the statement to a file, once its lines add up."""
        month, statements = self._lines.month, Statements(self.desk.session)

        def write(file: str) -> None:
            require_writable(file, STATEMENT_SUFFIXES)
            statement, lines = statements.month(month)
            write_file(file, statement_content(statement, lines, Path(file).suffix.lower()))

        hint = _("A document as .pdf, text as .txt")
        dialog = SaveDialog(_("Save the statement"), f"statement-{month}.pdf", write, hint)
        self.app.push_screen(dialog)

"""A shift's report: printed, saved, compared with the one before."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, ClassVar

from textual.binding import Binding
from textual.widgets import Static

from pos.papers import report_paper, report_title
from pos.printer import Printer
from pos.screens.dialogs.roll import RollDialog
from pos.screens.widgets.report_view import ReportView
from pos.shop import ShopDay
from terminal_kit.language import N_, _
from terminal_kit.receipts.output import Output, put_paper
from terminal_kit.screens.dialogs.save import SaveDialog
from terminal_kit.screens.panel import Panel
from terminal_kit.screens.screen import KitScreen
from terminal_kit.words import told
from wallet_api.contract.error_base import WalletError
from wallet_api.contract.shop import ShiftReport

if TYPE_CHECKING:
    from textual.app import ComposeResult

    from terminal_kit.receipts.paper import Row

Pair = tuple[ShiftReport, ShiftReport | None]


class PaperScreen(KitScreen[None]):
    """A screen with a report that can be printed, saved and put into words."""

    BINDINGS: ClassVar = [
        Binding("p", "print", N_("Print"), id="print"),
        Binding("s", "save", N_("Save"), id="save"),
        Binding("v", "turn", N_("In words"), id="turn"),
    ]
    PAPER_ACTIONS = frozenset({"print", "save", "turn"})

    @property
    def report(self) -> ShiftReport | None:
        """The report, once it is there."""
        raise NotImplementedError

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Offer to print and save only what is there."""
        if action in self.PAPER_ACTIONS:
            return self.report is not None
        return super().check_action(action, parameters)

    def said(self) -> Static:
        """Make the row that says what became of printing."""
        return Static(id="said", markup=False)

    def say(self, text: str, tone: str = "good") -> None:
        """Say what became of it, in place."""
        row = self.query_one("#said", Static)
        row.update(text)
        row.set_classes(tone)

    def action_turn(self) -> None:
        """Put the plots into words, or back."""
        self.query_one(ReportView).turn()

    def action_print(self) -> None:
        """Send the report to the till's printer."""
        assert self.report is not None, "there is a report"
        self.run_worker(self._print(self.report), group="print", exclusive=True)

    async def _print(self, report: ShiftReport) -> None:
        self.say(_("◌ Printing…"), "warn")
        try:
            rows = await self.desk.look(partial(self._printed, report))
        except WalletError as error:
            self.say(f"✗ {told(error)}", "bad")
            return
        self.say(_("✓ Printed."))
        if rows:
            self.app.push_screen(RollDialog(rows))

    def _printed(self, report: ShiftReport) -> list[Row]:
        """Print, and give what a simulated printer shows."""
        printer = Printer(self.desk.session)
        printer.paper(report_paper(report), report_title(report))
        return printer.roll()

    def action_save(self) -> None:
        """Save the report to a file."""
        report = self.report
        assert report is not None, "there is a report"
        name = f"{report.kind}-report-{report.number}.pdf"
        session = self.desk.session

        def write(file: str) -> None:
            output = Output(Printer(session).width, file, None)
            output.check()
            put_paper(report_paper(report), report_title(report), output, quiet=True)

        hint = _("A page as .pdf, text as .txt, for a printer as .bin")
        self.app.push_screen(SaveDialog(_("Save the report"), name, write, hint))


class ReportPanel(Panel[Pair]):
    """The report of one shift, by its full id, and of the shift before it."""

    def __init__(self, shift: str) -> None:
        super().__init__(id="report-panel")
        self._shift = shift
        self.report: ShiftReport | None = None

    def content(self) -> ComposeResult:
        """Give the report."""
        yield ReportView(id="report")

    def load(self) -> Pair:
        """Ask for both."""
        day = ShopDay(self.desk.session)
        report = day.report(self._shift)
        return report, day.before(report.number)

    def show(self, value: Pair) -> None:
        """Fill it in."""
        self.report = value[0]
        self.query_one(ReportView).show(*value)
        self.screen.refresh_bindings()


class ReportScreen(PaperScreen):
    """The report of one shift; ``headline`` says what has just been done."""

    TITLE = N_("Report")
    CSS_PATH: ClassVar = ["report.tcss", "widgets/report_view.tcss"]

    def __init__(self, shift: str, headline: str = "") -> None:
        super().__init__()
        self._shift = shift
        self._headline = headline

    def body(self) -> ComposeResult:
        """Give the headline and the report."""
        if self._headline:
            yield Static(f"✓ {self._headline}", id="headline", classes="good", markup=False)
        yield ReportPanel(self._shift)
        yield self.said()

    @property
    def report(self) -> ShiftReport | None:
        """The report, once it is there."""
        panels = self.query(ReportPanel)
        return panels.first().report if panels else None

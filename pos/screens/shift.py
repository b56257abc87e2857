"""The shift: what was taken in it so far, with the day as a plot; opening it and closing it."""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING, ClassVar

from textual import on
from textual.binding import Binding
from textual.containers import Vertical, VerticalGroup
from textual.widgets import Button, Static

from pos.screens.dialogs.cash_float import CashFloatDialog
from pos.screens.report import PaperScreen, ReportScreen
from pos.screens.shifts import ShiftList, Shifts
from pos.screens.widgets.report_view import ReportView
from pos.shop import ShopDay
from terminal_kit.language import N_, _
from terminal_kit.screens.dialogs.confirm import ConfirmDialog
from terminal_kit.screens.outcome import OutcomeScreen, refused
from terminal_kit.screens.panel import Panel
from terminal_kit.screens.screen import KitScreen
from terminal_kit.screens.widgets.paged_list import PagedList
from wallet_api.contract.error_base import WalletError
from wallet_api.contract.errors import ShiftNone

if TYPE_CHECKING:
    from textual.app import ComposeResult

    from wallet_api.contract.shop import ShiftReport


@dataclass(frozen=True, slots=True)
class Running:
    """The report of the open shift, where one is open, and that of the shift before."""

    report: ShiftReport | None
    before: ShiftReport | None


class ShiftPanel(Panel[Running]):
    """The open shift's report, or how to open one."""

    FOLLOWS = ("charge.*", "shift.*")

    def __init__(self) -> None:
        super().__init__(id="shift")
        self.running: ShiftReport | None = None
        # A Z report never changes, so the one before is asked for once.
        self._before: dict[int, ShiftReport | None] = {}

    def content(self) -> ComposeResult:
        """Give the report, and what stands in its place while no shift is open."""
        yield ReportView(id="report")
        with VerticalGroup(id="none", classes="card"):
            yield Static(_("No shift is open"), classes="card-title", markup=False)
            about = _("A shift counts what is sold from when it is opened until it is closed.")
            yield Static(about, markup=False)
            yield Button(_("Open a shift"), variant="primary", id="open")

    def load(self) -> Running:
        """Ask for the X report, and once for the Z report before it."""
        day = ShopDay(self.desk.session)
        try:
            report = day.running()
        except ShiftNone:
            return Running(None, None)
        if report.number not in self._before:
            self._before[report.number] = day.before(report.number)
        return Running(report, self._before[report.number])

    def show(self, value: Running) -> None:
        """Fill the report in, or offer to open a shift."""
        self.running = value.report
        self.set_class(value.report is None, "-none")
        self.set_class(value.report is not None, "-open")
        if value.report is not None:
            self.query_one(ReportView).show(value.report, value.before)
        self.screen.refresh_bindings()


class ShiftScreen(PaperScreen):
    """The open shift."""

    TITLE = N_("Shift")
    VERTICAL_BREAKPOINTS = [*KitScreen.VERTICAL_BREAKPOINTS, (48, "-high")]  # noqa: RUF012 - Textual's
    CSS_PATH: ClassVar = ["shift.tcss", "widgets/report_view.tcss"]
    BINDINGS: ClassVar = [
        Binding("o", "open", N_("Open a shift"), id="open-shift"),
        Binding("z", "close", N_("Close it"), id="close-shift"),
        Binding("h", "earlier", N_("Earlier"), id="earlier"),
    ]

    def body(self) -> ComposeResult:
        """Give the shift, and on a large terminal those before it."""
        yield ShiftPanel()
        yield self.said()
        with Vertical(id="earlier"):
            yield Static(_("Earlier shifts"), classes="card-title", markup=False)
            yield ShiftList(id="shifts")

    @property
    def panel(self) -> ShiftPanel:
        """The part that shows the shift."""
        return self.query_one(ShiftPanel)

    @property
    def report(self) -> ShiftReport | None:
        """The X report of the open shift."""
        panels = self.query(ShiftPanel)
        return panels.first().running if panels else None

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Offer what can be done with the shift as it is."""
        if action == "open":
            return bool(self.query("#shift.-none"))
        if action == "close":
            return self.report is not None
        return super().check_action(action, parameters)

    def action_earlier(self) -> None:
        """Go to the list of shifts: on this screen where there is room, or on one of its own."""
        if self.query_one("#earlier").display:
            self.query_one(ShiftList).focus()
        else:
            self.app.push_screen(Shifts())

    @on(PagedList.Chosen)
    def _view(self, event: PagedList.Chosen) -> None:
        self.app.push_screen(ReportScreen(event.row.id))

    @on(Button.Pressed, "#open")
    def action_open(self) -> None:
        """Ask for the float and open a shift."""
        self.run_worker(self._open(), group="shift", exclusive=True)

    async def _open(self) -> None:
        dialog = CashFloatDialog(self.desk.session.profile.currency)
        if await self.app.push_screen_wait(dialog):
            self.panel.reload()

    def action_close(self) -> None:
        """Ask, and close the shift."""
        self.run_worker(self._close(), group="shift", exclusive=True)

    async def _close(self) -> None:
        assert self.report is not None, "a shift is open"
        number, shift = self.report.number, self.report.shift
        question = _("Close shift {number}? What was taken in it is final then.")
        dialog = ConfirmDialog(question.format(number=number), _("Close the shift"))
        if not await self.app.push_screen_wait(dialog):
            return
        try:
            async with self.busy("shift"):
                await self.ask(partial(ShopDay(self.desk.session).close, shift))
        except WalletError as error:
            self.app.push_screen(OutcomeScreen(refused(error)))
            return
        self.panel.reload()
        said = _("Shift {number} is closed.").format(number=number)
        self.app.push_screen(ReportScreen(shift, said))

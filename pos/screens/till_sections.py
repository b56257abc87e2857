"""Sections of the till's settings: tips, printer, what happens after a payment."""

from __future__ import annotations

from abc import abstractmethod
from functools import partial
from typing import TYPE_CHECKING, cast

from textual import on, work
from textual.containers import HorizontalGroup, VerticalGroup
from textual.widgets import Button, Input, Static

from pos.printer import Printer
from pos.screens.dialogs.roll import RollDialog
from pos.till_settings import TillSettings, change_till_settings, load_till_settings, tips_of
from terminal_kit.language import _
from terminal_kit.receipts.paper import Rule, Text
from terminal_kit.receipts.plain import WIDTHS
from terminal_kit.screens.widgets.choices import Choices
from terminal_kit.words import told
from wallet_api.contract.error_base import WalletError

if TYPE_CHECKING:
    from textual.app import ComposeResult

    from terminal_kit.receipts.paper import Paper, Row
    from terminal_kit.screens.app import KitApp
    from terminal_kit.screens.desk import Desk

#: How long a paid sale is shown, in seconds; 0 waits for a key.
RETURNS = (0, 3, 5, 10, 30)


class TillSection(VerticalGroup):
    """A section over the till's settings; what it changes is written down at once."""

    @property
    def desk(self) -> Desk:
        """The open profile's desk."""
        desk = cast("KitApp", self.app).desk
        assert desk is not None, "a profile is open"
        return desk

    @property
    def profile(self) -> str:
        """The profile's name."""
        return cast("KitApp", self.app).chosen.profile

    def said(self) -> Static:
        """Make the row that says what became of a change."""
        return Static(classes="said", markup=False)

    def say(self, text: str, tone: str = "good") -> None:
        """Say what became of it."""
        row = self.query_one(".said", Static)
        row.update(text)
        row.set_classes(f"said {tone}")

    def on_mount(self) -> None:
        """Look how it is now."""
        self._look()

    @work(group="look", exclusive=True)
    async def _look(self) -> None:
        self.show(await self.desk.look(partial(load_till_settings, self.profile)))

    @abstractmethod
    def show(self, settings: TillSettings) -> None:
        """Fill the section in."""

    @work(group="keep", exclusive=True)
    async def keep(self, **changes: object) -> None:
        """Write a change down, and show the settings as they are then."""
        change = partial(change_till_settings, self.profile, **changes)
        try:
            settings = await self.desk.look(change)
        except WalletError as error:
            self.say(f"✗ {told(error)}", "bad")
            return
        self.show(settings)
        self.say(_("✓ Kept."))


class TipsSection(TillSection):
    """Which tips the customer is offered."""

    def compose(self) -> ComposeResult:
        """Give the field."""
        yield Static(_("Tips"), classes="card-title", markup=False)
        about = _("Offered in per cent of the sale. Enter keeps them; empty offers none.")
        yield Static(about, classes="about", markup=False)
        yield Input(placeholder="5 10 15", select_on_focus=False, id="tips")
        yield self.said()

    def show(self, settings: TillSettings) -> None:
        """Fill the field in."""
        self.query_one("#tips", Input).value = " ".join(map(str, settings.tips))

    @on(Input.Submitted, "#tips")
    def _keep(self, event: Input.Submitted) -> None:
        try:
            tips = tips_of(event.value)
        except WalletError as error:
            self.say(f"✗ {told(error)}", "bad")
            return
        self.keep(tips=tips)


class PaidSection(TillSection):
    """How long a paid sale is shown before the next one begins."""

    def compose(self) -> ComposeResult:
        """Give the times."""
        yield Static(_("After a payment"), classes="card-title", markup=False)
        about = _("How long the receipt stays before the next sale begins.")
        yield Static(about, classes="about", markup=False)
        names = {
            str(seconds): _("{seconds} seconds").format(seconds=seconds) for seconds in RETURNS
        }
        names["0"] = _("Until a key is pressed")
        yield Choices(names, "", id="returns")
        yield self.said()

    def show(self, settings: TillSettings) -> None:
        """Mark what holds."""
        self.query_one("#returns", Choices).mark(str(settings.return_seconds))

    @on(Choices.Picked, "#returns")
    def _keep(self, event: Choices.Picked) -> None:
        self.keep(return_seconds=int(event.value))


class PrinterSection(TillSection):
    """Where receipts are printed, and how wide the paper is."""

    def compose(self) -> ComposeResult:
        """Give the path, the widths and the test."""
        yield Static(_("Printer"), classes="card-title", markup=False)
        about = _(
            "The path of a receipt printer (ESC/POS), such as /dev/usb/lp0. Enter keeps it; with"
            " none, a simulated printer shows what it would print."
        )
        yield Static(about, classes="about", markup=False)
        yield Input(placeholder=_("A simulated printer"), select_on_focus=False, id="printer")
        yield Static(_("Paper"), classes="label", markup=False)
        names = {str(width): _("{width} columns").format(width=width) for width in WIDTHS}
        yield Choices(names, "", id="widths")
        with HorizontalGroup(classes="buttons"):
            yield Button(_("Print a test"), id="test", compact=True)
        yield self.said()

    def show(self, settings: TillSettings) -> None:
        """Fill it in."""
        self.query_one("#printer", Input).value = settings.printer or ""
        self.query_one("#widths", Choices).mark(str(settings.width))

    @on(Input.Submitted, "#printer")
    def _keep_path(self, event: Input.Submitted) -> None:
        self.keep(printer=event.value.strip() or None)

    @on(Choices.Picked, "#widths")
    def _keep_width(self, event: Choices.Picked) -> None:
        self.keep(width=int(event.value))

    @on(Button.Pressed, "#test")
    def _start_test(self) -> None:
        self._test()

    @work(group="test", exclusive=True)
    async def _test(self) -> None:
        self.say(_("◌ Printing…"), "warn")
        try:
            rows = await self.desk.look(self._printed)
        except WalletError as error:
            self.say(f"✗ {told(error)}", "bad")
            return
        self.say(_("✓ Printed."))
        if rows:
            self.app.push_screen(RollDialog(rows))

    def _printed(self) -> list[Row]:
        """Print a test page, and give what a simulated printer shows."""
        printer = Printer(self.desk.session)
        printer.paper(_test_page(printer.width), _("Test"))
        return printer.roll()


def _test_page(width: int) -> Paper:
    across = "".join(str(column % 10) for column in range(1, width + 1))
    said = _("This printer works: {width} columns.").format(width=width)
    return [
        Text(_("TEST"), "center", bold=True, large=True),
        Rule(),
        Text(across),
        Text(said),
        Text("¥ € 中文 été", "center"),
    ]

"""Paid: the outcome in large, the receipt beside it, and back to the next sale by itself."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, ClassVar, cast

from textual import on
from textual.binding import Binding
from textual.containers import Horizontal, HorizontalGroup, Vertical
from textual.widgets import Button, Static

from pos.screens.receipt import Handing
from pos.screens.stages import PAID
from pos.screens.widgets.big_amount import BigAmount
from pos.screens.widgets.stage_band import StageBand
from pos.till_settings import load_till_settings
from terminal_kit.console import local_time
from terminal_kit.language import N_, _
from terminal_kit.screens.money import shown
from terminal_kit.screens.outcome import Fact
from terminal_kit.screens.widgets.countdown import Countdown
from terminal_kit.screens.workers import start
from wallet_api.contract.ids import short_code
from wallet_api.contract.instants import system_ms

if TYPE_CHECKING:
    from collections.abc import Iterator

    from textual.app import ComposeResult

    from pos.screens.app import TillApp
    from wallet_api.contract.wire import Charge


class Paid(Handing):
    """Shows a paid charge; ``note`` is what else the cashier should know.

    It goes back by itself after the time of the till's settings, unless a key was pressed.
    """

    TITLE = N_("Paid")
    AUTO_FOCUS = ""
    CSS_PATH: ClassVar = ["receipt.tcss", "paid.tcss", "widgets/stage_band.tcss"]
    BINDINGS: ClassVar = [
        Binding("enter", "back", N_("Next sale"), id="next"),
        Binding("escape", "back", N_("Next sale"), id="back", show=False),
    ]

    def __init__(self, charge: Charge, note: str = "") -> None:
        super().__init__(charge.id)
        self._paid = charge
        self._note = note

    def body(self) -> ComposeResult:
        """Give the outcome at the left and the receipt at the right."""
        with Horizontal(id="paid"):
            with Vertical(id="outcome"):
                yield StageBand(PAID, id="stage")
                yield BigAmount(self._paid.amount, id="amount")
                if self._note:
                    yield Static(self._note, id="note", classes="warn", markup=False)
                for name, value in self._facts():
                    yield Fact(name, value)
                yield self.said()
                with HorizontalGroup(classes="buttons"):
                    yield Button(_("Next sale"), variant="primary", id="next")
                    yield from self.hands()
                yield Static(id="returns", classes="muted", markup=False)
                yield Countdown(system_ms, id="left")
            yield self.receipt()

    def _facts(self) -> Iterator[tuple[str, str]]:
        charge = self._paid
        if charge.tip is not None:
            yield _("Tip in it"), shown(charge.tip)
        if charge.discount is not None:
            yield _("Discount"), shown(charge.discount)
        if charge.reference is not None:
            yield _("Reference"), charge.reference
        yield _("Charge"), short_code(charge.id)
        yield _("Time"), local_time(charge.paid_at or charge.created_at)

    def on_mount(self) -> None:
        """Show it to the customer too, and begin to count."""
        cast("TillApp", self.app).feed.paid(self._paid)
        start(self, self._count, group="count")

    async def _count(self) -> None:
        load = partial(load_till_settings, self.kit.chosen.profile)
        seconds = (await self.desk.look(load)).return_seconds
        if seconds and self.query("#left"):  # The program may be ending.
            said = _("Next sale in {seconds} s. Any key stays here.")
            self.query_one("#returns", Static).update(said.format(seconds=seconds))
            left = self.query_one("#left", Countdown)
            left.set_class(not self.kit.settings.motion, "-still")
            left.count(system_ms() + seconds * 1_000, seconds * 1_000)

    def stay(self) -> None:
        """Go on only when the person does."""
        self.workers.cancel_group(self, "count")
        self.query_one("#returns", Static).update("")
        self.query_one("#left", Countdown).stop()

    def on_key(self) -> None:
        """Stay, because somebody is there."""
        self.stay()

    def on_mouse_down(self) -> None:
        """Stay, because somebody is there."""
        self.stay()

    def on_screen_suspend(self) -> None:
        """Stay under whatever lies over this."""
        if self.is_mounted:
            self.stay()

    @on(Countdown.Over)
    def _go_back(self) -> None:
        self.action_back()

    @on(Button.Pressed, "#next")
    def action_back(self) -> None:
        """Go to the next sale."""
        if self.is_active:
            cast("TillApp", self.app).feed.idle()
            self.dismiss()

"""A charge that waits for its payer: its code, and beside it the amount, the time, the stage."""

from __future__ import annotations

from typing import TYPE_CHECKING, cast

from textual.containers import Horizontal, HorizontalGroup, Vertical
from textual.widgets import Button, Static

from pos.screens import stages
from pos.screens.widgets.big_amount import BigAmount
from pos.screens.widgets.stage_band import StageBand
from terminal_kit.asking import Asking, Away, WaitingForPayer
from terminal_kit.language import _
from terminal_kit.screens.widgets.code_picture import QrCode
from terminal_kit.screens.widgets.countdown import Countdown
from terminal_kit.screens.widgets.doing import DoingLine
from wallet_api.contract.ids import short_code
from wallet_api.contract.instants import instant_ms
from wallet_api.contract.wire import ChargeState

if TYPE_CHECKING:
    from textual.app import ComposeResult

    from payment_codes.amount import Amount
    from pos.screens.stages import Stage
    from terminal_kit.asking import Doing
    from terminal_kit.screens.app import KitApp
    from wallet_api.contract.wire import Charge

#: What a code in large, and the words beside it, need.
LARGE_COLUMNS, LARGE_ROWS = 132, 48


class ChargeView(Horizontal):
    """Shows a charge; it has the class ``-code`` while there is a code to scan."""

    def __init__(self, amount: Amount) -> None:
        super().__init__(id="waiting")
        self._asked = amount

    def compose(self) -> ComposeResult:
        """Give the code, and what stands beside it."""
        with Vertical(id="code-side"):
            yield QrCode(id="code")
        with Vertical(id="beside"):
            yield BigAmount(self._asked, id="amount")
            yield Static(id="for", classes="muted", markup=False)
            yield Countdown(self._now, id="left")
            yield StageBand(stages.SENDING, id="stage")
            yield Static(id="about", markup=False)
            yield DoingLine(id="doing")
            with HorizontalGroup(classes="buttons"):
                yield Button(id="act", variant="primary")
                yield Button(_("New code"), id="renew")

    def _now(self) -> int:
        desk = cast("KitApp", self.app).desk
        assert desk is not None, "a profile is open"
        return desk.business_ms()

    def show(self, charge: Charge) -> None:
        """Show a charge's amount, what it is for, its code and its time."""
        self.query_one("#amount", BigAmount).show(charge.amount)
        said = (charge.note, charge.reference, _("Charge {id}").format(id=short_code(charge.id)))
        self.query_one("#for", Static).update("\n".join(one for one in said if one))
        shows = charge.state is ChargeState.CREATED and charge.payload is not None
        payload = charge.payload or "" if shows else ""
        self.query_one("#code", QrCode).show(payload, large=self._fits)
        self.set_class(shows, "-code")
        left = self.query_one("#left", Countdown)
        if charge.state.is_open and charge.expires_at is not None:
            until = instant_ms(charge.expires_at)
            left.count(until, until - instant_ms(charge.created_at))
        else:
            left.stop()

    @property
    def _fits(self) -> bool:
        size = self.app.size
        return size.width >= LARGE_COLUMNS and size.height >= LARGE_ROWS

    def on_resize(self) -> None:
        """Draw the code as large as there is room."""
        code = self.query_one("#code", QrCode)
        code.show(code.payload, large=self._fits)

    def enter(self, stage: Stage, about: str, act: str, *, acts: bool, renews: bool) -> None:
        """Show a stage; ``act`` is what its button does."""
        self.query_one("#stage", StageBand).show(stage)
        self.query_one("#about", Static).update(about)
        if stage not in {stages.ASKING, stages.REVERSING}:
            self.query_one("#doing", DoingLine).clear()
        button = self.query_one("#act", Button)
        button.label = act
        button.disabled = not acts
        self.query_one("#renew", Button).display = renews

    def tell(self, doing: Doing) -> None:
        """Say what the till does about an answer that was lost, or does not come."""
        line = self.query_one("#doing", DoingLine)
        if isinstance(doing, Asking | Away):
            line.tell(doing)
        elif isinstance(doing, WaitingForPayer):
            line.clear()

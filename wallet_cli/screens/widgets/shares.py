"""Who has which share of a bill, to the cent, while it is being put together."""

from __future__ import annotations

from typing import TYPE_CHECKING

from textual import on
from textual.containers import HorizontalGroup, VerticalScroll
from textual.widgets import Button, Input, Static

from payment_codes.amount import Amount
from terminal_kit.console import fitted
from terminal_kit.language import _
from terminal_kit.screens.followed import once_drawn
from terminal_kit.screens.money import shown
from wallet_api.contract.ids import short_code
from wallet_api.contract.rules import LARGEST_WEIGHT
from wallet_api.contract.shares import shared_out

if TYPE_CHECKING:
    from textual.app import ComposeResult

    from wallet_api.contract.people import Payee

NAME_CELLS = 28


class ShareRow(HorizontalGroup):
    """One person's name, weight and share; one's own has nobody to take off."""

    def __init__(self, payee: Payee | None) -> None:
        super().__init__()
        self.payee = payee

    def compose(self) -> ComposeResult:
        """Give the four parts."""
        name = _("You") if self.payee is None else self.payee.name
        code = "" if self.payee is None else short_code(self.payee.wallet)
        yield Static(fitted(name, NAME_CELLS).rstrip(), classes="share-name", markup=False)
        yield Static(code, classes="share-code muted", markup=False)
        yield Input(
            "1",
            compact=True,
            restrict=r"[0-9]*",
            max_length=len(str(LARGEST_WEIGHT)) - 1,
            classes="share-weight",
        )
        yield Static(classes="share-amount", markup=False)
        yield Button("✗", compact=True, classes="share-off", disabled=self.payee is None)

    @property
    def weight(self) -> int:
        """What is typed; nothing counts as 0."""
        return int(self.query_one(Input).value or 0)

    def show(self, share: Amount | None) -> None:
        """Show the share, or that there is none yet."""
        cell = self.query_one(".share-amount", Static)
        empty = share is not None and not share.minor and self.payee is not None
        text = "" if share is None else shown(share)
        cell.update(f"✗ {text}" if empty else text)
        cell.set_class(empty, "bad")


class Shares(VerticalScroll, can_focus=False):
    """A row for oneself and one for each person; they always add up to the bill."""

    def __init__(self, *, id: str | None = None) -> None:  # noqa: A002 - Textual's name
        super().__init__(id=id)
        self._bill: Amount | None = None

    def compose(self) -> ComposeResult:
        """Give the head and one's own row."""
        with HorizontalGroup(classes="share-head"):
            yield Static(_("Who"), classes="share-name", markup=False)
            yield Static(classes="share-code", markup=False)
            yield Static(_("Weight"), classes="share-weight", markup=False)
            yield Static(_("Share"), classes="share-amount", markup=False)
            yield Static(classes="share-off", markup=False)
        yield ShareRow(None)

    @property
    def people(self) -> list[Payee]:
        """Who has a share besides oneself, in order."""
        return [row.payee for row in self.query(ShareRow) if row.payee is not None]

    @property
    def weights(self) -> list[int] | None:
        """The weights, one's own first; None where all are alike."""
        weights = [row.weight for row in self.query(ShareRow)]
        return None if len(set(weights)) == 1 and weights[0] else weights

    def add(self, payee: Payee) -> None:
        """Give somebody a share."""
        self.mount(ShareRow(payee))
        once_drawn(self, self._show)

    def share_out(self, bill: Amount | None) -> None:
        """Share another bill out."""
        self._bill = bill
        self._show()

    @on(Input.Changed)
    def _weigh(self, event: Input.Changed) -> None:
        event.stop()
        self._show()

    @on(Button.Pressed)
    async def _take_off(self, event: Button.Pressed) -> None:
        event.stop()
        row = event.button.parent
        assert isinstance(row, ShareRow), "the button stands in a row"
        await row.remove()
        self._show()

    def _show(self) -> None:
        rows, bill = list(self.query(ShareRow)), self._bill
        weights = [row.weight for row in rows]
        if bill is None or not any(weights):
            for row in rows:
                row.show(None)
            return
        shares = shared_out(bill.minor, weights)
        for row, share in zip(rows, shares, strict=True):
            row.show(Amount(share, bill.currency))

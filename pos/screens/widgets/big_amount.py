"""An amount in figures three rows high, or in one row where there is no room for them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from textual.containers import HorizontalGroup
from textual.widgets import Digits, Static

from terminal_kit.screens.followed import once_drawn
from terminal_kit.screens.money import figure, shown, symbol
from wallet_api.contract.text import cells

if TYPE_CHECKING:
    from textual.app import ComposeResult

    from payment_codes.amount import Amount

DIGIT_CELLS = 3


class BigAmount(HorizontalGroup):
    """Shows an amount as large as its width allows."""

    DEFAULT_CSS = """
    BigAmount { height: auto; }
    BigAmount > .sign { width: auto; height: 3; padding: 1 1 0 0; text-style: bold; }
    BigAmount > Digits { width: auto; text-style: bold; }
    BigAmount > .small { display: none; width: auto; text-style: bold; }
    BigAmount.-small > .sign, BigAmount.-small > Digits { display: none; }
    BigAmount.-small > .small { display: block; }
    """

    def __init__(self, amount: Amount | None = None, *, id: str | None = None) -> None:  # noqa: A002
        super().__init__(id=id)
        self._amount = amount

    def compose(self) -> ComposeResult:
        """Give both forms."""
        amount = self._amount
        yield Static("" if amount is None else symbol(amount.currency), classes="sign")
        yield Digits("" if amount is None else figure(amount))
        yield Static("" if amount is None else shown(amount), classes="small")

    def show(self, amount: Amount | None) -> None:
        """Show an amount, or nothing."""
        self._amount = amount
        sign, small = self.query_one(".sign", Static), self.query_one(".small", Static)
        sign.update("" if amount is None else symbol(amount.currency))
        small.update("" if amount is None else shown(amount))
        self.query_one(Digits).update("" if amount is None else figure(amount))
        once_drawn(self, self._fit)

    def on_resize(self) -> None:
        """Choose the form that fits."""
        self._fit()

    def _fit(self) -> None:
        room = self.container_size.width
        if self._amount is None or not room:
            return
        number = figure(self._amount)
        wide = sum(DIGIT_CELLS if letter.isdigit() else 1 for letter in number)
        self.set_class(cells(symbol(self._amount.currency)) + 1 + wide > room, "-small")

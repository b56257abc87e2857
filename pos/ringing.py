"""Ringing up at the counter: what each key of a till does to the sale. A plain value, no I/O."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from pos.keypad import CLEAR, Keypad
from pos.sale import Line, Sale
from terminal_kit.language import _
from wallet_api.contract.errors import AmountInvalid

if TYPE_CHECKING:
    from payment_codes.amount import Amount


@dataclass(frozen=True, slots=True)
class Ringing:
    """The sale, the keypad beside it, and the place of the line that is marked, from 0.

    Every key gives a new one, or raises AmountInvalid or Usage for what is beyond a sale's limits.
    """

    sale: Sale
    keypad: Keypad
    marked: int | None = None

    @classmethod
    def of(cls, sale: Sale) -> Ringing:
        """Begin with a sale and an empty keypad."""
        marked = len(sale.lines) - 1 if sale.lines else None
        return cls(sale.rung_up(), Keypad(sale.currency), marked)

    @property
    def is_clear(self) -> bool:
        """Say whether nothing is rung up or typed."""
        return self.sale == Sale(currency=self.sale.currency) and self.keypad.is_clear

    def press(self, key: str) -> Ringing:
        """Press a key of the keypad; a price that is typed counts at once."""
        keypad = self.keypad.press(key)
        price, line = keypad.price, None
        if price is not None:
            line = Line(name=_("Item"), price=price, quantity=keypad.quantity)
        return replace(self, keypad=keypad, sale=self.sale.keying(line))

    def clear_keypad(self) -> Ringing:
        """Forget what is typed."""
        return self.press(CLEAR)

    def sell(self, name: str, price: Amount) -> Ringing:
        """Sell a product, as often as the keypad says; a price that is typed becomes a line."""
        rung = self.enter() if self.keypad.text else self
        return _selling(rung.sale.add(name, price, rung.keypad.quantity), name, price)

    def enter(self) -> Ringing:
        """Make a line of the price that is typed. Raises AmountInvalid for too many digits."""
        if self.keypad.is_overfull:
            raise AmountInvalid(reason=_("There are more digits than an amount has; C clears them"))
        keyed = self.sale.keyed
        if keyed is None:
            return self
        return _selling(self.sale.rung_up(), keyed.name, keyed.price)

    def more(self) -> Ringing:
        """Make a line of what is typed, or sell one more of the marked line."""
        if not self.keypad.is_clear:
            return self.enter()
        return self._change(1)

    def fewer(self) -> Ringing:
        """Sell one fewer of the marked line; the last one takes the line away."""
        return self._change(-1)

    def remove(self) -> Ringing:
        """Take the marked line away."""
        if self.marked is None:
            return self
        return self._change(-self.sale.lines[self.marked].quantity)

    def mark(self, step: int) -> Ringing:
        """Mark the line so many further down."""
        last = len(self.sale.lines) - 1
        if self.marked is None:
            return self
        return replace(self, marked=min(max(self.marked + step, 0), last))

    def adjusted(self, sale: Sale) -> Ringing:
        """Go on with a changed sale of the same lines."""
        return replace(self, sale=sale)

    def ready(self) -> Ringing:
        """Give it with all that is typed among the lines. Raises AmountInvalid, Usage."""
        rung = self.enter()
        return replace(rung, keypad=Keypad(self.sale.currency))

    def _change(self, by: int) -> Ringing:
        if self.marked is None:
            return self
        quantity = self.sale.lines[self.marked].quantity + by
        sale = self.sale.with_quantity(self.marked, quantity)
        last = len(sale.lines) - 1
        return replace(self, sale=sale, marked=None if last < 0 else min(self.marked, last))


def _selling(sale: Sale, name: str, price: Amount) -> Ringing:
    """Go on with a sale that has more of something, which is marked then."""
    kinds = [(line.name, line.price) for line in sale.lines]
    return Ringing(sale, Keypad(sale.currency), kinds.index((name, price)))

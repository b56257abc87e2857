"""What a cashier keys in: a price, or how many of what comes next, as tills read it.

``3*`` means three of the next product or price, so ``3*12.50`` is three at 12.50.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace

from payment_codes.amount import MOST_DIGITS, Amount
from payment_codes.currency import currency
from pos.sale import MOST_QUANTITY

TIMES, POINT, BACK, CLEAR, DOUBLE_ZERO = "*", ".", "⌫", "C", "00"
KEYS = frozenset({*"0123456789", DOUBLE_ZERO, POINT, TIMES, BACK, CLEAR})


@dataclass(frozen=True, slots=True)
class Keypad:
    """What stands on the keypad, for a currency.

    ``text`` is the price as it is typed and ``times`` the quantity before it. ``is_overfull`` after
    more digits than an amount has: nothing of it counts until it is cleared, for these may be
    digits of a code.
    """

    currency: str
    times: int | None = None
    text: str = ""
    is_overfull: bool = False

    @property
    def quantity(self) -> int:
        """How many of what comes next."""
        return 1 if self.times is None else self.times

    @property
    def price(self) -> Amount | None:
        """The price that is typed, or None as long as it is nothing."""
        whole, _point, places = self.text.partition(POINT)
        exponent = currency(self.currency).exponent
        minor = int((whole or "0") + places.ljust(exponent, "0"))
        return Amount(minor, self.currency) if minor and not self.is_overfull else None

    @property
    def is_clear(self) -> bool:
        """Say whether nothing is typed."""
        return self == Keypad(self.currency)

    def shown(self) -> str:
        """Give what a display shows, such as ``3 × 12.5``."""
        return self.text if self.times is None else f"{self.times} × {self.text}"

    def press(self, key: str) -> Keypad:
        """Press one of `KEYS`; one that makes no sense here changes nothing."""
        if key == CLEAR:
            return Keypad(self.currency)
        if key == BACK:
            return self._back()
        if key == TIMES:
            return self._multiply()
        if key == POINT:
            return self._point()
        return self._digits(key)

    def _back(self) -> Keypad:
        if self.is_overfull:
            return self
        if self.text:
            return replace(self, text=self.text[:-1])
        return replace(self, times=None, text="" if self.times is None else str(self.times))

    def _multiply(self) -> Keypad:
        is_quantity = re.fullmatch(r"0*[1-9][0-9]{0,2}", self.text)
        if self.times is not None or not is_quantity or int(self.text) > MOST_QUANTITY:
            return self
        return replace(self, times=int(self.text), text="")

    def _point(self) -> Keypad:
        if POINT in self.text or not currency(self.currency).exponent:
            return self
        return replace(self, text=(self.text or "0") + POINT)

    def _digits(self, digits: str) -> Keypad:
        _whole, point, places = self.text.partition(POINT)
        if point and len(places + digits) > currency(self.currency).exponent:
            return self
        text = self.text + digits
        if not point:
            text = text.lstrip("0") or "0"
        if len(text.replace(POINT, "")) > self._most_digits(text):
            return replace(self, is_overfull=True)
        return replace(self, text=text)

    def _most_digits(self, text: str) -> int:
        """Give how many digits there may be: the places that are not typed count too."""
        exponent = currency(self.currency).exponent
        return MOST_DIGITS if POINT in text else MOST_DIGITS - exponent

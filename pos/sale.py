"""A sale that is being rung up: lines, what is keyed in, discount, tip. A plain value, no I/O.

All of it is whole minor units of one currency. A discount is taken off the lines' sum and a tip is
reckoned on what is left and added, so ``total = subtotal - discount_amount + tip_amount``. A per
cent is rounded half up to the minor unit: 12.5 % of 0.20 is 0.03 (0.025 rounded up).
"""

from __future__ import annotations

import re
from typing import TypeAlias

import msgspec

from payment_codes.amount import LARGEST_MINOR, Amount, decimal_text, parse_amount
from terminal_kit.language import _
from wallet_api.contract.errors import AmountInvalid, Usage
from wallet_api.contract.text import clean_text
from wallet_api.contract.wire import ChargeRequest

MOST_LINES = 100
MOST_QUANTITY = 999
#: A whole, in hundredths of a per cent.
WHOLE = 10_000
_REFERENCE = re.compile(r"[0-9A-Z]{1,12}")
_PER_CENT = re.compile(r"([0-9]{1,3})(?:\.([0-9]{1,2}))? ?%", re.ASCII)

Part: TypeAlias = Amount | int
"""A discount or a tip: an amount, or hundredths of a per cent (1250 is 12.5 %), 1 to `WHOLE`."""


class Line(msgspec.Struct, frozen=True, kw_only=True):
    """So many of something at a price each. Raises TextInvalid, AmountInvalid, Usage."""

    name: str
    price: Amount
    quantity: int = 1

    def __post_init__(self) -> None:
        """Keep to the limits."""
        if clean_text(self.name, "name") != self.name:
            raise Usage(reason=_("A name has no spaces around it."))
        if not 0 < self.quantity <= MOST_QUANTITY:
            said = _("A quantity is 1 to {most}.")
            raise Usage(reason=said.format(most=MOST_QUANTITY))
        if self.price.minor <= 0:
            raise AmountInvalid(reason=_("A price is more than nothing"))
        _require_room(self.total.minor)

    @property
    def total(self) -> Amount:
        """What all of them cost."""
        return Amount(self.price.minor * self.quantity, self.price.currency)


class Sale(msgspec.Struct, frozen=True, kw_only=True):
    """What one customer buys. Every change gives a new sale.

    ``keyed`` is what stands on the keypad and is not among the lines yet; it counts like them.
    A sale beyond its limits cannot be made: raises AmountInvalid, TextInvalid, Usage.
    """

    currency: str
    lines: tuple[Line, ...] = ()
    keyed: Line | None = None
    discount: Part | None = None
    tip: Part | None = None
    note: str | None = None
    reference: str | None = None

    def __post_init__(self) -> None:
        """Keep to the limits."""
        if len(self.rung) > MOST_LINES:
            said = _("A sale has {most} lines at most.")
            raise Usage(reason=said.format(most=MOST_LINES))
        for line in self.rung:
            _require_currency(line.price, self.currency)
        for part in (self.discount, self.tip):
            _require_part(part, self.currency)
        for minor in (self.subtotal.minor, self.total.minor):
            _require_room(minor)

    @property
    def rung(self) -> tuple[Line, ...]:
        """All lines, with what is keyed in as the last."""
        return self.lines if self.keyed is None else (*self.lines, self.keyed)

    @property
    def is_empty(self) -> bool:
        """Say whether there is nothing to pay for yet."""
        return not self.rung

    @property
    def count(self) -> int:
        """How many things are sold."""
        return sum(line.quantity for line in self.rung)

    @property
    def subtotal(self) -> Amount:
        """What the lines cost."""
        return self._amount(sum(line.total.minor for line in self.rung))

    @property
    def discount_amount(self) -> Amount:
        """What is taken off: never more than there is."""
        subtotal = self.subtotal.minor
        return self._amount(min(_share(self.discount, subtotal), subtotal))

    @property
    def tip_amount(self) -> Amount:
        """What is added for the staff."""
        goods = self.subtotal.minor - self.discount_amount.minor
        return self._amount(_share(self.tip, goods))

    @property
    def total(self) -> Amount:
        """What the customer pays."""
        goods = self.subtotal.minor - self.discount_amount.minor
        return self._amount(goods + self.tip_amount.minor)

    def add(self, name: str, price: Amount, quantity: int = 1) -> Sale:
        """Sell more of something; the same at the same price stays one line."""
        new = Line(name=name, price=price, quantity=quantity)
        for place, line in enumerate(self.lines):
            if (line.name, line.price) == (name, price):
                return self.with_quantity(place, line.quantity + quantity)
        return msgspec.structs.replace(self, lines=(*self.lines, new))

    def with_quantity(self, place: int, quantity: int) -> Sale:
        """Change how many of a line, counted from 0, are sold; none takes it away."""
        lines = list(self.lines)
        if quantity > 0:
            lines[place] = msgspec.structs.replace(lines[place], quantity=quantity)
        else:
            del lines[place]
        return msgspec.structs.replace(self, lines=tuple(lines))

    def keying(self, line: Line | None) -> Sale:
        """Show what stands on the keypad now."""
        return msgspec.structs.replace(self, keyed=line)

    def rung_up(self) -> Sale:
        """Put what is keyed in among the lines."""
        if self.keyed is None:
            return self
        keyed = self.keyed
        return self.keying(None).add(keyed.name, keyed.price, keyed.quantity)

    def discounted(self, part: Part | None) -> Sale:
        """Take something off, once for the whole sale. Raises AmountInvalid."""
        if isinstance(part, Amount) and part.minor > self.subtotal.minor:
            raise AmountInvalid(reason=_("A discount cannot be more than what is sold"))
        return msgspec.structs.replace(self, discount=part)

    def tipped(self, part: Part | None) -> Sale:
        """Add a tip, in place of any before."""
        return msgspec.structs.replace(self, tip=part)

    def noted(self, text: str) -> Sale:
        """Write a note for the customer; an empty text takes it away. Raises TextInvalid."""
        note = clean_text(text, "note") if text.strip() else None
        return msgspec.structs.replace(self, note=note)

    def referring(self, text: str) -> Sale:
        """Set the shop's own reference; an empty text takes it away. Raises Usage."""
        reference = text.strip().upper()
        if reference and not _REFERENCE.fullmatch(reference):
            raise Usage(reason=_("A reference is 1 to 12 letters A to Z or digits."))
        return msgspec.structs.replace(self, reference=reference or None)

    def request(self, code: str | None = None) -> ChargeRequest:
        """Give what to ask the bank for: with a payer's ``code``, or for one to show.

        Raises AmountInvalid where there is nothing to pay for.
        """
        if self.discount_amount == self.subtotal:
            raise AmountInvalid(reason=_("There is nothing to pay for"))
        return ChargeRequest(
            amount=self.total,
            tip=self.tip_amount if self.tip_amount.minor else None,
            discount=self.discount_amount if self.discount_amount.minor else None,
            note=self.note,
            reference=self.reference,
            code=code,
        )

    def _amount(self, minor: int) -> Amount:
        return Amount(minor, self.currency)


def parse_part(text: str, currency: str) -> Part:
    """Read a discount or a tip as it is typed: "5.00", "10%" or "12.5 %".

    Raises AmountInvalid of the code library for what is no amount; that a per cent is beyond a
    whole is for the sale to refuse.
    """
    match = _PER_CENT.fullmatch(text.strip())
    if match is None:
        return parse_amount(text.strip(), currency)
    return int(match[1]) * 100 + int((match[2] or "").ljust(2, "0"))


def part_text(part: Part) -> str:
    """Write a discount or a tip as it is typed."""
    if isinstance(part, Amount):
        return decimal_text(part)
    whole, places = divmod(part, 100)
    return f"{whole}.{places:02d}".rstrip("0").rstrip(".") + "%"


def _share(part: Part | None, base: int) -> int:
    """Give a part in minor units; one per cent of ``base`` rounds half up."""
    if isinstance(part, Amount):
        return part.minor
    return (base * (part or 0) + WHOLE // 2) // WHOLE


def _require_part(part: Part | None, currency: str) -> None:
    if isinstance(part, Amount):
        _require_currency(part, currency)
        if part.minor <= 0:
            raise AmountInvalid(reason=_("It must be more than nothing"))
    elif part is not None and not 0 < part <= WHOLE:
        raise Usage(reason=_("A per cent is more than 0 and at most 100."))


def _require_currency(amount: Amount, currency: str) -> None:
    if amount.currency != currency:
        said = _("This till sells in {currency}")
        raise AmountInvalid(reason=said.format(currency=currency))


def _require_room(minor: int) -> None:
    if minor > LARGEST_MINOR:
        raise AmountInvalid(reason=_("A sale comes to 12 digits at most"))

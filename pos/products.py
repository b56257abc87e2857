"""What a till sells by one key: names and prices, in a file that a person may edit.

The file holds prices as decimals of the till's currency:
``{"products": [{"name": "Flat white", "price": "32.00"}]}``.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import msgspec

from payment_codes.amount import Amount, decimal_text, parse_amount
from payment_codes.errors import AmountInvalid
from pos.sale import Line
from pos.till_settings import till_folder
from terminal_kit.folders import replace_file
from terminal_kit.language import N_, _
from wallet_api.contract.error_base import WalletError
from wallet_api.contract.errors import StateDamaged, Usage
from wallet_api.contract.text import clean_text

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from pathlib import Path

FILE_NAME = "products.json"
MOST_PRODUCTS = 200
_LARGEST_FILE = 256 * 1024
#: A café's, in whole units of whatever the till sells in.
_EXAMPLES = (
    (N_("Espresso"), 22),
    (N_("Flat white"), 32),
    (N_("Cold brew"), 34),
    (N_("Oolong tea"), 28),
    (N_("Croissant"), 18),
    (N_("Cheesecake"), 38),
    (N_("Club sandwich"), 45),
    (N_("Still water"), 8),
)


class Product(msgspec.Struct, frozen=True):
    """Something with a price. Raises TextInvalid for a name, AmountInvalid for a price."""

    name: str
    price: Amount

    def __post_init__(self) -> None:
        """Hold only what can be sold."""
        Line(name=self.name, price=self.price)


class _Entry(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    name: str
    price: str


class _File(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    products: list[_Entry]


class Products:
    """The products of one till, in the order of their keys."""

    def __init__(self, profile: str, currency: str, items: Sequence[Product] = ()) -> None:
        self._path = products_file(profile)
        self._currency = currency
        self._items = tuple(items)

    @classmethod
    def load(cls, profile: str, currency: str) -> Products:
        """Read a till's products; without a file there are none. Raises StateDamaged."""
        made = cls(profile, currency)
        made._items = made._read()
        return made

    @property
    def items(self) -> tuple[Product, ...]:
        """All products."""
        return self._items

    def product(self, name: str, price: str) -> Product:
        """Make a product from what a person typed. Raises TextInvalid, AmountInvalid."""
        amount = parse_amount(price, self._currency)
        return Product(clean_text(name, "name"), amount)

    def save(self, items: Iterable[Product]) -> None:
        """Replace all products; durable on return. Raises Usage, OSError."""
        kept = tuple(items)
        if len(kept) > MOST_PRODUCTS:
            said = _("A till has {most} products at most.")
            raise Usage(reason=said.format(most=MOST_PRODUCTS))
        entries = [_Entry(one.name, decimal_text(one.price)) for one in kept]
        content = msgspec.json.format(msgspec.json.encode(_File(entries)), indent=2)
        replace_file(self._path, content + b"\n")
        self._items = kept

    def examples(self) -> tuple[Product, ...]:
        """Give a few products to begin with, in the person's language."""
        return tuple(self.product(_(name), str(price)) for name, price in _EXAMPLES)

    def _read(self) -> tuple[Product, ...]:
        try:
            with self._path.open("rb") as file:
                content = file.read(_LARGEST_FILE)
        except FileNotFoundError:
            return ()
        try:
            entries = msgspec.json.decode(content, type=_File).products
            items = tuple(self.product(entry.name, entry.price) for entry in entries)
        except (msgspec.DecodeError, UnicodeDecodeError, AmountInvalid, WalletError) as error:
            raise StateDamaged(path=str(self._path)) from error
        if len(items) > MOST_PRODUCTS or any(one.price.currency != self._currency for one in items):
            raise StateDamaged(path=str(self._path))
        return items


def products_file(profile: str) -> Path:
    """Give the file of a till's products."""
    return till_folder(profile) / FILE_NAME

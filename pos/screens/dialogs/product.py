"""A product's name and price."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from textual import on
from textual.binding import Binding
from textual.containers import HorizontalGroup, VerticalGroup
from textual.screen import ModalScreen
from textual.widgets import Button, Input, Static

from payment_codes.amount import decimal_text
from pos.products import Product, Products
from terminal_kit.language import N_, _
from terminal_kit.screens.widgets.amount_field import AmountField
from terminal_kit.words import told
from wallet_api.contract.errors import TextInvalid

if TYPE_CHECKING:
    from textual.app import ComposeResult


class ProductDialog(ModalScreen[Product | None]):
    """Gives a product, made anew or out of ``before``; None when the person goes back."""

    BINDINGS: ClassVar = [Binding("escape", "dismiss(None)", N_("Back"), id="back")]

    def __init__(self, products: Products, currency: str, before: Product | None = None) -> None:
        super().__init__()
        self._currency = currency
        self._products = products
        self._before = before

    def compose(self) -> ComposeResult:
        """Give both fields and what may be wrong."""
        before = self._before
        name, price = ("", "") if before is None else (before.name, decimal_text(before.price))
        title = _("A new product") if before is None else _("Change the product")
        with VerticalGroup(classes="dialog"):
            yield Static(title, classes="card-title question", markup=False)
            yield Input(name, placeholder=_("Name"), select_on_focus=False, id="name")
            yield AmountField(self._currency, value=price, id="price")
            yield Static(id="wrong", classes="bad", markup=False)
            with HorizontalGroup(classes="buttons"):
                yield Button(_("Keep"), variant="primary", id="keep")
                yield Button(_("Back"), id="cancel")

    @on(Input.Changed, "#name")
    @on(AmountField.Changed)
    def _typed(self) -> None:
        self.query_one("#wrong", Static).update("")

    @on(Input.Submitted, "#name")
    def _to_price(self) -> None:
        self.query_one(AmountField).focus()

    @on(AmountField.Submitted)
    @on(Button.Pressed, "#keep")
    def _keep(self) -> None:
        name, field = self.query_one("#name", Input).value, self.query_one(AmountField)
        if field.amount is None:
            self.query_one("#wrong", Static).update(_("✗ Type a price first."))
            return
        try:
            made = self._products.product(name, field.value)
        except TextInvalid as error:
            self.query_one("#wrong", Static).update(f"✗ {told(error)}")
            return
        self.dismiss(made)

    @on(Button.Pressed, "#cancel")
    def _go_back(self) -> None:
        self.dismiss(None)

"""Home: the balance, what waits for me, what moved last, and where to go from here."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from textual.containers import Horizontal
from textual.widgets import Digits, Static

from payment_codes.amount import amount_text
from terminal_kit.language import N_, _
from terminal_kit.screens.panel import Panel
from terminal_kit.screens.screen import KitScreen
from wallet_api.contract.wire import WalletCard
from wallet_cli.wallet import Wallet

if TYPE_CHECKING:
    from textual.app import ComposeResult


class Balance(Panel[WalletCard]):
    """Whose wallet it is and what is in it."""

    FOLLOWS = (
        "payment.*",
        "refund.*",
        "transfer.*",
        "gift.*",
        "top_up.*",
        "withdrawal.*",
        "stray.*",
        "wallet.*",
    )

    def content(self) -> ComposeResult:
        """Give the name and the figure."""
        yield Static(id="owner", markup=False)
        with Horizontal(id="figure"):
            yield Digits("", id="balance")
            yield Static(id="currency", markup=False)
        yield Static(id="frozen", classes="bad", markup=False)

    def load(self) -> WalletCard:
        """Ask for the card."""
        return Wallet(self.desk.session).card()

    def show(self, value: WalletCard) -> None:
        """Fill in the name, the balance and whether anything stops payments."""
        number, _space, currency = amount_text(value.balance).rpartition(" ")
        self.query_one("#owner", Static).update(value.name)
        self.query_one("#balance", Digits).update(number)
        self.query_one("#currency", Static).update(currency)
        self.query_one("#frozen", Static).update(_("✗ Frozen") if value.frozen_by else "")


class Home(KitScreen[None]):
    """The first screen of an open wallet."""

    TITLE = N_("Home")
    CSS_PATH = "home.tcss"
    BINDINGS: ClassVar = []

    def body(self) -> ComposeResult:
        """Give the parts of home."""
        yield Balance(id="balance-panel")

"""What one has for an amount: the balance before and after it, and whether the PIN is needed."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from textual.widgets import Static

from payment_codes.amount import Amount
from terminal_kit.language import _
from terminal_kit.screens.money import shown
from terminal_kit.screens.outcome import Fact
from terminal_kit.screens.panel import Panel
from wallet_cli.limits import Limits
from wallet_cli.wallet import Wallet

if TYPE_CHECKING:
    from textual.app import ComposeResult

    from wallet_api.contract.limits import LimitsCard
    from wallet_api.contract.wire import WalletCard


@dataclass(frozen=True, slots=True)
class Purse:
    """A wallet's card and its limits."""

    card: WalletCard
    limits: LimitsCard


class Means(Panel[Purse]):
    """Says what an amount leaves, and what stands against it; the service decides."""

    FOLLOWS = ("payment.*", "refund.*", "transfer.*", "gift.*", "top_up.*", "withdrawal.*")

    def __init__(self, amount: Amount, *, id: str | None = None) -> None:  # noqa: A002
        super().__init__(id=id)
        self._amount = amount

    def content(self) -> ComposeResult:
        """Give the rows."""
        yield Fact(_("Balance"), "…", id="before")
        yield Fact(_("Left after it"), "…", id="after")
        yield Fact(_("PIN"), "…", id="pin-rule")
        yield Static(id="against", classes="bad", markup=False)

    def load(self) -> Purse:
        """Ask for both."""
        session = self.desk.session
        return Purse(Wallet(session).card(), Limits(session).card())

    def show(self, value: Purse) -> None:
        """Fill the rows in."""
        balance, amount = value.card.balance, self._amount
        left = Amount(balance.minor - amount.minor, balance.currency)
        comparable = balance.currency == amount.currency
        self.query_one("#before", Fact).show(shown(balance))
        self.query_one("#after", Fact).show(shown(left) if comparable and left.minor >= 0 else "–")
        self.query_one("#pin-rule", Fact).show(_pin_rule(value, amount))
        against = self.query_one("#against", Static)
        against.update(_against(value, left) if comparable else "")
        against.display = bool(against.content)


def _pin_rule(purse: Purse, amount: Amount) -> str:
    limits = purse.limits
    if amount.minor > limits.pin_free_limit.minor:
        said = _("needed: it is more than {limit}").format(limit=shown(limits.pin_free_limit))
    elif limits.pin_free_left < 1:
        said = _("needed: today's payments without it are used up")
    else:
        return _("not needed ({left} left today)").format(left=limits.pin_free_left)
    return said if purse.card.pin_set else _("{rule}, and none is set").format(rule=said)


def _against(purse: Purse, left: Amount) -> str:
    """Say what would be refused, as far as one can see it from here."""
    if purse.card.frozen_by:
        return _("✗ The wallet is frozen.")
    if purse.limits.held_by:
        return _("✗ A risk rule holds this wallet. Ask the bank to release it.")
    if left.minor < 0:
        missing = shown(Amount(-left.minor, left.currency))
        return _("✗ {amount} too little. Top up first: b on home.").format(amount=missing)
    return ""

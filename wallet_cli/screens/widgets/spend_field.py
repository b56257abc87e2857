"""What is in the wallet, and a field for an amount to spend of it, which says what it leaves."""

from __future__ import annotations

from textual import work
from textual.widget import Widget
from textual.widgets import Static

from payment_codes.amount import Amount
from terminal_kit.language import _
from terminal_kit.screens.followed import Followed, stands
from terminal_kit.screens.money import shown
from terminal_kit.screens.widgets.amount_field import AmountField
from wallet_api.contract.error_base import WalletError
from wallet_cli.wallet import Wallet

MOVES = (
    *("payment.*", "refund.*", "transfer.*", "gift.*"),
    *("top_up.*", "withdrawal.*", "stray.*"),
)


class ShowsBalance(Followed):
    """Mixed into a widget that shows what is in the wallet, by ``show``."""

    FOLLOWS = MOVES

    def on_mount(self) -> None:
        """Ask what is in the wallet."""
        self.reload()

    def reload(self) -> None:
        """Ask again what is in the wallet."""
        assert isinstance(self, Widget)
        self._reload()

    def show(self, balance: Amount) -> None:
        """Show it."""
        raise NotImplementedError

    @work(group="balance", exclusive=True)
    async def _reload(self) -> None:
        try:
            card = await self.desk.ask(Wallet(self.desk.session).card)
        except WalletError:
            # It is only a help: what is not there is refused by the service.
            return
        assert isinstance(self, Widget)
        if stands(self):
            self.show(card.balance)


class Balance(ShowsBalance, Static):
    """What is in the wallet."""

    def __init__(self, *, id: str | None = None) -> None:  # noqa: A002 - Textual's name
        super().__init__("…", markup=False, id=id)

    def show(self, balance: Amount) -> None:
        """Show it."""
        self.update(shown(balance))


class SpendField(ShowsBalance, AmountField):
    """An amount of the wallet's money; more than is there is no amount."""

    def __init__(
        self,
        currency: str,
        *,
        value: str = "",
        id: str | None = None,  # noqa: A002 - Textual's name
    ) -> None:
        super().__init__(currency, value=value, check=self._too_much, id=id)
        self._balance: Amount | None = None

    def show(self, balance: Amount) -> None:
        """Say what the amount leaves of it."""
        self._balance = balance
        self._tell_left()

    def on_amount_field_changed(self) -> None:
        """Say what the new amount leaves."""
        self._tell_left()

    def _tell_left(self) -> None:
        balance, amount = self._balance, self.amount
        if balance is None:
            return
        text = _("{amount} in the wallet").format(amount=shown(balance))
        if amount is not None:
            left = shown(Amount(balance.minor - amount.minor, balance.currency))
            text = _("{amount} left after it").format(amount=left)
        self.hint(text)

    def _too_much(self, amount: Amount) -> str:
        balance = self._balance
        if balance is None or amount.minor <= balance.minor:
            return ""
        return _("The wallet holds {amount}.").format(amount=shown(balance))

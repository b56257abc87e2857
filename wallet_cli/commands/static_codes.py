"""Paying a static code: the payer types the amount."""

from __future__ import annotations

from typing import TYPE_CHECKING

from payment_codes.amount import amount_text
from terminal_kit.diagnostics import say
from terminal_kit.language import _
from terminal_kit.prompts import confirm
from wallet_api.contract.static_codes import StaticPaymentRequest
from wallet_cli.commands.confirming import chosen_amount

if TYPE_CHECKING:
    from payment_codes.native import NativeCode
    from wallet_api.contract.wire import Payment
    from wallet_cli.wallet import Wallet


def pay_static_code(wallet: Wallet, code: NativeCode, typed: str | None, *, yes: bool) -> Payment:
    """Show whom the code pays, take the amount, ask, and pay."""
    offer = wallet.static_offer(code.token)
    if typed is None:
        say(_("To {merchant}, {city}").format(merchant=offer.merchant, city=offer.city))
    amount = chosen_amount(None, typed, offer.currency)
    said = _("{amount} to {merchant}, {city}")
    say(said.format(amount=amount_text(amount), merchant=offer.merchant, city=offer.city))
    confirm(_("Pay this?"), yes=yes)
    return wallet.pay_static(
        StaticPaymentRequest(code=code.token, payee=offer.payee, amount=amount)
    )

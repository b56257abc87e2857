"""Paying merchants as acts to check: a charge states its terms, a static code does not."""

from __future__ import annotations

from typing import TYPE_CHECKING

from terminal_kit.console import local_time
from terminal_kit.language import _
from terminal_kit.screens.money import shown
from terminal_kit.screens.outcome import Outcome
from terminal_kit.words import word
from wallet_api.contract.error_base import WalletError
from wallet_api.contract.ids import short_code
from wallet_api.contract.static_codes import StaticPaymentRequest
from wallet_api.contract.wire import PaymentState
from wallet_cli.screens.check import Act, Terms
from wallet_cli.wallet import Wallet

if TYPE_CHECKING:
    from collections.abc import Callable

    from payment_codes.amount import Amount
    from terminal_kit.asking import Doing
    from terminal_kit.session import Session, Standing
    from wallet_api.contract.static_codes import StaticOffer
    from wallet_api.contract.wire import Offer, Payment


class _Paying(Act["Payment"]):
    """What paying a charge and paying a static code have in common."""

    def confirm(
        self, session: Session, made: Payment, pin: str, tell: Callable[[Doing], None]
    ) -> Payment:
        """Confirm the payment with the PIN."""
        return Wallet(session, tell).confirm(made, pin)

    def outcome(self, session: Session, made: Payment) -> Outcome:
        """Say what became of the payment, and what is left."""
        return payment_outcome(made, balance_left(session))


class PayCharge(_Paying):
    """Pays a charge on exactly the terms that were offered."""

    def __init__(self, offer: Offer) -> None:
        self.verb = _("Pay")
        self.offer = offer
        self.terms = Terms(
            to=offer.merchant,
            amount=offer.amount,
            place=offer.city,
            note=offer.note or "",
            facts=_parts(offer),
            expires_at=offer.expires_at,
        )

    def do(self, session: Session, tell: Callable[[Doing], None]) -> Payment:
        """Pay the offer."""
        return Wallet(session, tell).pay(self.offer)


class PayStatic(_Paying):
    """Pays a static code with an amount that the payer typed."""

    def __init__(self, token: str, offer: StaticOffer, amount: Amount) -> None:
        self.verb = _("Pay")
        self._request = StaticPaymentRequest(code=token, payee=offer.payee, amount=amount)
        self.terms = Terms(to=offer.merchant, amount=amount, place=offer.city)

    def do(self, session: Session, tell: Callable[[Doing], None]) -> Payment:
        """Pay the merchant."""
        return Wallet(session, tell).pay_static(self._request)


class ConfirmingPayment(_Paying):
    """Confirms a payment that waits for the PIN."""

    def __init__(self, payment: Payment) -> None:
        self.verb = _("Confirm")
        self.terms = Terms(
            to=payment.payee,
            amount=payment.amount,
            note=payment.note or "",
            expires_at=payment.expires_at,
        )
        self._payment = payment

    def do(self, session: Session, tell: Callable[[Doing], None]) -> Payment:
        """Give it as it waits."""
        del session, tell
        return self._payment


def _parts(offer: Offer) -> list[tuple[str, str]]:
    """Say what is in the amount, and what was taken off it."""
    parts = ((_("Tip, in it"), offer.tip), (_("Discount, off it"), offer.discount))
    return [(name, shown(part)) for name, part in parts if part is not None]


def balance_left(session: Standing) -> Amount | None:
    """Give the balance; nothing where it cannot be learnt, which changes no outcome."""
    try:
        return Wallet(session).card().balance
    except WalletError:
        return None


def payment_outcome(payment: Payment, left: Amount | None = None) -> Outcome:
    """Say what became of a payment."""
    headlines = {
        PaymentState.SUCCEEDED: _("Paid"),
        PaymentState.PIN_REQUIRED: _("Waiting for your PIN"),
        PaymentState.FAILED: _("Not paid"),
        PaymentState.EXPIRED: _("Expired, not paid"),
        PaymentState.REVERSED: _("Reversed, the money is back"),
    }
    facts = (
        (_("To"), payment.payee),
        (_("Note"), payment.note or ""),
        (_("Why"), word(payment.reason or "")),
        (_("When"), local_time(payment.created_at)),
        (_("Payment"), short_code(payment.id)),
        (_("Balance"), "" if left is None else shown(left)),
    )
    return Outcome(
        state=payment.state,
        headline=headlines[payment.state],
        amount=shown(payment.amount),
        facts=tuple((name, value) for name, value in facts if value),
        id=payment.id,
    )

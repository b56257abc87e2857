"""Payer codes of bare digits: what a shopper shows and a till takes money with.

Such a code is as good as money while it lives: it stands whole among the data objects only.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final, NamedTuple

from payment_codes.code import Order, PaymentCode
from payment_codes.errors import CodeInvalid
from payment_codes.fields import DataObject, text_of
from payment_codes.payer import PATTERNS, PresentedKind, bare_digits
from payment_codes.schemes.orders import take_only
from payment_codes.schemes.works import FieldRow, SchemeWorks

if TYPE_CHECKING:
    from payment_codes.schemes.scheme import Scheme


class _Wallet(NamedTuple):
    kind: PresentedKind
    wallet: str
    name: str
    form: str
    made: str
    currency: str | None


_WALLETS: Final = {
    "alipay-cpm": _Wallet(
        PresentedKind.ALIPAY, "alipay", "auth code",
        "16 to 24 digits, the first two 25 to 30", "289999999999999999", "CNY",
    ),
    "wechat-cpm": _Wallet(
        PresentedKind.WECHAT, "wechat", "auth code",
        "18 digits, the first two 10 to 15", "139999999999999999", "CNY",
    ),
    "unionpay-cpm": _Wallet(
        PresentedKind.UNIONPAY, "unionpay", "C2B code",
        "19 digits, the first two 62", "6299999999999999999", "CNY",
    ),
    "terminal-wallet-payer": _Wallet(
        PresentedKind.PAYER, "terminal-wallet", "payer code",
        "18 digits, the first two 78", "789999999999999999", None,
    ),
}  # fmt: skip


class DigitCodes(SchemeWorks):
    """Reads and writes the payer codes of four wallets."""

    def read(self, text: str, scheme: Scheme) -> PaymentCode:
        """Read digits, grouped or not; the till says the amount."""
        wallet = _WALLETS[scheme.id]
        return PaymentCode(
            scheme=scheme,
            objects=(DataObject("code", text),),
            country=scheme.country,
            currency=wallet.currency,
            details={
                "kind": wallet.name,
                "wallet": wallet.wallet,
                "masked": f"{bare_digits(text)[:2]}…{bare_digits(text)[-4:]}",
            },
        )

    def write(self, objects: tuple[DataObject, ...], scheme: Scheme) -> str:
        """Write the digits as they are."""
        return text_of(objects, "code") or ""

    def compose(self, order: Order, scheme: Scheme) -> tuple[DataObject, ...]:
        """Return made-up digits for testers, given in `account`; a wallet's server makes real ones.

        Raises CodeInvalid for digits of another wallet.
        """
        take_only(order, scheme, ("account",))
        wallet = _WALLETS[scheme.id]
        if not re.fullmatch(PATTERNS[wallet.kind], order.account):
            raise CodeInvalid(
                "A code of {scheme} has {form}.",
                scheme=scheme.name,
                form=wallet.form,
                field="code",
                section=scheme.source,
            )
        return (DataObject("code", order.account),)

    def fields(self, scheme: Scheme) -> tuple[FieldRow, ...]:
        """Return the digits."""
        return (FieldRow("code", "Code of one payment", "M", _WALLETS[scheme.id].form),)

    def example(self, scheme: Scheme) -> Order | None:
        """Return an order with made-up digits."""
        return Order(account=_WALLETS[scheme.id].made)


WORKS = DigitCodes()

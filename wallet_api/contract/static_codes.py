"""What crosses the wire about static codes: a till's code for good, the payer types the amount."""

from __future__ import annotations

from wallet_api.contract.fields import Category, Currency, Id, Name, PositiveAmount, Token
from wallet_api.contract.wire import Answer, Body


class StaticPaymentRequest(Body, frozen=True, kw_only=True):
    """Pay a static code: ``payee`` is the merchant's id, ``amount`` what the payer typed."""

    code: Token
    payee: Id
    amount: PositiveAmount
    note: Name | None = None


class StaticCode(Answer, frozen=True, kw_only=True):
    """A till's own static code; ``payload`` is its text."""

    payload: str
    merchant: str
    store: str
    till: Id
    currency: Currency


class StaticOffer(Answer, frozen=True, kw_only=True):
    """What a wallet learns of a static code before it pays. ``payee`` is the merchant's id."""

    payee: Id
    merchant: str
    city: str
    category: Category
    currency: Currency

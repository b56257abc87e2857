"""Test codes of any scheme that can be built: made-up ones, right or wrong in one way."""

from __future__ import annotations

import re
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Final

from payment_codes.breaking import KINDS, broken
from payment_codes.building import build
from payment_codes.currency import CURRENCIES
from payment_codes.errors import CodeInvalid
from payment_codes.parsing import parse
from payment_codes.schemes.table import SCHEMES, by_id
from terminal_kit.language import _
from wallet_api.contract.errors import AmountInvalid, Usage

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from payment_codes.amount import Amount
    from payment_codes.code import Order, PaymentCode
    from payment_codes.schemes.scheme import Scheme

_FROM_NOW: Final = re.compile(r"([0-9]{1,6})([smhd])")
_UNITS: Final = {"s": "seconds", "m": "minutes", "h": "hours", "d": "days"}
#: What an order may say besides its amount and its end.
_TEXTS: Final = ("account", "payee", "city", "reference", "message")


@dataclass(frozen=True, slots=True, kw_only=True)
class Wish:
    """What a test code is to ask for in place of the scheme's example; "" leaves a thing out.

    ``amount`` is a decimal, with a currency or in the example's; ``expires`` a moment of ISO 8601,
    or a time from now such as 15m. ``extra`` are further values by the names of the scheme.
    """

    account: str | None = None
    payee: str | None = None
    city: str | None = None
    amount: str | None = None
    reference: str | None = None
    message: str | None = None
    expires: str | None = None
    extra: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Specimen:
    """A test code: its text, what a reader makes of it, and the kind of fault it was given."""

    text: str
    code: PaymentCode
    kind: str | None


def scheme_named(name: str) -> Scheme:
    """Give the scheme of an id. Raises Usage for one that is unknown, or that nobody can make."""
    try:
        scheme = by_id(name.lower())
    except KeyError:
        reason = _("There is no scheme {name}; `pos test-code --list` lists them.")
        raise Usage(reason=reason.format(name=name)) from None
    if scheme.works.example(scheme) is None:
        reason = _("Codes of {name} come from its own service only.")
        raise Usage(reason=reason.format(name=name))
    return scheme


def makeable() -> Iterator[Scheme]:
    """Give the schemes that test codes can be made of; one for each id."""
    for name in dict.fromkeys(scheme.id for scheme in SCHEMES):
        scheme = by_id(name)
        if scheme.works.example(scheme) is not None:
            yield scheme


def make(scheme: Scheme, wish: Wish, kind: str | None, now: datetime) -> Specimen:
    """Make a test code. Raises Usage, AmountInvalid, and CodeInvalid for what the scheme forbids.

    Usage names the kinds of faults that there are, where this one cannot be.
    """
    if kind is not None and kind not in KINDS:
        reason = _("--break is one of {kinds}.")
        raise Usage(reason=reason.format(kinds=", ".join(KINDS)))
    text = build(scheme, order_of(scheme, wish, now))
    if kind is not None:
        try:
            text = broken(text, scheme, kind)
        except CodeInvalid as error:
            raise Usage(reason=_(error.template).format(**error.details)) from None
    return Specimen(text, parse(text), kind)


def order_of(scheme: Scheme, wish: Wish, now: datetime) -> Order:
    """Give the scheme's example with what is wished for. Raises Usage, AmountInvalid."""
    example = scheme.works.example(scheme)
    assert example is not None, "codes of the scheme can be made"
    order = example
    for name in _TEXTS:
        value = getattr(wish, name)
        if value is not None:
            order = replace(order, **{name: value})
    if wish.amount is not None:
        order = replace(order, amount=_amount(wish.amount, example, scheme))
    if wish.expires is not None:
        order = replace(order, expires=_moment(wish.expires, now))
    extra = {**order.extra, **wish.extra}
    return replace(order, extra={name: value for name, value in extra.items() if value})


def settable(scheme: Scheme) -> list[str]:
    """Give what the scheme's example says, by the names of the options and of --set."""
    order = scheme.works.example(scheme)
    assert order is not None, "codes of the scheme can be made"
    options = [name for name in (*_TEXTS, "amount", "expires") if getattr(order, name)]
    return [*options, *order.extra]


def _amount(text: str, example: Order, scheme: Scheme) -> Amount | None:
    """Read an amount, in the currencies of ISO 4217 and in those that codes alone know."""
    from payment_codes.amount import parse_amount
    from payment_codes.money import read_decimal

    if not text:
        return None
    code = example.amount.currency if example.amount else _currency(scheme)
    number, _space, stated = text.partition(" ")
    if (stated or code) in CURRENCIES:
        return parse_amount(text, code)
    amount, issues = read_decimal(number, stated or code, "amount", scheme.source)
    if amount is None:
        raise AmountInvalid(reason=str(issues[0]).rstrip("."))
    return amount


def _currency(scheme: Scheme) -> str:
    """Give the currency that the scheme's example is in."""
    example = scheme.works.example(scheme)
    assert example is not None, "codes of the scheme can be made"
    return parse(build(scheme, example)).currency or "EUR"


def _moment(text: str, now: datetime) -> datetime | None:
    if not text:
        return None
    match = _FROM_NOW.fullmatch(text)
    if match:
        span = timedelta(**{_UNITS[match[2]]: int(match[1])})
        return (now + span).replace(microsecond=0)
    try:
        moment = datetime.fromisoformat(text)
    except ValueError:
        reason = _("--expires is a time from now such as 15m, or a moment such as {example}.")
        raise Usage(reason=reason.format(example="2026-01-31T09:00+01:00")) from None
    # Without a zone it is this machine's.
    return moment if moment.tzinfo else moment.astimezone()

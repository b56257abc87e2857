"""Make a payment code of any scheme in which a merchant or a payer makes one."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from payment_codes.errors import AmountInvalid, CodeInvalid, CodeUnreadable
from payment_codes.parsing import parse

if TYPE_CHECKING:
    from payment_codes.code import Order, PaymentCode
    from payment_codes.schemes.scheme import Scheme

# Not who is paid: a scheme may spell a telephone number or a name in its own way.
_SAID: Final = ("amount", "reference", "message", "expires")


def build(scheme: Scheme, order: Order) -> str:
    """Write a code that asks for `order`; read back, it says the same and passes strictly.

    Raises CodeInvalid, with `field` and `section`, for what the scheme forbids or cannot say.
    """
    works = scheme.works
    try:
        text = works.write(works.compose(order, scheme), scheme)
        code = parse(text)
    except (AmountInvalid, CodeUnreadable) as error:
        field = "amount" if isinstance(error, AmountInvalid) else ""
        raise CodeInvalid(
            error.template, **error.details, field=field, section=scheme.source
        ) from error
    if code.issues:
        first = code.issues[0]
        raise CodeInvalid(first.template, **first.details, field=first.where, section=first.rule)
    unsaid = _unsaid(order, code)
    if code.scheme.module != scheme.module or unsaid:
        raise CodeInvalid(
            "A code of {scheme} cannot say this: {field}.",
            scheme=scheme.name,
            field=unsaid or "account",
            section=scheme.source,
        )
    return text


def _unsaid(order: Order, code: PaymentCode) -> str | None:
    """Return the name of what an order asks for and its code says otherwise."""
    asked = ((name, getattr(order, name)) for name in _SAID)
    return next((name for name, value in asked if value and getattr(code, name) != value), None)


def rewrite(code: PaymentCode) -> str:
    """Write a code that was read again, with unknown fields as they were and right check sums."""
    return code.scheme.works.write(code.objects, code.scheme)

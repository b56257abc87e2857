"""Make a payment code of any scheme in which a merchant or a payer makes one."""

from __future__ import annotations

from typing import TYPE_CHECKING

from payment_codes.errors import CodeInvalid
from payment_codes.parsing import parse

if TYPE_CHECKING:
    from payment_codes.code import Order, PaymentCode
    from payment_codes.schemes.scheme import Scheme


def build(scheme: Scheme, order: Order) -> str:
    """Write a code that asks for `order`; read back, it says the same and passes strictly.

    Raises CodeInvalid, with `field` and `section`, for what the scheme forbids or cannot say.
    """
    works = scheme.works
    text = works.write(works.compose(order, scheme), scheme)
    issues = parse(text).issues
    if issues:
        first = issues[0]
        raise CodeInvalid(first.template, **first.details, field=first.where, section=first.rule)
    return text


def rewrite(code: PaymentCode) -> str:
    """Write a code that was read again, with unknown fields as they were and right check sums."""
    return code.scheme.works.write(code.objects, code.scheme)

"""What an order asks for and a scheme cannot say is refused, never dropped."""

from __future__ import annotations

from dataclasses import fields
from typing import TYPE_CHECKING

from payment_codes.errors import CodeInvalid

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable

    from payment_codes.code import Order
    from payment_codes.issues import Issue
    from payment_codes.schemes.scheme import Scheme


def take_only(
    order: Order, scheme: Scheme, sayable: Collection[str], extra: Collection[str] = ()
) -> None:
    """Raise CodeInvalid for a field of an order that is none of `sayable`.

    The same for a name of its further values that is none of `extra`.
    """
    asked = (one.name for one in fields(order) if one.name != "extra" and getattr(order, one.name))
    for name in asked:
        if name not in sayable:
            raise _unsayable(name, scheme)
    for name in order.extra:
        if name not in extra:
            raise _unsayable(name, scheme)


def refuse_broken(issues: Iterable[Issue]) -> None:
    """Raise CodeInvalid for the first issue, where a text without its mark could not be read."""
    for issue in issues:
        raise CodeInvalid(issue.template, **issue.details, field=issue.where, section=issue.rule)


def _unsayable(name: str, scheme: Scheme) -> CodeInvalid:
    return CodeInvalid(
        "A code of {scheme} cannot say this: {field}.",
        scheme=scheme.name,
        field=name,
        section=scheme.source,
    )

"""Profiles that are alike: one module reads several schemes, each by its own profile."""

from __future__ import annotations

from typing import TYPE_CHECKING

from payment_codes.schemes.works import FieldRow, SchemeWorks

if TYPE_CHECKING:
    from collections.abc import Mapping

    from payment_codes.code import Order, PaymentCode
    from payment_codes.fields import DataObject
    from payment_codes.issues import Rule
    from payment_codes.schemes.scheme import Scheme


class Family(SchemeWorks):
    """Hands every call to the works of the scheme asked for."""

    def __init__(self, members: Mapping[str, SchemeWorks]) -> None:
        """Take the works by the ids of their schemes."""
        self._members = members

    def read(self, text: str, scheme: Scheme) -> PaymentCode:
        """Read a code of one of the schemes."""
        return self._members[scheme.id].read(text, scheme)

    def write(self, objects: tuple[DataObject, ...], scheme: Scheme) -> str:
        """Write a code of one of the schemes."""
        return self._members[scheme.id].write(objects, scheme)

    def compose(self, order: Order, scheme: Scheme) -> tuple[DataObject, ...]:
        """Return the data objects of a new code of one of the schemes."""
        return self._members[scheme.id].compose(order, scheme)

    def fields(self, scheme: Scheme) -> tuple[FieldRow, ...]:
        """Return the fields of one of the schemes."""
        return self._members[scheme.id].fields(scheme)

    def rules(self, scheme: Scheme) -> tuple[Rule, ...]:
        """Return the rules of one of the schemes."""
        return self._members[scheme.id].rules(scheme)

    def example(self, scheme: Scheme) -> Order | None:
        """Return what a made-up code of one of the schemes asks for."""
        return self._members[scheme.id].example(scheme)

"""What a scheme's module does: the base of every reader and writer of codes."""

from __future__ import annotations

from abc import ABC, abstractmethod
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from payment_codes.code import Order, PaymentCode
    from payment_codes.fields import DataObject
    from payment_codes.issues import Rule
    from payment_codes.schemes.scheme import Scheme


class FieldRow(NamedTuple):
    """A field as a scheme's page shows it.

    `id` is its tag, key or line, `presence` "M" mandatory, "O" optional or "C" conditional, and
    `form` what it holds, in words.
    """

    id: str
    name: str
    presence: str
    form: str


class SchemeWorks(ABC):
    """Reads and writes the codes of one scheme, or of several that are alike.

    A module of a scheme has an instance of its own by the name ``WORKS``.
    """

    @abstractmethod
    def read(self, text: str, scheme: Scheme) -> PaymentCode:
        """Read a text that has the scheme's mark; whatever is wrong with it becomes an issue."""

    @abstractmethod
    def write(self, objects: tuple[DataObject, ...], scheme: Scheme) -> str:
        """Write data objects, unknown ones too, with right check sums.

        Raises CodeInvalid for what cannot be written at all.
        """

    @abstractmethod
    def fields(self, scheme: Scheme) -> tuple[FieldRow, ...]:
        """Return the table of fields."""

    def rules(self, scheme: Scheme) -> tuple[Rule, ...]:
        """Return the rules beyond those of single fields."""
        return ()

    def compose(self, order: Order, scheme: Scheme) -> tuple[DataObject, ...]:
        """Return the data objects of a new code; raises CodeInvalid for what cannot be said.

        Schemes whose codes come from their own server only keep this one.
        """
        from payment_codes.errors import CodeInvalid

        raise CodeInvalid(
            "Codes of {scheme} come from its own service only.",
            scheme=scheme.name,
            section=scheme.source,
        )

    def example(self, scheme: Scheme) -> Order | None:
        """Return what a made-up code asks for; None where nobody but the service makes codes."""
        return None

"""What a scheme is: its name, its marks, and the module that reads and writes its codes."""

from __future__ import annotations

import enum
from dataclasses import dataclass
from importlib import import_module
from typing import TYPE_CHECKING, cast

if TYPE_CHECKING:
    from re import Pattern

    from payment_codes.schemes.works import SchemeWorks


class Carrier(enum.StrEnum):
    """How a scheme writes its codes."""

    EMV_MERCHANT = "EMVCo merchant-presented"
    EMV_CONSUMER = "EMVCo consumer-presented"
    URI = "URI"
    URL = "web address"
    LINES = "lines of text"
    TEXT = "text"
    DIGITS = "digits"
    PACKED = "packed text"


class Side(enum.StrEnum):
    """Who shows a code."""

    PAYEE = "payee"
    PAYER = "payer"


@dataclass(frozen=True, slots=True)
class Scheme:
    """One scheme of payment codes.

    `id` is its stable name, `name` the readable one. `pattern` is what the beginning of every code
    matches, tried on the first `schemes.table.MARK` characters; an EMVCo profile has instead `guid`
    for the beginning of an account template's identifier, or the `tags` of a card network.
    `module` reads and writes its codes. `source` is the specification. `confidence` is below 1
    where the mark alone could be another's.
    """

    id: str
    name: str
    country: str | None
    carrier: Carrier
    module: str
    source: str
    pattern: Pattern[str] | None = None
    guid: Pattern[str] | None = None
    tags: frozenset[str] = frozenset()
    side: Side = Side.PAYEE
    confidence: float = 1.0

    @property
    def works(self) -> SchemeWorks:
        """What reads and writes codes of this scheme; its module is imported only now."""
        return cast("SchemeWorks", import_module(self.module).WORKS)

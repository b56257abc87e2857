"""What a payment code says, whatever its scheme, and what a new one is to say."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from payment_codes.fields import DataObject, Tree, tree_of
from payment_codes.issues import Issue, Severity, is_valid

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import datetime

    from payment_codes.amount import Amount
    from payment_codes.schemes.scheme import Scheme

Detail = str | int | bool | list[str] | dict[str, str]


@dataclass(frozen=True, slots=True, kw_only=True)
class PaymentCode:
    """A code that was read: what it says in the terms of all schemes, its tree, and its issues.

    `payee` is who is paid by name, `account` where (an IBAN, a PIX key, a VPA), both None when only
    the scheme's server knows. `amount` is whole minor units, None when the payer enters it or the
    code does not tell; `payer_enters_amount` says which. `currency` is an ISO 4217 code or None.
    `country` is ISO 3166-1 alpha-2. `expires` has a time zone. `objects` are all the pieces in
    their order, unknown ones too; `details` are the scheme's own meanings by name.
    `confidence` (0 to 1) says how sure the scheme is, and `others` the ids of those that fit too.
    """

    scheme: Scheme
    objects: tuple[DataObject, ...] = field(repr=False)
    country: str | None = None
    payee: str | None = None
    account: str | None = field(default=None, repr=False)
    amount: Amount | None = None
    currency: str | None = None
    payer_enters_amount: bool = False
    reference: str | None = None
    message: str | None = None
    expires: datetime | None = None
    details: Mapping[str, Detail] = field(default_factory=dict, repr=False)
    issues: tuple[Issue, ...] = ()
    confidence: float = 1.0
    others: tuple[str, ...] = ()

    @property
    def tree(self) -> Tree:
        """All pieces by the scheme's names."""
        return tree_of(self.objects)

    def valid(self, severity: Severity) -> bool:
        """Say whether the code passes the strict or the lenient reading."""
        return is_valid(self.issues, severity)


@dataclass(frozen=True, slots=True, kw_only=True)
class Order:
    """What a code is to ask for; every scheme takes what it knows and refuses what it cannot say.

    `account` is where the money goes in the scheme's own terms (an IBAN, a PIX key, a VPA, a
    merchant's number). Without `amount` the payer enters it. `extra` are further values by the
    names that the scheme's page lists.
    """

    account: str = ""
    payee: str = ""
    city: str = ""
    amount: Amount | None = None
    reference: str = ""
    message: str = ""
    expires: datetime | None = None
    extra: Mapping[str, str] = field(default_factory=dict)

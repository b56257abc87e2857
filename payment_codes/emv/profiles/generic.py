"""A merchant-presented code of nobody's profile: EMVCo's tables and nothing else."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, ClassVar

from payment_codes.amount import Amount
from payment_codes.code import Order
from payment_codes.emv.profiles.profile import Objects, Profile
from payment_codes.fields import text_of

if TYPE_CHECKING:
    from collections.abc import Mapping

    from payment_codes.schemes.scheme import Scheme


class Generic(Profile):
    """Reads any EMVCo merchant-presented code; its account is that of the first template."""

    EXTRA: ClassVar[Mapping[str, str]] = {"guid": "identifier of the account's template"}

    def meaning(self, objects: Objects, scheme: Scheme) -> dict[str, Any]:
        """Return the first account and the identifiers of all templates that have one."""
        accounts = [item for item in objects if "02" <= item.id <= "51"]
        contents = [item.value for item in accounts if not isinstance(item.value, str)]
        guids = [guid for guid in (text_of(content, "00") for content in contents) if guid]
        first = accounts[0].value if accounts else None
        account = first if isinstance(first, str) or first is None else text_of(first, "01")
        return {"account": account, "details": {"guids": guids} if guids else {}}

    def example(self, scheme: Scheme) -> Order | None:
        """Return an order with an account template of a made-up identifier."""
        return Order(
            account="A1",
            payee="BEST TRANSPORT",
            city="BEIJING",
            amount=Amount(23_72, "CNY"),
            reference="R1",
            message="Two tickets",
            extra={"category": "4111", "language": "ZH", "name_alternate": "最佳运输"},
        )


WORKS = Generic()

"""PIX, Brazil: the BR Code (BCB, Manual de Padrões para Iniciação do Pix, §2)."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from payment_codes.amount import Amount
from payment_codes.code import Order
from payment_codes.emv.profiles.profile import Objects, Profile
from payment_codes.emv.table import Field, Format, table
from payment_codes.fields import DataObject, inside, text_of
from payment_codes.issues import Issue, Rule, Severity

if TYPE_CHECKING:
    from collections.abc import Iterator

    from payment_codes.schemes.scheme import Scheme

GUID: Final = "br.gov.bcb.pix"
_SECTION: Final = "BCB Manual Pix §2.4"

_ACCOUNT: Final = table(
    _SECTION,
    {
        "00": Field(
            "Globally Unique Identifier", Format.ALPHANUMERIC_SPECIAL, 1, 32, mandatory=True
        ),
        "01": Field("PIX key", Format.STRING, 1, 77),
        "02": Field("Additional information", Format.STRING, 1, 99),
        "03-24": Field("Reserved for PIX", Format.STRING, 1, 99),
        "25": Field("Address of the charge", Format.STRING, 1, 77),
        "26-99": Field("Reserved for PIX", Format.STRING, 1, 99),
    },
)
NO_KEY: Final = Rule(
    "missing", _SECTION, "There is neither a PIX key nor the address of a charge ({field})."
)
BOTH: Final = Rule(
    "exclusive",
    _SECTION,
    "A PIX key and the address of a charge exclude each other ({field}).",
    Severity.STRICT,
)
REAIS: Final = Rule(
    "currency_wrong", _SECTION, "PIX is paid in reais: the currency ({field}) must be 986."
)


class Pix(Profile):
    """A key with who it belongs to, or the address where a charge is."""

    RULES = (NO_KEY, BOTH, REAIS)
    ACCOUNT = _ACCOUNT
    CURRENCY = "BRL"

    def check(self, objects: Objects, scheme: Scheme) -> Iterator[Issue]:
        """Give what breaks the rules of the BR Code."""
        tag, account = self.account(objects, scheme)
        key, url = text_of(account, "01"), text_of(account, "25")
        if tag and not key and not url:
            yield NO_KEY.broken(f"{tag}.01")
        if key and url:
            yield BOTH.broken(f"{tag}.25")
        if text_of(objects, "53") not in (None, "986"):
            yield REAIS.broken("53")

    def meaning(self, objects: Objects, scheme: Scheme) -> dict[str, Any]:
        """Return the key or the address, and what recurs."""
        account = self.account(objects, scheme)[1]
        key, url = text_of(account, "01"), text_of(account, "25")
        recurrence = text_of(inside(objects, "80"), "25")
        kind = "dynamic" if url else "static"
        said = {
            "pix_key": key,
            "pix_url": url,
            "description": text_of(account, "02"),
            "rec_url": recurrence,
            "pix_type": f"composite {kind} + recurrence" if recurrence else kind,
        }
        txid = text_of(inside(objects, "62"), "05")
        if txid and txid != "***":
            said["txid"] = txid
        return {
            "account": key or url,
            "message": said["description"],
            # The charge behind an address decides on the amount.
            "payer_enters_amount": url is None and text_of(objects, "54") is None,
            "details": {name: value for name, value in said.items() if value is not None},
        }

    def accounts(self, order: Order, scheme: Scheme) -> Objects:
        """Return the template with a key, or with an address where `extra` has an "url"."""
        url = order.extra.get("url", "")
        texts = {"01": "" if url else order.account, "02": order.message, "25": url}
        fields = (DataObject(tag, text) for tag, text in texts.items() if text)
        return (DataObject("26", (DataObject("00", GUID), *fields)),)

    def additional(self, order: Order, scheme: Scheme) -> Objects:
        """Return the transaction's id, which every code has, if only as "***"."""
        return (DataObject("05", order.reference or "***"),)

    def example(self, scheme: Scheme) -> Order | None:
        """Return an order to a random key."""
        return Order(
            account="123e4567-e12b-12d1-a456-426655440000",
            payee="FULANO DE TAL",
            city="BRASILIA",
            amount=Amount(12_50, "BRL"),
            reference="ABC123",
        )


WORKS = Pix()

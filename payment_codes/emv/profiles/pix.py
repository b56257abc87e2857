"""PIX, Brazil: the BR Code (BCB, Manual de Padrões para Iniciação do Pix, §2)."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any, ClassVar, Final

from payment_codes.amount import Amount
from payment_codes.code import Order
from payment_codes.emv.profiles import pix_keys
from payment_codes.emv.profiles.national import National, guid_field, named, template
from payment_codes.emv.table import Field, Format, table
from payment_codes.fields import inside, text_of
from payment_codes.issues import Issue, Rule, Severity

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from payment_codes.emv.profiles.profile import Objects
    from payment_codes.schemes.scheme import Scheme

GUID: Final = "br.gov.bcb.pix"
_SECTION: Final = "BCB Manual Pix §2.4"
_ASK: Final = "***"

_ACCOUNT: Final = table(
    _SECTION,
    {
        "00": guid_field(GUID),
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
ADDRESS: Final = Rule(
    "value",
    _SECTION,
    "The address of the charge ({field}) is written without https://.",
    Severity.STRICT,
)
USED_ONCE: Final = Rule(
    "value",
    _SECTION,
    'A code with the address of a charge is used once: {field} must be "12".',
    Severity.STRICT,
)
TXID: Final = Rule(
    "characters",
    _SECTION,
    "The transaction's id ({field}) holds other characters than letters and digits.",
    Severity.STRICT,
)


class Pix(National):
    """A key with who it belongs to, or the address where a charge is."""

    RULES = (NO_KEY, BOTH, ADDRESS, USED_ONCE, TXID, *pix_keys.RULES)
    MESSAGE = None
    GUID = GUID
    ACCOUNT = _ACCOUNT
    EXTRA: ClassVar[Mapping[str, str]] = {
        "url": "address of the charge, in place of a key",
        "rec_url": "address of the recurrence",
    }
    CURRENCY = "BRL"
    CURRENCIES = ("BRL",)
    CURRENCY_WRONG = Rule(
        "currency_wrong", _SECTION, "PIX is paid in reais: the currency ({field}) must be 986."
    )
    COUNTRY_WRONG = Rule(
        "country_wrong", _SECTION, "The country ({field}) must be BR.", Severity.STRICT
    )

    def check(self, objects: Objects, scheme: Scheme) -> Iterator[Issue]:
        """Give what breaks the rules of the BR Code."""
        yield from super().check(objects, scheme)
        tag, account = self.account(objects, scheme)
        key, url = text_of(account, "01"), text_of(account, "25")
        if tag and not key and not url:
            yield NO_KEY.broken(f"{tag}.01")
        if key:
            yield from pix_keys.issues_of(key, f"{tag}.01")
        if url:
            yield from _charge_issues(objects, url, f"{tag}.25")
        if key and url:
            yield BOTH.broken(f"{tag}.25")
        txid = text_of(inside(objects, "62"), "05")
        if txid and txid != _ASK and not (txid.isascii() and txid.isalnum()):
            yield TXID.broken("62.05")

    def meaning(self, objects: Objects, scheme: Scheme) -> dict[str, Any]:
        """Return the key or the address, and what recurs."""
        account = self.account(objects, scheme)[1]
        details = named(account, {"pix_key": "01", "pix_url": "25", "description": "02"})
        details |= named(inside(objects, "80"), {"rec_url": "25"})
        key, url = details.get("pix_key"), details.get("pix_url")
        kind = "dynamic" if url else "static"
        details["pix_type"] = f"composite {kind} + recurrence" if "rec_url" in details else kind
        key_kind = pix_keys.kind_of(pix_keys.spelled(key)) if key else None
        if key_kind:
            details["key_type"] = key_kind
        txid = text_of(inside(objects, "62"), "05")
        if txid and txid != _ASK:
            details["txid"] = txid
        return {
            "account": key or url,
            "message": details.get("description"),
            # The charge behind an address decides on the amount.
            "payer_enters_amount": url is None and text_of(objects, "54") is None,
            "details": details,
        }

    def initiation(self, order: Order) -> str:
        """Return tag 01: only the address of a charge is used once."""
        return "12" if "url" in order.extra else "11"

    def accounts(self, order: Order, scheme: Scheme) -> Objects:
        """Return the template with a key, or with an address where `extra` has an "url"."""
        url = order.extra.get("url", "")
        return (template("26", GUID, {"01": order.account, "02": order.message, "25": url}),)

    def additional(self, order: Order, scheme: Scheme) -> Objects:
        """Return the labels with the transaction's id, which is "***" where it has none."""
        return super().additional(replace(order, reference=order.reference or _ASK), scheme)

    def unreserved(self, order: Order, scheme: Scheme) -> Objects:
        """Return the address of the recurrence, where `extra` has one."""
        url = order.extra.get("rec_url")
        return (template("80", GUID, {"25": url}),) if url else ()

    def example(self, scheme: Scheme) -> Order | None:
        """Return an order to a random key."""
        return Order(
            account="123e4567-e12b-12d1-a456-426655440000",
            payee="FULANO DE TAL",
            city="BRASILIA",
            amount=Amount(12_50, "BRL"),
            reference="ABC123",
            message="pedido",
        )


def _charge_issues(objects: Objects, url: str, where: str) -> Iterator[Issue]:
    if "://" in url:
        yield ADDRESS.broken(where)
    if text_of(objects, "01") == "11":
        yield USED_ONCE.broken("01")


WORKS = Pix()

"""Bharat QR, India: card numbers, a bank account and a UPI address in one code (NPCI)."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any, ClassVar, Final

from payment_codes.amount import Amount
from payment_codes.code import Order
from payment_codes.emv.cards import CARD_CHECK, card_issues
from payment_codes.emv.profiles.national import National, guid_field, named, template
from payment_codes.emv.table import ROOT, Field, Format, Values, table
from payment_codes.fields import DataObject, inside, text_of
from payment_codes.issues import Rule, Severity
from payment_codes.money import read_decimal

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from payment_codes.emv.profiles.profile import Objects
    from payment_codes.issues import Issue
    from payment_codes.schemes.scheme import Scheme

_SECTION: Final = "Bharat QR v2.1 §4"
_GUID: Final = "A000000524"
_ANS, _S, _M = Format.ALPHANUMERIC_SPECIAL, Format.STRING, True
_LOOSE: Final = frozenset({"empty", "length", "characters"})

_ADDRESS: Final = Values(r"[A-Za-z0-9.\-_]+@[A-Za-z][A-Za-z0-9]+", "name@handle")
_BANK: Final = Values(
    r"[A-Z]{4}0[A-Z0-9]{6}[0-9A-Za-z]{1,26}", "an IFSC of 11 characters and an account"
)
_UPI: Final = table(
    _SECTION,
    {
        "00": guid_field(_GUID),
        "01": Field("UPI address (VPA)", _ANS, 3, 99, _M, (_ADDRESS,)),
        "02": Field("Least amount", _ANS, 1, 13),
        "03-99": Field("Reserved for UPI", _S, 1, 99),
    },
)
_REFERENCE: Final = table(
    _SECTION,
    {
        "00": guid_field(_GUID),
        "01": Field("UPI transaction reference", _ANS, 4, 35, strict_only=_LOOSE),
        "02": Field("Address with more about the order", _S, 1, 99),
        "03-99": Field("Reserved for UPI", _S, 1, 99),
    },
)
_CARDS: Final = {"visa": "02", "mastercard": "04", "rupay": "06"}
_ROOT: Final = ROOT.with_fields(
    _SECTION,
    {
        "06-07": Field("Merchant Account Information of RuPay", _ANS, 1, 99),
        "08": Field("IFSC and account", _ANS, 12, 37, values=(_BANK,)),
        "26": Field("UPI address", Format.TEMPLATE, 1, 99, content=_UPI),
        "27": Field("UPI reference", Format.TEMPLATE, 1, 99, content=_REFERENCE),
    },
)
CARD: Final = replace(CARD_CHECK, severity=Severity.LENIENT)
NO_PAYEE: Final = Rule(
    "missing", _SECTION, "There is no card number, no bank account and no UPI address ({field})."
)
BELOW_LEAST: Final = Rule(
    "amount_range", _SECTION, "The amount ({field}) is less than the least amount (26.02)."
)


class BharatQr(National):
    """A merchant by the numbers that card networks, its bank and UPI know it by."""

    TABLE = _ROOT
    RULES = (NO_PAYEE, CARD, BELOW_LEAST)
    EXTRA: ClassVar[Mapping[str, str]] = {
        "visa": "number at Visa, 16 digits",
        "mastercard": "number at Mastercard, 15 or 16 digits",
        "rupay": "number at RuPay, 16 digits",
        "bank_account": "IFSC of 11 characters, and the account",
        "least_amount": "the least amount in rupees, a decimal",
        "upi_reference": "UPI's reference of the transaction",
    }
    CURRENCY = "INR"
    CURRENCIES = ("INR",)
    CURRENCY_WRONG = Rule(
        "currency_wrong",
        _SECTION,
        "Bharat QR is paid in rupees: the currency ({field}) must be 356.",
    )
    COUNTRY_WRONG = Rule(
        "country_wrong", _SECTION, "The country ({field}) must be IN.", Severity.STRICT
    )

    def check(self, objects: Objects, scheme: Scheme) -> Iterator[Issue]:
        """Give what breaks the rules of Bharat QR."""
        yield from super().check(objects, scheme)
        yield from card_issues(objects, _CARDS.values(), CARD)
        if self.meaning(objects, scheme)["account"] is None:
            yield NO_PAYEE.broken("26.01")
        least = text_of(inside(objects, "26"), "02")
        if least is None:
            return
        least_amount, issues = read_decimal(least, "INR", "26.02", _SECTION)
        yield from issues
        amount = read_decimal(text_of(objects, "54") or "", "INR", "54", _SECTION)[0]
        if amount and least_amount and amount.minor < least_amount.minor:
            yield BELOW_LEAST.broken("54")

    def meaning(self, objects: Objects, scheme: Scheme) -> dict[str, Any]:
        """Return all numbers of the merchant; the account is the one that transfers go to."""
        details = named(objects, {**_CARDS, "bank_account": "08"})
        details |= named(inside(objects, "26"), {"upi_vpa": "01", "least_amount": "02"})
        details |= named(inside(objects, "27"), {"upi_reference": "01", "upi_url": "02"})
        ways = (details.get(name) for name in ("upi_vpa", "bank_account", *_CARDS))
        return {"account": next((way for way in ways if way), None), "details": details}

    def accounts(self, order: Order, scheme: Scheme) -> Objects:
        """Return the card numbers and the bank account of `extra`, and the UPI address."""
        extra = order.extra
        numbers = (
            (tag, extra.get(name)) for name, tag in (*_CARDS.items(), ("bank_account", "08"))
        )
        upi = {"01": order.account, "02": extra.get("least_amount", "")}
        reference = {"01": extra.get("upi_reference", "")}
        templates = (("26", upi), ("27", reference))
        return (
            *(DataObject(tag, number) for tag, number in numbers if number),
            *(template(tag, _GUID, texts) for tag, texts in templates if any(texts.values())),
        )

    def example(self, scheme: Scheme) -> Order | None:
        """Return an order to a made-up merchant."""
        return Order(
            account="shop@example",
            payee="CORNER SHOP",
            city="NEW DELHI",
            amount=Amount(10_00, "INR"),
            reference="ORDER1",
            extra={
                "category": "5411",
                "postal_code": "110016",
                "visa": "4000000000000002",
                "bank_account": "ABCD0000001123456789",
                "upi_reference": "ORDER1",
            },
        )


WORKS = BharatQr()

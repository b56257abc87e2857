"""Our own codes: what `payment_codes.native` refuses, said as issues."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any, ClassVar, Final

from payment_codes import native
from payment_codes.alphanumeric import CHARACTER, fits
from payment_codes.amount import Amount, parse_amount
from payment_codes.code import Order
from payment_codes.emv.profiles.national import template
from payment_codes.emv.profiles.profile import Objects, Profile
from payment_codes.emv.table import ADDITIONAL_DATA, ROOT, Field, Format, Table, Values, table
from payment_codes.errors import AmountInvalid
from payment_codes.fields import text_of
from payment_codes.issues import Rule, Severity

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from payment_codes.code import PaymentCode
    from payment_codes.issues import Issue
    from payment_codes.schemes.scheme import Scheme

_SECTION: Final = "Terminal Wallet code"
_ANS: Final = Format.ALPHANUMERIC_SPECIAL
_ALPHANUMERIC: Final = Values(f"{CHARACTER}+", "characters of QR's alphanumeric set", "characters")

_ACCOUNT: Final = table(
    _SECTION,
    {
        "00": Field(f"Globally Unique Identifier, {native.GUID}", _ANS, 10, 10, mandatory=True),
        "01": Field(
            "Token",
            _ANS,
            16,
            16,
            mandatory=True,
            values=(Values(r"[0-9A-HJKMNP-TV-Z]{16}", "written in Crockford's base 32"),),
        ),
        "02": Field("Kind", _ANS, 1, 1, values=(Values("P|G", "P (a person) or G (a gift)"),)),
        "03-99": Field("Reserved for us", Format.STRING, 1, 99),
    },
)
_LABELS: Final = ADDITIONAL_DATA.with_fields(
    _SECTION,
    {
        "05": Field("Reference Label", _ANS, 1, 12, values=(_ALPHANUMERIC,)),
        "07": Field("Terminal Label", _ANS, 1, 8, values=(_ALPHANUMERIC,)),
    },
)
_ROOT: Final = ROOT.with_fields(
    _SECTION,
    {"62": Field("Additional Data Field Template", Format.TEMPLATE, 1, 99, content=_LABELS)},
)
CAPITALS: Final = Rule(
    "characters", _SECTION, "The code holds other characters than QR's alphanumeric set."
)
TOO_LONG: Final = Rule(
    "too_long", _SECTION, "Our codes have at most {most} characters.", Severity.STRICT
)
DECIMALS: Final = Rule(
    "amount_precision", _SECTION, "The amount ({field}) has more decimals than its currency."
)


class Native(Profile):
    """Reads and writes our codes; `native.parse` takes what is without an issue here."""

    RULES = (CAPITALS, TOO_LONG, DECIMALS)
    ACCOUNT = _ACCOUNT
    CURRENCY = "CNY"
    MESSAGE = None
    EXTRA: ClassVar[Mapping[str, str]] = {"kind": "P a person's code, G a gift's"}

    def table(self, scheme: Scheme) -> Table:
        """Return the root's table with our labels."""
        return _ROOT

    def read(self, text: str, scheme: Scheme) -> PaymentCode:
        """Read a code; that it fits a small QR code is a rule about its text."""
        code = super().read(text, scheme)
        found = [] if fits(text[:-4]) else [CAPITALS.broken("")]
        if len(text) > native.LONGEST_CODE:
            found.append(TOO_LONG.broken("", most=native.LONGEST_CODE))
        return replace(code, issues=(*found, *code.issues)) if found else code

    def check(self, objects: Objects, scheme: Scheme) -> Iterator[Issue]:
        """Give an amount that our parser of amounts refuses for its decimals."""
        stated, amount, _ = self._money(objects)
        if stated and amount:
            try:
                parse_amount((text_of(objects, "54") or "").removesuffix("."), stated)
            except AmountInvalid:
                yield DECIMALS.broken("54")

    def meaning(self, objects: Objects, scheme: Scheme) -> dict[str, Any]:
        """Return the token, and whose code it is."""
        content = self.account(objects, scheme)[1]
        try:
            kind = native.Kind(text_of(content, "02") or "")
        except ValueError:
            return {"account": text_of(content, "01")}
        return {"account": text_of(content, "01"), "details": {"kind": kind.name.lower()}}

    def compose(self, order: Order, scheme: Scheme) -> Objects:
        """Return the data objects of a new code, its names shortened to what a code has room for.

        The account is a token.
        """
        extra = order.extra
        short = native.parse(
            native.build(
                native.NativeCode(
                    token=order.account,
                    amount=order.amount,
                    merchant_name=order.payee,
                    city=order.city,
                    category=extra.get("category", "0000"),
                    country=extra.get("country", "CN"),
                    reference=order.reference or None,
                    terminal=extra.get("terminal"),
                )
            )
        )
        named = replace(order, payee=short.merchant_name, city=short.city)
        return super().compose(named, scheme)

    def accounts(self, order: Order, scheme: Scheme) -> Objects:
        """Return our template with the token."""
        return (
            template("26", native.GUID, {"01": order.account, "02": order.extra.get("kind", "")}),
        )

    def example(self, scheme: Scheme) -> Order | None:
        """Return an order to a made-up charge."""
        return Order(
            account="0123456789ABCDEF",
            payee="CORNER SHOP",
            city="BEIJING",
            amount=Amount(12_50, "CNY"),
            reference="ORDER1",
            extra={"category": "5411", "terminal": "TILL1"},
        )


WORKS = Native()

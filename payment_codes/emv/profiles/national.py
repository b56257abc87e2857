"""The base of a country's profile: what its own template holds, its currencies, its country."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any, ClassVar

from payment_codes.currency import currency
from payment_codes.emv import names
from payment_codes.emv.profiles.profile import Objects, Profile
from payment_codes.emv.table import ROOT, Field, Format, Table
from payment_codes.fields import DataObject, text_of

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from payment_codes.code import Order
    from payment_codes.issues import Issue, Rule
    from payment_codes.schemes.scheme import Scheme


def guid_field(guid: str) -> Field:
    """Return the field of a template's identifier, which is `guid` in this scheme's codes."""
    return Field(
        f"Globally Unique Identifier, {guid}", Format.ALPHANUMERIC_SPECIAL, 1, 32, mandatory=True
    )


def transfer_table(section: str) -> Table:
    """Return the root's table for transfers: nobody needs a category, a name and a city.

    `section` is the one that leaves them out.
    """
    optional = {tag: replace(ROOT.fields[tag], mandatory=False) for tag in ("52", "59", "60")}
    return ROOT.with_fields(section, optional)


class National(Profile):
    """Reads and writes the codes of a scheme by what the parts of its template are called."""

    TABLE: ClassVar[Table] = ROOT
    #: Where a new code has the scheme's template, and the template's identifier.
    TAG: ClassVar[str] = "26"
    GUID: ClassVar[str]
    #: The tags of the template's fields by what details and `Order.extra` call them.
    PARTS: ClassVar[Mapping[str, str]] = {}
    #: The names of those that can be the account; a new code has it in the first.
    ACCOUNT_PARTS: ClassVar[tuple[str, ...]] = ()
    #: The currencies that are paid in.
    CURRENCIES: ClassVar[tuple[str, ...]]
    CURRENCY_WRONG: ClassVar[Rule]
    COUNTRY_WRONG: ClassVar[Rule]
    #: What stands for the payee and the city that an order does not name.
    PAYEE: ClassVar[str] = ""
    CITY: ClassVar[str] = ""

    def table(self, scheme: Scheme) -> Table:
        """Return the root's table."""
        return self.TABLE

    def check(self, objects: Objects, scheme: Scheme) -> Iterator[Issue]:
        """Give what is wrong with the currency and the country."""
        numbers = (currency(one).numeric for one in self.CURRENCIES)
        if text_of(objects, "53") not in (None, *numbers):
            yield self.CURRENCY_WRONG.broken("53")
        if text_of(objects, "58") not in (None, scheme.country):
            yield self.COUNTRY_WRONG.broken("58")

    def meaning(self, objects: Objects, scheme: Scheme) -> dict[str, Any]:
        """Return the account, and the template's fields by their names."""
        parts = named(self.account(objects, scheme)[1], self.PARTS)
        account = next((parts[one] for one in self.ACCOUNT_PARTS if one in parts), None)
        return {"account": account, "details": parts}

    def compose(self, order: Order, scheme: Scheme) -> Objects:
        """Return the data objects of a new code; raises CodeInvalid for what it cannot say."""
        filled = replace(order, payee=order.payee or self.PAYEE, city=order.city or self.CITY)
        return super().compose(filled, scheme)

    def accounts(self, order: Order, scheme: Scheme) -> Objects:
        """Return the scheme's template."""
        return (template(self.TAG, self.GUID, self.parts(order)),)

    def parts(self, order: Order) -> dict[str, str]:
        """Return the template's texts by their tags: the account, and what `extra` names."""
        texts = {tag: order.extra.get(name, "") for name, tag in self.PARTS.items()}
        return texts | {self.PARTS[self.ACCOUNT_PARTS[0]]: order.account}

    def rules(self, scheme: Scheme) -> tuple[Rule, ...]:
        """Return EMVCo's rules, the scheme's own, and those of its money and country."""
        return (*super().rules(scheme), self.CURRENCY_WRONG, self.COUNTRY_WRONG)


class Transfer(National):
    """A profile of transfers to an account, in which a category of merchant is not usual."""

    def compose(self, order: Order, scheme: Scheme) -> Objects:
        """Return the data objects of a new code, with a category only where one is given."""
        written = super().compose(order, scheme)
        return tuple(one for one in written if one.id != "52" or "category" in order.extra)


def template(tag: str, guid: str, texts: Mapping[str, str]) -> DataObject:
    """Return a template of an identifier, and of the texts that are not empty by their tags."""
    return DataObject(tag, (DataObject("00", guid), *names.filled(dict(sorted(texts.items())))))


def identified(objects: Objects, *guids: str) -> tuple[str, Objects]:
    """Return the tag and the content of the first account template of one of the identifiers."""
    for item in objects:
        if "26" <= item.id <= "51" and not isinstance(item.value, str):
            guid = text_of(item.value, "00")
            if guid and guid.upper() in guids:
                return item.id, item.value
    return "", ()


def told(*texts: str | None) -> str | None:
    """Return the first text that says something; "***" stands for what is to be asked for."""
    return next((text for text in texts if text and text != "***"), None)


def named(objects: Objects, tags: Mapping[str, str]) -> dict[str, str]:
    """Return the texts of data objects by their names; `tags` gives the tag of each name."""
    found = ((name, text_of(objects, tag)) for name, tag in tags.items())
    return {name: text for name, text in found if text is not None}

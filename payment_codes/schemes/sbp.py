"""SBP, Russia: the address of a code at the operator of the system of fast payments (NSPK).

The algorithm of the check value (crc) is not published: it is kept and not checked.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from payment_codes.amount import Amount
from payment_codes.code import Order, PaymentCode
from payment_codes.fields import DataObject, text_of
from payment_codes.issues import Issue, Rule, Severity
from payment_codes.money import amount_rules, read_minor
from payment_codes.schemes.orders import take_only
from payment_codes.schemes.uri import Part, UriWorks, parameters, repeated, split_query, texts
from payment_codes.schemes.works import FieldRow

if TYPE_CHECKING:
    from collections.abc import Iterator

    from payment_codes.code import Detail
    from payment_codes.schemes.scheme import Scheme

_SECTION: Final = "SBP, NSPK: functional links"
_HOST: Final = "https://qr.nspk.ru/"
_ID: Final = re.compile(r"[A-Z]{2}[0-9A-Z]{30}")
_BANK: Final = re.compile(r"1[0-9]{11}")
_CRC: Final = re.compile(r"[0-9A-Fa-f]{4}")
_TYPES: Final = {"01": "01 static", "02": "02 dynamic"}
# What the first letters of an id say of its type.
_TYPE_OF: Final = {"AS": "01", "BS": "01", "AD": "02", "BD": "02"}

ID: Final = Rule("value", _SECTION, "The code's id is not two letters and 30 letters or digits.")
TYPE: Final = Rule("value", _SECTION, "The type is neither 01 (static) nor 02 (dynamic).")
OTHER_TYPE: Final = Rule(
    "value", _SECTION, "The type is not the one that the code's id begins with.", Severity.STRICT
)
MISSING: Final = Rule("missing", _SECTION, "{field} is missing.", Severity.STRICT)
BANK: Final = Rule("value", _SECTION, "The bank's number is not twelve digits that begin with 1.")
ROUBLES: Final = Rule("currency_wrong", _SECTION, "SBP is paid in roubles: cur must be RUB.")
NO_CURRENCY: Final = Rule(
    "dependency", _SECTION, "An amount (sum) needs its currency (cur).", Severity.STRICT
)
CRC: Final = Rule("value", _SECTION, "The check value (crc) is not four hexadecimal digits.")
TWICE: Final = Rule("duplicate", _SECTION, "{field} is there twice.")


class Sbp(UriWorks):
    """Reads and writes links of SBP."""

    def read(self, text: str, scheme: Scheme) -> PaymentCode:
        """Read a link; the code's id is the first data object, "qrc_id"."""
        head, query = split_query(text)
        mark = text.index("/", len("https://")) + 1
        objects = (Part.read("qrc_id", head[mark:], head[:mark]), *query)
        said = texts(objects)
        issues = list(_issues(objects, said))
        amount: Amount | None = None
        if "sum" in said:
            amount, found = read_minor(said["sum"], "RUB", "sum", _SECTION)
            issues += found
        return PaymentCode(
            scheme=scheme,
            objects=objects,
            country="RU",
            account=said.get("qrc_id"),
            amount=amount,
            currency="RUB",
            payer_enters_amount="sum" not in said and said.get("type") != "02",
            details=_details(said, amount),
            issues=tuple(issues),
        )

    def compose(self, order: Order, scheme: Scheme) -> tuple[DataObject, ...]:
        """Return the parts of a link for testers; `account` is a made-up id, "bank" in `extra`."""
        take_only(order, scheme, ("account", "amount"), ("type", "bank", "crc"))
        amount = order.amount
        values = {
            "type": order.extra.get("type", "02" if amount else "01"),
            "bank": order.extra.get("bank", ""),
            "sum": str(amount.minor) if amount else "",
            "cur": amount.currency if amount else "",
            "crc": order.extra.get("crc", ""),
        }
        return (Part("qrc_id", order.account, _HOST), *parameters(values))

    def fields(self, scheme: Scheme) -> tuple[FieldRow, ...]:
        """Return the parameters of a link."""
        return (
            FieldRow("qrc_id", "Id of the code", "M", "two letters, 30 letters or digits"),
            FieldRow("type", "Type", "M", "01 static, 02 dynamic"),
            FieldRow("bank", "Number of the payee's bank", "M", "12 digits"),
            FieldRow("sum", "Amount", "O", "kopecks"),
            FieldRow("cur", "Currency", "C", "RUB; with an amount"),
            FieldRow("crc", "Check value", "O", "four hexadecimal digits; not checked"),
        )

    def rules(self, scheme: Scheme) -> tuple[Rule, ...]:
        """Return the rules of a link."""
        return (
            ID, TYPE, OTHER_TYPE, MISSING, BANK, ROUBLES, NO_CURRENCY, CRC, TWICE,
            *amount_rules(_SECTION),
        )  # fmt: skip

    def example(self, scheme: Scheme) -> Order | None:
        """Return an order with a made-up id."""
        return Order(
            account="AD100000000000000000000000EXAMPL",
            amount=Amount(200_00, "RUB"),
            extra={"bank": "100000000009"},
        )


def _details(said: dict[str, str], amount: Amount | None) -> dict[str, Detail]:
    names = ("qrc_id", "bank", "cur", "crc")
    details: dict[str, Detail] = {name: said[name] for name in names if name in said}
    if "type" in said:
        details["type"] = _TYPES.get(said["type"], said["type"])
    if amount:
        details["sum_kopecks"] = amount.minor
    return details


def _issues(objects: tuple[DataObject, ...], said: dict[str, str]) -> Iterator[Issue]:
    for name in repeated(objects):
        yield TWICE.broken(name)
    id_ = text_of(objects, "qrc_id") or ""
    if not _ID.fullmatch(id_):
        yield ID.broken("qrc_id")
    for name in ("type", "bank"):
        if name not in said:
            yield MISSING.broken(name)
    if said.get("type", "01") not in _TYPES:
        yield TYPE.broken("type")
    elif "type" in said and _TYPE_OF.get(id_[:2], said["type"]) != said["type"]:
        yield OTHER_TYPE.broken("type")
    if "bank" in said and not _BANK.fullmatch(said["bank"]):
        yield BANK.broken("bank")
    if said.get("cur", "RUB") != "RUB":
        yield ROUBLES.broken("cur")
    if "sum" in said and "cur" not in said:
        yield NO_CURRENCY.broken("cur")
    if "crc" in said and not _CRC.fullmatch(said["crc"]):
        yield CRC.broken("crc")


WORKS = Sbp()

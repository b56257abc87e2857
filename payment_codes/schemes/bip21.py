"""Bitcoin: a URI that asks for a payment to an address (BIP 21, BIP 321)."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from payment_codes.amount import Amount, decimal_text
from payment_codes.checks import bitcoin_address
from payment_codes.code import Order, PaymentCode
from payment_codes.issues import Issue, Rule, Severity
from payment_codes.money import amount_rules, read_decimal
from payment_codes.schemes.orders import take_only
from payment_codes.schemes.uri import Part, UriWorks, parameters, repeated, split_query, texts
from payment_codes.schemes.works import FieldRow

if TYPE_CHECKING:
    from collections.abc import Iterator

    from payment_codes.code import Detail
    from payment_codes.fields import DataObject
    from payment_codes.schemes.scheme import Scheme

_SECTION: Final = "BIP 21"
_SCHEME: Final = "bitcoin:"
_SAMPLE: Final = "175tWpb8K1S7NmH4Zx6rewF9WQrcZv245W"
_REQUIRED: Final = "req-"
_DETAILS: Final = ("address", "amount", "label", "message", "lightning")
#: What pays without an address (BIP 321).
_INSTEAD: Final = frozenset({"lightning", "lno", "sp"})

NO_ADDRESS: Final = Rule("missing", _SECTION, "There is no address, and nothing instead of one.")
ADDRESS: Final = {
    "characters": Rule("characters", "BIP 173", "The address has a character of no address."),
    "checksum_wrong": Rule(
        "checksum_wrong", "BIP 173, BIP 350", "The check sum of the address does not fit."
    ),
    "length": Rule("length", "BIP 173", "The address is not as long as addresses are."),
    "value": Rule("value", "BIP 173", "The address is of no kind that we know."),
}
SAMPLE: Final = Rule(
    "checksum_wrong",
    _SECTION,
    "This is the address of the specification's own examples, whose check sum is wrong: nobody is"
    " paid there.",
    Severity.STRICT,
)
REQUIRED: Final = Rule(
    "unknown_required", _SECTION, "{field} must be understood, and nobody but its maker does."
)
TWICE: Final = Rule("duplicate", "BIP 321", "{field} is there twice.")
INVOICE: Final = Rule(
    "value", "BOLT #11", "The Lightning invoice (lightning) has a mistake.", Severity.STRICT
)


class Bip21(UriWorks):
    """Reads and writes Bitcoin's URIs; keys are taken in any case, as codes in capitals have."""

    def read(self, text: str, scheme: Scheme) -> PaymentCode:
        """Read a URI; the address is its first data object."""
        head, query = split_query(text, lower=True)
        start = len(_SCHEME)
        address = Part.read("address", head[start:].removeprefix("//"), _before(head))
        objects = (address, *query)
        said = texts(objects)
        network, fault = bitcoin_address.examine(said.get("address", ""))
        issues = list(_issues(objects, said, fault))
        amount: Amount | None = None
        if "amount" in said:
            amount, found = read_decimal(said["amount"], "BTC", "amount", _SECTION)
            issues += found
        details: dict[str, Detail] = {name: said[name] for name in _DETAILS if name in said}
        if network:
            details["network"] = network
        return PaymentCode(
            scheme=scheme,
            objects=objects,
            payee=said.get("label"),
            account=said.get("address"),
            amount=amount,
            currency="BTC",
            payer_enters_amount="amount" not in said,
            message=said.get("message"),
            details=details,
            issues=tuple(issues),
        )

    def compose(self, order: Order, scheme: Scheme) -> tuple[DataObject, ...]:
        """Return the parts of a URI; `extra` may have a "lightning" invoice."""
        take_only(order, scheme, ("account", "payee", "amount", "message"), ("lightning",))
        values = {
            "amount": _bitcoin(order.amount, scheme) if order.amount else "",
            "label": order.payee,
            "message": order.message,
            **order.extra,
        }
        return (Part("address", order.account, _SCHEME), *parameters(values))

    def fields(self, scheme: Scheme) -> tuple[FieldRow, ...]:
        """Return the parts of a URI."""
        return (
            FieldRow("address", "Address", "M", "Base58Check, Bech32 or Bech32m"),
            FieldRow("amount", "Amount", "O", "decimal in BTC; absent: the payer enters it"),
            FieldRow("label", "Payee's name", "O", "text"),
            FieldRow("message", "Message", "O", "text"),
            FieldRow("lightning", "Lightning invoice for the same", "O", "BOLT #11"),
            FieldRow("req-…", "What must be understood", "O", "refused"),
        )

    def rules(self, scheme: Scheme) -> tuple[Rule, ...]:
        """Return the rules of a URI."""
        return (
            NO_ADDRESS, *ADDRESS.values(), SAMPLE, REQUIRED, TWICE, INVOICE,
            *amount_rules(_SECTION),
        )  # fmt: skip

    def example(self, scheme: Scheme) -> Order | None:
        """Return an order to the address of BIP 173's examples."""
        return Order(
            account="bc1qw508d6qejxtdg4y5r3zarvary0c5xw7kv8f3t4",
            payee="Corner Shop",
            amount=Amount(20_300_000, "BTC"),
            message="Two teas",
        )


def _before(head: str) -> str:
    """Return what stands before the address: some wallets write two slashes."""
    start = len(_SCHEME)
    return head[:start] + ("//" if head.startswith("//", start) else "")


def _bitcoin(amount: Amount, scheme: Scheme) -> str:
    from payment_codes.errors import CodeInvalid

    if amount.currency != "BTC":
        raise CodeInvalid(
            "The amount must be in {currency}.",
            currency="BTC",
            field="amount",
            section=scheme.source,
        )
    return decimal_text(amount).rstrip("0").removesuffix(".")


def _issues(
    objects: tuple[DataObject, ...], said: dict[str, str], fault: str | None
) -> Iterator[Issue]:
    if "address" not in said:
        if not _INSTEAD & said.keys():
            yield NO_ADDRESS.broken("address")
    elif said["address"] == _SAMPLE:
        yield SAMPLE.broken("address")
    elif fault:
        yield ADDRESS[fault].broken("address")
    names = {item.id for item in objects}
    for name in sorted(name for name in names if name.startswith(_REQUIRED)):
        yield REQUIRED.broken(name)
    for name in repeated(objects):
        yield TWICE.broken(name)
    if "lightning" in said and _is_wrong(said["lightning"]):
        yield INVOICE.broken("lightning")


def _is_wrong(invoice: str) -> bool:
    from payment_codes.schemes.bolt11 import WORKS as INVOICES
    from payment_codes.schemes.table import by_id

    bolt11 = by_id("bolt11")
    assert bolt11.pattern
    fits = bolt11.pattern.match(invoice)
    return not fits or not INVOICES.read(invoice, bolt11).valid(Severity.LENIENT)


WORKS = Bip21()

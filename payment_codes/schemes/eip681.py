"""Ethereum: a URI that asks for ether, or to call a contract (EIP-681)."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from payment_codes.amount import Amount
from payment_codes.checks import eip55
from payment_codes.code import Order, PaymentCode
from payment_codes.errors import CodeInvalid
from payment_codes.issues import Issue, Rule, Severity
from payment_codes.schemes.orders import take_only
from payment_codes.schemes.uri import Part, UriWorks, parameters, repeated, split_query, texts
from payment_codes.schemes.works import FieldRow

if TYPE_CHECKING:
    from collections.abc import Iterator

    from payment_codes.code import Detail
    from payment_codes.fields import DataObject
    from payment_codes.schemes.scheme import Scheme

_SECTION: Final = "EIP-681"
_HEAD: Final = re.compile(r"(?i:ethereum:)(?:pay-)?(?://)?")
_ADDRESS: Final = re.compile("0x([0-9A-Fa-f]{40})")
_NAME: Final = re.compile(r"[^\s@/?:]{1,255}\.[a-z]{2,24}")
_CHAIN: Final = re.compile("[0-9]{1,18}")
_FUNCTION: Final = re.compile("[A-Za-z_$][A-Za-z0-9_$]{0,127}")
_NUMBER: Final = re.compile(r"\+?([0-9]{1,80})(?:\.([0-9]{1,80}))?(?:[eE]\+?([0-9]{1,3}))?")
_MOST: Final = 2**256 - 1
_MAINNET: Final = "1"

MISSING: Final = Rule("missing", _SECTION, "The address is missing.")
ADDRESS: Final = Rule("value", _SECTION, "The address ({field}) is neither 0x with 40 hexadecimal"
                      " digits nor a name.")  # fmt: skip
CHECKSUM: Final = Rule("checksum_wrong", "EIP-55", "The case of the address's letters ({field}) is"
                       " not its check sum.")  # fmt: skip
CHAIN: Final = Rule("value", _SECTION, "The chain is not a number.")
FUNCTION: Final = Rule("value", _SECTION, "The function is not a name.")
NUMBER: Final = Rule(
    "amount_format", _SECTION, "The amount ({field}) is not a number: digits, a point, an exponent."
)
PRECISION: Final = Rule("amount_precision", _SECTION, "The amount ({field}) is not whole.")
RANGE: Final = Rule("amount_range", _SECTION, "The amount ({field}) is zero, or above 2^256.")
TWICE: Final = Rule("duplicate", _SECTION, "{field} is there twice.", Severity.STRICT)
NO_RECEIVER: Final = Rule("missing", _SECTION, "A transfer of tokens needs who receives them"
                          " (address).")  # fmt: skip


class Eip681(UriWorks):
    """Reads and writes Ethereum's URIs.

    Tokens are counted in units that only their contract knows: such an amount is in `details`.
    """

    def read(self, text: str, scheme: Scheme) -> PaymentCode:
        """Read a URI: its target, chain and function, and the function's arguments."""
        head, query = split_query(text)
        objects = (*_head(head), *query)
        said = texts(objects)
        issues = list(_issues(objects, said))
        amount: Amount | None = None
        stated = said.get("value")
        if stated is not None:
            wei, found = _whole(stated, "value")
            issues += found
            amount = Amount(wei, "ETH") if wei else None
        calls = "function" in said
        transfers = said.get("function") == "transfer"
        if transfers and "uint256" in said:
            issues += _whole(said["uint256"], "uint256")[1]
        return PaymentCode(
            scheme=scheme,
            objects=objects,
            account=said.get("address") if transfers else said.get("target"),
            amount=amount,
            currency=None if calls and amount is None else "ETH",
            payer_enters_amount=("uint256" not in said) if transfers else not calls and not amount,
            details=_details(said),
            issues=tuple(issues),
        )

    def compose(self, order: Order, scheme: Scheme) -> tuple[DataObject, ...]:
        """Return the parts of a URI that asks for ether.

        `extra` may have a "chain_id"; with a token's "contract" it asks for its "uint256" units.
        """
        contract = order.extra.get("contract", "")
        says = ("account",) if contract else ("account", "amount")
        take_only(order, scheme, says, ("chain_id", "contract", "uint256"))
        head = [Part("target", contract or order.account, "ethereum:")]
        if "chain_id" in order.extra:
            head.append(Part("chain_id", order.extra["chain_id"], "@"))
        if contract:
            head.append(Part("function", "transfer", "/"))
            called = {"address": order.account, "uint256": order.extra.get("uint256", "")}
            return (*head, *parameters(called))
        return (*head, *parameters({"value": _wei(order.amount) if order.amount else ""}))

    def fields(self, scheme: Scheme) -> tuple[FieldRow, ...]:
        """Return the parts of a URI."""
        return (
            FieldRow("target", "Address that is paid, or the contract", "M",
                     "0x and 40 hexadecimal digits, or a name"),
            FieldRow("chain_id", "Chain", "O", "number; 1 when absent"),
            FieldRow("function", "Function of the contract", "O", "name, such as transfer"),
            FieldRow("value", "Amount in wei", "O", "number, such as 2.014e18"),
            FieldRow("address", "Who receives a transfer of tokens", "C", "as the target"),
            FieldRow("uint256", "Units of the token", "C", "number"),
            FieldRow("gas", "Limit of gas", "O", "number"),
        )  # fmt: skip

    def rules(self, scheme: Scheme) -> tuple[Rule, ...]:
        """Return the rules of a URI."""
        return (
            MISSING, ADDRESS, CHECKSUM, CHAIN, FUNCTION, NUMBER, PRECISION, RANGE, TWICE,
            NO_RECEIVER,
        )  # fmt: skip

    def example(self, scheme: Scheme) -> Order | None:
        """Return an order to the address of the specification's examples."""
        return Order(
            account="0xfb6916095ca1df60bb79ce92ce3ea74c37c5d359",
            amount=Amount(2_014 * 10**15, "ETH"),
        )


def _head(head: str) -> Iterator[Part]:
    """Give the parts of what stands before the query: target[@chain][/function]."""
    match = _HEAD.match(head)
    start = match.end() if match else 0
    target, slash, function = head[start:].partition("/")
    target, at, chain = target.partition("@")
    yield Part.read("target", target, head[:start])
    if at:
        yield Part.read("chain_id", chain, "@")
    if slash:
        yield Part.read("function", function, "/")


def _whole(text: str, where: str) -> tuple[int | None, tuple[Issue, ...]]:
    """Return a number with a point and an exponent as whole units, and what is wrong with it."""
    match = _NUMBER.fullmatch(text)
    if match is None:
        return None, (NUMBER.broken(where),)
    whole, decimals, exponent = match[1], (match[2] or "").rstrip("0"), int(match[3] or 0)
    if len(decimals) > exponent:
        return None, (PRECISION.broken(where),)
    number = int(whole + decimals) * 10 ** (exponent - len(decimals))
    if not 0 < number <= _MOST:
        return None, (RANGE.broken(where),)
    return number, ()


def _wei(amount: Amount) -> str:
    if amount.currency != "ETH":
        raise CodeInvalid(
            "The amount must be in {currency}.", currency="ETH", field="value", section=_SECTION
        )
    return str(amount.minor)


def _details(said: dict[str, str]) -> dict[str, Detail]:
    target = "contract" if "function" in said else "address"
    names = {
        "target": target, "chain_id": "chain_id", "function": "fn", "value": "value",
        "uint256": "uint256", "gas": "gas",
    }  # fmt: skip
    details: dict[str, Detail] = {name: said[id_] for id_, name in names.items() if id_ in said}
    if "function" in said and "address" in said:
        details["receiver"] = said["address"]
    return details


def _issues(objects: tuple[DataObject, ...], said: dict[str, str]) -> Iterator[Issue]:
    if "target" not in said:
        yield MISSING.broken("target")
    for name in ("target", "address"):
        if name in said:
            yield from _address_issues(said[name], name)
    if not _CHAIN.fullmatch(said.get("chain_id", _MAINNET)):
        yield CHAIN.broken("chain_id")
    if not _FUNCTION.fullmatch(said.get("function", "transfer")):
        yield FUNCTION.broken("function")
    if said.get("function") == "transfer" and "address" not in said:
        yield NO_RECEIVER.broken("address")
    for name in repeated(objects):
        yield TWICE.broken(name)


def _address_issues(text: str, where: str) -> Iterator[Issue]:
    match = _ADDRESS.fullmatch(text)
    if match is None:
        if not _NAME.fullmatch(text):
            yield ADDRESS.broken(where)
    elif not eip55.is_right(match[1]):
        yield CHECKSUM.broken(where)


WORKS = Eip681()

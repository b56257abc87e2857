"""Alipay, WeChat Pay and UnionPay: addresses that name a code at the wallet's own server.

Nothing but that name is in them: who is paid, and how much, only the server tells.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final, NamedTuple

from payment_codes.code import Order, PaymentCode
from payment_codes.fields import DataObject, text_of
from payment_codes.issues import Issue, Rule, Severity
from payment_codes.schemes.orders import take_only
from payment_codes.schemes.uri import Part, UriWorks, parameters, repeated, split_query
from payment_codes.schemes.works import FieldRow

if TYPE_CHECKING:
    from collections.abc import Iterator

    from payment_codes.code import Detail
    from payment_codes.schemes.scheme import Scheme

Objects = tuple[DataObject, ...]


class _Kind(NamedTuple):
    """A kind of address by what its path begins with, in small letters.

    `parts` are the names of its path's parts; `code` is the form of the last, "" for any.
    """

    beginning: str
    name: str
    parts: tuple[str, ...]
    code: str = ""


_NAME: Final = "[A-Za-z0-9_-]{4,128}"
_MERCHANT: Final = "wxp://wbf2f"
_KINDS: Final = {
    "alipay-mpm": (
        _Kind("https://qr.alipay.com/", "personal/merchant code url", ("code",), _NAME),
        _Kind("http://qr.alipay.com/", "personal/merchant code url", ("code",), _NAME),
        _Kind("alipays://", "app link", ("path",)),
        _Kind("alipayqr://", "app link", ("path",)),
    ),
    "wechat-mpm": (
        _Kind(_MERCHANT, "merchant collection code", ("code",), _NAME),
        _Kind("wxp://", "personal collection code", ("code",), _NAME),
        _Kind("https://wx.tenpay.com/", "collection link", ("path",)),
        _Kind("weixin://", "app link", ("path",)),
    ),
    "wechat-native": (_Kind("weixin://wxpay/", "Native pay order", ("path",)),),
    "unionpay-mpm": (
        _Kind("https://qr.95516.com/", "acquirer's code url", ("issuer", "code"), _NAME),
        _Kind("http://qr.95516.com/", "acquirer's code url", ("issuer", "code"), _NAME),
        _Kind("upwallet://", "app link", ("path",)),
    ),
}
_MADE: Final = {
    "alipay-mpm": "fkx00000example000000000",
    "wechat-mpm": "f2f0exampleexampleexampleexampleexample",
    "wechat-native": "EXAMPLE",
    "unionpay-mpm": "00010000/00000000000000000000000000000000",
}
_ISSUER: Final = re.compile("[0-9]{8}")

MISSING: Final = Rule("missing", "the wallet's own addresses", "The name of the code is missing.")
CODE: Final = Rule("characters", "the wallet's own addresses", "The name of the code is damaged.")
ISSUER: Final = Rule(
    "value", "UnionPay QR codes", "The issuer is not eight digits.", Severity.STRICT
)
ORDER: Final = Rule(
    "missing",
    "WeChat Pay Native",
    "There is neither an order (pr) nor a product (product_id).",
)
TWICE: Final = Rule("duplicate", "WeChat Pay Native", "{field} is there twice.", Severity.STRICT)


class ChineseUrls(UriWorks):
    """Reads the addresses of three wallets, and writes made-up ones for testers."""

    def read(self, text: str, scheme: Scheme) -> PaymentCode:
        """Read an address; the name of its code is the account."""
        head, query = split_query(text)
        kind = _kind_of(head, scheme)
        start = kind.beginning.rindex("/") + 1
        path = head[start:].split("/", len(kind.parts) - 1)
        befores = (head[:start], "/")
        objects = (*map(Part.read, kind.parts, path, befores), *query)
        native = scheme.id == "wechat-native"
        details: dict[str, Detail] = {"kind": kind.name}
        for name in ("issuer", "code", "pr"):
            value = text_of(objects, name)
            if value:
                details[name] = value
        return PaymentCode(
            scheme=scheme,
            objects=objects,
            country="CN",
            account=text_of(objects, "pr") if native else head[start:] or None,
            currency="CNY",
            details=details,
            issues=tuple(_issues(objects, kind, scheme)),
        )

    def compose(self, order: Order, scheme: Scheme) -> Objects:
        """Return the parts of an address for testers; `account` is the made-up name of a code."""
        take_only(order, scheme, ("account",))
        if scheme.id == "wechat-native":
            path = Part("path", "bizpayurl", "weixin://wxpay/")
            return (path, *parameters({"pr": order.account}))
        kind = next(kind for kind in _KINDS[scheme.id] if kind.code and kind.beginning != _MERCHANT)
        path_parts = order.account.split("/", len(kind.parts) - 1)
        return tuple(map(Part, kind.parts, path_parts, (kind.beginning, "/")))

    def fields(self, scheme: Scheme) -> tuple[FieldRow, ...]:
        """Return the parts of an address."""
        if scheme.id == "wechat-native":
            return (
                FieldRow("path", "Path", "M", "bizpayurl"),
                FieldRow("pr", "Order at the wallet's server", "C", "text; or a product_id"),
                FieldRow("product_id", "Product of the merchant", "C", "text"),
            )
        code = FieldRow("code", "Name of the code at the wallet's server", "M", "text")
        if scheme.id == "unionpay-mpm":
            return (FieldRow("issuer", "Issuer", "M", "eight digits"), code)
        return (code,)

    def rules(self, scheme: Scheme) -> tuple[Rule, ...]:
        """Return the rules of an address."""
        if scheme.id == "wechat-native":
            return (ORDER, TWICE)
        return (MISSING, CODE, ISSUER) if scheme.id == "unionpay-mpm" else (MISSING, CODE)

    def example(self, scheme: Scheme) -> Order | None:
        """Return an order with a made-up name."""
        return Order(account=_MADE[scheme.id])


def _kind_of(head: str, scheme: Scheme) -> _Kind:
    kinds = _KINDS[scheme.id]
    small = head.lower()
    return next((kind for kind in kinds if small.startswith(kind.beginning)), kinds[-1])


def _issues(objects: Objects, kind: _Kind, scheme: Scheme) -> Iterator[Issue]:
    if scheme.id == "wechat-native":
        if not text_of(objects, "pr") and not text_of(objects, "product_id"):
            yield ORDER.broken("pr")
        for name in repeated(objects):
            yield TWICE.broken(name)
        return
    last = kind.parts[-1]
    value = text_of(objects, last)
    if not value:
        yield MISSING.broken(last)
    elif kind.code and not re.fullmatch(kind.code, value):
        yield CODE.broken(last)
    if "issuer" in kind.parts and not _ISSUER.fullmatch(text_of(objects, "issuer") or ""):
        yield ISSUER.broken("issuer")


WORKS = ChineseUrls()

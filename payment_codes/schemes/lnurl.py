"""LNURL: the address of a service, packed as Bech32 (LUD-01) or under its own scheme (LUD-17)."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final
from urllib.parse import urlsplit

from payment_codes.checks import bech32
from payment_codes.code import Order, PaymentCode
from payment_codes.errors import CodeInvalid
from payment_codes.issues import Issue, Rule
from payment_codes.schemes.orders import take_only
from payment_codes.schemes.uri import Part
from payment_codes.schemes.works import FieldRow, SchemeWorks

if TYPE_CHECKING:
    from collections.abc import Iterator

    from payment_codes.fields import DataObject
    from payment_codes.schemes.scheme import Scheme

_LUD01: Final = "LUD-01"
_MARK: Final = re.compile("(?i:lightning:)?")
_PREFIX: Final = "lnurl"
_DIRECT: Final = re.compile("(?i:(lnurl[pwc]|keyauth)://)")
_KINDS: Final = {
    "lnurlp": "pay", "lnurlw": "withdraw", "lnurlc": "channel", "keyauth": "login",
}  # fmt: skip

NOT_BECH32: Final = Rule("characters", "BIP 173", "The text is no Bech32.")
CHECKSUM: Final = Rule("checksum_wrong", "BIP 173", "The check sum does not fit.")
NO_TEXT: Final = Rule("encoding", _LUD01, "What is packed is no text in UTF-8.")
NO_ADDRESS: Final = Rule("value", _LUD01, "The service's address has no host.")
UNSAFE: Final = Rule(
    "value", _LUD01, "The address must begin with https://; only one of .onion with http://."
)


class Lnurl(SchemeWorks):
    """Reads and writes links to services; what they ask for, only the service tells."""

    def read(self, text: str, scheme: Scheme) -> PaymentCode:
        """Read a link; the address is its data object, "url"."""
        direct = _DIRECT.match(text)
        if direct:
            return _read_direct(text, direct[1].lower(), scheme)
        match = _MARK.match(text)
        start = match.end() if match else 0
        before, packed = text[:start], text[start:]
        parts = bech32.decode(packed)
        data = bech32.octets(parts.words) if parts else None
        if parts is None or data is None:
            whole = Part.spelled("url", "", packed, before)
            return PaymentCode(scheme=scheme, objects=(whole,), issues=(NOT_BECH32.broken(""),))
        url = data.decode(errors="replace")
        issues = list(_issues(url, data))
        item = Part.spelled("url", url, packed, before)
        if parts.encoding is not bech32.Encoding.BECH32:
            issues.insert(0, CHECKSUM.broken(""))
            item = Part("url", url, before)
        return PaymentCode(
            scheme=scheme,
            objects=(item,),
            account=url,
            currency="BTC",
            details={"url": url},
            issues=tuple(issues),
        )

    def write(self, objects: tuple[DataObject, ...], scheme: Scheme) -> str:
        """Write a link with its check sum, in capitals as it is for a QR code."""
        item = objects[0]
        value = item.value if isinstance(item.value, str) else ""
        before, spelling = (item.before, item.spelling) if isinstance(item, Part) else ("", None)
        if spelling is None and not _DIRECT.match(value):
            spelling = bech32.encode(_PREFIX, bech32.words_of(_octets(value))).upper()
        return before + (value if spelling is None else spelling)

    def compose(self, order: Order, scheme: Scheme) -> tuple[DataObject, ...]:
        """Return the data object of a link; `account` is the service's address."""
        take_only(order, scheme, ("account",))
        return (Part("url", order.account),)

    def fields(self, scheme: Scheme) -> tuple[FieldRow, ...]:
        """Return the only field of a link."""
        return (FieldRow("url", "Address of the service", "M", "https, or http of .onion"),)

    def rules(self, scheme: Scheme) -> tuple[Rule, ...]:
        """Return the rules of a link."""
        return (NOT_BECH32, CHECKSUM, NO_TEXT, NO_ADDRESS, UNSAFE)

    def example(self, scheme: Scheme) -> Order | None:
        """Return an order with a made-up service."""
        return Order(account="https://shop.example/lnurl?q=0123456789abcdef")


def _read_direct(text: str, kind: str, scheme: Scheme) -> PaymentCode:
    """Read an address under a scheme of its own, which says what it is for (LUD-17)."""
    rest = text[len(kind) :]
    url = f"{'http' if _is_onion(f'https{rest}') else 'https'}{rest}"
    return PaymentCode(
        scheme=scheme,
        objects=(Part.spelled("url", text, text),),
        account=url,
        currency="BTC",
        details={"url": url, "kind": _KINDS[kind]},
        issues=tuple(_issues(url, url.encode("utf-8", "surrogatepass"))),
    )


def _octets(url: str) -> bytes:
    try:
        return url.encode()
    except UnicodeEncodeError as error:
        raise CodeInvalid("The address has no UTF-8.", field="url", section=_LUD01) from error


def _issues(url: str, data: bytes) -> Iterator[Issue]:
    try:
        data.decode()
    except UnicodeDecodeError:
        yield NO_TEXT.broken("url")
    small = url[:8].lower()
    if not _host(url):
        yield NO_ADDRESS.broken("url")
    elif not (small.startswith("https://") or (small.startswith("http://") and _is_onion(url))):
        yield UNSAFE.broken("url")


def _host(url: str) -> str:
    """Return the host of an address; "" for one that is none."""
    try:
        return urlsplit(url).hostname or ""
    except ValueError:
        return ""


def _is_onion(url: str) -> bool:
    return _host(url).endswith(".onion")


WORKS = Lnurl()

"""KHQR, Cambodia: an account at Bakong, with the times of a dynamic code (NBC)."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta, timezone
from typing import TYPE_CHECKING, Any, ClassVar, Final

from payment_codes.amount import Amount, decimal_text
from payment_codes.code import Order
from payment_codes.emv.profiles.national import National, template
from payment_codes.emv.table import ROOT, Field, Format, Values, table
from payment_codes.fields import DataObject, inside, text_of
from payment_codes.issues import Rule, Severity

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from payment_codes.emv.profiles.profile import Objects
    from payment_codes.issues import Issue
    from payment_codes.schemes.scheme import Scheme

_SECTION: Final = "KHQR Content Guideline v1.3"
_LOOSE: Final = frozenset({"empty", "length", "characters", "value", "missing"})
_ANS, _S, _M = Format.ALPHANUMERIC_SPECIAL, Format.STRING, True
_EPOCH: Final = datetime(1970, 1, 1, tzinfo=UTC)
_CAMBODIA: Final = timezone(timedelta(hours=7))
_MILLISECOND: Final = timedelta(milliseconds=1)

_BAKONG: Final = Field(
    "Bakong account", _ANS, 1, 32, _M, (Values(r"[^@\s]+@[^@\s]+", "name@bank"),)
)
_INDIVIDUAL: Final = table(
    _SECTION,
    {
        "00": _BAKONG,
        "01": Field("Account at the bank", _ANS, 1, 32, strict_only=_LOOSE),
        "02": Field("Acquiring bank", _ANS, 1, 32, strict_only=_LOOSE),
    },
)
_MERCHANT: Final = table(
    _SECTION,
    {
        "00": _BAKONG,
        "01": Field("Merchant's number", _ANS, 1, 32, _M, strict_only=_LOOSE),
        "02": Field("Acquiring bank", _ANS, 1, 32, _M, strict_only=_LOOSE),
    },
)
_TIME: Final = Values(r"[0-9]{13}", "milliseconds since 1970 in 13 digits")
_TIMES: Final = table(
    _SECTION,
    {
        "00": Field("Time of making", _ANS, 13, 13, values=(_TIME,), strict_only=_LOOSE),
        "01": Field("Time of expiry", _ANS, 13, 13, values=(_TIME,), strict_only=_LOOSE),
        "02-99": Field("Data of the bank", _S, 1, 99),
    },
)
_ROOT: Final = ROOT.with_fields(
    _SECTION,
    {
        "29": Field("Individual's account", Format.TEMPLATE, 1, 99, content=_INDIVIDUAL),
        "30": Field("Merchant's account", Format.TEMPLATE, 1, 99, content=_MERCHANT),
        "99": Field("Times", Format.TEMPLATE, 1, 99, content=_TIMES),
    },
)
WHOLE: Final = Rule(
    "amount_format", _SECTION, "The amount ({field}) of riel has a point.", Severity.STRICT
)
NO_TIME: Final = Rule(
    "missing",
    _SECTION,
    "A dynamic code tells when it was made and when it expires ({field}).",
    Severity.STRICT,
)
PLACE: Final = Rule(
    "order", _SECTION, "The Bakong account ({field}) stands in neither 29 nor 30.", Severity.STRICT
)


class Khqr(National):
    """A Bakong account where others have an identifier: an individual's (29), a merchant's (30)."""

    TABLE = _ROOT
    RULES = (WHOLE, NO_TIME, PLACE)
    REFERENCE = "01"
    EXTRA: ClassVar[Mapping[str, str]] = {
        "merchant_id": "number of the merchant, which makes it a merchant's code",
        "account_information": "account of an individual at the bank",
        "acquiring_bank": "name of the bank",
        "created_ms": "when the code was made, milliseconds since 1970",
    }
    CURRENCIES = ("KHR", "USD")
    CURRENCY_WRONG = Rule(
        "currency_wrong", _SECTION, "KHQR is paid in riel (116) or dollars (840), not ({field})."
    )
    COUNTRY_WRONG = Rule(
        "country_wrong", _SECTION, "The country ({field}) must be KH.", Severity.STRICT
    )

    def check(self, objects: Objects, scheme: Scheme) -> Iterator[Issue]:
        """Give what breaks the rules of KHQR."""
        yield from super().check(objects, scheme)
        tag = self.account(objects, scheme)[0]
        if tag not in ("29", "30"):
            yield PLACE.broken(tag)
        if text_of(objects, "53") == "116" and "." in (text_of(objects, "54") or ""):
            yield WHOLE.broken("54")
        if text_of(objects, "01") == "12":
            times = inside(objects, "99")
            for missing in ("00", "01"):
                if text_of(times, missing) is None:
                    yield NO_TIME.broken(f"99.{missing}")

    def meaning(self, objects: Objects, scheme: Scheme) -> dict[str, Any]:
        """Return the account, who has it, and the times."""
        tag, content = self.account(objects, scheme)
        times = inside(objects, "99")
        said = {
            "bakong_account": text_of(content, "00"),
            "merchant_id" if tag == "30" else "account_information": text_of(content, "01"),
            "acquiring_bank": text_of(content, "02"),
            "created_ms": text_of(times, "00"),
            "expires_ms": text_of(times, "01"),
            "visa": text_of(objects, "02"),
            "mastercard": text_of(objects, "04"),
            "unionpay": text_of(objects, "15"),
        }
        additional = inside(objects, "62")
        return {
            "account": said["bakong_account"],
            "reference": text_of(additional, "01") or text_of(additional, "05"),
            "expires": _moment(said["expires_ms"]),
            "details": {name: text for name, text in said.items() if text is not None},
        }

    def accounts(self, order: Order, scheme: Scheme) -> Objects:
        """Return a merchant's template where `extra` has a number of one, else an individual's."""
        extra = order.extra
        merchant = "merchant_id" in extra
        texts = {
            "01": extra.get("merchant_id" if merchant else "account_information", ""),
            "02": extra.get("acquiring_bank", ""),
        }
        return (template("30" if merchant else "29", order.account, texts),)

    def amount_text(self, amount: Amount) -> str:
        """Return whole riel without decimals."""
        text = decimal_text(amount)
        return text.removesuffix(".00") if amount.currency == "KHR" else text

    def unreserved(self, order: Order, scheme: Scheme) -> Objects:
        """Return the times, where the order has any."""
        texts = {"00": order.extra.get("created_ms", "")}
        if order.expires:
            texts["01"] = str((order.expires - _EPOCH) // _MILLISECOND)
        times = tuple(DataObject(tag, text) for tag, text in texts.items() if text)
        return (DataObject("99", times),) if times else ()

    def example(self, scheme: Scheme) -> Order | None:
        """Return an order to a made-up merchant."""
        return Order(
            account="jonhsmith@nbcq",
            payee="Jonh Smith",
            city="Phnom Penh",
            amount=Amount(1_50, "USD"),
            reference="INV1",
            message="Two teas",
            expires=datetime(2026, 11, 22, 12, 10, tzinfo=_CAMBODIA),
            extra={
                "category": "5999",
                "merchant_id": "123456",
                "acquiring_bank": "Dev Bank",
                "created_ms": "1795323600000",
                "store": "S1",
            },
        )


def _moment(milliseconds: str | None) -> datetime | None:
    """Return a time in Cambodia's zone; None for a text that is no time."""
    if not milliseconds or len(milliseconds) != 13 or not milliseconds.isascii():
        return None
    if not milliseconds.isdigit():
        return None
    return (_EPOCH + int(milliseconds) * _MILLISECOND).astimezone(_CAMBODIA)


WORKS = Khqr()

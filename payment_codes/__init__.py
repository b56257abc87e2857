"""The language of payment codes: parse, check, build, draw and scan those of the whole world.

`parse(text)` names any code, says what it says and everything that is wrong with it;
`build(scheme, order)` makes one; `payment_codes.draw` draws, `payment_codes.scan` reads pictures.
What stands here is loaded when it is asked for: most callers need a small part.
"""

from importlib import import_module
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from payment_codes.amount import Amount
    from payment_codes.building import build, rewrite
    from payment_codes.code import Order, PaymentCode
    from payment_codes.errors import CodeInvalid, CodeUnreadable
    from payment_codes.issues import Issue, Severity
    from payment_codes.parsing import parse
    from payment_codes.schemes.scheme import Scheme
    from payment_codes.schemes.table import SCHEMES, by_id

__all__ = [
    "SCHEMES",
    "Amount",
    "CodeInvalid",
    "CodeUnreadable",
    "Issue",
    "Order",
    "PaymentCode",
    "Scheme",
    "Severity",
    "build",
    "by_id",
    "parse",
    "rewrite",
]

_HOMES: Final = {
    "Amount": "amount",
    "CodeInvalid": "errors",
    "CodeUnreadable": "errors",
    "Issue": "issues",
    "Order": "code",
    "PaymentCode": "code",
    "SCHEMES": "schemes.table",
    "Scheme": "schemes.scheme",
    "Severity": "issues",
    "build": "building",
    "by_id": "schemes.table",
    "parse": "parsing",
    "rewrite": "building",
}


def __getattr__(name: str) -> object:
    """Return a public name from the module where it is at home."""
    home = _HOMES.get(name)
    if home is None:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    return getattr(import_module(f"{__name__}.{home}"), name)

import pytest

from payment_codes.building import build
from payment_codes.code import Order
from payment_codes.errors import CodeInvalid
from payment_codes.parsing import parse
from payment_codes.schemes.table import by_id
from tests.payment_codes.emv.profiles.editing import (
    LENIENT,
    STRICT,
    Found,
    edited,
    example,
    issues_of,
)

DUITNOW = by_id("duitnow")


@pytest.mark.parametrize(
    ("changes", "found"),
    [
        ({"00": "01"}, [("version", "00", STRICT)]),
        ({"00": "03"}, [("version", "00", LENIENT)]),
        ({"26.01": None}, [("missing", "26.01", LENIENT)]),
        ({"26.01": "60334"}, [("value", "26.01", STRICT)]),
        ({"26.02": None}, [("missing", "26.02", LENIENT)]),
        ({"26.02": "1" * 29}, [("length", "26.02", STRICT)]),
        ({"26.01": "898989"}, [("dependency", "62.90", STRICT)]),
        ({"26.01": "898989", "62.90": "12345"}, []),
        ({"82": "4f9e"}, []),
        ({"82": "no hash"}, [("value", "82", STRICT)]),
        ({"53": "840"}, [("currency_wrong", "53", LENIENT)]),
        ({"58": "US"}, [("country_wrong", "58", STRICT)]),
    ],
)
def test_a_code_that_breaks_one_rule(changes: dict[str, str | None], found: list[Found]) -> None:
    assert issues_of(edited(example("duitnow"), changes)) == found


def test_a_jompay_bill_has_its_reference() -> None:
    extra = {"acquirer": "898989", "recipient_reference": "12345"}
    code = parse(build(DUITNOW, Order(account="4123", payee="TNB", extra=extra)))
    assert code.tree["00"] == "02"
    assert code.tree["62"] == {"90": "12345"}
    del extra["recipient_reference"]
    with pytest.raises(CodeInvalid):
        build(DUITNOW, Order(account="4123", payee="TNB", extra=extra))

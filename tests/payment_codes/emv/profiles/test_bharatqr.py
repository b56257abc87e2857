import pytest

from payment_codes.building import build
from payment_codes.code import Order
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


@pytest.mark.parametrize(
    ("changes", "found"),
    [
        ({"02": "4000000000000003"}, [("checksum_wrong", "02", LENIENT)]),
        ({"04": "5555555555554445"}, [("checksum_wrong", "04", LENIENT)]),
        ({"04": "540461000000008"}, []),
        ({"06": "6100590000000088"}, [("checksum_wrong", "06", LENIENT)]),
        ({"06": "6100590000000089"}, []),
        ({"08": "ABCD1000001123456789"}, [("value", "08", LENIENT)]),
        ({"08": "ABCD0000001"}, [("length", "08", LENIENT)]),
        ({"26.01": "nobody"}, [("value", "26.01", LENIENT)]),
        ({"26.01": None}, [("missing", "26.01", LENIENT)]),
        ({"26.02": "5.00"}, []),
        ({"26.02": "10.01"}, [("amount_range", "54", LENIENT)]),
        ({"26.02": "ten"}, [("amount_format", "26.02", LENIENT)]),
        ({"27.01": "x" * 36}, [("length", "27.01", STRICT)]),
        ({"53": "840"}, [("currency_wrong", "53", LENIENT)]),
        ({"58": "US"}, [("country_wrong", "58", STRICT)]),
    ],
)
def test_a_code_that_breaks_one_rule(changes: dict[str, str | None], found: list[Found]) -> None:
    text = edited(example("bharatqr"), changes)
    assert issues_of(text) == found
    assert parse(text).scheme.id == "bharatqr"


def test_somebody_is_paid() -> None:
    text = edited(example("bharatqr"), {"02": None, "08": None, "26.01": None})
    assert issues_of(text) == [("missing", "26.01", LENIENT)]


def test_a_bank_account_alone_is_enough() -> None:
    extra = {"bank_account": "ABCD0000001123456789", "upi_reference": "ORDER1"}
    code = parse(build(by_id("bharatqr"), Order(payee="SHOP", city="DELHI", extra=extra)))
    assert code.account == "ABCD0000001123456789"
    assert code.details["upi_reference"] == "ORDER1"
    assert code.scheme.id == "bharatqr"

from datetime import UTC, datetime

import pytest

from payment_codes.amount import Amount
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

FPS = by_id("hkfps")


@pytest.mark.parametrize(
    ("changes", "found"),
    [
        ({"26.03": None}, [("missing", "26.02", LENIENT)]),
        ({"26.02": "6000509"}, [("exclusive", "26", STRICT)]),
        ({"26.03": None, "26.02": "12"}, [("value", "26.02", STRICT)]),
        ({"26.03": "67891234"}, [("value", "26.03", STRICT)]),
        ({"26.03": None, "26.04": "shop.example"}, [("value", "26.04", STRICT)]),
        ({"26.01": "4"}, [("length", "26.01", STRICT)]),
        ({"26.05": "20301331235959"}, [("value", "26.05", STRICT)]),
        ({"26.05": "20301231"}, [("length", "26.05", STRICT), ("value", "26.05", STRICT)]),
        ({"26.06": "2"}, [("value", "26.06", STRICT)]),
        ({"53": "840"}, [("currency_wrong", "53", LENIENT)]),
        ({"53": "156"}, []),
        ({"58": "NA"}, [("country_wrong", "58", STRICT)]),
    ],
)
def test_a_code_that_breaks_one_rule(changes: dict[str, str | None], found: list[Found]) -> None:
    assert issues_of(edited(example("hkfps"), changes)) == found


@pytest.mark.parametrize(
    ("account", "name"),
    [("6000509", "fps_id"), ("+852-67891234", "mobile"), ("shop@example.hk", "email")],
)
def test_who_is_paid_is_told_by_the_form(account: str, name: str) -> None:
    code = parse(build(FPS, Order(account=account, amount=Amount(1_00, "CNY"))))
    assert code.account == code.details[name] == account
    assert (code.currency, code.details["currency_alpha"], code.payee) == ("CNY", "CNY", "NA")


def test_the_timeout_is_hong_kong_time() -> None:
    text = edited(example("hkfps"), {"26.05": "20301231080000", "26.06": "1"})
    code = parse(text)
    assert code.expires == datetime(2030, 12, 31, tzinfo=UTC)
    assert code.details["editable"] is True


def test_us_dollars_are_not_written() -> None:
    with pytest.raises(CodeInvalid) as caught:
        build(FPS, Order(account="6000509", amount=Amount(1_00, "USD")))
    assert caught.value.details["field"] == "53"

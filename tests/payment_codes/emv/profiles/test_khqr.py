from datetime import UTC, datetime, timedelta

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


@pytest.mark.parametrize(
    ("changes", "found"),
    [
        ({"30.01": None}, [("missing", "30.01", STRICT)]),
        ({"30.02": None}, [("missing", "30.02", STRICT)]),
        ({"99.00": None}, [("missing", "99.00", STRICT)]),
        ({"99.01": None}, [("missing", "99.01", STRICT)]),
        ({"99.01": "soon"}, [("length", "99.01", STRICT)]),
        ({"99.01": "39CA026411FDA"}, [("value", "99.01", STRICT)]),
        ({"99.02": "kept"}, []),
        ({"53": "116", "54": "4000"}, []),
        ({"53": "116", "54": "4000.00"}, [("amount_format", "54", STRICT)]),
        ({"54": "1.555"}, [("amount_precision", "54", LENIENT)]),
        ({"53": "156"}, [("currency_wrong", "53", LENIENT)]),
        ({"58": "TH"}, [("country_wrong", "58", STRICT)]),
    ],
)
def test_a_code_that_breaks_one_rule(changes: dict[str, str | None], found: list[Found]) -> None:
    text = edited(example("khqr"), changes)
    assert issues_of(text) == found
    assert parse(text).scheme.id == "khqr"


def test_the_account_stands_in_29_or_30() -> None:
    text = edited(example("khqr"), {"30.00": "ORG.EXAMPLE", "33.00": "jonhsmith@nbcq"})
    assert ("order", "33", STRICT) in issues_of(text)


def test_an_individuals_code_has_no_merchants_number() -> None:
    order = Order(
        account="jonhsmith@nbcq",
        payee="Jonh Smith",
        city="Phnom Penh",
        extra={"currency": "USD", "account_information": "85512345678"},
    )
    code = parse(build(by_id("khqr"), order))
    assert code.details["account_information"] == "85512345678"
    assert "merchant_id" not in code.details
    assert code.tree["29"] == {"00": "jonhsmith@nbcq", "01": "85512345678"}
    assert code.payer_enters_amount


def test_the_times_are_milliseconds() -> None:
    made = datetime(2026, 11, 22, 5, 0, tzinfo=UTC)
    scheme = by_id("khqr")
    ends = made + timedelta(minutes=10, milliseconds=1)
    created = str(round(made.timestamp() * 1000))
    order = Order(
        account="jonhsmith@nbcq",
        payee="Jonh Smith",
        city="Phnom Penh",
        amount=Amount(4_000_00, "KHR"),
        expires=ends,
        extra={"created_ms": created},
    )
    code = parse(build(scheme, order))
    assert code.expires == ends
    assert code.expires is not None
    assert code.expires.utcoffset() == timedelta(hours=7)
    assert code.details["created_ms"] == created
    assert code.details["amount"] == "4000"
    assert code.amount == order.amount


def test_a_dynamic_code_is_not_written_without_its_times() -> None:
    order = Order(
        account="jonhsmith@nbcq", payee="Jonh", city="Phnom Penh", amount=Amount(1_00, "USD")
    )
    with pytest.raises(CodeInvalid) as caught:
        build(by_id("khqr"), order)
    assert caught.value.details["field"] == "99.00"


def test_part_of_a_riel_is_not_written() -> None:
    order = Order(account="a@b", payee="A", city="B", amount=Amount(4_000_55, "KHR"))
    with pytest.raises(CodeInvalid) as caught:
        build(by_id("khqr"), order)
    assert caught.value.details["field"] == "54"

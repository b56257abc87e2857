from datetime import UTC, datetime, timedelta

import pytest

from payment_codes.amount import Amount
from payment_codes.building import build
from payment_codes.code import Order
from payment_codes.emv.profiles.moment import UTC_8
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

PAYNOW = by_id("paynow")


@pytest.mark.parametrize("scheme_id", ["paynow", "sgqr"])
@pytest.mark.parametrize(
    ("changes", "found"),
    [
        ({"26.02": None}, [("missing", "26.02", LENIENT)]),
        ({"26.01": "5"}, [("value", "26.01", STRICT)]),
        ({"26.01": None}, [("missing", "26.01", STRICT)]),
        ({"26.02": ""}, [("empty", "26.02", STRICT), ("missing", "26.02", LENIENT)]),
        ({"26.01": "0"}, [("value", "26.02", STRICT)]),
        ({"26.02": "uen"}, [("value", "26.02", STRICT)]),
        ({"26.04": "20231301"}, [("value", "26.04", STRICT)]),
        ({"26.04": "2023010112"}, [("value", "26.04", STRICT)]),
        ({"53": "840"}, [("currency_wrong", "53", LENIENT)]),
        ({"58": "US"}, [("country_wrong", "58", STRICT)]),
    ],
)
def test_a_code_that_breaks_one_rule(
    scheme_id: str, changes: dict[str, str | None], found: list[Found]
) -> None:
    assert issues_of(edited(example(scheme_id), changes)) == found


@pytest.mark.parametrize(
    ("changes", "found"),
    [
        ({"51.01": None}, [("missing", "51.01", STRICT)]),
        ({"51.02": None}, [("missing", "51.02", STRICT)]),
        ({"51.02": "1.0"}, [("length", "51.02", STRICT)]),
        ({"26": None}, [("missing", "26-50", LENIENT)]),
        ({"26.00": "SG.COM.NETS"}, []),
    ],
)
def test_a_label_that_breaks_one_rule(changes: dict[str, str | None], found: list[Found]) -> None:
    text = edited(example("sgqr"), changes)
    assert issues_of(text) == found
    assert parse(text).scheme.id == "sgqr"


def test_a_wrong_editable_flag_is_only_against_the_letter() -> None:
    text = edited(example("paynow"), {"26.03": "2"})
    assert issues_of(text) == [("value", "26.03", STRICT)]


def test_a_label_names_all_its_networks() -> None:
    text = edited(example("sgqr"), {"27.00": "com.grab", "27.01": "312d"})
    assert parse(text).details["networks"] == ["SG.PAYNOW", "SG.SGQR", "com.grab"]


@pytest.mark.parametrize(
    ("written", "expires"),
    [
        ("20301231", datetime(2030, 12, 31, 23, 59, 59, tzinfo=UTC_8)),
        ("20301231080000", datetime(2030, 12, 31, tzinfo=UTC)),
    ],
)
def test_the_expiry_is_singapore_time(written: str, expires: datetime) -> None:
    assert parse(edited(example("paynow"), {"26.04": written})).expires == expires


def test_a_mobile_number_is_told_by_its_plus_sign() -> None:
    code = parse(build(PAYNOW, Order(account="+6591234567")))
    assert (code.details["proxy_type"], code.details["editable"]) == ("MOBILE", True)
    assert (code.payee, code.payer_enters_amount) == ("NA", True)


@pytest.mark.parametrize(
    ("order", "field"),
    [
        (Order(account="91234567"), "26.02"),
        (Order(account="201403121W", amount=Amount(1_00, "USD")), "53"),
        (Order(account="201403121W", expires=datetime(2030, 1, 1)), "expires"),  # noqa: DTZ001
        (Order(account="201403121W", expires=datetime.max.replace(tzinfo=UTC)), "expires"),
    ],
)
def test_what_paynow_forbids_is_not_written(order: Order, field: str) -> None:
    with pytest.raises(CodeInvalid) as caught:
        build(PAYNOW, order)
    assert caught.value.details["field"] == field


def test_an_expiry_keeps_its_moment_in_another_zone() -> None:
    expires = datetime(2030, 1, 1, 12, tzinfo=UTC) + timedelta(seconds=1)
    assert parse(build(PAYNOW, Order(account="201403121W", expires=expires))).expires == expires

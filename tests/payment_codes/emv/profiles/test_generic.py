from datetime import UTC, datetime

import pytest

from payment_codes.amount import Amount
from payment_codes.building import build, rewrite
from payment_codes.code import Order
from payment_codes.errors import CodeInvalid
from payment_codes.parsing import parse
from payment_codes.schemes.table import GENERIC, by_id
from tests.payment_codes.emv.profiles.editing import LENIENT, STRICT, Found, edited, issues_of
from tests.payment_codes.emv.profiles.editing import example as example_of

EXAMPLE = example_of("emv-mpm")


def test_the_id_of_any_code_is_that_of_nobodys() -> None:
    assert by_id("emv-mpm") is GENERIC
    assert parse(EXAMPLE).scheme is GENERIC


@pytest.mark.parametrize(
    ("changes", "found"),
    [
        ({"00": "11"}, [("version", "00", LENIENT)]),
        ({"01": "13"}, [("value", "01", STRICT)]),
        ({"26.00": None}, [("missing", "26.00", LENIENT)]),
        ({"26": "no template"}, [("structure", "26", LENIENT)]),
        ({"52": "541"}, [("length", "52", LENIENT)]),
        ({"53": "999"}, [("currency_unknown", "53", LENIENT)]),
        ({"54": "12,50"}, [("amount_format", "54", LENIENT)]),
        ({"54": "0"}, [("amount_range", "54", LENIENT)]),
        ({"53": "704", "54": "9999999999999"}, [("amount_range", "54", LENIENT)]),
        ({"55": "04"}, [("value", "55", LENIENT)]),
        ({"55": "02"}, [("dependency", "56", LENIENT)]),
        ({"55": "01", "56": "1"}, [("not_allowed", "56", STRICT)]),
        ({"57": "100"}, [("value", "57", LENIENT), ("not_allowed", "57", STRICT)]),
        ({"58": "C1"}, [("value", "58", LENIENT)]),
        ({"59": None}, [("missing", "59", LENIENT)]),
        ({"62.01": "x" * 26}, [("length", "62.01", STRICT)]),
        ({"62.09": "X"}, [("value", "62.09", STRICT)]),
        ({"64.00": None}, [("missing", "64.00", LENIENT)]),
        ({"70": ""}, [("empty", "70", STRICT)]),
        ({"70": "\ud800"}, [("characters", "70", LENIENT)]),
        ({"80": "no template"}, [("structure", "80", LENIENT)]),
        ({"65": "new", "62.12": "newer", "80.00": "G", "80.50": "é"}, []),
    ],
)
def test_a_code_that_breaks_one_rule(changes: dict[str, str | None], found: list[Found]) -> None:
    text = edited(EXAMPLE, changes)
    assert issues_of(text) == found
    assert rewrite(parse(text)) == text


def test_details_have_the_fields_of_all_templates_by_name() -> None:
    code = parse(EXAMPLE)
    assert code.details["poi"] == "dynamic"
    assert code.details["language"] == "ZH"
    assert code.details["name_alternate"] == "最佳运输"
    assert code.details["guids"] == ["ORG.EXAMPLE"]
    assert code.message == "Two tickets"


def test_three_stars_stand_for_no_reference() -> None:
    assert parse(edited(EXAMPLE, {"62.05": "***"})).reference is None


@pytest.mark.parametrize(
    ("order", "field"),
    [
        (Order(account="A", payee="S", city="C", expires=datetime.now(UTC)), "expires"),
        (Order(account="A", payee="S", city="C", extra={"colour": "red"}), "colour"),
        (Order(account="A", payee="S", city="C", extra={"currency": "XXX"}), "53"),
        (Order(account="A", payee="S", city="C", amount=Amount(1, "BTC")), "53"),
        (Order(account="A", payee="S", city="C", amount=Amount(0, "CNY")), "54"),
        (Order(account="A", payee="S", city="C", amount=Amount(-1, "CNY")), "54"),
        (Order(account="A", payee="店", city="C"), "59"),
        (Order(account="A", payee="S"), "60"),
        (Order(account="A" * 99, payee="S", city="C"), "26"),
        (Order(account="A", payee="S", city="C", extra={"category": "food"}), "52"),
        (Order(account="A", payee="S", city="C", reference="r" * 26), "62.05"),
    ],
)
def test_what_cannot_be_said_is_refused(order: Order, field: str) -> None:
    with pytest.raises(CodeInvalid) as caught:
        build(GENERIC, order)
    assert caught.value.details["field"] == field
    assert caught.value.details["section"]
    assert str(caught.value)


def test_every_name_of_extra_is_written() -> None:
    extra = {
        "guid": "ORG.SHOP", "initiation": "11", "currency": "JPY", "category": "5411",
        "country": "JP", "postal_code": "1000001", "tip": "02", "fee_fixed": "5",
        "bill_number": "B1", "mobile": "M1", "store": "S1", "loyalty": "L1", "customer": "C1",
        "terminal": "T1", "consumer_data": "AME", "tax_id": "X1", "channel": "123",
        "language": "JA", "name_alternate": "店", "city_alternate": "東京",
    }  # fmt: skip
    order = Order(account="A", payee="SHOP", city="TOKYO", message="hello", extra=extra)
    code = parse(build(GENERIC, order))
    assert code.tree["62"] == {
        "01": "B1", "02": "M1", "03": "S1", "04": "L1", "06": "C1", "07": "T1", "08": "hello",
        "09": "AME", "10": "X1", "11": "123",
    }  # fmt: skip
    told = {"guid", "initiation", "currency", "category"}
    assert {name: code.details[name] for name in extra if name not in told} == {
        name: text for name, text in extra.items() if name not in told
    }
    assert code.currency == "JPY"

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

VIETQR = by_id("vietqr")
BANK = "0006970403"


@pytest.mark.parametrize(
    ("changes", "found"),
    [
        ({"38.01": None}, [("missing", "38.01", LENIENT)]),
        ({"38.01": "0011012345678"}, [("structure", "38.01", LENIENT)]),
        ({"38.01": f"{BANK}0113001101234"}, [("structure", "38.01", LENIENT)]),
        ({"38.01": "01130011012345678"}, [("missing", "38.01.00", LENIENT)]),
        ({"38.01": BANK}, [("missing", "38.01.01", LENIENT)]),
        ({"38.01": f"{BANK}0100"}, [("missing", "38.01.01", LENIENT)]),
        ({"38.01": "000597040010512345"}, [("value", "38.01.00", LENIENT)]),
        ({"38.01": f"{BANK}0120{'1' * 20}"}, [("length", "38.01.01", STRICT)]),
        ({"38.02": "QRIBFTTC"}, [("value", "38.01.01", STRICT)]),
        ({"38.02": "QRIBFTTX"}, [("value", "38.02", STRICT)]),
        ({"38.02": None}, []),
        ({"54": "180000.00"}, [("amount_format", "54", STRICT)]),
        (
            {"54": "180000.50"},
            [("amount_format", "54", STRICT), ("amount_precision", "54", LENIENT)],
        ),
        ({"53": "840", "54": "18"}, [("currency_wrong", "53", LENIENT)]),
        ({"58": "US"}, [("country_wrong", "58", STRICT)]),
    ],
)
def test_a_code_that_breaks_one_rule(changes: dict[str, str | None], found: list[Found]) -> None:
    assert issues_of(edited(example("vietqr"), changes)) == found


@pytest.mark.parametrize("card", ["9704031101234567", "9704031101234567890"])
def test_a_card_is_told_by_the_service(card: str) -> None:
    extra = {"bank_bin": "970403", "service": "QRIBFTTC"}
    code = parse(build(VIETQR, Order(account=card, extra=extra)))
    assert code.account == code.details["card"] == card
    assert "account" not in code.details


def test_a_category_is_written_only_where_it_is_asked_for() -> None:
    bank = {"bank_bin": "970403"}
    assert "52" not in parse(build(VIETQR, Order(account="1", extra=bank))).tree
    shop = Order(account="1", extra=bank | {"category": "5812"})
    assert parse(build(VIETQR, shop)).tree["52"] == "5812"


@pytest.mark.parametrize(
    ("order", "field"),
    [
        (Order(account="1"), "38.01.00"),
        (Order(extra={"bank_bin": "970403"}), "38.01.01"),
        (Order(account="1" * 20, extra={"bank_bin": "970403"}), "38.01.01"),
        (Order(account="1", amount=Amount(1_00, "THB"), extra={"bank_bin": "970403"}), "53"),
    ],
)
def test_what_napas_forbids_is_not_written(order: Order, field: str) -> None:
    with pytest.raises(CodeInvalid) as caught:
        build(VIETQR, order)
    assert caught.value.details["field"] == field

from dataclasses import replace

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

PROMPTPAY, BILL, TRUEMONEY = (by_id(name) for name in ("promptpay", "promptpay-bill", "truemoney"))
BY_PAYER = "A000000677010114"


@pytest.mark.parametrize(
    ("changes", "found"),
    [
        ({"29.01": None}, [("missing", "29.01", LENIENT)]),
        ({"29.02": "1101700230708"}, [("exclusive", "29", STRICT)]),
        ({"29.01": "1000000000263"}, [("value", "29.01", STRICT)]),
        ({"29.01": "006681234567"}, [("length", "29.01", STRICT), ("value", "29.01", STRICT)]),
        ({"29.01": None, "29.02": "1101700230705"}, [("checksum_wrong", "29.02", STRICT)]),
        ({"29.01": None, "29.02": "11017002307"}, [("length", "29.02", LENIENT)]),
        ({"29.01": None, "29.02": "110170023070X"}, [("characters", "29.02", LENIENT)]),
        ({"29.00": BY_PAYER}, [("dependency", "29.05", STRICT)]),
        ({"29.00": BY_PAYER, "29.05": "1234567890"}, []),
        ({"29.05": "1234567890"}, [("not_allowed", "29.05", STRICT)]),
        ({"81": "00480X"}, [("encoding", "81", STRICT)]),
        ({"81": "D800"}, [("encoding", "81", STRICT)]),
        ({"53": "840"}, [("currency_wrong", "53", LENIENT)]),
        ({"58": "US"}, [("country_wrong", "58", STRICT)]),
        ({"52": "5311", "59": "SHOP", "60": "BKK"}, []),
    ],
)
def test_a_transfer_that_breaks_one_rule(
    changes: dict[str, str | None], found: list[Found]
) -> None:
    assert issues_of(edited(example("promptpay"), changes)) == found


@pytest.mark.parametrize(
    ("changes", "found"),
    [
        ({"30.01": None}, [("missing", "30.01", LENIENT)]),
        ({"30.01": "12345678901234"}, [("value", "30.01", LENIENT)]),
        ({"30.01": "0994000000001"}, []),
        ({"30.02": None}, [("missing", "30.02", STRICT)]),
        ({"30.03": "R" * 21}, [("length", "30.03", STRICT)]),
        ({"30.00": "A000000677012006"}, []),
        ({"53": "840"}, [("currency_wrong", "53", LENIENT)]),
    ],
)
def test_a_bill_that_breaks_one_rule(changes: dict[str, str | None], found: list[Found]) -> None:
    text = edited(example("promptpay-bill"), changes)
    assert issues_of(text) == found
    assert parse(text).scheme is BILL


@pytest.mark.parametrize(
    ("account", "tag", "written", "kind"),
    [
        ("0801234567", "01", "0066801234567", "MSISDN"),
        ("+66801234567", "01", "0066801234567", "MSISDN"),
        ("66801234567", "01", "0066801234567", "MSISDN"),
        ("1101700230708", "02", "1101700230708", "NATID"),
        ("012345678901234", "03", "012345678901234", "EWALLETID"),
    ],
)
def test_a_target_is_told_by_its_digits(account: str, tag: str, written: str, kind: str) -> None:
    code = parse(build(PROMPTPAY, Order(account=account)))
    assert code.tree["29"] == {"00": "A000000677010111", tag: written}
    assert code.details["target_type"] == kind
    assert code.payer_enters_amount


def test_a_bank_account_needs_its_kind() -> None:
    order = Order(account="0041234567890", extra={"target_type": "BANKACC"})
    code = parse(build(PROMPTPAY, order))
    assert (code.account, code.details["target_type"]) == ("0041234567890", "BANKACC")


def test_a_wallet_of_truemoney_is_read_as_that_scheme() -> None:
    code = parse(edited(example("promptpay"), {"29.01": None, "29.03": "140000801111111"}))
    assert code.scheme is TRUEMONEY
    assert code.account == "0801111111"
    assert "truemoney" not in code.others


def test_a_message_of_truemoney_is_written_in_any_script() -> None:
    code = parse(build(TRUEMONEY, Order(account="0801111111", message="สวัสดี 🙏")))
    assert code.message == "สวัสดี 🙏"
    assert not code.issues


def test_a_bill_with_an_inquiry_beside_it_is_still_the_bill() -> None:
    text = edited(example("promptpay-bill"), {"31.00": "A000000677010113", "31.01": "004"})
    code = parse(text)
    assert (code.scheme.id, code.account, code.issues) == ("promptpay-bill", "099400000000100", ())


@pytest.mark.parametrize(
    ("order", "field"),
    [
        (Order(account="12345"), "29.01"),
        (Order(account="1101700230705"), "29.02"),
        (Order(account="0801234567", amount=Amount(1_00, "USD")), "53"),
        (Order(account="0801234567", extra={"target_type": "IBAN"}), "target_type"),
        (Order(account="0801234567", extra={"ref9": "x"}), "ref9"),
        (Order(account="0801234567", message="x" * 25), "81"),
        (Order(), "29.01"),
    ],
)
def test_what_promptpay_forbids_is_not_written(order: Order, field: str) -> None:
    with pytest.raises(CodeInvalid) as caught:
        build(PROMPTPAY, order)
    assert caught.value.details["field"] == field


def test_an_authorization_is_not_repeated_anywhere_but_in_the_tree() -> None:
    secret = "9876543210"
    text = edited(example("promptpay"), {"29.05": secret, "29.01": None})
    code = parse(text)
    assert secret not in repr(dict(code.details))
    assert not any(secret in str(issue) for issue in code.issues)


def test_a_bill_says_all_three_references() -> None:
    order = by_id("promptpay-bill").works.example(BILL)
    assert order is not None
    code = parse(build(BILL, replace(order, amount=None)))
    told = {name: code.details[name] for name in ("biller_id", "ref1", "ref2", "ref3")}
    assert told == {
        "biller_id": "099400000000100",
        "ref1": "123456789012",
        "ref2": "670429",
        "ref3": "SCB",
    }

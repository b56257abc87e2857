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

BOTH = {"qrph-p2m": "28", "qrph-p2p": "27"}


@pytest.mark.parametrize("scheme_id", BOTH)
@pytest.mark.parametrize(
    ("tag", "value", "found"),
    [
        ("01", None, ("missing", "01", LENIENT)),
        ("01", "GXCHSGM2XXX", ("value", "01", STRICT)),
        ("01", "GXCHPHM2X", ("value", "01", STRICT)),
    ],
)
def test_a_bank_that_is_wrong(scheme_id: str, tag: str, value: str | None, found: Found) -> None:
    template = BOTH[scheme_id]
    code, where, severity = found
    text = edited(example(scheme_id), {f"{template}.{tag}": value})
    assert issues_of(text) == [(code, f"{template}.{where}", severity)]


@pytest.mark.parametrize("scheme_id", BOTH)
def test_other_money_and_another_country(scheme_id: str) -> None:
    text = edited(example(scheme_id), {"53": "840", "58": "US"})
    assert issues_of(text) == [
        ("currency_wrong", "53", LENIENT),
        ("country_wrong", "58", STRICT),
    ]


@pytest.mark.parametrize(
    ("changes", "found"),
    [
        ({"27.04": None}, [("missing", "27.04", LENIENT)]),
        ({"27.04": ""}, [("empty", "27.04", STRICT), ("missing", "27.04", LENIENT)]),
        ({"27.02": "99960300"}, [("value", "27.02", STRICT)]),
        ({"27.05": "09170000000"}, [("value", "27.05", STRICT)]),
        ({"27.05": "+63-906-0498741"}, []),
        ({"27.03": "217020000000656"}, []),
    ],
)
def test_a_transfer_that_breaks_one_rule(
    changes: dict[str, str | None], found: list[Found]
) -> None:
    assert issues_of(edited(example("qrph-p2p"), changes)) == found


def test_a_merchant_needs_a_number_or_an_account() -> None:
    text = edited(example("qrph-p2m"), {"28.03": None})
    assert issues_of(text) == [("missing", "28.03", LENIENT)]
    assert issues_of(edited(text, {"28.04": "500000000001"})) == []


def test_a_transfer_is_to_a_person() -> None:
    code = parse(example("qrph-p2p"))
    assert (code.details["mcc"], code.details["payment_type"]) == ("6016", "99964403")


def test_a_transfer_without_a_bank_is_not_written() -> None:
    order = Order(account="500000000001", payee="Juan", city="Makati")
    with pytest.raises(CodeInvalid) as caught:
        build(by_id("qrph-p2p"), order)
    assert caught.value.details["field"] == "27.01"

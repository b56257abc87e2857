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

URL = "pix.example.com/8b3da2f3"


@pytest.mark.parametrize(
    ("changes", "found"),
    [
        ({"26.01": None}, [("missing", "26.01", LENIENT)]),
        ({"26.01": "nobody"}, [("value", "26.01", LENIENT)]),
        ({"26.01": "52998224725"}, []),
        ({"26.01": "52998224726"}, [("checksum_wrong", "26.01", LENIENT)]),
        ({"26.01": "529.982.247-25"}, [("value", "26.01", STRICT)]),
        ({"26.01": "12ABC34501DE35"}, []),
        ({"26.01": "60701190000105"}, [("checksum_wrong", "26.01", LENIENT)]),
        ({"26.01": "+5511987654321"}, []),
        ({"26.01": "5511987654321"}, [("value", "26.01", STRICT)]),
        ({"26.01": "a@b.com"}, []),
        ({"26.01": "A@b.com"}, [("value", "26.01", STRICT)]),
        ({"26.01": "a@b"}, [("value", "26.01", LENIENT)]),
        ({"26.25": URL, "26.02": None}, [("value", "01", STRICT), ("exclusive", "26.25", STRICT)]),
        ({"26.25": URL, "26.01": None, "26.02": None, "01": "12"}, []),
        ({"26.25": URL, "26.01": None, "26.02": None}, [("value", "01", STRICT)]),
        (
            {"26.25": f"https://{URL}", "26.01": None, "26.02": None, "01": "12"},
            [("value", "26.25", STRICT)],
        ),
        ({"62.05": "a-b"}, [("characters", "62.05", STRICT)]),
        ({"62.05": "é"}, [("characters", "62.05", STRICT)]),
        ({"62.05": "x" * 26}, [("length", "62.05", STRICT)]),
        ({"62.05": "***"}, []),
        ({"53": "840"}, [("currency_wrong", "53", LENIENT)]),
        ({"58": "US"}, [("country_wrong", "58", STRICT)]),
        ({"54": "1.234"}, [("amount_precision", "54", LENIENT)]),
        ({"26.77": "kept"}, []),
    ],
)
def test_a_code_that_breaks_one_rule(changes: dict[str, str | None], found: list[Found]) -> None:
    text = edited(example("pix"), changes)
    assert issues_of(text) == found
    assert parse(text).scheme.id == "pix"


@pytest.mark.parametrize(
    ("key", "kind"),
    [
        ("52998224725", "cpf"),
        ("529.982.247-25", "cpf"),
        ("60.701.190/0001-04", "cnpj"),
        ("+5511987654321", "phone"),
        ("a@b.com", "email"),
        ("123E4567-E12B-12D1-A456-426655440000", "evp"),
    ],
)
def test_the_kind_of_a_key_is_told(key: str, kind: str) -> None:
    code = parse(edited(example("pix"), {"26.01": key}))
    assert code.details["key_type"] == kind
    assert code.account == key


def test_a_charge_behind_an_address_decides_on_the_amount() -> None:
    order = Order(payee="SHOP", city="RIO", extra={"url": URL, "rec_url": f"{URL}/rec"})
    code = parse(build(by_id("pix"), order))
    assert not code.payer_enters_amount
    assert code.amount is None
    assert code.account == URL
    assert code.details["poi"] == "dynamic"
    assert code.details["pix_type"] == "composite dynamic + recurrence"
    assert "txid" not in code.details


def test_a_key_and_an_address_are_not_written_into_one_code() -> None:
    with pytest.raises(CodeInvalid) as caught:
        build(by_id("pix"), Order(account="a@b.com", payee="S", city="RIO", extra={"url": URL}))
    assert caught.value.details["field"] == "26.25"


def test_the_identifier_is_read_in_any_case() -> None:
    text = edited(example("pix"), {"26.00": "BR.GOV.BCB.PIX"})
    assert not parse(text).issues
    assert parse(text).scheme.id == "pix"

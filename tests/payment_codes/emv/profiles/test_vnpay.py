import pytest

from payment_codes.parsing import parse
from tests.payment_codes.emv.profiles.editing import (
    LENIENT,
    STRICT,
    Found,
    edited,
    example,
    issues_of,
)


@pytest.mark.parametrize("scheme_id", ["vnpay", "vn-airpay", "vn-evn"])
@pytest.mark.parametrize(
    ("changes", "found"),
    [
        ({"26.01": None}, [("missing", "26.01", LENIENT)]),
        ({"53": "840"}, [("currency_wrong", "53", LENIENT)]),
        ({"58": "US"}, [("country_wrong", "58", STRICT)]),
        ({"59": "A NAME THAT IS LONGER THAN 25"}, [("length", "59", STRICT)]),
        ({"60": None}, [("missing", "60", LENIENT)]),
        ({"26.77": "kept"}, []),
    ],
)
def test_a_code_that_breaks_one_rule(
    scheme_id: str, changes: dict[str, str | None], found: list[Found]
) -> None:
    text = edited(example(scheme_id), changes)
    assert issues_of(text) == found
    assert parse(text).scheme.id == scheme_id


def test_a_bill_of_evn_is_known_by_its_customer() -> None:
    code = parse(example("vn-evn"))
    assert code.reference == code.details["customer"] == "PD00000000000"

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


@pytest.mark.parametrize(
    ("changes", "found"),
    [
        ({"51.02": None}, [("missing", "51.02", LENIENT)]),
        ({"51.02": "ID123"}, [("length", "51.02", STRICT)]),
        ({"51.02": "XX0000000000001"}, [("value", "51.02", STRICT)]),
        ({"51.03": "ABC"}, [("value", "51.03", STRICT)]),
        ({"51.03": "URE"}, []),
        ({"26.01": "836000000000000001"}, [("value", "26.01", STRICT)]),
        ({"26.01": "9360"}, [("length", "26.01", STRICT)]),
        ({"26.02": "0" * 16}, [("length", "26.02", STRICT)]),
        ({"26.03": "UM"}, [("length", "26.03", STRICT)]),
        ({"26.00": None}, [("missing", "26.00", LENIENT)]),
        ({"54": "10000"}, []),
        ({"54": "10000.50"}, [("amount_precision", "54", STRICT)]),
        ({"53": "840"}, [("currency_wrong", "53", LENIENT)]),
        ({"58": "MY"}, [("country_wrong", "58", STRICT)]),
        ({"61": None}, [("missing", "61", STRICT)]),
        ({"46.00": "COM.EXAMPLE", "46.01": "not a PAN"}, []),
    ],
)
def test_a_code_that_breaks_one_rule(changes: dict[str, str | None], found: list[Found]) -> None:
    text = edited(example("qris"), changes)
    assert issues_of(text) == found
    assert parse(text).scheme.id == "qris"


def test_a_rule_cites_the_specification_it_is_from() -> None:
    long_name = parse(edited(example("qris"), {"59": "N" * 44})).issues
    assert [issue.rule for issue in long_name] == ["EMV QRCPS MPM v1.1 Table 3.3"]
    no_postal_code = parse(edited(example("qris"), {"61": None})).issues
    assert [issue.rule for issue in no_postal_code] == ["QRIS MPM, PADG 21/18/2019"]

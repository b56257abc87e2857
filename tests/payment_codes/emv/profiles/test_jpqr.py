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
        ({"26.01": None}, [("missing", "26.01", LENIENT)]),
        ({"26.02": "001"}, [("length", "26.02", LENIENT)]),
        ({"26.03": "0000001"}, [("length", "26.03", LENIENT)]),
        ({"26.04": None}, [("missing", "26.04", LENIENT)]),
        ({"53": "840"}, [("currency_wrong", "53", LENIENT)]),
        ({"58": "US"}, [("country_wrong", "58", STRICT)]),
        ({"54": "498.50"}, [("amount_precision", "54", LENIENT)]),
        ({"54": "498.00"}, []),
        ({"64.00": "JA", "64.01": "本舗食堂"}, []),
        ({"64.01": "本舗食堂"}, [("missing", "64.00", LENIENT)]),
        ({"64": "あいう"}, [("structure", "64", LENIENT)]),
        ({"59": "本舗食堂"}, [("characters", "59", STRICT)]),
    ],
)
def test_a_code_that_breaks_one_rule(changes: dict[str, str | None], found: list[Found]) -> None:
    text = edited(example("jpqr"), changes)
    assert issues_of(text) == found
    assert parse(text).scheme.id == "jpqr"


def test_the_account_is_all_levels_of_the_id() -> None:
    assert parse(example("jpqr")).account == "00000000000010001000001000001"

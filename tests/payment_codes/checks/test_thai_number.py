import pytest

from payment_codes.checks import thai_number


@pytest.mark.parametrize("last", range(10))
def test_only_one_check_digit_fits(last: int) -> None:
    assert thai_number.holds(f"110170023070{last}") == (last == 8)


@pytest.mark.parametrize("text", ["", "110170023070", "11017002307088", "110170023070X", "๑" * 13])
def test_a_number_is_thirteen_ascii_digits(text: str) -> None:
    assert not thai_number.is_number(text)

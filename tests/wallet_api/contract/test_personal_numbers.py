"""Identity numbers (GB 11643) and card numbers (ISO/IEC 7812-1) by their own check digits."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from wallet_api.contract.personal_numbers import (
    is_card_number,
    is_identity_number,
    luhn,
    mod_11_2,
)

#: The examples that the standard itself gives.
STANDARD = ("11010519491231002X", "440524188001010014")
#: Published test numbers of card schemes.
CARDS = ("4111111111111111", "5555555555554444", "378282246310005", "6200000000000005")
DIGITS = "0123456789"


@pytest.mark.parametrize("number", STANDARD)
def test_the_examples_of_the_standard_are_valid(number: str) -> None:
    assert is_identity_number(number)


@pytest.mark.parametrize("number", STANDARD)
def test_one_wrong_or_two_swapped_characters_are_found(number: str) -> None:
    for place, right in enumerate(number):
        for wrong in set(DIGITS + "X") - {right}:
            assert not is_identity_number(number[:place] + wrong + number[place + 1 :])
    for place in range(16):
        first, second = number[place], number[place + 1]
        if first != second:
            swapped = number[:place] + second + first + number[place + 2 :]
            assert not is_identity_number(swapped)


@pytest.mark.parametrize(
    "number",
    [
        "",
        "11010519491231002x",
        " 11010519491231002X",
        "11010519491231002X\n",
        "1101051949123100 X",
        "１１０１０５１９４９１２３１００２Ｘ",
        "110105491231002",  # The form of before 1999.
        *(body + mod_11_2(body) for body in ("11010519490231002", "11010519491331002")),
        *(body + mod_11_2(body) for body in ("01010519491231002", "11010500001231002")),
    ],
)
def test_what_is_no_identity_number_is_refused(number: str) -> None:
    assert not is_identity_number(number)


@pytest.mark.parametrize("number", CARDS)
def test_published_card_numbers_are_valid(number: str) -> None:
    assert is_card_number(number)
    for place, right in enumerate(number):
        for wrong in set(DIGITS) - {right}:
            assert not is_card_number(number[:place] + wrong + number[place + 1 :])


@pytest.mark.parametrize(
    "number", ["", "79927398713", "4" * 20, "4111 1111 1111 1111", "4111111111111111\n", "４" * 16]
)
def test_what_is_no_card_number_is_refused(number: str) -> None:
    assert not is_card_number(number)


@given(st.text(DIGITS, min_size=11, max_size=18))
def test_the_check_digit_makes_a_number_valid(body: str) -> None:
    assert is_card_number(body + luhn(body))


@given(st.text(max_size=25))
def test_any_text_is_judged_without_an_error(text: str) -> None:
    assert is_identity_number(text) in {True, False}
    assert is_card_number(text) in {True, False}

import hashlib

import pytest
from hypothesis import given
from hypothesis import strategies as st

from payment_codes.checks import eip55

# From EIP-55.
RIGHT = (
    "52908400098527886E0F7030069857D2E4169EE7",
    "de709f2102306220921060314715629080e2fb77",
    "5aAeb6053F3E94C9b9A09f33669435E7Ef1BeAed",
    "fB6916095ca1df60bB79Ce92cE3Ea74c37c5d359",
    "dbF03B407c01E7cD3CBea99509d93f8DDDC8C6FB",
    "D1220A0cf47c7B9Be7A2E6BA89F429762e7b9aDb",
)


@pytest.mark.parametrize("digits", RIGHT)
def test_published_addresses_are_right(digits: str) -> None:
    assert eip55.is_right(digits)
    assert eip55.is_right(digits.lower())


@pytest.mark.parametrize("digits", RIGHT[2:])
def test_a_letter_of_the_other_case_is_wrong(digits: str) -> None:
    first = next(at for at, digit in enumerate(digits) if digit.isalpha())
    assert not eip55.is_right(digits[:first] + digits[first].swapcase() + digits[first + 1 :])


def test_the_hash_is_keccak() -> None:
    nothing = "c5d2460186f7233c927e7db2dcc703c0e500b653ca82273b7bfad8045d85a470"
    assert eip55.keccak256(b"").hex() == nothing


@given(data=st.binary(max_size=300))
def test_the_hash_differs_from_sha3_by_its_padding_only(data: bytes) -> None:
    """SHA3-256 of data is Keccak with two more bits before the same padding (FIPS 202 §6.1)."""
    assert eip55.keccak256(data) != hashlib.sha3_256(data).digest()
    assert eip55.sponge(data, 0x06) == hashlib.sha3_256(data).digest()

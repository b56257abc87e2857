import pytest
from hypothesis import given
from hypothesis import strategies as st

from payment_codes.checks import base58, bech32, bitcoin_address

# From BIP 173, BIP 350, BIP 141 and the developer reference.
RIGHT = {
    "1A1zP1eP5QGefi2DMPTfTL5SLmv7DivfNa": "bc",
    "3J98t1WpEZ73CNmQviecrnyiWrnqRhWNLy": "bc",
    "mipcBbFg9gMiCh81Kj8tqqdgoZub1ZJRfn": "tb",
    "BC1QW508D6QEJXTDG4Y5R3ZARVARY0C5XW7KV8F3T4": "bc",
    "tb1qrp33g0q5c5txsp9arysrx4k6zdkfs4nce4xj0gdcccefvpysxf3q0sl5k7": "tb",
    "bc1pw508d6qejxtdg4y5r3zarvary0c5xw7kw508d6qejxtdg4y5r3zarvary0c5xw7kt5nd6y": "bc",
    "bc1p0xlxvlhemja6c4dqv22uapctqupfhlxm9h8z3k2e72q4k9hcz7vqzk5jj0": "bc",
    "bcrt1qw508d6qejxtdg4y5r3zarvary0c5xw7kygt080": "bcrt",
}
WRONG = {
    "1A1zP1eP5QGefi2DMPTfTL5SLmv7DivfNb": "checksum_wrong",
    "0A1zP1eP5QGefi2DMPTfTL5SLmv7DivfNa": "characters",
    "1A1zP1": "length",
    "bc1qw508d6qejxtdg4y5r3zarvary0c5xw7kv8f3t5": "checksum_wrong",
    # Bech32 where Bech32m must be, and the other way round (BIP 350).
    "bc1p0xlxvlhemja6c4dqv22uapctqupfhlxm9h8z3k2e72q4k9hcz7vqh2y7hd": "checksum_wrong",
    "BC1S0XLXVLHEMJA6C4DQV22UAPCTQUPFHLXM9H8Z3K2E72Q4K9HCZ7VQ54WELL": "checksum_wrong",
    "bc1p38j9r5y49hruaue7wxjce0updqjuyyx0kh56v8s25huc6995vvpql3jow4": "characters",
    "BC130XLXVLHEMJA6C4DQV22UAPCTQUPFHLXM9H8Z3K2E72Q4K9HCZ7VQ7ZWS8R": "value",
    "bc1pw5dgrnzv": "length",
    "BC1QR508D6QEJXTDG4Y5R3ZARVARYV98GJ9P": "length",
    "tb1p0xlxvlhemja6c4dqv22uapctqupfhlxm9h8z3k2e72q4k9hcz7vq47Zagq": "characters",
}


@pytest.mark.parametrize("address", RIGHT)
def test_published_addresses_are_right(address: str) -> None:
    assert bitcoin_address.examine(address) == (RIGHT[address], None)


@pytest.mark.parametrize("address", WRONG)
def test_published_mistakes_are_found(address: str) -> None:
    assert bitcoin_address.examine(address).fault == WRONG[address]


@given(body=st.binary(min_size=1, max_size=30))
def test_base58_reads_what_it_wrote(body: bytes) -> None:
    assert base58.decode(base58.encode(body)) == body


def test_a_longer_text_is_no_address() -> None:
    assert base58.decode("1" * 65) is None
    assert base58.decode("O") is None


@pytest.mark.parametrize(
    ("version", "address"),
    [
        (17, "1RustyRX2oai4EYYDpQGWvEL62BBGqN9T"),
        (18, "3EktnHQD7RiAE6uzMj2ZifT9YgRrkSgzQX"),
        (0, "bc1qw508d6qejxtdg4y5r3zarvary0c5xw7kv8f3t4"),
    ],
)
def test_a_fallback_is_an_address(version: int, address: str) -> None:
    """The examples of BOLT #11."""
    program = base58.decode(address)
    parts = bech32.decode(address)
    if version:
        assert program
        words = bech32.words_of(program[1:])
    else:
        assert parts
        words = parts.words[1:]
    assert bitcoin_address.fallback("bc", version, words) == address
    assert bitcoin_address.fallback("bc", 31, words) is None
    assert bitcoin_address.fallback("bc", version, (31,)) is None

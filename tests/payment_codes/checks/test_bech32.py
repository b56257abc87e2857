import pytest
from hypothesis import given
from hypothesis import strategies as st

from payment_codes.checks import bech32
from payment_codes.checks.bech32 import Encoding

WORDS = st.lists(st.integers(0, 31), max_size=1_000)
# From the test vectors of BIP 173 and BIP 350.
RIGHT = {
    "A12UEL5L": Encoding.BECH32,
    "a12uel5l": Encoding.BECH32,
    "?1ezyfcl": Encoding.BECH32,
    "abcdef1qpzry9x8gf2tvdw0s3jn54khce6mua7lmqqqxw": Encoding.BECH32,
    "A1LQFN3A": Encoding.BECH32M,
    "abcdef1l7aum6echk45nj3s0wdvt2fg8x9yrzpqzd3ryx": Encoding.BECH32M,
    "split1checkupstagehandshakeupstreamerranterredcaperredlc445v": Encoding.BECH32M,
}
WRONG = (
    "pzry9x0s0muk", "1pzry9x0s0muk", "x1b4n0q5v", "li1dgmt3", "A1g7SGD8", " 1nwldj5", "é1", "",
)  # fmt: skip


@pytest.mark.parametrize("text", RIGHT)
def test_published_texts_are_right(text: str) -> None:
    parts = bech32.decode(text)
    assert parts
    assert parts.encoding is RIGHT[text]
    assert bech32.encode(parts.prefix, parts.words, RIGHT[text]) == text.lower()


@pytest.mark.parametrize("text", WRONG)
def test_published_mistakes_are_no_bech32(text: str) -> None:
    assert bech32.decode(text) is None


@given(words=WORDS, place=st.integers(0), encoding=st.sampled_from(Encoding))
def test_one_wrong_letter_is_always_found(words: list[int], place: int, encoding: Encoding) -> None:
    text = bech32.encode("lnbc", words, encoding)
    parts = bech32.decode(text)
    assert parts == ("lnbc", tuple(words), encoding)
    start = len("lnbc1")
    at = start + place % (len(text) - start)
    other = "q" if text[at] != "q" else "p"
    damaged = bech32.decode(text[:at] + other + text[at + 1 :])
    assert damaged
    assert damaged.encoding is not encoding


@given(data=st.binary(max_size=600))
def test_bytes_and_words_are_the_same(data: bytes) -> None:
    words = bech32.words_of(data)
    assert bech32.octets(words) == data
    assert bech32.octets((*words, 1)) != data


def test_bits_left_over_must_be_zero() -> None:
    assert bech32.octets((31,)) is None
    assert bech32.octets((0, 1)) is None
    assert bech32.octets((0, 0)) == b"\0"
    assert bech32.octets(()) == b""

from datetime import UTC, datetime
from itertools import chain

import pytest
from hypothesis import given
from hypothesis import strategies as st

from payment_codes.amount import Amount
from payment_codes.building import build, rewrite
from payment_codes.checks import bech32
from payment_codes.code import Order, PaymentCode
from payment_codes.errors import CodeInvalid
from payment_codes.fields import DataObject
from payment_codes.parsing import parse
from payment_codes.schemes.table import by_id
from tests.payment_codes.schemes.reading import issues_of
from tests.payment_codes.vector_files import load

VECTOR = load("foreign.jsonl")["bolt11-1"]["payload"]
MADE = 1_496_314_658
HASH = bytes(range(32))

Field = tuple[str, tuple[int, ...]]
P: Field = ("p", bech32.words_of(HASH))
S: Field = ("s", bech32.words_of(HASH[::-1]))
D: Field = ("d", bech32.words_of(b"two teas"))
H: Field = ("h", bech32.words_of(HASH))


def number(value: int, width: int) -> tuple[int, ...]:
    return tuple(value >> 5 * place & 31 for place in reversed(range(width)))


def invoice(prefix: str, *fields: Field) -> str:
    """Write an invoice with a made-up signature."""
    tagged = ((bech32.CHARSET.index(tag), *number(len(words), 2), *words) for tag, words in fields)
    words = (*number(MADE, 7), *chain.from_iterable(tagged), *(1,) * 104)
    return bech32.encode(prefix, words)


@pytest.mark.parametrize(
    ("text", "found"),
    [
        (VECTOR, set()),
        (f"LIGHTNING:{VECTOR.upper()}", set()),
        (VECTOR[:-1] + "q", {("checksum_wrong", "", "lenient")}),
        (VECTOR[:20] + "b" + VECTOR[21:], {("characters", "", "lenient")}),
        (VECTOR[:40] + VECTOR[40:].upper(), {("characters", "", "lenient")}),
        (invoice("lnbc", P, S, D), set()),
        (invoice("lnbc", S, D), {("missing", "p", "lenient")}),
        (invoice("lnbc", ("p", (1,) * 51), S, D), {("missing", "p", "lenient")}),
        (invoice("lnbc", P, D), {("missing", "s", "strict")}),
        (invoice("lnbc", P, S), {("missing", "d", "lenient")}),
        (invoice("lnbc", P, S, D, H), {("exclusive", "h", "lenient")}),
        (invoice("lnbc", P, S, D, D), {("duplicate", "d", "lenient")}),
        (invoice("lnbc", P, S, ("d", bech32.words_of(b"\xff"))), {("encoding", "d", "lenient")}),
        (invoice("lnbc", P, S, D, ("9", number(1 << 8 | 1 << 9, 2))), set()),
        (invoice("lnbc", P, S, D, ("9", number(1 << 100, 21))),
         {("unknown_required", "9", "lenient")}),
        (invoice("lnbc", P, S, D, ("f", (31, 1))), {("value", "f", "strict")}),
        (invoice("lnbc", P, S, D, ("f", ())), {("value", "f", "strict")}),
        (invoice("lnbc0m", P, S, D), {("amount_range", "prefix", "lenient")}),
        (invoice("lnbc25p", P, S, D), {("amount_precision", "prefix", "lenient")}),
        (invoice("lnbc21000001", P, S, D), {("amount_range", "prefix", "lenient")}),
        (invoice("lnbcm", P, S, D), {("structure", "prefix", "lenient")}),
        (bech32.encode("lnbc", (1,) * 110), {("truncated", "signature", "lenient")}),
        (bech32.encode("lnbc", (*number(MADE, 7), 1, 31, 31, *(1,) * 104)),
         {("truncated", "rest", "lenient"), ("missing", "p", "lenient"),
          ("missing", "s", "strict"), ("missing", "d", "lenient")}),
    ],
)  # fmt: skip
def test_a_rule_is_broken(text: str, found: set[tuple[str, str, str]]) -> None:
    assert issues_of(text) == found


def test_the_published_example_is_understood() -> None:
    code = parse(VECTOR)
    assert code.amount == Amount(2_000_000, "BTC")
    assert code.expires == datetime.fromtimestamp(MADE + 3600, UTC)
    assert code.details["fallback"] == "1RustyRX2oai4EYYDpQGWvEL62BBGqN9T"
    wanted = "3925b6f67e2c340036ed12093dd44e0368df1b6ea26c53dbe4811f58fd5db8c1"
    assert code.details["description_hash"] == wanted
    assert code.tree["timestamp"] == "pvjluez"


@pytest.mark.parametrize(
    ("prefix", "millisatoshi", "satoshi"),
    [
        ("lnbc1", 10**11, 10**8), ("lntb20m", 2 * 10**9, 2 * 10**6), ("lnbcrt3u", 3 * 10**5, 300),
        ("lntbs15n", 1500, None), ("lnbc10p", 1, None), ("lnbc10000p", 1000, 1),
    ],
)  # fmt: skip
def test_amounts_have_units(prefix: str, millisatoshi: int, satoshi: int | None) -> None:
    code = parse(invoice(prefix, P, S, D))
    assert code.details["amount_msat"] == millisatoshi
    assert code.amount == (Amount(satoshi, "BTC") if satoshi else None)
    assert not code.payer_enters_amount


@given(
    text=st.text(st.characters(exclude_categories=["Cs"]), max_size=60),
    lasts=st.integers(0, 10**9),
)
def test_fields_are_understood_and_written_back(text: str, lasts: int) -> None:
    written = text.encode()
    described: Field = ("d", bech32.words_of(written))
    code = read(invoice("lnbc", P, S, described, ("x", number(lasts, 8)), ("z", (1, 2, 3))))
    assert code.details["description"] == text
    assert code.details["payment_hash"] == code.reference == HASH.hex()
    assert code.expires == datetime.fromtimestamp(MADE + lasts, UTC)
    assert code.payer_enters_amount
    assert code.tree["z"] == "pzr"


def test_a_time_beyond_the_calendar_is_none() -> None:
    assert read(invoice("lnbc", P, S, D, ("x", (31,) * 1023))).expires is None


def read(text: str) -> PaymentCode:
    """Read an invoice that is right, and written back as it was, in any case of its letters."""
    for one in (text, text.upper(), f"lightning:{text}"):
        code = parse(one)
        assert code.issues == ()
        assert rewrite(code) == one
    return code


def test_a_wrong_check_sum_is_put_right() -> None:
    assert rewrite(parse(VECTOR[:-1] + "q")) == VECTOR


def test_what_is_no_bech32_is_not_written() -> None:
    code = parse(VECTOR)
    objects = (code.objects[0], DataObject("d", "bio"))
    with pytest.raises(CodeInvalid):
        code.scheme.works.write(objects, code.scheme)


def test_only_the_payees_node_makes_one() -> None:
    assert by_id("bolt11").works.example(by_id("bolt11")) is None
    with pytest.raises(CodeInvalid):
        build(by_id("bolt11"), Order(account="02" * 33))

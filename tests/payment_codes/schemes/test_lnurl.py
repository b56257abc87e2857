import pytest
from hypothesis import given
from hypothesis import strategies as st

from payment_codes.building import build, rewrite
from payment_codes.checks import bech32
from payment_codes.code import Order
from payment_codes.errors import CodeInvalid
from payment_codes.parsing import parse
from payment_codes.schemes.table import by_id
from tests.payment_codes.schemes.reading import built, issues_of
from tests.payment_codes.vector_files import load

VECTOR = load("foreign.jsonl")["lnurl-1"]["payload"]
ONION = "a" * 56 + ".onion"


def packed(url: bytes) -> str:
    return bech32.encode("lnurl", bech32.words_of(url))


@pytest.mark.parametrize(
    ("text", "found"),
    [
        (VECTOR, set()),
        (f"lightning:{VECTOR}", set()),
        (VECTOR.lower(), set()),
        (VECTOR[:-1] + "Q", {("checksum_wrong", "", "lenient")}),
        (VECTOR[:20] + "b" + VECTOR[21:], {("characters", "", "lenient")}),
        (bech32.encode("lnurl", (31,)), {("characters", "", "lenient")}),
        (packed(b"http://shop.example/"), {("value", "url", "lenient")}),
        (packed(f"http://{ONION}/x".encode()), set()),
        (packed(b"hello"), {("value", "url", "lenient")}),
        (packed(b"https://[x/"), {("value", "url", "lenient")}),
        (packed(b"https://shop.example/\xff"), {("encoding", "url", "lenient")}),
        ("lnurlp://shop.example/pay?x=1", set()),
        ("lnurlp://", {("value", "url", "lenient")}),
    ],
)
def test_a_rule_is_broken(text: str, found: set[tuple[str, str, str]]) -> None:
    assert issues_of(text) == found
    if not found:
        assert rewrite(parse(text)) == text


@pytest.mark.parametrize(
    ("text", "url", "kind"),
    [
        ("lnurlp://shop.example/a", "https://shop.example/a", "pay"),
        ("LNURLW://shop.example:8/a", "https://shop.example:8/a", "withdraw"),
        ("lnurlc://shop.example", "https://shop.example", "channel"),
        (f"keyauth://{ONION}/a?tag=login", f"http://{ONION}/a?tag=login", "login"),
    ],
)
def test_a_scheme_of_its_own_says_what_it_is_for(text: str, url: str, kind: str) -> None:
    assert parse(text).details == {"url": url, "kind": kind}


def test_a_wrong_check_sum_is_put_right() -> None:
    assert rewrite(parse(VECTOR[:-1] + "Q")) == VECTOR


@pytest.mark.parametrize(
    "order",
    [
        Order(),
        Order(account="https://x.org/\ud800"),
        Order(account="http://shop.example"),
        Order(account="https://x.org", payee="Shop"),
    ],
)
def test_what_cannot_be_said_is_refused(order: Order) -> None:
    with pytest.raises(CodeInvalid):
        build(by_id("lnurl"), order)


@given(path=st.from_regex("[a-z0-9?=&%/é-]{0,200}", fullmatch=True))
def test_what_is_built_says_the_same(path: str) -> None:
    code = built("lnurl", Order(account=f"https://shop.example/{path}"))
    assert code.details["url"] == f"https://shop.example/{path}"

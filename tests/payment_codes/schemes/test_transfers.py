"""What all schemes of bank transfers promise."""

import time
from dataclasses import replace
from datetime import UTC, datetime

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from payment_codes.amount import Amount
from payment_codes.building import build, rewrite
from payment_codes.code import Order
from payment_codes.errors import CodeInvalid
from payment_codes.issues import Severity
from payment_codes.parsing import LONGEST_TEXT, parse
from payment_codes.schemes.table import by_id
from tests.payment_codes.schemes.transfers import mutations

SCHEMES = {
    id_: by_id(id_)
    for id_ in (
        "epc", "swiss-qr", "spayd", "pay-by-square", "upnqr",
        "gost-st00011", "gost-st00012", "gost-st00013",
    )
}  # fmt: skip


def _example(id_: str) -> Order:
    order = SCHEMES[id_].works.example(SCHEMES[id_])
    assert order
    return order


EXAMPLES = {id_: build(scheme, _example(id_)) for id_, scheme in SCHEMES.items()}


@pytest.mark.parametrize("id_", SCHEMES)
def test_the_example_says_what_was_ordered(id_: str) -> None:
    order, code = _example(id_), parse(EXAMPLES[id_])
    assert code.scheme is SCHEMES[id_]
    assert code.valid(Severity.STRICT)
    assert (code.account, code.payee, code.amount) == (order.account, order.payee, order.amount)
    assert (code.reference or "", code.message or "") == (order.reference, order.message)
    assert not code.payer_enters_amount
    assert rewrite(code) == EXAMPLES[id_]


@pytest.mark.parametrize("id_", SCHEMES)
def test_the_page_has_fields_and_rules_with_their_sections(id_: str) -> None:
    scheme = SCHEMES[id_]
    rules = scheme.works.rules(scheme)
    assert len(set(rules)) == len(rules)
    assert all(rule.section and rule.template for rule in rules)
    assert any(row.presence == "M" for row in scheme.works.fields(scheme))


@pytest.mark.parametrize("id_", SCHEMES)
@pytest.mark.parametrize(
    "unsayable",
    [
        Order(expires=datetime(2026, 11, 22, tzinfo=UTC)),
        Order(extra={"nonsense": "1"}),
        Order(extra={"iban": "DE89370400440532013000"}),
    ],
    ids=["expires", "nonsense", "iban"],
)
def test_what_a_scheme_cannot_say_is_refused(id_: str, unsayable: Order) -> None:
    scheme = SCHEMES[id_]
    with pytest.raises(CodeInvalid, match="cannot say"):
        scheme.works.compose(unsayable, scheme)


@pytest.mark.parametrize("id_", ["epc", "spayd", "gost-st00012"])
def test_a_town_is_refused_where_no_field_is_for_it(id_: str) -> None:
    with pytest.raises(CodeInvalid, match="city"):
        build(SCHEMES[id_], replace(_example(id_), city="Seldwyla"))


@pytest.mark.parametrize("id_", SCHEMES)
@pytest.mark.parametrize("text", ["two\nlines", "a\ttab", " spaces ", "\ud800", "\r"])
def test_a_text_that_would_break_the_code_is_refused(id_: str, text: str) -> None:
    order = _example(id_)
    with pytest.raises(CodeInvalid):
        build(SCHEMES[id_], replace(order, payee=text))


@pytest.mark.parametrize("id_", sorted(SCHEMES.keys() - {"spayd", "pay-by-square"}))
def test_an_amount_in_a_strange_currency_is_refused(id_: str) -> None:
    with pytest.raises(CodeInvalid):
        build(SCHEMES[id_], replace(_example(id_), amount=Amount(100, "USD")))


@settings(max_examples=400)
@given(mutations(list(EXAMPLES.values())))
def test_reading_never_fails(text: str) -> None:
    code = parse(text[:LONGEST_TEXT])
    scheme = code.scheme
    known = {
        (one.code, one.section, one.template, one.severity) for one in scheme.works.rules(scheme)
    }
    told = {(one.code, one.rule, one.template, one.severity) for one in code.issues}
    assert told <= known
    assert all(str(issue) for issue in code.issues)
    assert code.tree
    again = parse(rewrite(code)) if code.valid(Severity.LENIENT) else code
    assert (again.account, again.amount, again.payee) == (code.account, code.amount, code.payee)


@pytest.mark.parametrize("id_", SCHEMES)
@pytest.mark.parametrize("filler", ["\n", "*", "|", "A:1*", "Name=|", "0", "V", "\t", "X\r\n"])
def test_the_longest_texts_are_read_at_once(id_: str, filler: str) -> None:
    text = (EXAMPLES[id_] + filler * LONGEST_TEXT)[: LONGEST_TEXT - 1] + "x"
    parse(text)
    fastest = min(_seconds(text) for _ in range(3))
    assert fastest < 0.005


def _seconds(text: str) -> float:
    start = time.perf_counter()
    parse(text)
    return time.perf_counter() - start


@given(st.text(max_size=80), st.sampled_from(["BCD\n", "SPC\n", "SPD*", "UPNQR\n", "ST00012"]))
def test_a_mark_alone_is_enough_to_be_read(text: str, mark: str) -> None:
    whole = (mark + "|" + text).strip()
    assert not parse(whole).valid(Severity.STRICT)

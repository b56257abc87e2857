"""No text makes parsing fail: neither random ones, nor damaged codes, nor what was found before."""

import base64
from pathlib import Path

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from payment_codes.building import rewrite
from payment_codes.code import PaymentCode
from payment_codes.errors import CodeInvalid, CodeUnreadable
from payment_codes.issues import CODES, Issue, Rule, Severity
from payment_codes.parsing import LONGEST_TEXT, parse
from payment_codes.schemes.scheme import Carrier
from tests.payment_codes.vector_files import load

VECTORS = load("emv_mpm.jsonl") | load("foreign.jsonl")
PAYLOADS = sorted(vector["payload"] for vector in VECTORS.values())
#: Texts that were hard once, or that the coverage-guided fuzzer (scripts/fuzz) found.
CORPUS = sorted(Path(__file__).with_name("corpus").iterdir())
#: Any character, halves of surrogate pairs too.
CHARACTERS = st.characters(exclude_categories=())
#: What separates, nests and numbers things in one scheme or another.
PIECES = st.sampled_from(
    ("&", "=", "?", "/", "%", "%41", "%FF", "*", "|", "\n", "\r\n", "\r", ":", "@", "1", "0", "-",
     "0002", "6304", "62", "99", "0000", "6200", "26", "\u0661", "\ud800", "\x00", "+", ".", " "),
)  # fmt: skip
TABLES = (Carrier.EMV_MERCHANT, Carrier.EMV_CONSUMER)
PAYLOAD = st.sampled_from(PAYLOADS)


def hold(text: str) -> None:
    """Read a text, and write back what was read: nothing is raised but what is documented."""
    try:
        code = parse(text)
    except CodeUnreadable:
        return
    assert 0 < code.confidence <= 1
    assert isinstance(code.tree, dict)
    for issue in code.issues:
        assert issue.code in CODES
        assert str(issue)
        assert issue.rule
        assert is_listed(code, issue), issue
    try:
        written = rewrite(code)
    except CodeInvalid:
        return
    if code.valid(Severity.STRICT) and len(written) <= LONGEST_TEXT:
        again = parse(written)
        assert again.tree == code.tree
        assert (again.amount, again.account) == (code.amount, code.account)


def is_listed(code: PaymentCode, issue: Issue) -> bool:
    """Say whether a scheme's rules have that of an issue; tables like EMVCo's have their own."""
    if code.scheme.carrier in TABLES or code.scheme.id == "thai-slip-verify":
        return True
    rule = Rule(issue.code, issue.rule, issue.template, issue.severity)
    return rule in code.scheme.works.rules(code.scheme)


@pytest.mark.parametrize("file", CORPUS, ids=lambda file: file.name)
def test_what_was_found_before_is_read(file: Path) -> None:
    hold(file.read_bytes().decode(errors="surrogateescape"))


@settings(max_examples=100, deadline=None)
@given(text=st.text(CHARACTERS, max_size=300))
def test_any_text_is_read_or_refused(text: str) -> None:
    hold(text)


@settings(max_examples=60, deadline=None)
@given(payload=PAYLOAD, piece=st.text(CHARACTERS, min_size=1, max_size=8) | PIECES)
def test_the_longest_texts_are_read(payload: str, piece: str) -> None:
    hold((payload + piece * LONGEST_TEXT)[:LONGEST_TEXT])
    with pytest.raises(CodeUnreadable):
        parse("x" * (LONGEST_TEXT + 1))


@st.composite
def damaged(draw: st.DrawFn) -> str:
    """Draw a code with a few damages: pieces cut out, put in, replaced, repeated, or moved."""
    text: str = draw(PAYLOAD)
    for _ in range(draw(st.integers(1, 4))):
        first = draw(st.integers(0, len(text)))
        last = draw(st.integers(first, min(len(text), first + 12)))
        piece = draw(
            PIECES
            | st.text(CHARACTERS, max_size=3)
            | st.just(text[first:last] * 2)
            | st.just(text[first:last].swapcase())
            | st.just(text[first:last][::-1])
        )
        text = text[:first] + piece + text[last:]
    return text


@settings(max_examples=400, deadline=None)
@given(text=damaged())
def test_a_damaged_code_is_read(text: str) -> None:
    hold(text)


@settings(max_examples=100, deadline=None)
@given(first=PAYLOAD, second=PAYLOAD, joint=st.just("") | PIECES)
def test_codes_that_were_joined_are_read(first: str, second: str, joint: str) -> None:
    hold(first + joint + second)


@settings(max_examples=100, deadline=None)
@given(payload=PAYLOAD, cut=st.floats(0, 1))
def test_a_code_that_was_cut_is_read(payload: str, cut: float) -> None:
    hold(payload[: int(len(payload) * cut)])


@settings(max_examples=100, deadline=None)
@given(payload=PAYLOAD, pieces=st.lists(PIECES, min_size=1, max_size=4), count=st.integers(1, 400))
def test_long_runs_of_separators_are_read(payload: str, pieces: list[str], count: int) -> None:
    run = "".join(pieces) * count
    hold((payload + run)[:LONGEST_TEXT])
    hold((payload[: len(payload) // 2] + run + payload[len(payload) // 2 :])[:LONGEST_TEXT])


@settings(max_examples=60, deadline=None)
@given(tags=st.lists(st.sampled_from(("26", "51", "62", "64", "80", "00")), max_size=30))
@example(tags=["62"] * 30)
def test_templates_within_templates_are_read(tags: list[str]) -> None:
    nested = ""
    for tag in tags:
        if len(nested) < 100:
            nested = f"{tag}{len(nested):02}{nested}"
    hold(f"000201{nested}5802BR6304")


@settings(max_examples=60, deadline=None)
@given(
    tags=st.lists(st.sampled_from((b"\x61", b"\x62", b"\x63", b"\xbf\x0c")), max_size=1_000),
    rest=st.binary(max_size=64),
)
@example(tags=[b"\x61"] * 1_000, rest=b"")
def test_objects_within_objects_of_payers_are_read(tags: list[bytes], rest: bytes) -> None:
    nested = rest
    for tag in tags:
        length = len(nested)
        size = (length.bit_length() + 7) // 8
        head = bytes([length]) if length < 0x80 else bytes([0x80 | size]) + length.to_bytes(size)
        if length + len(tag + head) < 3_000:
            nested = tag + head + nested
    hold(base64.b64encode(b"\x85\x05CPV01" + nested).decode())

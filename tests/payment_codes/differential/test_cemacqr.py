"""cemacqr judges EMVCo codes: what keeps to EMVCo's letter here passes there, and the reverse.

Not compared: the fields reserved for EMVCo (65 to 79), which cemacqr refuses and readers keep, and
countries in small letters, which cemacqr takes.
"""

import string

import cemacqr
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from payment_codes.building import build
from payment_codes.issues import Issue
from payment_codes.parsing import parse
from payment_codes.schemes.scheme import Carrier, Scheme
from payment_codes.schemes.table import EMV_SCHEMES, GENERIC, SCHEMES
from tests.payment_codes.fields import code
from tests.payment_codes.vector_files import load

EMV_IDS = {one.id for one in SCHEMES if one.carrier is Carrier.EMV_MERCHANT}
VECTORS = {
    name: vector
    for name, vector in load("emv_mpm.jsonl").items()
    if vector["scheme"] in EMV_IDS and vector["payload"].startswith("0002")
}

# What national rules allow and EMVCo forbids: the codes of cemacqr and the tags.
NOBODY = {("MANDATORY_MISSING", "52"), ("MANDATORY_MISSING", "59"), ("MANDATORY_MISSING", "60")}
DEVIATIONS = {
    "promptpay": NOBODY,
    "promptpay-bill": NOBODY,
    "truemoney": NOBODY,
    "vietqr": NOBODY,
    "duitnow": {("PFI_VALUE", "00")},
}


def violations(text: str) -> set[tuple[str, str | None]]:
    """Return what cemacqr says is wrong with a code: its codes, and the tags."""
    try:
        report = cemacqr.validate(cemacqr.parse_payload(text))
    except cemacqr.QrSyntaxError:
        return {("SYNTAX", None)}
    return {(one.code, one.tag) for one in report.violations}


def against_emvco(text: str) -> tuple[Issue, ...]:
    """Return what is wrong with a code by EMVCo's rules alone."""
    return GENERIC.works.read(text, GENERIC).issues


@pytest.mark.parametrize("name", VECTORS)
def test_a_code_that_keeps_to_the_letter_passes(name: str) -> None:
    text = VECTORS[name]["payload"]
    found = violations(text)
    assert not found or against_emvco(text)


@pytest.mark.parametrize("name", VECTORS)
def test_what_it_refuses_has_an_issue_or_is_national(name: str) -> None:
    read = parse(VECTORS[name]["payload"])
    found = violations(VECTORS[name]["payload"])
    assert read.issues or found <= DEVIATIONS.get(read.scheme.id, set())


@pytest.mark.parametrize("scheme", {one.id: one for one in (*EMV_SCHEMES, GENERIC)}.values())
def test_our_examples_pass(scheme: Scheme) -> None:
    order = scheme.works.example(scheme)
    if order is not None:
        assert violations(build(scheme, order)) <= DEVIATIONS.get(scheme.id, set())


DIGITS = st.text(string.digits, min_size=1, max_size=6)
TEXTS = st.text(string.ascii_letters + string.digits + " .-*", min_size=1, max_size=30)
AMOUNTS = st.sampled_from(["1", "1.", "1.5", "0", "0.00", ".5", "1,5", "1.5.0", "10000000000000"])
ROOT = {
    "00": st.sampled_from(["01", "02"]),
    "01": st.sampled_from(["11", "12"]),
    "26": st.fixed_dictionaries({"00": TEXTS, "01": TEXTS}),
    "52": DIGITS | st.just("5812"),
    "53": st.sampled_from(["156", "840", "15", "1560", "15X"]),
    "54": AMOUNTS | DIGITS,
    "55": st.sampled_from(["01", "02", "03", "04"]),
    "56": AMOUNTS,
    "57": st.sampled_from(["00.00", "00.01", "05.00", "99.99"]),
    "58": st.sampled_from(["CN", "VN", "C1", "CHN"]),
    "59": TEXTS,
    "60": TEXTS,
    "61": TEXTS,
    "62": st.fixed_dictionaries({"05": TEXTS, "09": st.sampled_from(["AME", "A", "AA", "X"])}),
    "64": st.fixed_dictionaries({"00": st.sampled_from(["ZH", "Z", "12"])})
    | st.fixed_dictionaries({"00": st.just("ZH"), "01": TEXTS}),
}
RIGHT = {
    "00": "01",
    "01": "11",
    "26": {"00": "ORG.EXAMPLE", "01": "A1"},
    "52": "5812",
    "53": "156",
    "58": "CN",
    "59": "BEST TRANSPORT",
    "60": "BEIJING",
}


@st.composite
def codes(draw: st.DrawFn) -> str:
    """Draw a code in which up to three fields are changed, and one may be missing."""
    tags = draw(st.lists(st.sampled_from(sorted(ROOT)), max_size=3, unique=True))
    fields = RIGHT | {tag: draw(ROOT[tag]) for tag in tags}
    missing = draw(st.none() | st.sampled_from(sorted(RIGHT)))
    return code({tag: fields[tag] for tag in sorted(fields) if tag != missing})


@settings(max_examples=150)
@given(codes())
def test_both_agree_on_random_codes(text: str) -> None:
    assert bool(violations(text)) == bool(against_emvco(text))

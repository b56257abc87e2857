"""Broken codes: a reader finds exactly the fault that was asked for, in every scheme."""

from __future__ import annotations

import pytest

from payment_codes.breaking import KINDS, broken, every_fault
from payment_codes.building import build
from payment_codes.emv.crc import crc16
from payment_codes.errors import CodeInvalid
from payment_codes.issues import CODES, Severity
from payment_codes.parsing import parse
from payment_codes.schemes.scheme import Carrier, Scheme
from payment_codes.schemes.table import SCHEMES, by_id

MAKEABLE = [
    scheme
    for scheme in map(by_id, dict.fromkeys(one.id for one in SCHEMES))
    if scheme.works.example(scheme) is not None
]
#: What a tester of scanners asks for first, and every EMVCo code can be given.
EMV_KINDS = {
    *("crc", "crc-missing", "length", "order", "duplicate", "missing", "empty", "characters"),
    *("truncated", "trailing", "structure", "version", "value"),
}
#: Kinds for which nothing else is wrong with an EMVCo code of ours.
ALONE = EMV_KINDS - {"order"} | {"amount", "precision", "range"}


def example(scheme: Scheme) -> str:
    order = scheme.works.example(scheme)
    assert order is not None
    return build(scheme, order)


@pytest.mark.parametrize("scheme", MAKEABLE, ids=lambda scheme: scheme.id)
def test_the_fault_that_is_meant_is_found(scheme: Scheme) -> None:
    text = example(scheme)
    faults = every_fault(text, scheme)
    for kind, wrong in faults.items():
        code = parse(wrong)
        assert code.scheme.id == scheme.id
        assert KINDS[kind] in {issue.code for issue in code.issues}, kind
        assert wrong != text
        if scheme.carrier is Carrier.EMV_MERCHANT and kind not in {"crc", "crc-missing"}:
            assert not {"crc_wrong", "crc_missing"} & {issue.code for issue in code.issues}, kind
    if scheme.carrier is Carrier.EMV_MERCHANT:
        assert faults.keys() >= EMV_KINDS
    if scheme.carrier is not Carrier.DIGITS:
        assert faults


@pytest.mark.parametrize("name", ["pix", "upi", "epc", "swiss-qr"])
def test_one_fault_is_the_one_of_all_of_them(name: str) -> None:
    scheme = by_id(name)
    text = example(scheme)
    for kind, wrong in list(every_fault(text, scheme).items())[::3]:
        assert broken(text, scheme, kind) == wrong


def test_nothing_else_is_wrong_where_that_can_be() -> None:
    scheme = by_id("pix")
    for kind, wrong in every_fault(example(scheme), scheme).items():
        issues = parse(wrong).issues
        if kind in ALONE:
            assert {issue.code for issue in issues} == {KINDS[kind]}, kind
        if kind in ALONE - {"empty"}:
            assert any(issue.severity is Severity.LENIENT for issue in issues), kind


def test_check_sums_are_right_unless_they_are_the_fault() -> None:
    scheme = by_id("pix")
    text = example(scheme)
    wrong = broken(text, scheme, "length")
    assert wrong[-4:] == crc16(wrong[:-4])
    assert broken(text, scheme, "crc")[:-4] == text[:-4]
    assert broken(text, scheme, "crc-missing") in text


def test_a_fault_that_the_scheme_cannot_have_is_refused_with_those_it_can() -> None:
    scheme = by_id("upi")
    with pytest.raises(CodeInvalid) as caught:
        broken(example(scheme), scheme, "crc")
    assert "amount" in str(caught.value.details["kinds"])
    digits = by_id("wechat-cpm")
    with pytest.raises(CodeInvalid):
        broken(example(digits), digits, "length")
    with pytest.raises(CodeInvalid):
        broken(example(scheme), scheme, "no such kind")


def test_every_kind_is_an_issue_that_some_scheme_has() -> None:
    assert set(KINDS.values()) <= CODES.keys()
    assert KINDS.keys() >= {"crc", "length", "order", "duplicate", "amount", "checksum", "trailing"}

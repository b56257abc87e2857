"""What the tests of schemes ask of a code again and again."""

from __future__ import annotations

from dataclasses import fields
from typing import TYPE_CHECKING

from payment_codes.building import build, rewrite
from payment_codes.issues import Rule
from payment_codes.parsing import parse
from payment_codes.schemes.table import by_id

if TYPE_CHECKING:
    from payment_codes.code import Order, PaymentCode

Found = set[tuple[str, str, str]]


def issues_of(text: str) -> Found:
    """Return the issues of a code: code, place and severity, each of a rule that is listed."""
    code = parse(text)
    listed = {_identity(rule) for rule in code.scheme.works.rules(code.scheme)}
    for issue in code.issues:
        rule = Rule(issue.code, issue.rule, issue.template, issue.severity)
        assert _identity(rule) in listed, issue
    return {(issue.code, issue.where, issue.severity.value) for issue in code.issues}


def built(scheme: str, order: Order) -> PaymentCode:
    """Build a code and read it back: it asks for the same, and is written the same again."""
    text = build(by_id(scheme), order)
    code = parse(text)
    assert code.scheme.id == scheme
    assert rewrite(code) == text
    said = {one.name for one in fields(order)} - {"city", "extra"}
    asked = {name: getattr(order, name) for name in said if getattr(order, name)}
    assert {name: getattr(code, name) for name in asked} == asked
    return code


def _identity(rule: Rule) -> tuple[str, str, str, str]:
    return rule.code, rule.section, rule.template, rule.severity.value

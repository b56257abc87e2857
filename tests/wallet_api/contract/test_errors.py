"""Every row of the table is complete: codes, statuses, and a sentence in both languages."""

from __future__ import annotations

import http
import inspect
import json
import re
import string

import pytest

import payment_codes.errors
from payment_codes.errors import PaymentTextError
from wallet_api.contract import errors
from wallet_api.contract.error_base import PROBLEM_TYPE, TABLE, Exit, WalletError

ROWS = [pytest.param(row, id=code) for code, row in sorted(TABLE.items())]
OVER_THE_WIRE = [
    pytest.param(row, id=code) for code, row in sorted(TABLE.items()) if row.status > 0
]
HAN = re.compile("[\u4e00-\u9fff]")


def placeholders(text: str) -> set[str]:
    return {name for _, name, _, _ in string.Formatter().parse(text) if name}


@pytest.mark.parametrize("row", ROWS)
def test_both_languages_say_the_same_with_the_same_details(row: type[WalletError]) -> None:
    assert placeholders(row.english) == placeholders(row.chinese)
    assert not HAN.search(row.english)
    if row is not errors.Usage:
        assert row.english.endswith((".", "?", "{reason}", "{remedy}"))
        assert HAN.search(row.chinese)


@pytest.mark.parametrize("row", ROWS)
def test_a_sentence_needs_no_detail_to_be_one(row: type[WalletError]) -> None:
    for language in ("en", "zh"):
        sentence = row().sentence(language)
        assert "{" not in sentence
        assert "  " not in sentence
        filled = row(**dict.fromkeys(placeholders(row.english), "Xyzzy")).sentence(language)
        assert filled.count("Xyzzy") >= len(placeholders(row.english))


@pytest.mark.parametrize("row", ROWS)
def test_codes_statuses_and_exit_codes_are_valid(row: type[WalletError]) -> None:
    assert re.fullmatch("[a-z]+(_[a-z]+)*", row.code)
    assert isinstance(row.exit_code, Exit)
    if row.status:
        assert http.HTTPStatus(row.status) in {500, 503} or 400 <= row.status < 500
    else:
        assert not row.stored


@pytest.mark.parametrize("row", OVER_THE_WIRE)
def test_a_refusal_says_that_nothing_moved_or_changed(row: type[WalletError]) -> None:
    if row.money_moved is None:
        assert re.search(r"unknown|Look up", row.english)
    else:
        assert row.money_moved is False
        assert re.search(r"No money moved|Nothing (moved|changed|happened)", row.english)
        assert re.search("未扣款|未做更改|未发生", row.chinese)


def test_only_an_unknown_outcome_leaves_open_whether_money_moved() -> None:
    unknown = {row.code for row in TABLE.values() if row.money_moved is None}
    assert unknown == {
        "outcome_unknown",
        "internal_error",
        "payment_pending",
        "bank_pending",
        "interrupted",
    }


def test_what_may_be_tried_again_is_never_stored_as_the_answer() -> None:
    stored = {row.status for row in TABLE.values() if row.stored}
    assert not stored & {400, 401, 429, 500, 503}


def test_each_row_is_the_class_that_its_module_names() -> None:
    named = {
        value.code: value
        for value in vars(errors).values()
        if inspect.isclass(value) and issubclass(value, WalletError)
    }
    assert named == {code: row for code, row in TABLE.items() if row is not WalletError}
    for name, value in vars(errors).items():
        if value in named.values():
            assert name == value.__name__


def test_every_error_of_the_code_language_has_a_row() -> None:
    codes = {
        value.code
        for value in vars(payment_codes.errors).values()
        if inspect.isclass(value) and issubclass(value, PaymentTextError) and hasattr(value, "code")
    }
    assert codes
    assert codes <= TABLE.keys()


@pytest.mark.parametrize("row", ROWS)
def test_a_problem_document_is_json_with_the_code_and_details(row: type[WalletError]) -> None:
    document = json.loads(json.dumps(row(id="1", self="a detail of any name").problem()))
    assert document["type"] == PROBLEM_TYPE + row.code
    assert (document["code"], document["status"]) == (row.code, row.status)
    assert document["details"] == {"id": "1", "self": "a detail of any name"}


def test_braces_in_details_are_only_text() -> None:
    error = errors.CodeDamaged(reason="{tail} {0.__class__}")
    assert "{tail} {0.__class__}" in str(error)

"""Every published code we know, good and bad: what parse says of it, and what rewrite makes of it.

A vector that is valid has its `amount` in minor units (null where the payer or a server tells it)
and whether it keeps to the letter (`strict`), with all its `issues` where it does not; one that is
not valid has the `issues` that must be among ours and whether banks' habits excuse it (`lenient`),
or is `unreadable`.
"""

from typing import Any

import pytest

from payment_codes.amount import Amount
from payment_codes.building import rewrite
from payment_codes.errors import CodeUnreadable
from payment_codes.fields import DataObject
from payment_codes.issues import Severity
from payment_codes.parsing import parse
from tests.payment_codes.vector_files import load

VECTORS = load("emv_mpm.jsonl") | load("foreign.jsonl")
GOOD = {name: vector for name, vector in VECTORS.items() if vector["valid"]}
UNREADABLE = {name: vector for name, vector in VECTORS.items() if vector.get("unreadable")}
BAD = {
    name: vector for name, vector in VECTORS.items() if "issues" in vector and not vector["valid"]
}
# Trees that the vectors tell beside the meanings.
TREES = ("tags", "tlv")
#: Its maker divides tag 02, which is a card number by EMVCo, and leaves 62.50 undivided.
SEEN_OTHERWISE = {"emv-mpm-5"}


def test_all_vectors_are_here() -> None:
    assert len(GOOD) == 108
    assert len(BAD) + len(UNREADABLE) == 56


@pytest.mark.parametrize("name", GOOD)
def test_a_valid_code_says_what_is_expected(name: str) -> None:
    vector = GOOD[name]
    code = parse(vector["payload"])
    assert code.scheme.id == vector["scheme"]
    assert code.amount == _amount(vector["amount"])
    expected = {key: told for key, told in vector["expected"].items() if key not in TREES}
    if vector["scheme"] == "emv-cpm":
        expected = _masked(expected)
    assert {key: code.details.get(key) for key in expected} == expected


@pytest.mark.parametrize("name", [name for name in GOOD if "tags" in GOOD[name]["expected"]])
def test_a_valid_code_has_the_expected_tree(name: str) -> None:
    expected = GOOD[name]["expected"]["tags"]
    found = parse(GOOD[name]["payload"]).tree
    if name in SEEN_OTHERWISE:
        assert _written(found) == _written(expected)
    else:
        assert found == expected


@pytest.mark.parametrize("name", [name for name in GOOD if "tlv" in GOOD[name]["expected"]])
def test_a_valid_payer_code_has_the_expected_objects(name: str) -> None:
    assert _pairs(parse(GOOD[name]["payload"]).objects) == GOOD[name]["expected"]["tlv"]


@pytest.mark.parametrize("name", GOOD)
def test_a_valid_code_passes(name: str) -> None:
    code = parse(GOOD[name]["payload"])
    assert code.valid(Severity.LENIENT), code.issues
    assert code.valid(Severity.STRICT) == GOOD[name]["strict"], code.issues
    told = [(issue["code"], issue["where"]) for issue in GOOD[name].get("issues", [])]
    assert [(issue.code, issue.where) for issue in code.issues] == told


@pytest.mark.parametrize("name", GOOD)
def test_a_valid_code_is_written_back_as_it_was(name: str) -> None:
    payload = GOOD[name]["payload"]
    # White space around a code does not count, so what ends in empty lines is read without them.
    assert rewrite(parse(payload)).strip() == payload.strip()


@pytest.mark.parametrize("name", BAD)
def test_an_invalid_code_has_the_right_issues(name: str) -> None:
    vector = BAD[name]
    code = parse(vector["payload"])
    assert vector["scheme"] in (code.scheme.id, *code.others)
    wanted = {(issue["code"], issue["where"]) for issue in vector["issues"]}
    assert wanted <= {(issue.code, issue.where) for issue in code.issues}
    assert not code.valid(Severity.STRICT)
    assert code.valid(Severity.LENIENT) == vector["lenient"], code.issues
    for issue in code.issues:
        assert str(issue)
        assert issue.rule


@pytest.mark.parametrize("name", UNREADABLE)
def test_what_is_no_code_is_refused(name: str) -> None:
    with pytest.raises(CodeUnreadable):
        parse(UNREADABLE[name]["payload"])


def _written(tree: Any) -> str:  # noqa: ANN401 - as JSON has it
    """Write a tree, whatever of it is divided."""
    if isinstance(tree, str):
        return tree
    texts = {tag: _written(value) for tag, value in tree.items()}
    return "".join(f"{tag}{len(text):02}{text}" for tag, text in texts.items())


def _pairs(objects: tuple[DataObject, ...]) -> list[Any]:
    """Return data objects as pairs of a tag and a value."""
    return [
        [item.id, item.value if isinstance(item.value, str) else _pairs(item.value)]
        for item in objects
    ]


def _masked(expected: dict[str, Any]) -> dict[str, Any]:
    """Return what is expected with its card numbers as they may be shown."""
    told = {
        key: _masked(value) if isinstance(value, dict) else value for key, value in expected.items()
    }
    if "pan" in told:
        number = str(told["pan"])
        told["pan"] = f"{number[:6]}******{number[-4:]}"
    return told


def _amount(told: dict[str, Any] | None) -> Amount | None:
    return Amount(told["minor"], told["currency"]) if told else None

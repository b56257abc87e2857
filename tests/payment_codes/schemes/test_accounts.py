"""The rules of accounts that every scheme of bank transfers takes over."""

import pytest

from payment_codes.checks import iban
from payment_codes.schemes.accounts import AccountRules

RULES = AccountRules("Handbook §1")
STRICT, LENIENT = "strict", "lenient"


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("DE89370400440532013000", []),
        ("DE89 3704 0044 0532 0130 00", [("characters", STRICT)]),
        ("de89370400440532013000", [("characters", STRICT)]),
        ("DE89370400440532013001", [("checksum_wrong", LENIENT)]),
        ("DE893704004405320130", [("length", LENIENT)]),
        ("DE-89", [("characters", LENIENT)]),
        ("ZZ" + iban.check_digits("ZZ", "123456") + "123456", [("value", STRICT)]),
    ],
)
def test_accounts(text: str, found: list[tuple[str, str]]) -> None:
    issues = list(RULES.iban(text, "place"))
    assert [(one.code, one.severity.value) for one in issues] == found
    assert all((one.where, one.rule) == ("place", "Handbook §1") for one in issues)


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("RF18539007547034", []),
        ("RF18 5390 0754 7034", [("characters", STRICT)]),
        ("RF19539007547034", [("checksum_wrong", LENIENT)]),
        ("inv 12", [("value", STRICT)]),
    ],
)
def test_references(text: str, found: list[tuple[str, str]]) -> None:
    issues = RULES.creditor_reference(text, "place")
    assert [(one.code, one.severity.value) for one in issues] == found


def test_banks() -> None:
    assert not list(RULES.bic("COBADEFFXXX", "place"))
    assert [(one.code, one.where) for one in RULES.bic("COBA", "place")] == [("value", "place")]

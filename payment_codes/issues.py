"""What is wrong with a code: an issue says what, where, how bad, and which rule says so."""

from __future__ import annotations

import enum
from dataclasses import dataclass, field
from typing import Any, Final


class Severity(enum.StrEnum):
    """The mildest reading that an issue fails.

    A code is strictly valid without any issue, and leniently valid with strict ones only.
    """

    STRICT = "strict"
    """Against the letter of the specification; banks print such codes and wallets read them."""
    LENIENT = "lenient"
    """Wrong however one reads it: nobody should pay by such a code."""


CODES: Final[dict[str, str]] = {
    "amount_format": "the amount is not written as the scheme writes amounts",
    "amount_precision": "the amount has more decimals than its currency",
    "amount_range": "the amount is zero, too small or too large",
    "characters": "a character that the field may not hold",
    "checksum_wrong": "the check digits of an account, a reference or a text do not fit",
    "country_wrong": "another country than the scheme's",
    "crc_missing": "the check sum of the whole is not there",
    "crc_wrong": "the check sum of the whole does not fit",
    "currency_unknown": "no currency of ISO 4217",
    "currency_wrong": "a currency that the scheme does not know",
    "dependency": "a field needs another that is not there",
    "duplicate": "a field is there twice",
    "empty": "a field is there and holds nothing",
    "encoding": "the text is not encoded as the scheme demands",
    "exclusive": "two fields that exclude each other",
    "length": "a field is too long or too short",
    "missing": "a field that must be there is not",
    "not_allowed": "a field that must not be there",
    "order": "a field stands at the wrong place",
    "structure": "the text does not divide into fields",
    "too_long": "the whole is longer than the scheme allows",
    "trailing": "something follows the end of the code",
    "truncated": "the end of a field or of the whole is missing",
    "unknown_required": "an unknown field that must be understood",
    "value": "a value that the field may not have",
    "version": "a version that the specification does not know",
}
"""The stable codes of issues, and what each means in general."""


@dataclass(frozen=True, slots=True)
class Rule:
    """A rule of a scheme: the code of the issue that breaking it is, its section, and its sentence.

    `section` names the specification and the place in it ("EPC069-12 v2.1 §2"). `template` is the
    sentence for a person before its details are filled in.
    """

    code: str
    section: str
    template: str
    severity: Severity = Severity.LENIENT

    def __post_init__(self) -> None:
        if self.code not in CODES:
            raise ValueError(f"{self.code!r} is no code of an issue")

    def broken(self, where: str, **details: Any) -> Issue:  # noqa: ANN401 - what the sentence says
        """Return the issue that this rule is broken at a place: a path such as "62.05"."""
        return Issue(self.code, self.severity, where, self.section, self.template, details)


@dataclass(frozen=True, slots=True)
class Issue:
    """One thing wrong with a code. `str(issue)` is a sentence that repeats no secret.

    `where` is the path of the field at fault ("62.05", "am", "line 7"), "" for the whole.
    `rule` is the specification and the section that says so.
    """

    code: str
    severity: Severity
    where: str
    rule: str
    template: str
    details: dict[str, Any] = field(default_factory=dict)

    def __str__(self) -> str:
        """Return the sentence with its details."""
        return self.template.format(**self.details, field=self.where)


def is_valid(issues: tuple[Issue, ...], severity: Severity) -> bool:
    """Say whether a code passes: strictly without any issue, leniently with strict ones only."""
    if severity is Severity.STRICT:
        return not issues
    return all(issue.severity is Severity.STRICT for issue in issues)

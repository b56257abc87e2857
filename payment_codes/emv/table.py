"""The data objects EMVCo defines, as data (EMV QRCPS MPM v1.1, Tables 3.3, 3.7, 3.8 and 4.2).

What a single value must look like stands here; rules between fields are in `rules`.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass, replace
from enum import Enum
from functools import cached_property
from typing import Final, NamedTuple

SPECIFICATION: Final = "EMV QRCPS MPM v1.1"

# A field without a value says nothing wrong.
_HARMLESS: Final = frozenset({"empty"})
#: Banks print longer ones, and in their own script; wallets read them.
OFTEN_LOOSE: Final = frozenset({"empty", "length", "characters", "value"})


class Format(Enum):
    """How a value is written: N, ans, S, or a template, which holds data objects."""

    NUMERIC = "digits"
    ALPHANUMERIC_SPECIAL = "printable ASCII characters"
    STRING = "Unicode characters"
    TEMPLATE = "data objects"


# A lone surrogate is no character.
_CHARACTERS: Final = {
    Format.NUMERIC: "[0-9]",
    Format.ALPHANUMERIC_SPECIAL: "[ -~]",
    Format.STRING: "[^\ud800-\udfff]",
    Format.TEMPLATE: "[^\ud800-\udfff]",
}


class Values(NamedTuple):
    """What a field may hold beyond its format: a pattern for the whole value, and its words.

    `code` is that of the issue which another value is.
    """

    pattern: str
    words: str
    code: str = "value"


@dataclass(frozen=True, eq=False)
class Table:
    """All fields "00" to "99" of the root or of one template, and the section that defines them."""

    section: str
    fields: Mapping[str, "Field"]

    @cached_property
    def mandatory(self) -> tuple[str, ...]:
        """The IDs that must be there."""
        return tuple(key for key, field in self.fields.items() if field.mandatory)

    @cached_property
    def holds_templates(self) -> bool:
        """Whether any field is a template."""
        return any(field.content for field in self.fields.values())

    def with_fields(self, section: str, rows: Mapping[str, "Field"]) -> "Table":
        """Return this table as a national profile has it: some rows replaced by its section's."""
        return Table(self.section, {**self.fields, **_spread(section, rows)})


@dataclass(frozen=True)
class Field:
    """One field: its name, format, length in characters, and whether it must be there.

    `values` narrows what a primitive may hold; `content` is the table of a template. `strict_only`
    are the codes of issues that only break the letter. `section` is that of the row.
    """

    name: str
    format: Format
    shortest: int
    longest: int
    mandatory: bool = False
    values: tuple[Values, ...] = ()
    content: Table | None = None
    strict_only: frozenset[str] = _HARMLESS
    section: str = ""

    @cached_property
    def shape(self) -> re.Pattern[str]:
        """What a primitive of the right format and length matches as a whole."""
        return re.compile(f"{_CHARACTERS[self.format]}{{{self.shortest},{self.longest}}}")


UNDEFINED: Final = Field("Undefined field", Format.STRING, 1, 99)
"""What a table says of the IDs that its specification leaves out: kept as they are."""

_ALL: Final = tuple(f"{number:02}" for number in range(100))


def table(section: str, rows: Mapping[str, Field]) -> Table:
    """Return the table of rows keyed by an ID ("59") or a run of IDs ("02-03")."""
    return Table(section, {**dict.fromkeys(_ALL, UNDEFINED), **_spread(section, rows)})


def _spread(section: str, rows: Mapping[str, Field]) -> dict[str, Field]:
    fields: dict[str, Field] = {}
    for ids, field in rows.items():
        tags = _ALL[int(ids[:2]) : int(ids[-2:]) + 1]
        fields |= dict.fromkeys(tags, replace(field, section=section))
    return fields


_N, _ANS, _S, _TEMPLATE = Format
_M: Final = True

_AMOUNT: Final = Values(r"[0-9]+\.?[0-9]*", 'digits with at most one "."', "amount_format")
_MORE_THAN_ZERO: Final = Values(r"[0.]*[1-9][0-9.]*", "more than zero", "amount_range")
_PERCENTAGE: Final = Values(
    r"(?=0*[1-9]|0*\.0?[1-9])[0-9]{1,2}(\.[0-9]*)?", "a percentage from 00.01 to 99.99"
)
_CONSUMER_DATA: Final = Values(r"(?!.*(.).*\1)[AME]+", "A, M and E, each at most once")
_VERSION: Final = Values(r"01", '"01"', "version")
_INITIATION: Final = Values(r"1[12]", '"11" (static) or "12" (dynamic)')
_TIP: Final = Values(r"0[123]", '"01", "02" or "03"')
_COUNTRY: Final = Values(r"[A-Z]+", "two upper-case letters of ISO 3166-1")
_LANGUAGE: Final = Values(r"[A-Za-z]+", "two letters of ISO 639")

# The owner of the GUID defines the other fields.
OWNED_TEMPLATE: Final = table(
    f"{SPECIFICATION} Table 4.2",
    {
        "00": Field("Globally Unique Identifier", _ANS, 1, 32, _M),
        "01-99": Field("Data of the identifier's owner", _S, 1, 99),
    },
)

ADDITIONAL_DATA: Final = table(
    f"{SPECIFICATION} Table 3.7",
    {
        "00": Field("Unallocated", _S, 1, 99),
        "01": Field("Bill Number", _ANS, 1, 25, strict_only=OFTEN_LOOSE),
        "02": Field("Mobile Number", _ANS, 1, 25, strict_only=OFTEN_LOOSE),
        "03": Field("Store Label", _ANS, 1, 25, strict_only=OFTEN_LOOSE),
        "04": Field("Loyalty Number", _ANS, 1, 25, strict_only=OFTEN_LOOSE),
        "05": Field("Reference Label", _ANS, 1, 25, strict_only=OFTEN_LOOSE),
        "06": Field("Customer Label", _ANS, 1, 25, strict_only=OFTEN_LOOSE),
        "07": Field("Terminal Label", _ANS, 1, 25, strict_only=OFTEN_LOOSE),
        "08": Field("Purpose of Transaction", _ANS, 1, 25, strict_only=OFTEN_LOOSE),
        "09": Field(
            "Additional Consumer Data Request",
            _ANS,
            1,
            3,
            values=(_CONSUMER_DATA,),
            strict_only=OFTEN_LOOSE,
        ),
        "10": Field("Merchant Tax ID", _ANS, 1, 20, strict_only=OFTEN_LOOSE),
        "11": Field("Merchant Channel", _ANS, 3, 3, strict_only=OFTEN_LOOSE),
        "12-49": Field("Reserved for EMVCo", _S, 1, 99),
        "50-99": Field("Payment System Template", _TEMPLATE, 1, 99, content=OWNED_TEMPLATE),
    },
)

LANGUAGE: Final = table(
    f"{SPECIFICATION} Table 3.8",
    {
        "00": Field("Language Preference", _ANS, 2, 2, _M, (_LANGUAGE,)),
        "01": Field("Merchant Name in the other language", _S, 1, 25, _M, strict_only=OFTEN_LOOSE),
        "02": Field("Merchant City in the other language", _S, 1, 15, strict_only=OFTEN_LOOSE),
        "03-99": Field("Reserved for EMVCo", _S, 1, 99, strict_only=OFTEN_LOOSE),
    },
)

ROOT: Final = table(
    f"{SPECIFICATION} Table 3.3",
    {
        "00": Field("Payload Format Indicator", _N, 2, 2, _M, (_VERSION,)),
        "01": Field(
            "Point of Initiation Method", _N, 2, 2, values=(_INITIATION,), strict_only=OFTEN_LOOSE
        ),
        "02-03": Field("Merchant Account Information of Visa", _ANS, 1, 99),
        "04-05": Field("Merchant Account Information of Mastercard", _ANS, 1, 99),
        "06-08": Field("Merchant Account Information, EMVCo", _ANS, 1, 99),
        "09-10": Field("Merchant Account Information of Discover", _ANS, 1, 99),
        "11-12": Field("Merchant Account Information of American Express", _ANS, 1, 99),
        "13-14": Field("Merchant Account Information of JCB", _ANS, 1, 99),
        "15-16": Field("Merchant Account Information of UnionPay", _ANS, 1, 99),
        "17-25": Field("Merchant Account Information, EMVCo", _ANS, 1, 99),
        "26-51": Field("Merchant Account Information", _TEMPLATE, 1, 99, content=OWNED_TEMPLATE),
        "52": Field("Merchant Category Code", _N, 4, 4, _M),
        "53": Field("Transaction Currency", _N, 3, 3, _M),
        "54": Field("Transaction Amount", _ANS, 1, 13, values=(_AMOUNT, _MORE_THAN_ZERO)),
        "55": Field("Tip or Convenience Indicator", _N, 2, 2, values=(_TIP,)),
        "56": Field(
            "Value of Convenience Fee Fixed", _ANS, 1, 13, values=(_AMOUNT, _MORE_THAN_ZERO)
        ),
        "57": Field("Value of Convenience Fee Percentage", _ANS, 1, 5, values=(_PERCENTAGE,)),
        "58": Field("Country Code", _ANS, 2, 2, _M, (_COUNTRY,)),
        "59": Field("Merchant Name", _ANS, 1, 25, _M, strict_only=OFTEN_LOOSE),
        "60": Field("Merchant City", _ANS, 1, 15, _M, strict_only=OFTEN_LOOSE),
        "61": Field("Postal Code", _ANS, 1, 10, strict_only=OFTEN_LOOSE),
        "62": Field("Additional Data Field Template", _TEMPLATE, 1, 99, content=ADDITIONAL_DATA),
        "63": Field("CRC", _ANS, 4, 4),
        "64": Field("Merchant Information Language Template", _TEMPLATE, 1, 99, content=LANGUAGE),
        "65-79": Field("Reserved for EMVCo", _S, 1, 99),
        "80-99": Field("Unreserved Template", _TEMPLATE, 1, 99, content=OWNED_TEMPLATE),
    },
)

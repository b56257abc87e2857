"""The data objects EMVCo defines, as data (EMV QRCPS MPM v1.1, Tables 3.3, 3.7, 3.8 and 4.2).

What a single value must look like stands here; rules between fields are in `rules`.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import Enum
from typing import Final, NamedTuple


class Format(Enum):
    """How a value is written: N, ans, S, or a template, which holds data objects."""

    NUMERIC = "digits"
    ALPHANUMERIC_SPECIAL = "printable ASCII characters"
    STRING = "Unicode characters"
    TEMPLATE = "data objects"


class Values(NamedTuple):
    """What a field may hold beyond its format: a pattern for the whole value, and its words."""

    pattern: str
    words: str


@dataclass(frozen=True, slots=True)
class Table:
    """The fields of the root or of one template by ID, and the part of EMVCo that defines them."""

    section: str
    fields: Mapping[str, "Field"]
    mandatory: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Field:
    """One field: its name, format, length in characters, and whether it must be there.

    `values` narrows what a primitive may hold; `content` is the table of a template.
    """

    name: str
    format: Format
    shortest: int
    longest: int
    mandatory: bool = False
    values: Values | None = None
    content: Table | None = None


def _table(section: str, rows: Mapping[str, Field]) -> Table:
    """Return the table of rows keyed by an ID ("59") or a run of IDs ("02-03")."""
    fields: dict[str, Field] = {}
    for ids, field in rows.items():
        first, last = ids[:2], ids[-2:]
        for number in range(int(first), int(last) + 1):
            fields[f"{number:02}"] = field
    return Table(section, fields, tuple(key for key in fields if fields[key].mandatory))


_N, _ANS, _S, _TEMPLATE = Format
_M: Final = True

_AMOUNT: Final = Values(
    r"(?=[0.]*[1-9])[0-9]+\.?[0-9]*", 'digits with at most one ".", and more than zero'
)
_PERCENTAGE: Final = Values(
    r"(?=0*[1-9]|0*\.0?[1-9])[0-9]{1,2}(\.[0-9]*)?", "a percentage from 00.01 to 99.99"
)
_CONSUMER_DATA: Final = Values(r"(?!.*(.).*\1)[AME]+", "A, M and E, each at most once")
_VERSION: Final = Values(r"01", '"01"')
_INITIATION: Final = Values(r"1[12]", '"11" (static) or "12" (dynamic)')
_TIP: Final = Values(r"0[123]", '"01", "02" or "03"')
_COUNTRY: Final = Values(r"[A-Z]+", "two upper-case letters of ISO 3166-1")
_LANGUAGE: Final = Values(r"[A-Za-z]+", "two letters of ISO 639")

# The owner of the GUID defines the other fields.
OWNED_TEMPLATE: Final = _table(
    "Table 4.2",
    {
        "00": Field("Globally Unique Identifier", _ANS, 1, 32, _M),
        "01-99": Field("Data of the identifier's owner", _S, 1, 99),
    },
)

ADDITIONAL_DATA: Final = _table(
    "Table 3.7",
    {
        "00": Field("Unallocated", _S, 1, 99),
        "01": Field("Bill Number", _ANS, 1, 25),
        "02": Field("Mobile Number", _ANS, 1, 25),
        "03": Field("Store Label", _ANS, 1, 25),
        "04": Field("Loyalty Number", _ANS, 1, 25),
        "05": Field("Reference Label", _ANS, 1, 25),
        "06": Field("Customer Label", _ANS, 1, 25),
        "07": Field("Terminal Label", _ANS, 1, 25),
        "08": Field("Purpose of Transaction", _ANS, 1, 25),
        "09": Field("Additional Consumer Data Request", _ANS, 1, 3, values=_CONSUMER_DATA),
        "10": Field("Merchant Tax ID", _ANS, 1, 20),
        "11": Field("Merchant Channel", _ANS, 3, 3),
        "12-49": Field("Reserved for EMVCo", _S, 1, 99),
        "50-99": Field("Payment System Template", _TEMPLATE, 1, 99, content=OWNED_TEMPLATE),
    },
)

LANGUAGE: Final = _table(
    "Table 3.8",
    {
        "00": Field("Language Preference", _ANS, 2, 2, _M, _LANGUAGE),
        "01": Field("Merchant Name in the other language", _S, 1, 25, _M),
        "02": Field("Merchant City in the other language", _S, 1, 15),
        "03-99": Field("Reserved for EMVCo", _S, 1, 99),
    },
)

ROOT: Final = _table(
    "Table 3.3",
    {
        "00": Field("Payload Format Indicator", _N, 2, 2, _M, _VERSION),
        "01": Field("Point of Initiation Method", _N, 2, 2, values=_INITIATION),
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
        "54": Field("Transaction Amount", _ANS, 1, 13, values=_AMOUNT),
        "55": Field("Tip or Convenience Indicator", _N, 2, 2, values=_TIP),
        "56": Field("Value of Convenience Fee Fixed", _ANS, 1, 13, values=_AMOUNT),
        "57": Field("Value of Convenience Fee Percentage", _ANS, 1, 5, values=_PERCENTAGE),
        "58": Field("Country Code", _ANS, 2, 2, _M, _COUNTRY),
        "59": Field("Merchant Name", _ANS, 1, 25, _M),
        "60": Field("Merchant City", _ANS, 1, 15, _M),
        "61": Field("Postal Code", _ANS, 1, 10),
        "62": Field("Additional Data Field Template", _TEMPLATE, 1, 99, content=ADDITIONAL_DATA),
        "63": Field("CRC", _ANS, 4, 4),
        "64": Field("Merchant Information Language Template", _TEMPLATE, 1, 99, content=LANGUAGE),
        "65-79": Field("Reserved for EMVCo", _S, 1, 99),
        "80-99": Field("Unreserved Template", _TEMPLATE, 1, 99, content=OWNED_TEMPLATE),
    },
)

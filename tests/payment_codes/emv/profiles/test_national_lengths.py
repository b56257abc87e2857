"""A field that is longer than its specification has it is only against the letter."""

import pytest

from tests.payment_codes.emv.profiles.editing import STRICT, edited, example, issues_of

# By scheme, template and its identifier: the longest that each field may be.
LONGEST = {
    ("promptpay", "29", "A000000677010111"): {"04": 43, "05": 10},
    ("promptpay-bill", "30", "A000000677010112"): {"02": 20, "03": 20},
    ("paynow", "26", "SG.PAYNOW"): {"02": 25, "04": 14, "05": 25},
    ("sgqr", "26", "SG.PAYNOW"): {"02": 25, "04": 14, "05": 25},
    ("sgqr", "51", "SG.SGQR"): {
        "01": 12, "02": 7, "03": 6, "04": 3, "05": 5, "06": 10, "07": 8,
    },
    ("duitnow", "26", "A0000006150001"): {"02": 28, "03": 20, "04": 15},
    ("duitnow", "62", None): {"90": 20, "91": 30, "92": 35},
    ("hkfps", "26", "hk.com.hkicl"): {"02": 34, "03": 34, "04": 34},
    ("qrph-p2m", "28", "ph.ppmi.p2m"): {"04": 34, "05": 3},
    ("qrph-p2p", "27", "com.p2pqrpay"): {"02": 8, "04": 34, "05": 25},
}  # fmt: skip
FIELDS = [(*owner, tag, most) for owner, fields in LONGEST.items() for tag, most in fields.items()]


@pytest.mark.parametrize(("scheme_id", "template", "guid", "tag", "most"), FIELDS)
def test_one_character_too_many(
    scheme_id: str, template: str, guid: str | None, tag: str, most: int
) -> None:
    alone = {template: None, **({f"{template}.00": guid} if guid else {})}
    where = f"{template}.{tag}"
    fits, long = (
        issues_of(edited(example(scheme_id), {**alone, where: "1" * length}))
        for length in (most, most + 1)
    )
    assert ("length", where) not in {(code, place) for code, place, _ in fits}
    assert ("length", where, STRICT) in long

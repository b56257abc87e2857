"""A settlement file as a merchant reads it; `screens/test_settlements.py` has real ones."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from payment_codes.amount import Amount
from pos.settlement_sheet import read_sheet
from wallet_api.contract.errors import FileBroken

FILE = """record,entry,booked_at,id,charge,amount\r
format,,,terminal-wallet-settlement-1,,\r
settlement,,,one,,\r
merchant,,,two,,\r
currency,,,CNY,,\r
cut_off,9,2026-11-21T16:00:00.000Z,,,\r
opening,,,,,0\r
charge,5,2026-11-21T09:00:00.000Z,payment,sale,10000\r
fee,5,2026-11-21T09:00:00.000Z,payment,sale,-60\r
payout,9,2026-11-22T09:00:00.000Z,one,,-9940\r
closing,,,,,0\r
total_charge,1,,,,10000\r
total_fee,1,,,,-60\r
total_payout,1,,,,-9940\r
count,3,,,,\r
sha256,,,0,,\r
"""


def test_a_sheet_has_balances_lines_and_sums() -> None:
    sheet = read_sheet(FILE)
    assert (sheet.opening, sheet.closing) == (Amount(0, "CNY"), Amount(0, "CNY"))
    assert [(one.number, one.record, one.charge, one.amount.minor) for one in sheet.lines] == [
        (1, "charge", "sale", 10000),
        (2, "fee", "sale", -60),
        (3, "payout", "", -9940),
    ]
    assert sheet.totals["fee"] == (1, Amount(-60, "CNY"))


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("currency,,,CNY,,", "currencies,,,CNY,,"),
        (",10000\r\n", ",10000.5\r\n"),
        ("opening,,,,,0\r\n", ""),
        ("fee,5,", "fee,5,6,"),
        ("total_fee,1", "total_fee,one"),
        ("closing,", '"closing'),
    ],
)
def test_what_is_no_settlement_file_is_refused(before: str, after: str) -> None:
    assert before in FILE
    with pytest.raises(FileBroken):
        read_sheet(FILE.replace(before, after, 1))


@given(st.text(max_size=60))
def test_any_other_text_is_refused(text: str) -> None:
    with pytest.raises(FileBroken):
        read_sheet(text)

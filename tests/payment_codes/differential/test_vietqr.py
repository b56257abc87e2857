"""vietqr-emvco makes and reads VietQR; it adds a category, and a name where none is given."""

import string

from hypothesis import given, settings
from hypothesis import strategies as st
from vietqr_emvco import VietQRGenerator, VietQRParser  # type: ignore[import-untyped]

from payment_codes.amount import Amount
from payment_codes.building import build
from payment_codes.code import Order
from payment_codes.parsing import parse
from payment_codes.schemes.table import by_id

MADE_NAME = "CUA HANG AI"
BANKS = st.text(string.digits, min_size=6, max_size=6)
ACCOUNTS = st.text(string.digits + string.ascii_uppercase, min_size=1, max_size=19)
# It strips its texts and writes names in capitals.
TEXTS = st.text(string.ascii_uppercase + string.digits + "-.", min_size=1, max_size=25)
AMOUNTS = st.integers(1, 10**12 - 1)


@settings(max_examples=50)
@given(BANKS, ACCOUNTS, st.none() | AMOUNTS, st.none() | TEXTS, st.none() | TEXTS)
def test_what_it_makes_is_read(
    bank: str, account: str, dong: int | None, memo: str | None, name: str | None
) -> None:
    code = parse(VietQRGenerator(bank, account).generate(dong, memo, name))
    assert (code.scheme.id, code.issues) == ("vietqr", ())
    assert (code.details["bank_bin"], code.account) == (bank, account)
    assert code.amount == (Amount(dong, "VND") if dong else None)
    assert code.payer_enters_amount == (dong is None)
    assert (code.message, code.payee) == (memo, name or MADE_NAME)


@settings(max_examples=50)
@given(BANKS, ACCOUNTS, st.none() | AMOUNTS, st.just("") | TEXTS, st.just("") | TEXTS)
def test_it_reads_what_we_make(
    bank: str, account: str, dong: int | None, memo: str, name: str
) -> None:
    order = Order(
        account=account,
        payee=name,
        amount=Amount(dong, "VND") if dong else None,
        message=memo,
        extra={"bank_bin": bank},
    )
    text = build(by_id("vietqr"), order)
    read = VietQRParser.parse(text)
    assert VietQRParser.verify_checksum(text)
    assert (read["bank_bin"], read["account_number"]) == (bank, account)
    assert (read["service_code"], read["currency"]) == ("QRIBFTTA", "704")
    assert read["amount"] == dong
    assert (read["memo"], read["merchant_name"]) == (memo, name)

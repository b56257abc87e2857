"""qriskit makes, reads and judges QRIS."""

import string

import qriskit
from hypothesis import given, settings
from hypothesis import strategies as st

from payment_codes.amount import Amount
from payment_codes.building import build
from payment_codes.code import Order
from payment_codes.parsing import parse
from payment_codes.schemes.table import by_id

NUMBERS = st.text(string.digits, min_size=13, max_size=13).map("ID{}".format)
PANS = st.text(string.digits, min_size=15, max_size=15).map("936{}".format)
TEXTS = st.text(string.ascii_letters + string.digits + ".-", min_size=1, max_size=15)
CRITERIA = st.sampled_from(["UMI", "UKE", "UME", "UBE", "URE"])
CATEGORIES = st.text(string.digits, min_size=4, max_size=4)
POST_CODES = st.text(string.digits, min_size=5, max_size=5)
# A rupiah has no cents in QRIS.
AMOUNTS = st.none() | st.integers(1, 10**9)


@settings(max_examples=50)
@given(NUMBERS, PANS, TEXTS, CRITERIA, TEXTS, TEXTS, CATEGORIES, POST_CODES, AMOUNTS, TEXTS)
def test_what_it_makes_is_read(
    number: str,
    pan: str,
    merchant: str,
    criteria: str,
    name: str,
    city: str,
    category: str,
    post_code: str,
    rupiah: int | None,
    label: str,
) -> None:
    accounts = [
        qriskit.MerchantAccount.create(
            tag="26", guid="ID.EXAMPLE.WWW", pan=pan, merchant_id=merchant, criteria=criteria
        ),
        qriskit.MerchantAccount.national(nmid=number, criteria=criteria),
    ]
    made = qriskit.build(
        merchant_name=name,
        merchant_city=city,
        mcc=category,
        accounts=accounts,
        postal_code=post_code,
        amount=rupiah,
        additional_data={"05": label},
    )
    code = parse(made.dumps())
    assert (code.scheme.id, code.issues) == ("qris", ())
    assert (code.account, code.payee, code.reference) == (number, name, label)
    assert code.amount == (Amount(rupiah * 100, "IDR") if rupiah else None)
    expected = {"merchant_pan": pan, "merchant_id": merchant, "criteria": criteria}
    assert {one: code.details[one] for one in expected} == expected
    assert (code.details["mcc"], code.details["postal_code"]) == (category, post_code)


@settings(max_examples=50)
@given(NUMBERS, PANS, TEXTS, CRITERIA, TEXTS, TEXTS, CATEGORIES, POST_CODES, AMOUNTS, TEXTS)
def test_it_reads_what_we_make(
    number: str,
    pan: str,
    merchant: str,
    criteria: str,
    name: str,
    city: str,
    category: str,
    post_code: str,
    rupiah: int | None,
    label: str,
) -> None:
    order = Order(
        account=number,
        payee=name,
        city=city,
        amount=Amount(rupiah * 100, "IDR") if rupiah else None,
        reference=label,
        extra={
            "category": category,
            "postal_code": post_code,
            "criteria": criteria,
            "acquirer": "ID.EXAMPLE.WWW",
            "merchant_pan": pan,
            "merchant_id": merchant,
        },
    )
    text = build(by_id("qris"), order)
    assert [one for one in qriskit.validate(text) if one.severity == "error"] == []
    read = qriskit.parse(text)
    assert (read.nmid, read.merchant_name, read.merchant_city) == (number, name, city)
    assert (read.amount, read.mcc, read.postal_code) == (rupiah, category, post_code)
    assert read.additional_data.reference_label == label
    assert (read.merchant_accounts[0].pan, read.merchant_accounts[0].merchant_id) == (pan, merchant)
    assert read.dumps() == text

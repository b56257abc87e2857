"""pixcanvas makes and reads static PIX codes of any key."""

import string
from decimal import Decimal

import pixcanvas
from hypothesis import given, settings
from hypothesis import strategies as st

from payment_codes.amount import Amount
from payment_codes.building import build
from payment_codes.code import Order
from payment_codes.parsing import parse
from payment_codes.schemes.table import by_id

WORDS = st.text(string.ascii_lowercase + string.digits, min_size=1, max_size=10)


def _is_no_number(key: str) -> bool:
    """Say whether pixcanvas, which only counts the digits, takes a key for what it is."""
    return sum(letter.isdigit() for letter in key) not in range(10, 15)


KEYS = st.one_of(
    st.uuids().map(str).filter(_is_no_number),
    st.builds("{}@{}.br".format, WORDS, WORDS).filter(_is_no_number),
    st.text(string.digits, min_size=11, max_size=11).map("+55{}".format),
)
# It writes names in capitals, and descriptions of 23 characters at most.
NAMES = st.text(string.ascii_uppercase + string.digits, min_size=1, max_size=15)
IDS = st.none() | st.text(string.ascii_letters + string.digits, min_size=1, max_size=25)
TEXTS = st.none() | WORDS
AMOUNTS = st.none() | st.integers(1, 10**11 - 1)


def _decimal(cents: int | None) -> Decimal | None:
    return None if cents is None else Decimal(cents).scaleb(-2)


@settings(max_examples=50)
@given(KEYS, NAMES, NAMES, AMOUNTS, IDS, TEXTS)
def test_what_it_makes_is_read(
    key: str, name: str, city: str, cents: int | None, txid: str | None, description: str | None
) -> None:
    made = pixcanvas.create_static_pix(
        pix_key=key,
        merchant_name=name,
        merchant_city=city,
        amount=_decimal(cents),
        txid=txid,
        description=description,
    )
    code = parse(made.br_code)
    assert (code.scheme.id, code.issues) == ("pix", ())
    assert (code.account, code.payee, code.details["merchant_city"]) == (key, name, city)
    assert code.amount == (Amount(cents, "BRL") if cents else None)
    assert (code.reference, code.message) == (txid, description)


@settings(max_examples=50)
@given(KEYS, NAMES, NAMES, AMOUNTS, IDS, TEXTS)
def test_it_reads_what_we_make(
    key: str, name: str, city: str, cents: int | None, txid: str | None, description: str | None
) -> None:
    order = Order(
        account=key,
        payee=name,
        city=city,
        amount=Amount(cents, "BRL") if cents else None,
        reference=txid or "",
        message=description or "",
    )
    text = build(by_id("pix"), order)
    assert pixcanvas.validate_pix(text).is_valid
    read = pixcanvas.parse_pix(text)
    assert (read.pix_key, read.merchant_name, read.merchant_city) == (key, name, city)
    assert read.amount == _decimal(cents)
    assert (read.txid, read.description) == (txid or "***", description)

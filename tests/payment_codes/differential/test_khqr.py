"""bakong-khqr makes codes of individuals; without a token it asks no server."""

import string
from datetime import UTC, datetime, timedelta

from bakong_khqr import KHQR  # type: ignore[import-untyped]
from hypothesis import given, settings
from hypothesis import strategies as st

from payment_codes.amount import Amount
from payment_codes.parsing import parse

WORDS = st.text(string.ascii_letters + string.digits, min_size=1, max_size=10)
ACCOUNTS = st.builds("{}@{}".format, WORDS, WORDS)
NAMES = st.text(string.ascii_letters + " .-", min_size=1, max_size=15)
LABELS = st.none() | WORDS
# It writes riel without decimals, and no zeros at the end of cents.
AMOUNTS = st.one_of(
    st.none(),
    st.integers(1, 10**9).map(lambda cents: Amount(cents, "USD")),
    st.integers(1, 10**9).map(lambda riel: Amount(riel * 100, "KHR")),
)
SECOND = timedelta(seconds=1)


@settings(max_examples=50)
@given(ACCOUNTS, NAMES, NAMES, AMOUNTS, LABELS, LABELS, LABELS, st.integers(1, 30))
def test_what_it_makes_is_read(
    account: str,
    name: str,
    city: str,
    amount: Amount | None,
    store: str | None,
    bill: str | None,
    terminal: str | None,
    days: int,
) -> None:
    made = KHQR().create_qr(
        amount=amount.minor / 100 if amount else 0,
        account_id=account,
        merchant_name=name,
        merchant_city=city,
        currency=amount.currency if amount else "USD",
        store_label=store,
        bill_number=bill,
        terminal_label=terminal,
        expiration=days,
    )
    code = parse(str(made))
    assert (code.scheme.id, code.issues) == ("khqr", ())
    assert (code.account, code.payee, code.details["merchant_city"]) == (account, name, city)
    assert (code.amount, code.payer_enters_amount) == (amount, amount is None)
    assert code.reference == bill
    assert (code.details.get("store"), code.details.get("terminal")) == (store, terminal)
    if amount is None:
        assert code.expires is None
    else:
        made_at = datetime.fromtimestamp(int(str(code.details["created_ms"])) / 1000, UTC)
        assert code.expires is not None
        assert abs(code.expires - made_at - timedelta(days=days)) <= SECOND

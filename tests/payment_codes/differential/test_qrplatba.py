"""Short payment descriptors of the qrplatba package and ours say the same."""

from datetime import date
from decimal import Decimal

from hypothesis import given, settings
from hypothesis import strategies as st
from qrplatba import SpaydGenerator

from payment_codes.amount import Amount, decimal_text
from payment_codes.building import build
from payment_codes.checks import iban
from payment_codes.code import Order
from payment_codes.issues import Severity
from payment_codes.parsing import parse
from payment_codes.schemes.table import by_id
from tests.payment_codes.schemes.transfers import amounts, ibans, texts

SPAYD = by_id("spayd")
# That package encodes nothing: a star, a percent sign or a letter beyond ISO 8859-1 is not for it.
LATIN_1 = "".join(map(chr, (*range(0x30, 0x5B), *range(0x61, 0x7B), *range(0xC0, 0x100)))) + "  ,."
SYMBOLS = st.from_regex("[0-9]{1,10}", fullmatch=True)
AMOUNTS = st.none() | amounts("CZK", 9_999_999_99) | amounts("EUR", 9_999_999_99)


@settings(max_examples=50)
@given(
    ibans("CZ", "SK"),
    st.none() | st.sampled_from(["RZBCCZPP", "GIBACZPXXXX"]),
    AMOUNTS,
    texts(35, LATIN_1),
    texts(60, LATIN_1),
    SYMBOLS,
    st.none() | SYMBOLS,
    st.none() | st.dates(date(2020, 1, 1), date(2099, 12, 31)),
)
def test_both_write_and_read_the_same_descriptor(
    account: str,
    bic: str | None,
    amount: Amount | None,
    payee: str,
    message: str,
    symbol: str,
    specific: str | None,
    due: date | None,
) -> None:
    theirs = SpaydGenerator(
        account,
        bic=bic,
        amount=Decimal(decimal_text(amount)) if amount else None,
        currency=amount.currency if amount else "CZK",
        recipient_name=payee or None,
        message=message or None,
        x_vs=symbol,
        x_ss=specific,
        due_date=due,
    ).get_text()
    code = parse(theirs)
    assert code.valid(Severity.STRICT), code.issues
    assert (code.account, code.amount, code.reference) == (account, amount, symbol)
    assert (code.payee or "", code.message or "") == (payee, message)
    extra = {"BIC": bic or "", "X-SS": specific or "", "DT": f"{due:%Y%m%d}" if due else ""}
    order = Order(
        account=account, payee=payee, amount=amount, reference=symbol, message=message, extra=extra
    )
    ours = parse(build(SPAYD, order))
    assert {**ours.details, "crc32": ""} == {**code.details, "crc32": ""}
    if theirs.isascii():
        assert set(theirs.split("*")) == set(build(SPAYD, order).split("*")[:-1])


@settings(max_examples=50)
@given(st.integers(0, 999_999), st.integers(0, 10**10 - 1), st.integers(0, 9999))
def test_accounts_that_it_writes_as_ibans_are_good(prefix: int, number: int, bank: int) -> None:
    text = SpaydGenerator(f"{prefix}-{number}/{bank:04}").get_text()
    code = parse(text)
    assert code.valid(Severity.STRICT), code.issues
    assert code.account
    assert iban.fault(code.account) is None


def test_what_it_leaves_bare_is_read_all_the_same() -> None:
    text = SpaydGenerator("CZ5855000000001265098001", message="Žluťoučký kůň").get_text()
    code = parse(text)
    assert code.valid(Severity.LENIENT)
    assert not code.valid(Severity.STRICT)
    assert code.message == "Žluťoučký kůň"

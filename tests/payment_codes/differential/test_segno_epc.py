"""SEPA codes of the segno package and ours say the same."""

from decimal import Decimal

from hypothesis import given, settings
from hypothesis import strategies as st
from segno import helpers

from payment_codes.amount import Amount, decimal_text
from payment_codes.building import build
from payment_codes.code import Order
from payment_codes.issues import Severity
from payment_codes.parsing import parse
from payment_codes.schemes.table import by_id
from tests.payment_codes.schemes.transfers import amounts, creditor_references, ibans, texts

EPC = by_id("epc")
CHARSETS = (
    "utf-8", "iso-8859-1", "iso-8859-2", "iso-8859-4",
    "iso-8859-5", "iso-8859-7", "iso-8859-10", "iso-8859-15",
)  # fmt: skip
# What is inside the symbol: its own scanner would have to guess the character set.
MAKE_DATA = vars(helpers)["_make_epc_qr_data"]
LETTERS = "abz AZ09 .-éüßŠžÅøΩλЖя€"


@settings(max_examples=50)
@given(
    ibans("DE", "AT", "BE", "FI", "IE", "NL"),
    texts(45, LETTERS, shortest=1),
    amounts("EUR"),
    st.one_of(
        st.tuples(creditor_references(), st.just("")),
        st.tuples(st.just(""), texts(70, LETTERS, shortest=1)),
    ),
    st.none() | st.sampled_from(["COBADEFFXXX", "BPOTBEB1"]),
    st.none() | st.sampled_from(["CHAR", "GDDS"]),
    st.none() | st.just("utf-8"),
)
def test_both_write_and_read_the_same_transfer(
    account: str,
    payee: str,
    amount: Amount,
    told: tuple[str, str],
    bic: str | None,
    purpose: str | None,
    encoding: str | None,
) -> None:
    reference, message = told
    data = MAKE_DATA(
        name=payee,
        iban=account,
        amount=Decimal(decimal_text(amount)),
        text=message or None,
        reference=reference or None,
        bic=bic,
        purpose=purpose,
        encoding=encoding,
    )
    charset = CHARSETS[int(data.split(b"\n")[2]) - 1]
    code = parse(data.decode(charset))
    assert code.valid(Severity.STRICT), code.issues
    assert str(code.details["charset"]).lower() == charset
    order = Order(
        account=account, payee=payee, amount=amount, reference=reference, message=message,
        extra={"bic": bic or "", "purpose": purpose or ""},
    )  # fmt: skip
    ours = parse(build(EPC, order))
    for read in (code, ours):
        assert (read.account, read.payee, read.amount) == (account, payee, amount)
        assert (read.reference or "", read.message or "") == (reference, message)
        assert (read.details.get("bic"), read.details.get("purpose")) == (bic, purpose)

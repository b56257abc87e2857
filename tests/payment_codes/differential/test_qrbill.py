"""Swiss QR-bills of the qrbill package and ours say the same."""

from hypothesis import given, settings
from hypothesis import strategies as st
from qrbill import QRBill

from payment_codes.amount import Amount, decimal_text
from payment_codes.building import build
from payment_codes.checks import iban, mod10_recursive
from payment_codes.code import Order
from payment_codes.issues import Severity
from payment_codes.parsing import parse
from payment_codes.schemes.table import by_id
from tests.payment_codes.schemes.transfers import amounts, creditor_references, texts

SWISS = by_id("swiss-qr")


def _account(country: str, bank: int, number: int) -> str:
    own = f"{bank:05}{number:012}"
    return country + iban.check_digits(country, own) + own


def _accounts(least: int, most: int) -> st.SearchStrategy[str]:
    numbers = st.integers(0, 10**12 - 1)
    return st.builds(_account, st.sampled_from(["CH", "LI"]), st.integers(least, most), numbers)


QR_REFERENCES = st.integers(1, 10**26 - 1).map(
    lambda own: f"{own:026}{mod10_recursive.check_digit(f'{own:026}')}"
)
WHERE = st.one_of(
    st.tuples(_accounts(30000, 31999), QR_REFERENCES),
    st.tuples(_accounts(100, 29999), creditor_references() | st.just("")),
)
PEOPLE = st.fixed_dictionaries(
    {
        "name": texts(70, shortest=1),
        "street": texts(70),
        "house_num": texts(16),
        "pcode": texts(16, shortest=1),
        "city": texts(35, shortest=1),
        "country": st.sampled_from(["CH", "LI", "DE", "FR"]),
    }
)
NAMES = {"house_num": "building", "pcode": "postal_code"}
AMOUNTS = st.none() | amounts("CHF") | amounts("EUR")


def _extra(creditor: dict[str, str], debtor: dict[str, str] | None, billing: str) -> dict[str, str]:
    own = {NAMES.get(key, key): value for key, value in creditor.items()}
    theirs = {NAMES.get(key, key): value for key, value in (debtor or {}).items()}
    extra = {key: own[key] for key in ("street", "building", "postal_code", "country")}
    extra |= {f"debtor_{key}": value for key, value in theirs.items()}
    return extra | ({"billing_information": billing} if billing else {})


@settings(max_examples=50)
@given(
    WHERE, PEOPLE, st.none() | PEOPLE, AMOUNTS, texts(70), texts(60).map(lambda text: "//" + text)
)
def test_both_write_and_read_the_same_bill(
    where: tuple[str, str],
    creditor: dict[str, str],
    debtor: dict[str, str] | None,
    amount: Amount | None,
    message: str,
    billing: str,
) -> None:
    account, reference = where
    bill = QRBill(
        account=account,
        creditor=creditor,
        debtor=debtor,
        amount=decimal_text(amount) if amount else None,
        currency=amount.currency if amount else "CHF",
        reference_number=reference or None,
        additional_information=message,
        billing_information=billing,
    )
    theirs = bill.qr_data()
    code = parse(theirs)
    assert code.valid(Severity.STRICT), code.issues
    assert (code.account, code.payee, code.amount) == (account, creditor["name"], amount)
    assert (code.reference or "", code.message or "") == (reference, message)
    assert code.details.get("debtor") == (debtor["name"] if debtor else None)
    assert code.details["billing_information"] == billing
    order = Order(
        account=account,
        payee=creditor["name"],
        city=creditor["city"],
        amount=amount,
        reference=reference,
        message=message,
        extra=_extra(creditor, debtor, billing),
    )
    assert build(SWISS, order) == theirs

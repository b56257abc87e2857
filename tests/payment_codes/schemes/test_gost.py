"""Russian transfer orders: every rule broken once, and random orders there and back."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from payment_codes.amount import Amount
from payment_codes.building import build, rewrite
from payment_codes.checks import russian_account
from payment_codes.code import Order
from payment_codes.errors import CodeInvalid
from payment_codes.issues import Severity
from payment_codes.parsing import parse
from payment_codes.schemes.table import by_id
from tests.payment_codes.schemes.transfers import amounts, broken, texts

GOST = by_id("gost-st00012")
ACCOUNT = "40702810138250123017"
BANK = {"BankName": "ОАО «БАНК»", "BIC": "044525225", "CorrespAcc": "30101810400000000225"}
CODE = (
    f"ST00012|Name=ООО «Три кита»|PersonalAcc={ACCOUNT}|BankName=ОАО «БАНК»|BIC=044525225"
    "|CorrespAcc=30101810400000000225|Sum=1250"
)
STRICT, LENIENT = "strict", "lenient"


@pytest.mark.parametrize(
    ("old", "new", "issue"),
    [
        ("Name=ООО «Три кита»|", "", ("missing", "Name", LENIENT)),
        ("ООО", "О" * 160, ("length", "Name", STRICT)),
        ("Name=О", "name=О", ("characters", "name", STRICT)),
        (ACCOUNT, "", ("missing", "PersonalAcc", LENIENT)),
        (ACCOUNT, ACCOUNT[1:], ("value", "PersonalAcc", LENIENT)),
        (ACCOUNT, ACCOUNT[:8] + "2" + ACCOUNT[9:], ("checksum_wrong", "PersonalAcc", STRICT)),
        ("BIC=044525225", "BIC=04452522", ("value", "BIC", LENIENT)),
        ("|BIC=044525225", "", ("missing", "BIC", LENIENT)),
        ("=30101810400000000225", "=301018104", ("value", "CorrespAcc", STRICT)),
        ("Sum=1250", "Sum=12.50", ("amount_format", "Sum", LENIENT)),
        ("Sum=1250", "Sum=0", ("amount_range", "Sum", LENIENT)),
        ("Sum=1250", "Sum=1250|Sum=1", ("duplicate", "Sum", LENIENT)),
        ("Sum=1250", "KPP=12", ("value", "KPP", STRICT)),
        ("Sum=1250", "PayeeINN=12345678901", ("value", "PayeeINN", STRICT)),
        ("Sum=1250", "Purpose=" + "x" * 211, ("length", "Purpose", STRICT)),
        ("|Sum", "|nothing|Sum", ("structure", "part 6", LENIENT)),
        ("|Sum", "||Sum", ("structure", "part 6", LENIENT)),
        ("|Sum=1250", "|a=1" * 90, ("structure", "part 81", LENIENT)),
        ("ST00012", "ST00013", ("encoding", "", STRICT)),
        ("|", "A", ("structure", "separator", LENIENT)),
    ],
)
def test_every_rule_can_be_broken(old: str, new: str, issue: tuple[str, str, str]) -> None:
    assert issue in broken(CODE.replace(old, new))


@pytest.mark.parametrize(
    "text",
    [
        CODE,
        CODE + "|",
        CODE.replace("|", "^"),
        CODE.replace("ST00012", "ST00011"),
        CODE + "|LastName=|Unknown=1|Purpose=a=b",
        CODE.replace("30101810400000000225", "0"),
    ],
)
def test_what_is_good_is_written_back_as_it_was(text: str) -> None:
    code = parse(text)
    assert code.valid(Severity.STRICT), code.issues
    assert code.amount == Amount(12_50, "RUB")
    assert rewrite(code) == text


def test_names_in_small_letters_are_understood() -> None:
    code = parse(CODE.replace("Sum=", "SUM=").replace("PersonalAcc", "personalacc"))
    assert code.valid(Severity.LENIENT)
    assert (code.account, code.amount) == (ACCOUNT, Amount(12_50, "RUB"))


def test_accounts_of_the_treasury_have_no_key() -> None:
    code = parse(CODE.replace(ACCOUNT, "03100643000000018500").replace("044525225", "017003983"))
    assert code.valid(Severity.STRICT)


def test_another_separator_is_taken_where_a_value_holds_the_usual_one() -> None:
    order = Order(account=ACCOUNT, payee="A|B", extra=BANK)
    text = build(GOST, order)
    assert text.startswith("ST00012^")
    assert parse(text).payee == "A|B"
    with pytest.raises(CodeInvalid, match="separator"):
        build(GOST, Order(account=ACCOUNT, payee="|^~#;", extra=BANK))


@pytest.mark.parametrize(
    ("scheme", "order"),
    [
        ("gost-st00012", Order(account=ACCOUNT, payee="A")),
        ("gost-st00012", Order(account=ACCOUNT, extra=BANK)),
        ("gost-st00012", Order(account=ACCOUNT, payee="A", extra=BANK | {"BIC": "044525226"})),
        ("gost-st00011", Order(account=ACCOUNT, payee="茶", extra=BANK)),
        ("gost-st00013", Order(account=ACCOUNT, payee="«A»", extra=BANK)),
    ],
    ids=["no bank", "no payee", "key of the account", "windows-1251", "KOI8-R"],
)
def test_what_the_standard_forbids_is_not_built(scheme: str, order: Order) -> None:
    with pytest.raises(CodeInvalid):
        build(by_id(scheme), order)


def _account(number: int) -> str:
    """Return an account with the key that fits the bank."""
    digits = f"{number:019}"
    accounts = (f"{digits[:8]}{key}{digits[8:]}" for key in range(10))
    return next(one for one in accounts if russian_account.fits_bank(one, BANK["BIC"]))


RUSSIAN = "АБВабвжщёЁ№ «»abcXYZ0123=/-"


@given(
    st.integers(10**18, 10**19 - 1).map(_account),
    texts(160, RUSSIAN + "|^", shortest=1),
    st.none() | amounts("RUB", 10**12 - 1),
    texts(30),
    texts(210, RUSSIAN),
)
def test_an_order_is_read_back(
    account: str, payee: str, amount: Amount | None, reference: str, message: str
) -> None:
    order = Order(
        account=account, payee=payee, amount=amount, message=message, extra=BANK,
        reference=reference.translate(dict.fromkeys(map(ord, "|^~#;"))).strip(),
    )  # fmt: skip
    text = build(GOST, order)
    code = parse(text)
    assert (code.account, code.payee, code.amount) == (account, payee, amount)
    assert (code.reference or "", code.message or "") == (order.reference, message)
    assert code.payer_enters_amount == (amount is None)
    assert rewrite(code) == text

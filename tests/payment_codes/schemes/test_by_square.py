"""PAY by square: packing, every rule broken once, and random orders there and back."""

import lzma
import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from payment_codes.amount import Amount
from payment_codes.building import build, rewrite
from payment_codes.code import Order
from payment_codes.errors import CodeInvalid
from payment_codes.fields import DataObject, inside, text_of
from payment_codes.issues import Severity
from payment_codes.parsing import parse
from payment_codes.schemes import by_square_packing
from payment_codes.schemes.by_square_packing import LARGEST, pack, unpack
from payment_codes.schemes.table import by_id
from tests.payment_codes.schemes.transfers import amounts, broken, ibans, texts

SQUARE = by_id("pay-by-square")
IBAN = "SK9611000000002918599669"
STRICT, LENIENT = "strict", "lenient"
FIELDS = {
    "invoice_id": "1", "payments": "1", "options": "1", "amount": "12.50", "currency": "EUR",
    "due_date": "20261231", "vs": "123", "ks": "0308", "ss": "", "reference": "", "note": "Tea",
    "accounts": "1", "iban": IBAN, "bic": "TATRSKBX", "standing_order": "0", "direct_debit": "0",
    "name": "Foo", "street": "", "city": "",
}  # fmt: skip


def _code(header: str = "0200", **changes: str) -> str:
    return pack(header, "\t".join((FIELDS | changes).values()))


@pytest.mark.parametrize(
    ("text", "issue"),
    [
        (_code("0300"), ("version", "version", LENIENT)),
        (_code("0210"), ("value", "header", LENIENT)),
        (_code(name=""), ("missing", "beneficiary.name", STRICT)),
        (_code("0000"), ("not_allowed", "beneficiary.name", STRICT)),
        (_code(invoice_id="12345678901"), ("length", "invoice_id", STRICT)),
        (_code(payments="0"), ("value", "payments", LENIENT)),
        (_code(payments="2"), ("missing", "payment 2.accounts", LENIENT)),
        (_code(payments="9"), ("truncated", "payments", LENIENT)),
        (_code(options="8"), ("value", "payment.options", LENIENT)),
        (_code(amount="1,5"), ("amount_format", "payment.amount", LENIENT)),
        (_code(amount="0"), ("amount_range", "payment.amount", LENIENT)),
        (_code(amount="1.005"), ("amount_precision", "payment.amount", LENIENT)),
        (_code(currency="XXX"), ("currency_unknown", "payment.amount", LENIENT)),
        (_code(currency=""), ("missing", "payment.currency", LENIENT)),
        (_code(due_date="31.12.2026"), ("value", "payment.due_date", STRICT)),
        (_code(vs="12345678901"), ("value", "payment.vs", STRICT)),
        (_code(note="x" * 141), ("length", "payment.note", STRICT)),
        (_code(iban=""), ("missing", "payment.account.iban", LENIENT)),
        (_code(iban=IBAN[:-1] + "8"), ("checksum_wrong", "payment.account.iban", LENIENT)),
        (_code(bic="TATRA"), ("value", "payment.account.bic", LENIENT)),
        (_code(accounts="2"), ("characters", "payment.account.iban", LENIENT)),
        (_code(standing_order="2"), ("value", "payment.standing_order", STRICT)),
        (
            _code(standing_order="1\t31\t\tx\t20271231"),
            ("value", "payment.standing_order.periodicity", STRICT),
        ),
        (_code(city="Town\tmore"), ("trailing", "further", STRICT)),
    ],
)
def test_every_rule_can_be_broken(text: str, issue: tuple[str, str, str]) -> None:
    assert issue in broken(text)


def test_all_fields_make_a_good_code() -> None:
    code = parse(_code())
    assert code.valid(Severity.STRICT)
    assert (code.payee, code.account, code.reference, code.message) == ("Foo", IBAN, "123", "Tea")
    assert code.details["bic"] == "TATRSKBX"
    assert code.confidence == 1.0


def test_payments_and_accounts_stand_in_the_tree() -> None:
    account = f"{IBAN}\t"
    payment = f"1\t5\tEUR\t\t\t\t\t\t\t2\t{account}\t{account}\t0\t1\t1\t0" + "\t" * 8
    code = parse(pack("0100", f"\t2\t{payment}\t{payment}\tFirst\t\t\tSecond\t\t"))
    assert code.valid(Severity.STRICT), code.issues
    assert (code.payee, code.amount) == ("First", Amount(5_00, "EUR"))
    for at in (4, 5):
        order = inside(code.objects[at:], "payment")
        assert [item.value for item in order if item.id == "account"] == [
            (DataObject("iban", IBAN), DataObject("bic", ""))
        ] * 2
        assert text_of(inside(order, "direct_debit_extension"), "scheme") == "1"


@pytest.mark.parametrize(
    ("text", "code"),
    [
        (_code() + "w", "characters"),
        (_code()[:70], "truncated"),
        ("0" * 80, "truncated"),
        ("08" + "V" * 78, "too_long"),
        ("080500" + "V" * 78, "structure"),
    ],
)
def test_a_damaged_code_says_so(text: str, code: str) -> None:
    read = parse(text)
    assert code in {issue.code for issue in read.issues}
    assert not read.valid(Severity.LENIENT)
    assert read.confidence < 1
    assert rewrite(read) == text


def _packed(plain: bytes) -> str:
    filters = list(by_square_packing._FILTERS)
    data = lzma.compress(plain, lzma.FORMAT_RAW, filters=filters)
    return by_square_packing._text(b"\x02\0" + len(plain).to_bytes(2, "little") + data)


def test_a_wrong_check_sum_and_encoding_are_found() -> None:
    fields = "\t".join(FIELDS.values()).encode()
    assert ("crc_wrong", "", LENIENT) in broken(_packed(b"\0\0\0\0" + fields))
    assert ("encoding", "", LENIENT) in broken(_packed(b"\0\0\0\0" + fields + b"\xff"))
    repaired = rewrite(parse(_packed(b"\0\0\0\0" + fields)))
    assert parse(repaired).valid(Severity.STRICT)


def test_no_text_explodes() -> None:
    bomb = _packed(b"\0" * 65_535)
    assert len(bomb) < 400
    assert ("too_long", "", LENIENT) in broken(bomb)
    worst = pack("0200", "1\t99" + "\t" * (LARGEST - 100))
    start = time.perf_counter()
    parse(worst)
    assert time.perf_counter() - start < 0.02


def test_an_unchanged_code_of_another_compressor_is_written_as_it_was() -> None:
    # Made by the bysquare package of npm.
    text = (
        "08050000AS2JTKL51QHU1ET8PK5PTCB198M822881IG7JEGA575IINPG12CEQ1MFTD06K7C126AT2R1QQ9JUJVCG"
        "H1QT3DP4JJMO8CF9V5AV9DVNE0D0QJHVVVT2J800"
    )
    code = parse(text)
    assert code.valid(Severity.STRICT)
    unpacked = unpack(text)
    assert pack(unpacked.header, unpacked.fields or "") != text
    assert rewrite(code) == text


def test_a_changed_code_is_packed_anew() -> None:
    code = parse(_code())
    changed = tuple(
        DataObject("invoice_id", "2") if item.id == "invoice_id" else item for item in code.objects
    )
    again = parse(SQUARE.works.write(changed, SQUARE))
    assert again.valid(Severity.STRICT)
    assert again.details["invoice_id"] == "2"


@given(st.text(st.characters(exclude_categories=["Cs"]), max_size=300))
def test_what_is_packed_is_unpacked(fields: str) -> None:
    assert unpack(pack("0200", fields)) == ("0200", fields, ())


@pytest.mark.parametrize(
    "order",
    [
        Order(account=IBAN),
        Order(payee="Foo"),
        Order(account=IBAN, payee="Foo", message="x" * 141),
        Order(account=IBAN, payee="Foo", reference="x" * 36),
    ],
    ids=["no payee", "no account", "long message", "long reference"],
)
def test_what_the_format_forbids_is_not_built(order: Order) -> None:
    with pytest.raises(CodeInvalid):
        build(SQUARE, order)


@given(
    ibans("SK", "CZ"),
    texts(70, shortest=1),
    st.none() | amounts("EUR", 10**12 - 1) | amounts("CZK"),
    st.from_regex("[0-9]{0,10}", fullmatch=True) | texts(35),
    texts(140),
)
def test_an_order_is_read_back(
    account: str, payee: str, amount: Amount | None, reference: str, message: str
) -> None:
    order = Order(account=account, payee=payee, amount=amount, reference=reference, message=message)
    text = build(SQUARE, order)
    code = parse(text)
    assert (code.account, code.payee, code.amount) == (account, payee, amount)
    assert (code.reference or "", code.message or "") == (reference, message)
    assert code.payer_enters_amount == (amount is None)
    assert rewrite(code) == text

import dataclasses

import pytest
import qrcode
from hypothesis import given
from hypothesis import strategies as st
from qrcode.constants import ERROR_CORRECT_L

from payment_codes.amount import LARGEST_MINOR, Amount
from payment_codes.currency import CURRENCIES
from payment_codes.emv import merchant
from payment_codes.errors import (
    AmountInvalid,
    CodeDamaged,
    CodeError,
    CodeForeign,
    CodeInvalid,
    CodeUnreadable,
)
from payment_codes.native import (
    GUID,
    LONGEST_CODE,
    Kind,
    NativeCode,
    build,
    is_token,
    new_token,
    parse,
)
from tests.payment_codes.fields import Fields, code

ALPHANUMERIC = set("0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ $%*+-./:")
TOKEN = "7ZK3W9QXH0B5MN2V"
COFFEE = NativeCode(
    token=TOKEN,
    amount=Amount(1250, "CNY"),
    merchant_name="BLUE DOOR COFFEE",
    city="SHANGHAI",
    category="5814",
    reference="R-1042",
    terminal="T1",
)
COFFEE_FIELDS: Fields = {
    "00": "01",
    "01": "12",
    "26": {"00": "TERMWALLET", "01": TOKEN},
    "52": "5814",
    "53": "156",
    "54": "12.50",
    "58": "CN",
    "59": "BLUE DOOR COFFEE",
    "60": "SHANGHAI",
    "62": {"05": "R-1042", "07": "T1"},
}
COFFEE_TEXT = (
    "00020101021226340010TERMWALLET01167ZK3W9QXH0B5MN2V520458145303156540512.50"
    "5802CN5916BLUE DOOR COFFEE6008SHANGHAI62160506R-10420702T1630456DA"
)
WORST_CASE = NativeCode(
    token="ZZZZZZZZZZZZZZZZ",
    amount=Amount(LARGEST_MINOR, "CNY"),
    merchant_name="W" * 64,
    city="Q" * 64,
    category="9999",
    reference="Z" * 12,
    terminal="Z" * 8,
)

alphanumerics = st.sampled_from(sorted(ALPHANUMERIC))
names = st.text(max_size=64)
amounts = st.builds(Amount, st.integers(1, LARGEST_MINOR), st.sampled_from(sorted(CURRENCIES)))
tokens = st.binary(min_size=10, max_size=10).map(new_token)
codes = st.builds(
    NativeCode,
    token=tokens,
    amount=st.none() | amounts,
    merchant_name=names,
    city=names,
    category=st.text("0123456789", min_size=4, max_size=4),
    country=st.text("ABCXYZ", min_size=2, max_size=2),
    reference=st.none() | st.text(alphanumerics, min_size=1, max_size=12),
    terminal=st.none() | st.text(alphanumerics, min_size=1, max_size=8),
    dynamic=st.booleans(),
    kind=st.sampled_from(Kind),
)


def test_a_code_is_written_field_by_field() -> None:
    assert build(COFFEE) == COFFEE_TEXT == code(COFFEE_FIELDS)
    assert parse(COFFEE_TEXT) == COFFEE


def test_a_static_code_lets_the_payer_enter_the_amount() -> None:
    static = NativeCode(TOKEN, None, "SHOP", "PARIS", "5411", "FR", dynamic=False, currency="EUR")
    text = build(static)
    assert text.startswith("000201010211")
    assert "5303978" in text
    assert merchant.parse(text).amount is None
    assert parse(text) == static


@given(codes)
def test_a_code_reads_back_with_names_in_latin_capitals(code: NativeCode) -> None:
    text = build(code)
    assert len(text) <= LONGEST_CODE
    assert set(text) <= ALPHANUMERIC
    read = parse(text)
    assert dataclasses.replace(
        read, merchant_name=code.merchant_name, city=code.city
    ) == dataclasses.replace(code)
    assert build(read) == text
    assert merchant.build(merchant.parse(text)) == text


@given(codes)
def test_names_keep_all_the_room_there_is(code: NativeCode) -> None:
    text = build(code)
    read = parse(text)
    roomy = parse(build(dataclasses.replace(code, amount=None, reference=None, terminal=None)))
    assert roomy.merchant_name.startswith(read.merchant_name)
    assert roomy.city.startswith(read.city)
    assert len(read.merchant_name) >= min(len(roomy.merchant_name), 11)
    assert len(read.city) >= min(len(roomy.city), 5)
    if (read.merchant_name, read.city) != (roomy.merchant_name, roomy.city):
        # A space at a cut is dropped, in each of the two names.
        assert len(text) >= LONGEST_CODE - 2


def test_the_worst_case_is_a_qr_code_of_version_5_at_level_l() -> None:
    text = build(WORST_CASE)
    assert len(text) == LONGEST_CODE
    assert parse(text).merchant_name == "W" * 12
    assert parse(text).city == "Q" * 6
    for optimize in (0, 20):
        picture = qrcode.QRCode(error_correction=ERROR_CORRECT_L)
        picture.add_data(text, optimize=optimize)
        picture.make(fit=True)
        assert picture.version == 5


def test_the_worst_code_of_a_person_is_a_qr_code_of_version_5_too() -> None:
    for kind in Kind:
        text = build(dataclasses.replace(WORST_CASE, kind=kind))
        assert len(text) == LONGEST_CODE
        assert parse(text).kind is kind
        picture = qrcode.QRCode(error_correction=ERROR_CORRECT_L)
        picture.add_data(text, optimize=0)
        picture.make(fit=True)
        assert picture.version == 5


@pytest.mark.parametrize(("kind", "sub_tag"), [(Kind.PERSON, "P"), (Kind.GIFT, "G")])
def test_a_code_says_whether_it_is_a_persons_or_a_gift(kind: Kind, sub_tag: str) -> None:
    text = build(dataclasses.replace(COFFEE, kind=kind))
    account = {"00": GUID, "01": TOKEN, "02": sub_tag}
    assert text == code(COFFEE_FIELDS | {"26": account})
    assert parse(text).kind is kind
    assert parse(COFFEE_TEXT).kind is Kind.MERCHANT


def test_a_name_is_not_cut_at_a_space() -> None:
    tight = dataclasses.replace(WORST_CASE, merchant_name="ABCDEFGHIJKL MN", city="ABCDE FGHI")
    read = parse(build(tight))
    assert (read.merchant_name, read.city) == ("ABCDEFGHIJKL", "ABCDE")


@pytest.mark.parametrize(
    ("name", "written"),
    [
        ("Blue Door Coffee", "BLUE DOOR COFFEE"),
        ("Café Zoë", "CAFE ZOE"),
        ("Müller & Söhne", "MULLER SOHNE"),
        ("Straße 7", "STRASSE 7"),
        ("Łódź Ørsted Æther Œuvre Đại", "LODZ ORSTED AETHER OEUVRE"),
        ("Joe's   Diner\t№ 5", "JOES DINER NO 5"),
        ("ＡＢＣ１２３", "ABC123"),
        ("北京 Cafe", "CAFE"),
        ("7-Eleven", "7-ELEVEN"),
        ("A" * 24 + " B", "A" * 24),
        ("星巴克咖啡", "MERCHANT"),
        ("Кофейня", "MERCHANT"),
        ("", "MERCHANT"),
        ("中国-店", "MERCHANT"),
        ("☕️", "MERCHANT"),
    ],
)
def test_a_name_is_written_in_latin_capitals(name: str, written: str) -> None:
    code = dataclasses.replace(COFFEE, merchant_name=name, reference=None)
    assert parse(build(code)).merchant_name == written


def test_a_city_without_latin_letters_is_written_as_city() -> None:
    assert parse(build(dataclasses.replace(COFFEE, city="上海"))).city == "CITY"
    assert parse(build(dataclasses.replace(COFFEE, city="São Paulo"))).city == "SAO PAULO"


@pytest.mark.parametrize(
    ("change", "field"),
    [
        ({"token": "SHORT"}, "26.01"),
        ({"token": TOKEN.lower()}, "26.01"),
        ({"token": "I" + TOKEN[1:]}, "26.01"),
        ({"token": TOKEN + "\n"}, "26.01"),
        ({"amount": Amount(0, "CNY")}, "54"),
        ({"amount": Amount(-1, "CNY")}, "54"),
        ({"amount": Amount(LARGEST_MINOR + 1, "CNY")}, "54"),
        ({"currency": "EUR"}, "53"),
        ({"category": ""}, "52"),
        ({"category": "581"}, "52"),
        ({"category": "581A"}, "52"),
        ({"country": "cn"}, "58"),
        ({"country": ""}, "58"),
        ({"reference": "R" * 13}, "62.05"),
        ({"reference": "r-1"}, "62.05"),
        ({"reference": ""}, "62.05"),
        ({"terminal": "T" * 9}, "62.07"),
        ({"terminal": "Ü"}, "62.07"),
    ],
)
def test_what_does_not_fit_is_not_written(change: dict[str, object], field: str) -> None:
    with pytest.raises(CodeInvalid) as caught:
        dataclasses.replace(COFFEE, **change)  # type: ignore[arg-type]
    assert caught.value.details["field"] == field


def test_an_amount_of_13_digits_is_not_written() -> None:
    with pytest.raises(CodeInvalid, match="too large"):
        NativeCode(TOKEN, Amount(LARGEST_MINOR + 1, "JPY"), "SHOP", "TOKYO", "5411", "JP")


def test_an_unknown_currency_is_not_written() -> None:
    with pytest.raises(AmountInvalid):
        NativeCode(TOKEN, Amount(1, "ABC"), "SHOP", "PARIS", "5411")
    with pytest.raises(AmountInvalid):
        NativeCode(TOKEN, None, "SHOP", "PARIS", "5411", currency="ABC")


@pytest.mark.parametrize(
    ("change", "field"),
    [
        ({"26": {"00": GUID, "01": "I" + TOKEN[1:]}}, "26.01"),
        ({"26": {"00": GUID}}, "26.01"),
        ({"26": {"00": GUID, "01": TOKEN + "0"}}, "26.01"),
        ({"26": {"00": GUID, "01": TOKEN, "02": "X"}}, "26.02"),
        ({"53": "999"}, "53"),
        ({"54": "12.505"}, "54"),
        ({"54": "12345678901.5"}, "54"),
        ({"54": "0.00"}, "54"),
        ({"53": "392", "54": "41.25"}, "54"),
        ({"52": "58140"}, "52"),
        ({"62": {"05": "R" * 13}}, "62.05"),
        ({"62": {"07": "T" * 9}}, "62.07"),
    ],
)
def test_one_of_ours_that_breaks_a_rule_is_invalid(change: Fields, field: str) -> None:
    with pytest.raises(CodeInvalid) as caught:
        parse(code(COFFEE_FIELDS | change))
    assert caught.value.details["field"] == field
    assert caught.value.details["section"]


@pytest.mark.parametrize(("amount", "minor"), [("12", 1200), ("12.", 1200), ("12.5", 1250)])
def test_an_amount_may_be_written_as_emvco_allows(amount: str, minor: int) -> None:
    assert parse(code(COFFEE_FIELDS | {"54": amount})).amount == Amount(minor, "CNY")


def test_our_account_is_found_beside_others_and_under_any_tag() -> None:
    fields = {key: value for key, value in COFFEE_FIELDS.items() if key != "26"}
    others = {
        "15": "31565000001100",
        "26": {"00": "BR.GOV.BCB.PIX"},
        "27": {"00": GUID, "01": TOKEN},
    }
    assert parse(code(fields | others)) == COFFEE


def test_an_account_that_cannot_be_read_is_not_ours() -> None:
    with pytest.raises(CodeForeign, match="another EMVCo merchant code"):
        parse(code(COFFEE_FIELDS | {"26": GUID}))


@pytest.mark.parametrize(
    "change",
    [
        {"26": {"00": GUID.lower(), "01": TOKEN}},
        {"59": "Blue Door Coffee"},
        {"60": "SHANGHAI!"},
        {"62": {"05": "r-1042"}},
    ],
)
def test_one_of_ours_outside_the_alphanumeric_set_is_invalid(change: Fields) -> None:
    with pytest.raises(CodeInvalid, match="capital letters"):
        parse(code(COFFEE_FIELDS | change))


def test_a_code_typed_in_small_letters_is_damaged_but_a_small_crc_is_not() -> None:
    with pytest.raises(CodeDamaged):
        parse(COFFEE_TEXT.lower())
    assert parse(COFFEE_TEXT[:-4] + COFFEE_TEXT[-4:].lower()) == COFFEE


def test_only_ascii_white_space_around_a_code_does_not_count() -> None:
    text = COFFEE_TEXT
    assert parse(f" \t{text}\r\n\v\f") == COFFEE
    for wrong in (
        f"\u00a0{text}",
        f"{text}\u200b",
        f"\ufeff{text}",
        text.replace("DOOR", "DOOR\n"),
    ):
        with pytest.raises(CodeDamaged):
            parse(wrong)


@given(codes, st.data())
def test_one_wrong_character_is_damage(native: NativeCode, data: st.DataObject) -> None:
    text = build(native)
    place = data.draw(st.integers(0, len(text) - 1))
    other = data.draw(alphanumerics.filter(lambda letter: letter != text[place]))
    with pytest.raises(CodeDamaged):
        parse(text[:place] + other + text[place + 1 :])


def test_every_cut_of_a_code_is_damage() -> None:
    for cut in range(4, len(COFFEE_TEXT)):
        with pytest.raises(CodeDamaged):
            parse(COFFEE_TEXT[:cut])


@pytest.mark.parametrize("text", ["", " ", "hello", "6901234567892", TOKEN, "ftp://x", "000"])
def test_other_text_is_no_payment_code(text: str) -> None:
    with pytest.raises(CodeUnreadable):
        parse(text)


@given(st.text(st.characters()) | st.text(st.characters()).map(lambda text: "0002" + text))
def test_any_text_is_refused_in_our_own_words(text: str) -> None:
    with pytest.raises(CodeError):
        parse(text)


def test_a_megabyte_is_refused_at_once() -> None:
    for text in ("0002" * 250_000, "7812 " * 200_000, " " * 1_000_000, GUID * 100_000):
        with pytest.raises(CodeError):
            parse(text)


@given(st.binary(min_size=10, max_size=10))
def test_a_token_holds_all_of_its_random_bits(random_bytes: bytes) -> None:
    token = new_token(random_bytes)
    assert is_token(token)
    crockford = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
    number = 0
    for letter in token:
        number = number * 32 + crockford.index(letter)
    assert number.to_bytes(10) == random_bytes


def test_a_token_is_made_of_ten_bytes() -> None:
    assert new_token(bytes(10)) == "0" * 16
    assert new_token(b"\xff" * 10) == "Z" * 16
    for wrong in (9, 11):
        with pytest.raises(ValueError, match="10 bytes"):
            new_token(bytes(wrong))

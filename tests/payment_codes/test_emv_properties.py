import string

import pytest
from hypothesis import given
from hypothesis import strategies as st

from payment_codes.emv import tlv
from payment_codes.emv.crc import crc16
from payment_codes.emv.merchant import LONGEST_CODE, MerchantPresented, build, parse
from payment_codes.emv.table import ROOT, Field, Format, Table
from payment_codes.errors import CodeDamaged, CodeError, CodeInvalid, CodeUnreadable
from payment_codes.fields import DataObject
from tests.payment_codes.vector_files import load

Objects = tuple[DataObject, ...]

PRINTABLE = st.characters(min_codepoint=0x20, max_codepoint=0x7E)
UNICODE = st.characters(exclude_categories=["Cs"])
ANY_CHARACTER = st.characters()

AMOUNTS = st.builds(
    lambda whole, decimals: f"{whole}.{decimals}" if decimals else f"{whole}",
    st.integers(1, 10**8),
    st.text(string.digits, max_size=3),
)
PERCENTAGES = st.integers(1, 9999).map(lambda parts: f"{parts // 100:02}.{parts % 100:02}")
VALUES = {
    "Payload Format Indicator": st.just("01"),
    "Transaction Amount": AMOUNTS,
    "Country Code": st.text(string.ascii_uppercase, min_size=2, max_size=2),
    "Language Preference": st.text(string.ascii_letters, min_size=2, max_size=2),
    "Additional Consumer Data Request": st.sets(st.sampled_from("AME"), min_size=1).map("".join),
}
TIPS: st.SearchStrategy[Objects] = st.one_of(
    st.just(()),
    st.just((DataObject("55", "01"),)),
    AMOUNTS.map(lambda fee: (DataObject("55", "02"), DataObject("56", fee))),
    PERCENTAGES.map(lambda fee: (DataObject("57", fee), DataObject("55", "03"))),
)


def value_of(field: Field) -> st.SearchStrategy[str | Objects]:
    if field.name in VALUES:
        return VALUES[field.name]
    if field.content is not None:
        return template(field.content)
    alphabets: dict[Format, str | st.SearchStrategy[str]] = {
        Format.NUMERIC: string.digits,
        Format.ALPHANUMERIC_SPECIAL: PRINTABLE,
        Format.STRING: UNICODE,
    }
    # Short values, so that a template of several fits its 99 characters.
    longest = max(field.shortest, min(field.longest, 12))
    return st.text(alphabets[field.format], min_size=field.shortest, max_size=longest)


def object_of(table: Table, tag: str) -> st.SearchStrategy[DataObject]:
    return value_of(table.fields[tag]).map(lambda value: DataObject(tag, value))


@st.composite
def template(draw: st.DrawFn, table: Table) -> Objects:
    optional = [tag for tag in table.fields if tag not in table.mandatory]
    at_least = 0 if table.mandatory else 1
    chosen = draw(st.lists(st.sampled_from(optional), min_size=at_least, max_size=3, unique=True))
    tags = draw(st.permutations([*table.mandatory, *chosen]))
    inside = tuple(draw(object_of(table, tag)) for tag in tags)
    # Only an additional data template with templates inside can be too long.
    return inside if len(tlv.write(inside)) <= tlv.LONGEST_VALUE else inside[:1]


@st.composite
def merchant_codes(draw: st.DrawFn) -> MerchantPresented:
    mandatory = [tag for tag in ROOT.mandatory if tag != "00"]
    account = draw(st.sampled_from([tag for tag in ROOT.fields if "02" <= tag <= "51"]))
    others = [tag for tag in ROOT.fields if tag not in (*PLACED, account, *mandatory, *FEES)]
    chosen = draw(st.lists(st.sampled_from(others), max_size=4, unique=True))
    fields = [draw(object_of(ROOT, tag)) for tag in (*mandatory, account, *chosen)]
    rest = draw(st.permutations([*fields, *draw(TIPS)]))
    second = draw(st.sampled_from([(), (DataObject("01", "11"),), (DataObject("01", "12"),)]))
    return MerchantPresented((DataObject("00", "01"), *second, *rest))


FEES = ("55", "56", "57")
PLACED = ("00", "01", "63")
CODES = merchant_codes().filter(lambda code: len(tlv.write(code.objects)) + 8 <= LONGEST_CODE)


@given(CODES)
def test_what_is_built_reads_back(code: MerchantPresented) -> None:
    text = build(code)
    assert parse(text) == code
    assert text[-4:] == crc16(text[:-4])
    assert build(parse(text)) == text


@given(CODES)
def test_named_fields_are_the_fields(code: MerchantPresented) -> None:
    read = parse(build(code))
    tree = read.tree
    assert (read.category, read.currency) == (tree["52"], tree["53"])
    assert (read.country, read.name, read.city) == (tree["58"], tree["59"], tree["60"])
    assert read.amount == tree.get("54")
    assert read.accounts == {tag: tree[tag] for tag in tree if "02" <= tag <= "51"}
    assert read.additional_data == tree.get("62", {})


@given(CODES, st.data())
def test_one_wrong_character_is_never_accepted(
    code: MerchantPresented, data: st.DataObject
) -> None:
    text = build(code)
    place = data.draw(st.integers(0, len(text) - 1))
    other = data.draw(PRINTABLE.filter(lambda letter: letter.upper() != text[place].upper()))
    with pytest.raises(CodeError) as caught:
        parse(text[:place] + other + text[place + 1 :])
    assert isinstance(caught.value, CodeDamaged | CodeUnreadable)


@given(CODES, st.data())
def test_a_cut_code_is_damaged(code: MerchantPresented, data: st.DataObject) -> None:
    text = build(code)
    cut = data.draw(st.integers(4, len(text) - 1))
    with pytest.raises(CodeDamaged):
        parse(text[:cut])


@given(st.text(ANY_CHARACTER))
def test_any_text_is_refused_in_our_own_words(text: str) -> None:
    with pytest.raises(CodeError):
        parse(text)


PIECES = st.sampled_from(
    ["000201", "0002", "01", "26", "62", "64", "99", "00", "6304", "52040000", "5303156", "١٢", "é"]
)


@given(st.lists(PIECES | st.text(ANY_CHARACTER, max_size=6), max_size=40).map("".join))
def test_any_text_with_a_right_crc_is_read_or_refused(text: str) -> None:
    framed = text + "6304"
    framed += crc16(framed)
    try:
        read = parse(framed)
    except CodeError:
        return
    assert build(read) == framed


ANY_OBJECTS = st.recursive(
    st.text(max_size=30),
    lambda inner: st.lists(
        st.builds(DataObject, st.sampled_from(["00", "01", "26", "62"]) | st.text(), inner),
        max_size=4,
    ).map(tuple),
    max_leaves=8,
).filter(lambda value: not isinstance(value, str))


@given(ANY_OBJECTS)
def test_any_data_objects_are_written_or_refused(objects: Objects) -> None:
    try:
        text = build(MerchantPresented(objects))
    except CodeInvalid:
        return
    assert parse(text).objects == objects


def test_a_megabyte_is_refused_at_once() -> None:
    for text in ("0002" * 250_000, "6304" * 250_000, " " * 1_000_000):
        with pytest.raises(CodeError):
            parse(text)


@pytest.mark.parametrize("name", ["emv-mpm-1", "emv-mpm-4", "qris-1"])
def test_no_cut_or_change_of_a_real_code_is_accepted(name: str) -> None:
    text = load("emv_mpm.jsonl")[name]["payload"]
    for place in range(len(text)):
        other = "0" if text[place] != "0" else "1"
        for wrong in (text[:place], text[:place] + other + text[place + 1 :], text[place + 1 :]):
            with pytest.raises(CodeError):
                parse(wrong)

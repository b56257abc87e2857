import pytest

from payment_codes.emv import tlv
from payment_codes.emv.crc import crc16
from payment_codes.emv.merchant import MerchantPresented, build, parse
from payment_codes.emv.table import ADDITIONAL_DATA, LANGUAGE, ROOT, Format
from payment_codes.errors import CodeDamaged, CodeError, CodeInvalid, CodeUnreadable
from payment_codes.fields import DataObject
from tests.payment_codes.fields import Fields, code, objects, with_crc
from tests.payment_codes.vector_files import load

VECTORS = load("emv_mpm.jsonl")

# Codes that are in use, or stand in somebody's test suite, and break the letter of EMVCo: the field
# at fault, and why.
BREAK_THE_LETTER = {
    "emv-mpm-5": ("62.09", "tuvxy is no request for consumer data; 56 and 57 stand beside 55=01"),
    "promptpay-1": ("52", "Thai QR leaves out 52, 59 and 60"),
    "promptpay-2": ("52", "Thai QR leaves out 52, 59 and 60"),
    "promptpay-3": ("52", "Thai QR leaves out 52, 59 and 60"),
    "promptpay-4": ("52", "Thai QR leaves out 52, 59 and 60"),
    "promptpay-5": ("52", "Thai QR leaves out 52, 59 and 60"),
    "promptpay-6": ("52", "Thai QR leaves out 52, 59 and 60"),
    "promptpay-7": ("52", "Thai QR leaves out 52, 59 and 60"),
    "promptpay-bill-1": ("52", "Thai QR leaves out 52, 59 and 60"),
    "promptpay-bill-2": ("52", "Thai QR leaves out 52, 59 and 60"),
    "promptpay-bill-3": ("52", "Thai QR leaves out 52, 59 and 60"),
    "truemoney-1": ("52", "Thai QR leaves out 52, 59 and 60"),
    "truemoney-2": ("81", "Thai QR puts a message in hexadecimal where a template belongs"),
    "vietqr-1": ("52", "VietQR transfers leave out 52, 59 and 60"),
    "vietqr-2": ("52", "VietQR transfers leave out 52, 59 and 60"),
    "vietqr-3": ("52", "VietQR transfers leave out 52, 59 and 60"),
    "vietqr-4": ("52", "VietQR transfers leave out 52, 59 and 60"),
    "vietqr-5": ("52", "VietQR transfers leave out 52, 59 and 60"),
    "vietqr-6": ("52", "VietQR transfers leave out 52, 59 and 60"),
    "vietqr-7": ("52", "VietQR transfers leave out 52, 59 and 60"),
    "vn-evn-1": ("59", "a name of 31 characters"),
    "qris-5": ("59", "a name of 44 characters, issued by a bank"),
    "duitnow-1": ("00", "DuitNow prints format indicator 02"),
    "duitnow-2": ("82", "DuitNow puts a hash where a template belongs"),
    "duitnow-3": ("00", "DuitNow prints format indicator 02"),
    "jpqr-2": ("01", "JPQR prints the point of initiation far behind"),
    "khqr-3": ("99.00", "KHQR's template 99 has no identifier"),
}

# Which field of an invalid vector is at fault; all others among them are damaged.
FIELD_AT_FAULT = {
    "pix-7": "60",
    "hkfps-5": "62",
    "emv-mpm-12": "00",
    "emv-mpm-14": "54",
    "emv-mpm-15": "54",
    "emv-mpm-16": "54",
    "emv-mpm-17": "54",
    "emv-mpm-18": "54",
    "emv-mpm-19": "54",
    "emv-mpm-20": "54",
    "emv-mpm-21": "53",
    "emv-mpm-23": "58",
    "emv-mpm-24": "00",
    "emv-mpm-26": "59",
    "emv-mpm-27": "56",
    "emv-mpm-28": "57",
    "emv-mpm-29": "56",
    "emv-mpm-30": "52",
    "emv-mpm-31": "26.00",
    "emv-mpm-32": "02-51",
}

VALID = [name for name in VECTORS if VECTORS[name]["valid"] and name not in BREAK_THE_LETTER]
INVALID = [name for name in VECTORS if not VECTORS[name]["valid"]]
BASE: Fields = {
    "00": "01",
    "01": "12",
    "26": {"00": "EXAMPLE.SHOP", "01": "A1"},
    "52": "5411",
    "53": "156",
    "54": "12.50",
    "58": "CN",
    "59": "SHOP",
    "60": "BEIJING",
}


def without(tag: str) -> Fields:
    return {key: value for key, value in BASE.items() if key != tag}


def test_the_crc_has_the_published_check_value() -> None:
    assert crc16("123456789") == "29B1"
    assert crc16("") == "FFFF"


def test_the_crc_is_over_utf_8_and_padded() -> None:
    text = VECTORS["vietqr-5"]["payload"]
    assert crc16(text[:-4]) == "0283"
    text = VECTORS["emv-mpm-1"]["payload"]
    assert crc16(text[:-4]) == "A13A"


@pytest.mark.parametrize("name", VALID)
def test_a_code_by_the_letter_is_read_and_written_back(name: str) -> None:
    vector = VECTORS[name]
    read = parse(vector["payload"])
    assert build(read) == vector["payload"][:-4] + vector["payload"][-4:].upper()
    expected = vector["expected"]
    assert {**read.tree, "63": expected["crc"]} == expected["tags"]
    initiation = {"11": "static", "12": "dynamic", None: None}[read.point_of_initiation]
    assert initiation == expected.get("poi")
    assert read.category == expected["mcc"]
    assert read.currency == expected["currency"]
    assert read.amount == expected.get("amount")
    assert read.tip_indicator == expected.get("tip")
    assert read.fixed_fee == expected.get("fee_fixed")
    assert read.percentage_fee == expected.get("fee_percent")
    assert read.country == expected["country"]
    assert read.name == expected["merchant_name"]
    assert read.city == expected["merchant_city"]
    assert read.postal_code == expected.get("postal_code")


@pytest.mark.parametrize("name", INVALID)
def test_an_invalid_code_is_refused_for_its_reason(name: str) -> None:
    with pytest.raises(CodeError) as caught:
        parse(VECTORS[name]["payload"])
    if name in FIELD_AT_FAULT:
        assert isinstance(caught.value, CodeInvalid)
        assert caught.value.details["field"] == FIELD_AT_FAULT[name]
        assert caught.value.details["section"]
    elif name == "emv-mpm-35":
        assert isinstance(caught.value, CodeUnreadable)
    else:
        assert isinstance(caught.value, CodeDamaged)


@pytest.mark.parametrize("name", BREAK_THE_LETTER)
def test_a_code_against_the_letter_is_refused(name: str) -> None:
    field, _reason = BREAK_THE_LETTER[name]
    with pytest.raises(CodeInvalid) as caught:
        parse(VECTORS[name]["payload"])
    assert caught.value.details["field"] == field


def test_every_vector_is_used() -> None:
    assert len(VALID) + len(INVALID) + len(BREAK_THE_LETTER) == len(VECTORS) == 108


def test_the_parts_of_a_code_have_names() -> None:
    read = parse(VECTORS["emv-mpm-1"]["payload"])
    assert read.accounts == {
        "29": {"00": "D15600000000", "05": "A93FO3230Q"},
        "31": {"00": "D15600000001", "03": "12345678"},
    }
    assert read.additional_data == {"03": "1234", "06": "***", "07": "A6008667", "09": "ME"}
    assert read.language == {"00": "ZH", "01": "最佳运输", "02": "北京"}
    assert read.unreserved == {"91": {"00": "A011223344998877", "07": "12345678"}}


def test_a_card_networks_account_is_not_taken_apart() -> None:
    read = parse(VECTORS["emv-mpm-6"]["payload"])
    assert read.accounts == {"15": "37210116372101160123456789ABCDE"}
    assert read.language == read.unreserved == {}


def test_a_crc_in_lower_case_is_read() -> None:
    text = code(BASE)
    assert parse(text[:-4] + text[-4:].lower()) == parse(text)


def test_fields_reserved_for_the_future_are_kept() -> None:
    fields = BASE | {"65": "new", "62": {"13": "newer", "50": {"00": "A", "01": "é"}}}
    read = parse(code(fields))
    assert read.tree == fields
    assert build(read) == code(fields)


@pytest.mark.parametrize("tag", ["00", "52", "53", "58", "59", "60"])
def test_a_mandatory_field_is_missed(tag: str) -> None:
    with pytest.raises(CodeInvalid) as caught:
        parse(code(without(tag)))
    assert caught.value.details["field"] == tag


@pytest.mark.parametrize(
    ("change", "field"),
    [
        ({"00": "02"}, "00"),
        ({"01": "13"}, "01"),
        ({"02": "café"}, "02"),
        ({"26": {"01": "A1"}}, "26.00"),
        ({"26": "no data objects"}, "26"),
        ({"26": {"00": "G" * 33}}, "26.00"),
        ({"26": {"00": "G\t"}}, "26.00"),
        ({"52": "541"}, "52"),
        ({"52": "٥٤١١"}, "52"),
        ({"53": "BRL"}, "53"),
        ({"54": "0"}, "54"),
        ({"54": "0.00"}, "54"),
        ({"54": "."}, "54"),
        ({"54": "12.50 "}, "54"),
        ({"54": "1.2.3"}, "54"),
        ({"54": "-1"}, "54"),
        ({"54": "12345678901.99"}, "54"),
        ({"55": "04"}, "55"),
        ({"55": "02"}, "56"),
        ({"55": "03"}, "57"),
        ({"55": "02", "57": "5"}, "56"),
        ({"55": "02", "56": "0"}, "56"),
        ({"55": "02", "56": "1", "57": "5"}, "57"),
        ({"55": "01", "56": "1"}, "56"),
        ({"56": "1"}, "56"),
        ({"57": "5"}, "57"),
        ({"55": "03", "57": "0"}, "57"),
        ({"55": "03", "57": "00.00"}, "57"),
        ({"55": "03", "57": "0.001"}, "57"),
        ({"55": "03", "57": "100"}, "57"),
        ({"55": "03", "57": "5%"}, "57"),
        ({"58": "cn"}, "58"),
        ({"58": "C1"}, "58"),
        ({"59": "N" * 26}, "59"),
        ({"59": "咖啡"}, "59"),
        ({"60": "C" * 16}, "60"),
        ({"61": "1" * 11}, "61"),
        ({"62": "0103"}, "62"),
        ({"62": "0103ab"}, "62"),
        ({"62": {"01": "B" * 26}}, "62.01"),
        ({"62": {"09": "AA"}}, "62.09"),
        ({"62": {"09": "X"}}, "62.09"),
        ({"62": {"11": "12"}}, "62.11"),
        ({"62": {"50": {"01": "no identifier"}}}, "62.50.00"),
        ({"62": {"50": "text"}}, "62.50"),
        ({"64": {"00": "ZH"}}, "64.01"),
        ({"64": {"01": "店"}}, "64.00"),
        ({"64": {"00": "Z1", "01": "店"}}, "64.00"),
        ({"64": {"00": "ZH", "01": "店" * 26}}, "64.01"),
        ({"64": {"00": "ZH", "01": "店", "02": "城" * 16}}, "64.02"),
        ({"80": {"01": "no identifier"}}, "80.00"),
        ({"99": "text"}, "99"),
        ({"65": "\ud800"}, "65"),
    ],
)
def test_a_field_that_breaks_a_rule_is_named(change: Fields, field: str) -> None:
    with pytest.raises(CodeInvalid) as caught:
        parse(code(BASE | change))
    assert caught.value.details["field"] == field
    assert f"({field})" in str(caught.value)


@pytest.mark.parametrize(
    "change",
    [
        {"54": "98"},
        {"54": "98."},
        {"54": "98.73"},
        {"54": "0.0000000001"},
        {"55": "01"},
        {"55": "02", "56": "500"},
        {"55": "03", "57": "00.01"},
        {"55": "03", "57": "99.99"},
        {"55": "03", "57": "5"},
        {"55": "03", "57": "5.5"},
        {"62": {"09": "AME"}},
        {"62": {"11": "123"}},
        {"64": {"00": "zh", "01": "店"}},
    ],
)
def test_what_the_rules_allow_is_read(change: Fields) -> None:
    assert parse(code(BASE | change)).tree == BASE | change


def test_duplicates_are_refused_at_the_root_and_in_templates() -> None:
    twice = (*objects(BASE), DataObject("59", "OTHER"))
    with pytest.raises(CodeInvalid, match="twice") as caught:
        build(MerchantPresented(twice))
    assert caught.value.details["field"] == "59"
    inside = (DataObject("01", "1"), DataObject("01", "2"))
    with pytest.raises(CodeInvalid, match="twice") as caught:
        build(MerchantPresented((*objects(BASE), DataObject("62", inside))))
    assert caught.value.details["field"] == "62.01"


def test_the_first_and_the_last_field_have_their_places() -> None:
    with pytest.raises(CodeInvalid, match="first"):
        parse(code({"01": "12", **without("01")}))
    with pytest.raises(CodeInvalid, match="last") as caught:
        parse(code(BASE | {"63": "0000"}))
    assert caught.value.details["field"] == "63"


def test_a_wrong_length_that_swallows_the_crc_is_damage() -> None:
    with pytest.raises(CodeDamaged):
        parse(with_crc(tlv.write(objects(BASE)) + "6512AAAA6304"))


def test_a_code_of_512_characters_is_read_and_a_longer_one_refused() -> None:
    fields: Fields = BASE | dict.fromkeys(("65", "66", "67", "70"), "x" * 90)
    fields["68"] = "x" * (512 - len(code(fields)) - 4)
    assert len(code(fields)) == 512
    assert build(parse(code(fields))) == code(fields)
    fields["65"] += "x"
    with pytest.raises(CodeInvalid, match="512"):
        parse(code(fields))
    with pytest.raises(CodeInvalid, match="512"):
        build(MerchantPresented(objects(fields)))


@pytest.mark.parametrize(
    "fields",
    [
        {"62": {}},
        {"65": ""},
        {"59": {"00": "A"}},
        {"6": "x"},
        {"666": "x"},
        {"62": {"01": "x" * 25, "02": "x" * 25, "03": "x" * 25, "04": "x" * 25}},
    ],
)
def test_what_cannot_be_read_is_not_written(fields: Fields) -> None:
    with pytest.raises(CodeInvalid):
        build(MerchantPresented(objects(BASE | fields)))


@pytest.mark.parametrize("text", ["", "hello", "AAAA0000", "https://example.com/", "78123"])
def test_other_text_is_no_merchant_code(text: str) -> None:
    with pytest.raises(CodeUnreadable):
        parse(text)


def test_damage_is_placed() -> None:
    with pytest.raises(CodeDamaged, match="character 7") as caught:
        tlv.parse("00020152١٢0000")
    assert caught.value.details["position"] == 6


def test_the_tables_are_whole() -> None:
    assert list(ROOT.fields) == [f"{number:02}" for number in range(100)]
    assert ROOT.mandatory == ("00", "52", "53", "58", "59", "60")
    assert LANGUAGE.mandatory == ("00", "01")
    assert ADDITIONAL_DATA.mandatory == ()
    templates = {tag for tag, field in ROOT.fields.items() if field.format is Format.TEMPLATE}
    assert templates == {f"{number:02}" for number in (*range(26, 52), 62, 64, *range(80, 100))}

import pytest
from hypothesis import given
from hypothesis import strategies as st

from payment_codes.errors import CodeError, CodeForeign, CodeUnreadable
from payment_codes.payer import Presented, PresentedKind, classify, grouped, payer_digits

OURS = "781234567890123456"

digits = st.text("0123456789", max_size=26)


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        (OURS, PresentedKind.PAYER),
        ("78" + "0" * 16, PresentedKind.PAYER),
        ("100000000000000000", PresentedKind.WECHAT),
        ("135112298638468293", PresentedKind.WECHAT),
        ("159999999999999999", PresentedKind.WECHAT),
        ("160000000000000000", PresentedKind.UNKNOWN),
        ("25" + "0" * 14, PresentedKind.ALIPAY),
        ("289431869362714645", PresentedKind.ALIPAY),
        ("30" + "0" * 22, PresentedKind.ALIPAY),
        ("24" + "0" * 16, PresentedKind.UNKNOWN),
        ("31" + "0" * 16, PresentedKind.UNKNOWN),
        ("25" + "0" * 13, PresentedKind.UNKNOWN),
        ("25" + "0" * 23, PresentedKind.UNKNOWN),
        ("6220380000000000000", PresentedKind.UNIONPAY),
        ("622038000000000000", PresentedKind.UNKNOWN),
        ("78" + "0" * 15, PresentedKind.UNKNOWN),
        ("78" + "0" * 17, PresentedKind.UNKNOWN),
        ("96385074", PresentedKind.ARTICLE),
        ("036000291452", PresentedKind.ARTICLE),
        ("6901234567892", PresentedKind.ARTICLE),
        ("16901234567899", PresentedKind.ARTICLE),
        ("690123456789", PresentedKind.ARTICLE),
        ("123456789", PresentedKind.UNKNOWN),
        ("12345678901", PresentedKind.UNKNOWN),
        ("", PresentedKind.UNKNOWN),
        ("hello", PresentedKind.UNKNOWN),
        ("01" + "2" * 17, PresentedKind.UNKNOWN),
        ("91" + "2" * 16, PresentedKind.UNKNOWN),
        ("51" + "2" * 16, PresentedKind.UNKNOWN),
        ("https://example.com/" + OURS, PresentedKind.UNKNOWN),
        (OURS + "x", PresentedKind.UNKNOWN),
        ("x" + OURS, PresentedKind.UNKNOWN),
        ("７８" + OURS[2:], PresentedKind.UNKNOWN),
        ("٧٨" + OURS[2:], PresentedKind.UNKNOWN),
    ],
)
def test_digits_are_told_apart_as_a_whole(text: str, kind: PresentedKind) -> None:
    assert classify(text).kind is kind


@pytest.mark.parametrize(
    "text",
    [
        "7812 3456 7890 1234 56",
        "7812-3456-7890-1234-56",
        "78 1234567890123456",
        f" {OURS}\r\n",
        f"\t{OURS}\v\f",
    ],
)
def test_separators_do_not_count(text: str) -> None:
    assert classify(text) == Presented(PresentedKind.PAYER, OURS)
    assert payer_digits(text) == OURS


@pytest.mark.parametrize(
    "text",
    [
        "7812  3456 7890 1234 56",
        "7812--3456-7890-1234-56",
        "-781234567890123456",
        "781234567890123456-",
        "7812\n3456 7890 1234 56",
        "7812\u00a03456 7890 1234 56",
        "7812\u20133456 7890 1234 56",
        "\u00a0" + OURS,
        "7812.3456.7890.1234.56",
    ],
)
def test_other_separators_make_it_unknown(text: str) -> None:
    assert classify(text) == Presented(PresentedKind.UNKNOWN, text)


@pytest.mark.parametrize(
    ("text", "scheme"),
    [
        ("135112298638468293", "WeChat Pay"),
        ("1351 1229 8638 4682 93", "WeChat Pay"),
        ("289431869362714645", "Alipay"),
        ("6220380000000000000", "UnionPay"),
    ],
)
def test_a_foreign_live_code_is_named_and_never_repeated(text: str, scheme: str) -> None:
    with pytest.raises(CodeForeign) as caught:
        payer_digits(text)
    assert caught.value.details == {"scheme": scheme}
    assert scheme in str(caught.value)
    assert not any(letter.isdigit() for letter in str(caught.value))
    assert text not in repr(classify(text))


@pytest.mark.parametrize("text", ["", "hello", "6901234567892", "78123", "78" + "0" * 17])
def test_anything_else_is_no_payer_code(text: str) -> None:
    with pytest.raises(CodeUnreadable) as caught:
        payer_digits(text)
    assert caught.value.details == {}


@given(digits)
def test_digits_have_at_most_one_meaning(text: str) -> None:
    presented = classify(text)
    assert presented.text == text
    ours = len(text) == 18 and text.startswith("78")
    assert (presented.kind is PresentedKind.PAYER) == ours


@given(st.integers(0, 10**16 - 1).map(lambda number: f"78{number:016}"))
def test_grouped_digits_read_back(code: str) -> None:
    assert payer_digits(grouped(code)) == code
    assert max(map(len, grouped(code).split(" "))) == 4


def test_groups_are_of_four() -> None:
    assert grouped(OURS) == "7812 3456 7890 1234 56"


@given(st.text(st.characters()) | st.text("0178 -\n"))
def test_any_text_is_classified_and_refused_or_ours(text: str) -> None:
    kind = classify(text).kind
    try:
        assert len(payer_digits(text)) == 18
    except CodeError:
        assert kind is not PresentedKind.PAYER


def test_a_megabyte_is_unknown_at_once() -> None:
    for text in ("7812 " * 200_000, "7" * 1_000_000, " " * 1_000_000, "7-" * 500_000):
        assert classify(text).kind is PresentedKind.UNKNOWN

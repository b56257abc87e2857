import pytest
from hypothesis import given
from hypothesis import strategies as st

from payment_codes.building import build, rewrite
from payment_codes.code import Order
from payment_codes.errors import CodeInvalid, CodeUnreadable
from payment_codes.parsing import parse
from payment_codes.schemes.table import by_id

CODES = {
    "alipay-cpm": "28[0-9]{14,22}",
    "wechat-cpm": "1[0-5][0-9]{16}",
    "unionpay-cpm": "62[0-9]{17}",
    "terminal-wallet-payer": "78[0-9]{16}",
}


@pytest.mark.parametrize("scheme", CODES)
@given(data=st.data())
def test_a_live_code_stands_whole_among_the_data_objects_only(
    scheme: str, data: st.DataObject
) -> None:
    digits = data.draw(st.from_regex(CODES[scheme], fullmatch=True))
    code = parse(digits)
    assert code.scheme.id == scheme
    assert digits not in repr(code)
    assert digits not in str(dict(code.details))
    assert code.account is None
    assert code.tree == {"code": digits}
    assert build(by_id(scheme), Order(account=digits)) == digits


def test_groups_of_digits_are_kept_as_they_were() -> None:
    text = "1351 1229 8638 4682 93"
    code = parse(text)
    assert code.details["masked"] == "13…8293"
    assert rewrite(code) == text


@pytest.mark.parametrize(
    "text",
    ["16511229863846829", "6220", "781234567890123456 1", "\u0661\u0662" * 9, "78 12", "9" * 4096],
)
def test_other_digits_are_no_codes(text: str) -> None:
    with pytest.raises(CodeUnreadable):
        parse(text)


@pytest.mark.parametrize("scheme", CODES)
@pytest.mark.parametrize("account", ["", "123", "99" * 9, "28 94"])
def test_digits_of_another_wallet_are_refused(scheme: str, account: str) -> None:
    with pytest.raises(CodeInvalid) as caught:
        build(by_id(scheme), Order(account=account))
    assert "99" * 9 not in str(caught.value)

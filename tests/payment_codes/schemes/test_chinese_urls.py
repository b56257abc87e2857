import pytest

from payment_codes.building import build, rewrite
from payment_codes.code import Order
from payment_codes.errors import CodeInvalid
from payment_codes.parsing import parse
from payment_codes.schemes.table import by_id
from tests.payment_codes.schemes.reading import built, issues_of

UNION = "https://qr.95516.com/00010001/62112028173283416953321113029241"


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("HTTPS://QR.ALIPAY.COM/FKX189991XM3", set()),
        ("https://qr.alipay.com/fkx189991xm3?t=1", set()),
        ("alipays://platformapi/startapp?appId=1", set()),
        ("https://qr.alipay.com/", {("missing", "code", "lenient")}),
        ("https://qr.alipay.com/fkx?t=1", {("characters", "code", "lenient")}),
        ("https://qr.alipay.com/fkx 189", {("characters", "code", "lenient")}),
        ("wxp://f2f0YUXuGn6X2", set()),
        ("wxp://", {("missing", "code", "lenient")}),
        ("wxp://f2f0/YUX", {("characters", "code", "lenient")}),
        ("weixin://dl/business/?t=1", set()),
        ("weixin://", {("missing", "path", "lenient")}),
        ("weixin://wxpay/bizpayurl?pr=NwY5Mz9", set()),
        ("weixin://wxpay/bizpayurl?appid=a&product_id=1", set()),
        ("weixin://wxpay/bizpayurl", {("missing", "pr", "lenient")}),
        ("weixin://wxpay/bizpayurl?pr=1&pr=2", {("duplicate", "pr", "strict")}),
        (UNION, set()),
        (UNION.replace("00010001", "1001"), {("value", "issuer", "strict")}),
        ("https://qr.95516.com/00010001/", {("missing", "code", "lenient")}),
        (UNION + "/x", {("characters", "code", "lenient")}),
        ("upwallet://html/1", set()),
    ],
)
def test_a_rule_is_broken(text: str, found: set[tuple[str, str, str]]) -> None:
    assert issues_of(text) == found
    assert rewrite(parse(text)) == text


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("wxp://wbf2fABCDEF", "merchant collection code"),
        ("https://wx.tenpay.com/f2f?t=ABC", "collection link"),
        ("alipayqr://platformapi/startapp", "app link"),
        (UNION, "acquirer's code url"),
    ],
)
def test_a_kind_is_named(text: str, kind: str) -> None:
    assert parse(text).details["kind"] == kind


def test_nothing_but_the_name_of_a_code_is_known() -> None:
    code = parse(UNION)
    assert (code.amount, code.payee, code.payer_enters_amount) == (None, None, False)
    assert code.details["issuer"] == "00010001"


@pytest.mark.parametrize("scheme", ["alipay-mpm", "wechat-mpm", "wechat-native", "unionpay-mpm"])
def test_testers_make_codes_of_a_made_up_name(scheme: str) -> None:
    order = by_id(scheme).works.example(by_id(scheme))
    assert order
    built(scheme, order)
    with pytest.raises(CodeInvalid):
        build(by_id(scheme), Order(account=order.account, payee="Shop"))
    with pytest.raises(CodeInvalid):
        build(by_id(scheme), Order())

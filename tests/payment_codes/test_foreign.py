import pytest

from payment_codes.errors import CodeForeign
from payment_codes.native import parse
from tests.payment_codes.vector_files import load

NAMES = {
    "emv-mpm": {"another EMVCo merchant code", "UnionPay", "Visa"},
    "emv-mpm-mastercard": {"Mastercard"},
    "pix": {"PIX"},
    "promptpay": {"PromptPay"},
    "promptpay-bill": {"PromptPay"},
    "truemoney": {"PromptPay"},
    "vietqr": {"VietQR"},
    "vnpay": {"VNPay"},
    "vn-airpay": {"AirPay"},
    "vn-evn": {"EVN"},
    "paynow": {"PayNow"},
    "sgqr": {"SGQR"},
    "qris": {"QRIS"},
    "qrph-p2m": {"QR Ph"},
    "qrph-p2p": {"QR Ph"},
    "hkfps": {"FPS"},
    "duitnow": {"DuitNow"},
    "khqr": {"KHQR"},
    "bharatqr": {"Bharat QR"},
    "jpqr": {"JPQR"},
    "emv-cpm": {"an EMVCo consumer code"},
    "upi": {"UPI"},
    "epc": {"a SEPA credit transfer"},
    "swiss-qr": {"a Swiss QR-bill"},
    "spayd": {"SPAYD"},
    "upnqr": {"UPN QR"},
    "gost-st00012": {"a Russian transfer order"},
    "sbp": {"SBP"},
    "twqr": {"TWQR"},
    "alipay-mpm": {"Alipay"},
    "alipay-cpm": {"Alipay"},
    "wechat-mpm": {"WeChat Pay"},
    "wechat-native": {"WeChat Pay"},
    "wechat-cpm": {"WeChat Pay"},
    "unionpay-cpm": {"UnionPay"},
    "unionpay-mpm": {"UnionPay"},
    "bip21": {"Bitcoin"},
    "bolt11": {"Lightning"},
    "lnurl": {"Lightning"},
    "taler": {"GNU Taler"},
    "payto": {"a payto address"},
    "paypalme": {"PayPal"},
    "eip681": {"Ethereum"},
    "thai-slip-verify": {"a Thai transfer slip"},
    "thai-bot-barcode": {"a Thai bill"},
    "pay-by-square": {"PAY by square"},
}
REAL_CODES = {
    name: vector
    for name, vector in (load("emv_mpm.jsonl") | load("foreign.jsonl")).items()
    if vector["valid"]
}


@pytest.mark.parametrize("name", REAL_CODES)
def test_a_code_of_another_scheme_is_named_and_never_repeated(name: str) -> None:
    vector = REAL_CODES[name]
    with pytest.raises(CodeForeign) as caught:
        parse(vector["payload"])
    error = caught.value
    assert error.details["scheme"] in NAMES[vector["scheme"]]
    assert str(error.details["scheme"]) in str(error)
    assert vector["payload"] not in str(error)
    assert vector["payload"] not in str(error.details)


@pytest.mark.parametrize(
    ("text", "scheme"),
    [
        ("HTTPS://QR.ALIPAY.COM/FKX18999", "Alipay"),
        ("https://example.com/pay?x=1", "a web address"),
        ("HTTP://EXAMPLE.COM", "a web address"),
        ("UPI://pay?pa=a@b", "UPI"),
        (" 1351 1229 8638 4682 93\n", "WeChat Pay"),
        ("7812 3456 7890 1234 56", "a payer code"),
    ],
)
def test_a_scheme_is_known_in_any_case(text: str, scheme: str) -> None:
    with pytest.raises(CodeForeign) as caught:
        parse(text)
    assert caught.value.details == {"scheme": scheme}

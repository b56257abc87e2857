"""Every scheme by its marks: the one place that says which code is whose.

A row's `source` is the specification; card networks' tags are those of EMVCo Table 4.1.
"""

from __future__ import annotations

import re
from functools import cache
from typing import TYPE_CHECKING, Final

from payment_codes.emv import tlv
from payment_codes.emv.merchant import BEGINNING, account_identifiers
from payment_codes.payer import PATTERNS, PresentedKind, bare_digits
from payment_codes.schemes.scheme import Carrier, Scheme, Side

if TYPE_CHECKING:
    from payment_codes.fields import DataObject

MARK: Final = 64
"""Characters at the beginning of a text in which a scheme shows its mark."""

_MPM: Final = "EMV QRCPS MPM v1.1"
_LINES, _TEXT, _URI, _URL, _DIGITS = (
    Carrier.LINES, Carrier.TEXT, Carrier.URI, Carrier.URL, Carrier.DIGITS,
)  # fmt: skip


def _emv(
    id_: str,
    name: str,
    country: str | None,
    module: str,
    source: str = _MPM,
    *,
    guid: str | None = None,
    tags: tuple[str, ...] = (),
) -> Scheme:
    path = f"payment_codes.emv.profiles.{module}"
    mark = re.compile(guid, re.IGNORECASE) if guid else None
    return Scheme(
        id_, name, country, Carrier.EMV_MERCHANT, path, source, guid=mark, tags=frozenset(tags)
    )


def _own(
    id_: str,
    name: str,
    country: str | None,
    carrier: Carrier,
    module: str,
    pattern: str,
    source: str,
    *,
    side: Side = Side.PAYEE,
    confidence: float = 1.0,
) -> Scheme:
    path = f"payment_codes.schemes.{module}"
    return Scheme(
        id_, name, country, carrier, path, source, re.compile(pattern),
        side=side, confidence=confidence,
    )  # fmt: skip


def _digits(kind: PresentedKind) -> str:
    return rf"(?:{PATTERNS[kind]})\Z"


GENERIC: Final = _emv("emv-mpm", "another EMVCo merchant code", None, "generic")

# The first whose identifier or tag a code has is surest: a code of several networks is named by the
# one that governs it.
EMV_SCHEMES: Final = (
    _emv("terminal-wallet", "Terminal Wallet", None, "native", guid=r"termwallet\Z"),
    _emv("sgqr", "SGQR", "SG", "sgqr", "SGQR Specifications v1.7", guid=r"sg\.sgqr"),
    _emv("paynow", "PayNow", "SG", "paynow", "SGQR Specifications v1.7", guid=r"sg\.paynow"),
    _emv("qris", "QRIS", "ID", "qris", "QRIS, PADG 21/18/2019", guid=r"id\.co\.qris\."),
    _emv("pix", "PIX", "BR", "pix", "BCB Manual de Padroes para Iniciacao do Pix",
         guid=r"br\.gov\.bcb\.pix"),
    _emv("promptpay-bill", "PromptPay", "TH", "promptpay_bill", "Thai QR Payment Standard, BOT",
         guid=r"a000000677010112|a000000677010113|a000000677012006"),
    # Its wallet is told by the account alone: see its module.
    _emv("truemoney", "PromptPay", "TH", "promptpay", "Thai QR Payment Standard, BOT"),
    _emv("promptpay", "PromptPay", "TH", "promptpay", "Thai QR Payment Standard, BOT",
         guid=r"a000000677"),
    _emv("vietqr", "VietQR", "VN", "vietqr", "NAPAS QR v1.5.2", guid=r"a000000727"),
    _emv("vnpay", "VNPay", "VN", "vnpay", guid=r"a000000775"),
    _emv("vn-airpay", "AirPay", "VN", "vnpay", guid=r"vn\.airpay"),
    _emv("duitnow", "DuitNow", "MY", "duitnow", "DuitNow QR, PayNet", guid=r"a000000615"),
    _emv("hkfps", "FPS", "HK", "hkfps", "Common QR Code Specification, HKMA",
         guid=r"hk\.com\.hkicl"),
    _emv("qrph-p2m", "QR Ph", "PH", "qrph", "QR Ph, PPMI", guid=r"ph\.ppmi\."),
    _emv("qrph-p2p", "QR Ph", "PH", "qrph", "QR Ph, PPMI", guid=r"com\.p2pqrpay"),
    _emv("jpqr", "JPQR", "JP", "jpqr", "JPQR, Payments Japan", guid=r"jp\.or\.paymentsjapan"),
    _emv("bharatqr", "Bharat QR", "IN", "bharatqr", "Bharat QR, NPCI", guid=r"a000000524"),
    # KHQR has an account at a bank where the identifier belongs, and EVN its subsidiary's number.
    _emv("khqr", "KHQR", "KH", "khqr", "KHQR Content Guideline, NBC", guid=r"[^@\s]+@[^@\s]+\Z"),
    _emv("vn-evn", "EVN", "VN", "vnpay", guid=r"00\Z"),
    _emv("emv-mpm", "UnionPay", None, "networks", "QRCPS, UnionPay", guid=r"a000000333",
         tags=("15", "16")),
    _emv("emv-mpm", "Visa", None, "networks", tags=("02", "03")),
    _emv("emv-mpm-mastercard", "Mastercard", None, "networks", tags=("04", "05")),
    _emv("emv-mpm", "Discover", None, "networks", tags=("09", "10")),
    _emv("emv-mpm", "American Express", None, "networks", tags=("11", "12")),
    _emv("emv-mpm", "JCB", None, "networks", tags=("13", "14")),
)  # fmt: skip
OWN_SCHEMES: Final = (
    _own("terminal-wallet-payer", "a payer code", None, _DIGITS, "digit_codes",
         _digits(PresentedKind.PAYER), "Terminal Wallet code", side=Side.PAYER),
    _own("wechat-cpm", "WeChat Pay", "CN", _DIGITS, "digit_codes",
         _digits(PresentedKind.WECHAT), "WeChat Pay micropay 5_1", side=Side.PAYER),
    _own("alipay-cpm", "Alipay", "CN", _DIGITS, "digit_codes",
         _digits(PresentedKind.ALIPAY), "opendocs.alipay.com 194/106039", side=Side.PAYER),
    _own("unionpay-cpm", "UnionPay", "CN", _DIGITS, "digit_codes",
         _digits(PresentedKind.UNIONPAY), "UnionPay C2B", side=Side.PAYER),
    _own("emv-cpm", "an EMVCo consumer code", None, Carrier.EMV_CONSUMER, "emv_consumer",
         r"hQVDUFYw", "EMV QRCPS CPM v1.1", side=Side.PAYER),
    _own("alipay-mpm", "Alipay", "CN", _URL, "chinese_urls",
         r"(?i:https?://qr\.alipay\.com/|alipays://|alipayqr://)", "Alipay QR codes"),
    _own("wechat-native", "WeChat Pay", "CN", _URI, "chinese_urls",
         r"(?i:weixin://wxpay/)", "WeChat Pay Native"),
    _own("wechat-mpm", "WeChat Pay", "CN", _URI, "chinese_urls",
         r"(?i:wxp://|https://wx\.tenpay\.com/|weixin://)", "WeChat Pay collection codes"),
    _own("unionpay-mpm", "UnionPay", "CN", _URL, "chinese_urls",
         r"(?i:https?://qr\.95516\.com/|upwallet://)", "UnionPay QR codes"),
    _own("upi", "UPI", "IN", _URI, "upi", r"(?i:upi://)", "NPCI UPI Linking Specification 1.6"),
    _own("sbp", "SBP", "RU", _URL, "sbp",
         r"(?i:https://(?:qr|sub)\.nspk\.ru/)", "SBP, NSPK"),
    _own("twqr", "TWQR", "TW", _URI, "twqr", r"(?i:TWQRP(?:://|%3A%2F%2F))", "TWQR, FISC"),
    _own("epc", "a SEPA credit transfer", None, _LINES, "epc", r"BCD\r?\n", "EPC069-12 v2.1"),
    _own("swiss-qr", "a Swiss QR-bill", "CH", _LINES, "swiss",
         r"SPC\r?\n", "Swiss Implementation Guidelines QR-bill v2.3"),
    _own("spayd", "SPAYD", "CZ", _TEXT, "spayd", r"(?i:SPD\*)", "SPAYD 1.0, qr-platba.cz"),
    _own("upnqr", "UPN QR", "SI", _LINES, "upn", r"UPNQR\r?\n", "UPN QR, ZBS"),
    _own("gost-st00011", "a Russian transfer order", "RU", _TEXT, "gost",
         r"ST00011(?s:.)", "GOST R 56042-2014"),
    _own("gost-st00012", "a Russian transfer order", "RU", _TEXT, "gost",
         r"ST00012(?s:.)", "GOST R 56042-2014"),
    _own("gost-st00013", "a Russian transfer order", "RU", _TEXT, "gost",
         r"ST00013(?s:.)", "GOST R 56042-2014"),
    _own("thai-bot-barcode", "a Thai bill", "TH", _LINES, "thai_bill",
         r"\|[0-9]{13,15}[\r\n]", "Bank of Thailand bar code"),
    _own("bip21", "Bitcoin", None, _URI, "bip21", r"(?i:bitcoin:)", "BIP21"),
    _own("lnurl", "Lightning", None, Carrier.PACKED, "lnurl",
         r"(?i:(?:lightning:)?lnurl1|lnurl[pwc]://|keyauth://)", "LUD-01, LUD-17"),
    _own("bolt11", "Lightning", None, Carrier.PACKED, "bolt11",
         r"(?i:(?:lightning:)?ln(?:bcrt|bc|tbs|tb)[0-9munp]*1)", "BOLT #11"),
    _own("eip681", "Ethereum", None, _URI, "eip681", r"(?i:ethereum:)", "EIP-681"),
    _own("taler", "GNU Taler", None, _URI, "taler",
         r"(?i:taler(?:\+http)?://)", "draft-grothoff-taler-01"),
    _own("payto", "a payto address", None, _URI, "payto", r"(?i:payto://)", "RFC 8905"),
    _own("paypalme", "PayPal", None, _URL, "paypalme",
         r"(?i:https?://(?:www\.)?paypal\.(?:me|com/paypalme)/)", "PayPal.Me links"),
    _own("thai-slip-verify", "a Thai transfer slip", "TH", _TEXT, "thai_slip",
         r"00[2-9][0-9]0006[0-9]{6}01(?s:.){10,}", "Mini QR, BOT", confidence=0.9),
    _own("pay-by-square", "PAY by square", "SK", Carrier.PACKED, "by_square",
         r"0[0-9A-V]{59,}", "PAY by square 1.1.0", confidence=0.5),
)  # fmt: skip

SCHEMES: Final = (*EMV_SCHEMES, GENERIC, *OWN_SCHEMES)
"""All schemes; card networks share the id of EMVCo codes."""

_WEB: Final = re.compile("https?://", re.IGNORECASE)
# A code whose fields got out of order still has a version and a check sum.
_DISORDERED: Final = re.compile(r"[0-9]{4}(?s:.)*000201(?s:.)*6304")


def fits(text: str) -> list[Scheme]:
    """Return the schemes whose marks a text has, the surest first."""
    if text.startswith(BEGINNING) or _DISORDERED.match(text):
        return emv_fits(tlv.split(text)[0])
    mark = text[:MARK]
    mark = bare_digits(mark) or mark
    found = [one for one in OWN_SCHEMES if one.pattern and one.pattern.match(mark)]
    return sorted(found, key=lambda one: -one.confidence)


def emv_fits(objects: tuple[DataObject, ...]) -> list[Scheme]:
    """Return the schemes that the root data objects of an EMVCo code name, the surest first."""
    named = account_identifiers(objects)
    tags = {item.id for item in objects}
    return [one for one in EMV_SCHEMES if _has_mark(one, named, tags)] + [GENERIC]


def _has_mark(scheme: Scheme, named: list[str], tags: set[str]) -> bool:
    guid = scheme.guid
    return bool(scheme.tags & tags) or (guid is not None and any(map(guid.match, named)))


@cache
def by_id(id_: str) -> Scheme:
    """Return the scheme of an id, card networks after the one of no network. Raises KeyError."""
    for scheme in (GENERIC, *SCHEMES):
        if scheme.id == id_:
            return scheme
    raise KeyError(id_)


def name_of(text: str) -> str | None:
    """Return the readable name of the scheme a text is a code of, or None for none that we know.

    A web address is named too: it is what people scan by mistake most.
    """
    found = fits(text)
    if found:
        return found[0].name
    return "a web address" if _WEB.match(text) else None

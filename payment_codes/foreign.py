"""The payment codes of the world, by name: enough to tell a shopper whose code this is.

Sources: EMVCo Table 4.1 (card networks), the national profiles' identifiers, and the schemes' own
URI specifications.
"""

import re
from typing import Final

from payment_codes import payer
from payment_codes.emv.merchant import account_identifiers
from payment_codes.emv.tlv import DataObject

ANOTHER_EMV: Final = "another EMVCo merchant code"

# Beginnings of the GUID of a template 26-51, in lower case: a domain, or an AID from its RID on.
_GUIDS: Final = (
    ("br.gov.bcb.pix", "PIX"),
    ("id.co.qris.", "QRIS"),
    ("a000000727", "VietQR"),
    ("a000000775", "VNPay"),
    ("a000000677", "PromptPay"),
    ("sg.paynow", "PayNow"),
    ("sg.sgqr", "SGQR"),
    ("hk.com.hkicl", "FPS"),
    ("a000000615", "DuitNow"),
    ("ph.ppmi.", "QR Ph"),
    ("com.p2pqrpay", "QR Ph"),
    ("a000000524", "Bharat QR"),
    ("a000000333", "UnionPay"),
    ("jp.or.paymentsjapan", "JPQR"),
)
# KHQR puts an account at a bank where the GUID belongs.
_KHQR_ACCOUNT: Final = r"[^@\s]+@[^@\s]+"

# Tags of the card networks; UnionPay first, since its codes also name others.
_CARD_NETWORKS: Final = (
    ({"15", "16"}, "UnionPay"),
    ({"02", "03"}, "Visa"),
    ({"04", "05"}, "Mastercard"),
    ({"09", "10"}, "Discover"),
    ({"11", "12"}, "American Express"),
    ({"13", "14"}, "JCB"),
)

# Beginnings in lower case; the first that fits wins.
_BEGINNINGS: Final = (
    (("https://qr.alipay.com/", "http://qr.alipay.com/", "alipays://", "alipayqr://"), "Alipay"),
    (("wxp://", "weixin://", "https://wx.tenpay.com/"), "WeChat Pay"),
    (("https://qr.95516.com/", "http://qr.95516.com/", "upwallet://"), "UnionPay"),
    (("upi://",), "UPI"),
    (("https://qr.nspk.ru/", "https://sub.nspk.ru/"), "SBP"),
    (("twqrp://", "twqrp%3a%2f%2f"), "TWQR"),
    (("bitcoin:",), "Bitcoin"),
    (("lightning:", "lnbc", "lntb", "lnurl1", "lnurlp://"), "Lightning"),
    (("ethereum:",), "Ethereum"),
    (("taler://", "taler+http://"), "GNU Taler"),
    (("payto://",), "a payto address"),
    (("https://paypal.me/", "https://www.paypal.me/"), "PayPal"),
    (("bcd\n", "bcd\r"), "a SEPA credit transfer"),
    (("spc\n", "spc\r"), "a Swiss QR-bill"),
    (("spd*1.0*",), "SPAYD"),
    (("upnqr\n", "upnqr\r"), "UPN QR"),
    (("st00011", "st00012", "st00013"), "a Russian transfer order"),
    (("hqvdufywm",), "an EMVCo consumer code"),
    (("https://", "http://"), "a web address"),
)
_LONGEST_BEGINNING: Final = 32


def scheme_of(text: str) -> str | None:
    """Return the readable name of the scheme a text is a code of, or None for no scheme we know.

    EMVCo merchant codes are named by `scheme_of_emv`.
    """
    kind = payer.classify(text).kind
    if kind in payer.LIVE_KINDS:
        return kind.value
    beginning = text[:_LONGEST_BEGINNING].lower()
    for beginnings, scheme in _BEGINNINGS:
        if beginning.startswith(beginnings):
            return scheme
    return None


def scheme_of_emv(objects: tuple[DataObject, ...]) -> str:
    """Return the readable name of the scheme that an EMVCo code's root data objects belong to."""
    identifiers = [guid.lower() for guid in account_identifiers(objects)]
    for guid in identifiers:
        for beginning, scheme in _GUIDS:
            if guid.startswith(beginning):
                return scheme
    if any(re.fullmatch(_KHQR_ACCOUNT, guid) for guid in identifiers):
        return "KHQR"
    tags = {item.id for item in objects}
    for network_tags, scheme in _CARD_NETWORKS:
        if tags & network_tags:
            return scheme
    return ANOTHER_EMV

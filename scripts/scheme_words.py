"""What the pages of payment codes say of each scheme in words; everything else is in the code."""

from __future__ import annotations

COUNTRIES = {
    "BR": "Brazil",
    "CH": "Switzerland and Liechtenstein",
    "CN": "China",
    "CZ": "Czechia and Slovakia",
    "HK": "Hong Kong",
    "ID": "Indonesia",
    "IN": "India",
    "JP": "Japan",
    "KH": "Cambodia",
    "MY": "Malaysia",
    "PH": "the Philippines",
    "RU": "Russia",
    "SG": "Singapore",
    "SI": "Slovenia",
    "SK": "Slovakia",
    "TH": "Thailand",
    "TW": "Taiwan",
    "VN": "Vietnam",
}

ABOUT = {
    "terminal-wallet": """
        The code that a till of this project shows, or that hangs as a poster beside one. It is an
        EMVCo merchant code with a template of its own, short enough for 45 columns and 23 rows of
        a terminal: the name, the amount's details and the state of the sale come from the
        wallet's service by the token in it.""",
    "sgqr": """
        Singapore's combined label: one EMVCo code with the accounts of several networks, PayNow
        and NETS among them, and a template that names the label itself. Each wallet takes the
        account that it knows.""",
    "paynow": """
        Singapore's instant transfers by a proxy: a mobile number or a company's number (UEN). The
        code says whether the payer may change the amount, and until when it can be paid.""",
    "qris": """
        Indonesia's one code for all wallets and banks (Bank Indonesia, ASPI). Next to the
        acquirer's own template stands the national one with the merchant's number (NMID) and
        size.""",
    "pix": """
        Brazil's instant payments. A static code (BR Code) holds a key of the payee: an e-mail
        address, a phone, a tax number or a random key. A dynamic one holds the address of a
        charge at the payee's bank, which then decides on the amount.""",
    "promptpay-bill": """
        Thailand's bill payment: a biller's number with its suffix and up to three references, as
        shops and utilities print it.""",
    "truemoney": """
        A PromptPay code whose account is an e-wallet number of TrueMoney. It looks like any other
        transfer; the number alone tells.""",
    "promptpay": """
        Thailand's instant transfers to a mobile number, a national or tax number, a wallet or a
        bank account. A message travels as UTF-16 in hexadecimal.""",
    "vietqr": """
        Vietnam's transfers over NAPAS: the bank (BIN) and the account or card number in a nested
        template. Merchant category, name and city are usually left out, by the standard's own
        letter.""",
    "vnpay": """
        Merchant codes of VNPay, Vietnam's largest acquirer of QR payments: the merchant's number
        in VNPay's own template.""",
    "vn-airpay": """
        Merchant codes of AirPay (ShopeePay) in Vietnam, in the layout of VNPay with an identifier
        of its own.""",
    "duitnow": """
        Malaysia's national code (PayNet): the acquirer's number and the merchant's. Printed codes
        say version 02 where EMVCo has 01.""",
    "hkfps": """
        Hong Kong's Faster Payment System: a payee by FPS number, mobile number or e-mail address,
        in Hong Kong dollars or renminbi.""",
    "qrph-p2m": """
        The Philippines' national code for merchants (QR Ph P2M).""",
    "qrph-p2p": """
        The Philippines' national code for transfers between people (QR Ph P2P) over InstaPay: the
        bank by its BIC, and the account.""",
    "jpqr": """
        Japan's unified merchant code (Payments Japan): one printed code for many wallets, with
        the shop's number in four parts.""",
    "bharatqr": """
        India's joint merchant code: card networks' merchant numbers, a bank account with its
        IFSC, and a UPI address in one EMVCo code.""",
    "khqr": """
        Cambodia's code (Bakong, National Bank of Cambodia). The account, name@bank, stands where
        EMVCo has an identifier; dynamic codes say when they were made and when they expire. Paid
        in riels or dollars.""",
    "vn-evn": """
        Bills of EVN, Vietnam's electricity supplier: the subsidiary's number, the customer's and
        the bill's.""",
    "emv-mpm": """
        The international frame of most national codes: data objects of a two-digit tag, a two-
        digit length in characters, and a value, closed by a CRC. This page holds the tables that
        every EMVCo code shares; it is also the page of codes that only name a card network, and
        of those whose template nobody here knows.""",
    "emv-mpm-mastercard": """
        Mastercard's merchant codes (Masterpass QR): the merchant's number where EMVCo has tags 04
        and 05.""",
    "terminal-wallet-payer": """
        What a shopper of this project shows at a till: 18 digits that work once and for a minute,
        drawn as QR code and as Code 128. They say nothing by themselves; the till sends them to
        the wallet's service. As good as money while they live, so no output repeats them whole.""",
    "wechat-cpm": """
        The 18 digits that a WeChat Pay user shows at a till, as QR code and as bar code. They
        change every minute and are used once. Live digits are money: ours are made up.""",
    "alipay-cpm": """
        The 16 to 24 digits that an Alipay user shows at a till, as QR code and as bar code. They
        change every minute and are used once. Live digits are money: ours are made up.""",
    "unionpay-cpm": """
        The 19 digits that a user of UnionPay's app (or a bank's) shows at a till. They are used
        once. Live digits are money: ours are made up.""",
    "emv-cpm": """
        What a wallet shows at a till in the card world: a chip card's data objects (BER-TLV) in
        Base64. UnionPay abroad, JPQR and QRIS use it. Cards and cryptograms here are made up.""",
    "alipay-mpm": """
        What hangs in a shop that takes Alipay: a web address with a number of Alipay's own. Who
        is paid, and how much, only Alipay's server knows.""",
    "wechat-native": """
        The code that a merchant's own system shows for one order of WeChat Pay (Native payment).
        The order stands at WeChat's server, the code is its number.""",
    "wechat-mpm": """
        What hangs in a shop, or stands on a phone, to collect by WeChat Pay. Who is paid only
        WeChat's server knows.""",
    "unionpay-mpm": """
        What a shop that takes UnionPay shows in China: a web address with the acquirer's number
        and the code's. The rest is at UnionPay's server.""",
    "upi": """
        India's instant payments: a deep link to the payee's virtual address (VPA). Printed codes
        let the payer enter the amount; a merchant's dynamic ones carry amount and reference.""",
    "sbp": """
        Russia's Faster Payments System: a web address with the code's number at NSPK. Dynamic
        codes say the sum too, in kopecks.""",
    "twqr": """
        Taiwan's common code (FISC): purchases and transfers between banks, as a link, sometimes
        wholly percent-encoded. The amount is in hundredths of a dollar by FISC's specification;
        some apps read dollars.""",
    "epc": """
        The European Payments Council's code for SEPA credit transfers, printed on bills in
        Austria, Germany, Belgium, Finland and the Netherlands as GiroCode, Stuzza or simply "scan
        to pay": twelve lines with IBAN, name, amount and reference.""",
    "swiss-qr": """
        The payment part of every Swiss bill since 2022: 31 lines in fixed order. A reference of
        one of three kinds goes with the kind of the account: QRR with a QR-IBAN, SCOR or none
        with an ordinary IBAN.""",
    "spayd": """
        Czechia's Short Payment Descriptor, "QR platba", understood in Slovakia too: keys and
        values between asterisks.""",
    "upnqr": """
        Slovenia's universal payment order: twenty lines in ISO 8859-2, always drawn as a QR code
        of version 15, with a control sum of the lines' lengths.""",
    "gost-st00011": """
        Russia's payment order on utility bills and receipts, in Windows-1251: keys and values
        between bars, the sum in kopecks.""",
    "gost-st00012": """
        Russia's payment order on utility bills and receipts, in UTF-8: keys and values between
        bars, the sum in kopecks.""",
    "gost-st00013": """
        Russia's payment order on utility bills and receipts, in KOI8-R: keys and values between
        bars, the sum in kopecks.""",
    "thai-bot-barcode": """
        What stands below a Thai bill for banks and convenience stores: the biller, two references
        and the amount in satang, divided by carriage returns; as QR code and as Code 128.""",
    "bip21": """
        A link to a Bitcoin address with amount, label and message. A parameter that begins with
        "req-" must be understood, or the link not paid.""",
    "lnurl": """
        The address of a Lightning service in Bech32, or in a scheme of its own: a wallet asks
        there for what to pay, to withdraw or to sign in to.""",
    "bolt11": """
        An invoice of the Lightning network: amount, description, expiry and the payee's signature
        in Bech32. Only the payee's own node can make one, so the example is that of the
        specification.""",
    "eip681": """
        A link to a payment in ether or a token on Ethereum: the address, the chain and the value
        in the smallest unit.""",
    "taler": """
        Links of GNU Taler, electronic cash: to an order at a merchant's server, to a withdrawal,
        a refund, or a payment between people.""",
    "payto": """
        A link to an account anywhere (RFC 8905): an IBAN, a Bitcoin address, a UPI address, with
        amount, receiver and message.""",
    "paypalme": """
        A personal web address at PayPal, with an amount and a currency if one likes.""",
    "thai-slip-verify": """
        The small code on the slip of a Thai transfer: the bank and the transfer's reference, so
        that the receiver's bank can confirm it. Nobody is paid by it.""",
    "pay-by-square": """
        Slovakia's code on bills: the payment's fields, compressed (LZMA) and written in base 32.
        Without decoding it looks like any run of letters and digits.""",
}
"""A paragraph for every scheme by its id: what it is and who shows it."""

SPECIFIED_EXAMPLES = {
    "bolt11": "lnbc20m1"
    "pvjluezsp5zyg3zyg3zyg3zyg3zyg3zyg3zyg3zyg3zyg3zyg3zyg3zyg3zygspp5qqqsyqcyq5rqw"
    "zqfqqqsyqcyq5rqwzqfqqqsyqcyq5rqwzqfqypqhp58yjmdan79s6qqdhdzgynm4zwqd5d7xmw5fk98klysy043l2ahrqs"
    "fpp3qjmp7lwpagxun9pygexvgpjdc4jdj85fr9yq20q82gphp2nflc7jtzrcazrra7wwgzxqc8u7754cdlpfrmccae92qg"
    "zqvzq2ps8pqqqqqqpqqqqq9qqqvpeuqafqxu92d8lr6fvg0r5gv0heeeqgcrqlnm6jhphu9y00rrhy4grqszsvpcgpy9qq"
    "qqqqgqqqqq7qqzq9qrsgqdfjcdk6w3ak5pca9hwfwfh63zrrz06wwfya0ydlzpgzxkn5xagsqz7x9j4jwe7yj7vaf2k9lq"
    "sdk45kts2fd0fkr28am0u4w95tt2nsq76cqw0",
}
"""Codes that nobody but their service makes, as their specifications print them."""

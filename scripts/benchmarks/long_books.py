"""A shop, and a wallet with a long history: profiles of the programs, and rows in the books."""

from __future__ import annotations

import os
import time
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from payment_codes.amount import Amount
from pos.shop import ShopDay
from pos.till import Till
from terminal_kit.enrol import open_profile
from terminal_kit.session import Chosen, Session
from wallet_api.checkout.records import PAYMENTS
from wallet_api.commands.places import load_keys
from wallet_api.contract.ids import new_id
from wallet_api.contract.wire import (
    ChargeRequest,
    MerchantCard,
    OpenMerchant,
    OpenWallet,
    WalletCard,
)
from wallet_api.ledger.accounts import BANK_SAFEGUARDED, customer_account, merchant_account
from wallet_api.ledger.journal import credit, debit, post
from wallet_api.store.clock import Now
from wallet_api.store.sqlite import SqliteDatabase
from wallet_cli.bank import Bank as BankAccount
from wallet_cli.wallet import Wallet

if TYPE_CHECKING:
    from pathlib import Path

    from wallet_api.contract.wire import DeviceKeys, Payment

WALLET, TILL = Chosen("wallet", "default"), Chosen("pos", "default")
CURRENCY, MINOR = "CNY", 100
#: Every row after the first ones is written so many milliseconds later.
APART_MS = 60


@dataclass(frozen=True)
class People:
    """The ids that rows are about: the customer, the merchant, and a payment to copy."""

    customer: str
    merchant: str
    payment: str


def use_home(folder: Path, url: str) -> None:
    """Have this process and those that it starts keep profiles in a folder, secrets in files."""
    home = folder / "programs"
    home.mkdir(mode=0o700)
    phrase = folder / "passphrase"
    phrase.write_text("correct horse battery")
    os.environ |= {
        "WALLET_HOME": str(home),
        "WALLET_API_URL": url,
        "WALLET_PASSPHRASE_FILE": str(phrase),
        "LANGUAGE": "en",
        "TERM": "xterm-256color",
        "COLORTERM": "truecolor",
    }


def open_shop() -> People:
    """Open a wallet and a till, and have the one pay the other once."""

    def customer(device: DeviceKeys) -> OpenWallet:
        return OpenWallet(name="Alice", currency=CURRENCY, device=device)

    def merchant(till: DeviceKeys) -> OpenMerchant:
        return OpenMerchant(
            name="Bench", city="Here", category="5812", currency=CURRENCY, store="One", till=till
        )

    card = open_profile(WALLET, "file", customer, "/v1/customers", WalletCard)
    shop = open_profile(TILL, "file", merchant, "/v1/merchants", MerchantCard)
    with Session(WALLET) as wallet, Session(TILL) as till:
        BankAccount(wallet).top_up(Amount(MINOR, CURRENCY))
        payment = _pay(wallet, till)
        ShopDay(till).open(None)
        for session in (wallet, till):
            session.state.forget_answered()
    return People(card.wallet, shop.merchant, payment.id)


def _pay(wallet: Session, till: Session) -> Payment:
    charge = Till(till).charge(ChargeRequest(amount=Amount(MINOR, CURRENCY), note="Lunch"))
    assert charge.payload is not None, "a charge has a code"
    behaviour = Wallet(wallet)
    return behaviour.pay(behaviour.resolve(charge.payload))


def write_history(folder: Path, people: People, count: int) -> None:
    """Write so many payments into the books of a service that does not run.

    Journal, payments and balances are as the service would have written them; charges are not.
    """
    books = folder / "books.db"
    database = SqliteDatabase(books, load_keys(books, None).database)
    session = database.writer()
    transaction = session.begin()
    paid = PAYMENTS.get(transaction, people.payment)
    assert paid is not None, "the payment was made"
    customer, merchant = customer_account(people.customer), merchant_account(people.merchant)
    moment = time.time_ns() // 1_000_000
    money = MINOR * count
    funds = [debit(BANK_SAFEGUARDED, CURRENCY, money), credit(customer, CURRENCY, money)]
    post(transaction, "top_up", new_id(moment), funds, Now(moment, moment))
    lines = [debit(customer, CURRENCY, MINOR), credit(merchant, CURRENCY, MINOR)]
    for number in range(count):
        now = Now(moment, moment + number // APART_MS)
        one = new_id(moment)
        PAYMENTS.insert(transaction, replace(paid, id=one))
        post(transaction, "payment", one, lines, now)
    session.commit()
    session.close()
    database.close()

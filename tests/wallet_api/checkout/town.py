"""A town on real books: wallets and shops, and a command with a fresh key for each use case."""

from __future__ import annotations

import itertools
from dataclasses import dataclass
from typing import TYPE_CHECKING

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey

from payment_codes.amount import Amount
from payment_codes.native import new_token
from tests.wallet_api.checkout.books import Books
from wallet_api.banking.orders import Answer, apply_answer
from wallet_api.banking.top_ups import RequestTopUp, request_top_up
from wallet_api.checkout import queries
from wallet_api.checkout.charges import CloseCharge, CreateCharge, create_charge
from wallet_api.checkout.payments import Confirm, Decline, Pay, confirm, pay, view_payment
from wallet_api.checkout.records import CHARGES, PAYMENTS
from wallet_api.checkout.returns import RefundCharge, ReverseCharge
from wallet_api.checkout.terms import Evidence
from wallet_api.contract.ids import new_id
from wallet_api.contract.instants import instant_text
from wallet_api.contract.limits import Tier
from wallet_api.contract.payer_code import make_code, shared_key
from wallet_api.contract.rules import PIN_FREE_LIMITS
from wallet_api.contract.signatures import approval_text, encode_bytes
from wallet_api.contract.wire import (
    Charge,
    ChargeRequest,
    DeviceKeys,
    OpenMerchant,
    OpenWallet,
    Payment,
    PaymentRequest,
    RefundRequest,
    TopUpRequest,
)
from wallet_api.identity.enrolment import (
    EnrolCustomer,
    EnrolMerchant,
    enrol_customer,
    enrol_merchant,
)
from wallet_api.identity.freeze import Freeze, freeze
from wallet_api.identity.records import CUSTOMERS, DEVICES, TILLS, Customer, Device, Till
from wallet_api.ledger.accounts import customer_account, merchant_account
from wallet_api.limits.tiers import SetTier, set_tier

if TYPE_CHECKING:
    from pathlib import Path

PIN = "294751"
WRONG_PIN = "294752"


@dataclass
class Wallet:
    """A customer with the keys of one device; ``shown`` counts presentations of its code."""

    id: str
    device: Device
    signing: Ed25519PrivateKey
    code_key: bytes
    currency: str
    shown: int = 0


@dataclass(frozen=True)
class Shop:
    """A merchant with one till."""

    id: str
    till: Till
    currency: str


class Town(Books):
    """Books with people."""

    def __init__(self, folder: Path) -> None:
        super().__init__(folder)
        self._tokens = itertools.count()

    def wallet(
        self,
        balance: int = 0,
        *,
        name: str = "Ann",
        currency: str = "CNY",
        pin: str | None = PIN,
        tier: Tier = Tier.II,
    ) -> Wallet:
        signing, code = Ed25519PrivateKey.generate(), X25519PrivateKey.generate()
        device = new_id(self.clock.wall)
        request = OpenWallet(
            name=name,
            currency=currency,
            device=DeviceKeys(
                id=device,
                signing_key=encode_bytes(signing.public_key().public_bytes_raw()),
                code_key=encode_bytes(code.public_key().public_bytes_raw()),
            ),
            pin=pin,
        )
        customer = new_id(self.clock.wall)
        key = self.key(customer, request, key_id=customer)
        self.run(enrol_customer, EnrolCustomer(key, request, b"salt" * 4, self.keys))
        self.run(set_tier, SetTier(customer, tier))
        row = self.read(DEVICES.get, device)
        assert row is not None
        shared = shared_key(code, self.keys.code_public, device)
        made = Wallet(customer, row, signing, shared, currency)
        if balance:
            self.fund(made, balance)
        return made

    def shop(
        self, *, name: str = "Tea House", city: str = "Shanghai", currency: str = "CNY"
    ) -> Shop:
        signing = Ed25519PrivateKey.generate()
        till = new_id(self.clock.wall)
        request = OpenMerchant(
            name=name,
            city=city,
            category="5812",
            currency=currency,
            store="Main Street",
            till=DeviceKeys(
                id=till, signing_key=encode_bytes(signing.public_key().public_bytes_raw())
            ),
        )
        merchant = new_id(self.clock.wall)
        key = self.key(merchant, request, key_id=merchant)
        self.run(enrol_merchant, EnrolMerchant(key, request, new_id(self.clock.wall)))
        row = self.read(TILLS.get, till)
        assert row is not None
        return Shop(merchant, row, currency)

    def fund(self, wallet: Wallet, minor: int) -> str:
        """Top a wallet up and give the top-up's id."""
        command = self.top_up(wallet, minor)
        self.run(request_top_up, command)
        self.run(apply_answer, Answer(command.key.id, paid=True))
        return command.key.id

    def drain(self, wallet: Wallet) -> None:
        """Leave nothing in a wallet: all goes to some other merchant, in pieces without a PIN."""
        shop = self.shop(currency=wallet.currency)
        while rest := self.balance(wallet):
            self.buy(wallet, shop, min(rest, PIN_FREE_LIMITS[wallet.currency]))

    def buy(self, wallet: Wallet, shop: Shop, minor: int) -> str:
        """Pay a charge to scan, with the PIN where it is due, and give the charge's id."""
        charge = self.run(create_charge, self.charge(shop, minor)).value
        payment = self.run(pay, self.pay(wallet, charge.id)).value
        if payment.state == "pin_required":
            self.run(confirm, self.confirm(wallet, payment.id))
        return charge.id

    def freeze(self, who: Wallet | Shop, *, frozen: bool = True) -> None:
        self.run(freeze, Freeze(who.id, frozen))

    def show(self, wallet: Wallet) -> str:
        """Present the wallet's next payer code."""
        wallet.shown += 1
        return make_code(wallet.code_key, wallet.shown - 1, self.clock.business)

    def charge(
        self,
        shop: Shop,
        minor: int,
        *,
        currency: str = "",
        code: str | None = None,
        tip: int | None = None,
        discount: int | None = None,
        note: str | None = None,
        reference: str | None = None,
        expires_in: int | None = None,
        charge_id: str | None = None,
    ) -> CreateCharge:
        unit = currency or shop.currency
        request = ChargeRequest(
            amount=Amount(minor, unit),
            tip=None if tip is None else Amount(tip, unit),
            discount=None if discount is None else Amount(discount, unit),
            note=note,
            reference=reference,
            code=code,
            expires_in=expires_in,
        )
        token = new_token(next(self._tokens).to_bytes(10))
        evidence = Evidence(shop.till.id, b"a till's request", b"its signature")
        key = self.key(shop.id, request, key_id=charge_id)
        return CreateCharge(key, shop.till, request, token, self.keys, evidence)

    def terms(self, charge: str) -> PaymentRequest:
        """Give the terms that a wallet learns; of an unknown charge, invented ones."""
        row = self.read(CHARGES.get, charge)
        return PaymentRequest(
            charge=charge,
            payee=row.merchant if row else "nobody",
            amount=Amount(row.amount, row.currency) if row else Amount(1, "CNY"),
            expires_at=instant_text(row.expires_at if row else self.clock.business),
        )

    def pay(self, wallet: Wallet, charge: str, terms: PaymentRequest | None = None) -> Pay:
        request = terms or self.terms(charge)
        evidence = Evidence(wallet.device.id, b"a wallet's request", b"its signature")
        return Pay(self.key(wallet.id, request), wallet.id, request, evidence)

    def approval(self, wallet: Wallet, payment: str, terms: PaymentRequest) -> bytes:
        """Sign the terms of a payment with a wallet's key."""
        text = approval_text(
            payment,
            terms.payee,
            terms.amount.minor,
            terms.amount.currency,
            terms.expires_at,
            encode_bytes(self.keys.signing_public),
        )
        return wallet.signing.sign(text)

    def confirm(
        self, wallet: Wallet, payment: str, pin: str = PIN, approval: bytes | None = None
    ) -> Confirm:
        if approval is None:
            row = self.read(PAYMENTS.get, payment)
            approval = self.approval(wallet, payment, self.terms(row.charge if row else payment))
        key = self.key(wallet.id, payment, approval)
        return Confirm(key, wallet.id, wallet.device, payment, pin, approval, self.keys)

    def decline(self, wallet: Wallet, payment: str) -> Decline:
        return Decline(self.key(wallet.id, "decline", payment), wallet.id, payment)

    def close_charge(self, shop: Shop, charge: str) -> CloseCharge:
        return CloseCharge(self.key(shop.id, "close", charge), shop.till, charge)

    def reverse(self, shop: Shop, charge: str) -> ReverseCharge:
        return ReverseCharge(self.key(shop.id, "reverse", charge), shop.till, charge)

    def refund(self, shop: Shop, charge: str, minor: int | None = None) -> RefundCharge:
        request = RefundRequest(amount=None if minor is None else Amount(minor, shop.currency))
        return RefundCharge(self.key(shop.id, charge, request), shop.till, charge, request)

    def top_up(self, wallet: Wallet, minor: int) -> RequestTopUp:
        request = TopUpRequest(amount=Amount(minor, wallet.currency))
        return RequestTopUp(self.key(wallet.id, request), wallet.id, request)

    def customer_row(self, wallet: Wallet) -> Customer:
        row = self.read(CUSTOMERS.get, wallet.id)
        assert row is not None
        return row

    def charge_view(self, shop: Shop, charge: str) -> Charge:
        return self.engine.read(lambda tx, now: queries.charge(tx, charge, shop.id, now))

    def payment_view(self, wallet: Wallet, payment: str) -> Payment:
        return self.engine.read(lambda tx, now: view_payment(tx, payment, wallet.id, now))

    def balance(self, wallet: Wallet) -> int:
        return self.owed(customer_account(wallet.id), wallet.currency)

    def takings(self, shop: Shop) -> int:
        return self.owed(merchant_account(shop.id), shop.currency)

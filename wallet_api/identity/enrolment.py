"""Enrolment: a customer with a wallet and a device, or a merchant with a store and a till."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from wallet_api.contract.errors import (
    AlreadyEnrolled,
    BadRequest,
    CurrencyNotServed,
    SignatureInvalid,
)
from wallet_api.contract.ids import is_id
from wallet_api.contract.limits import Tier
from wallet_api.contract.payer_code import shared_key
from wallet_api.contract.pins import require_strong
from wallet_api.contract.rules import PIN_FREE_LIMITS
from wallet_api.contract.signatures import decode_bytes
from wallet_api.contract.text import clean_text
from wallet_api.contract.wire import MerchantCard, WalletCard
from wallet_api.identity.cards import merchant_card, wallet_card
from wallet_api.identity.invites import admit, use_invite
from wallet_api.identity.payer_codes import index
from wallet_api.identity.pin import verifier
from wallet_api.identity.records import (
    CUSTOMERS,
    DEVICES,
    MERCHANTS,
    STORES,
    TILLS,
    Customer,
    Device,
    Merchant,
    Store,
    Till,
)
from wallet_api.store.answers import Answered, Key, once

if TYPE_CHECKING:
    from wallet_api.contract.wire import DeviceKeys, OpenMerchant, OpenWallet
    from wallet_api.identity.keys import Keys
    from wallet_api.store.clock import Now
    from wallet_api.store.database import Transaction

#: What a merchant pays for each payment, in hundredths of a per cent.
FEE_BASIS_POINTS = 60
KEY_BYTES = 32


@dataclass(frozen=True, slots=True)
class EnrolCustomer:
    """A wallet to open; the key's id is the customer's, ``salt`` 16 random bytes from the edge."""

    key: Key
    request: OpenWallet
    salt: bytes
    keys: Keys
    needs_invite: bool = False


@dataclass(frozen=True, slots=True)
class EnrolMerchant:
    """A merchant to open; the key's id is the merchant's, ``store`` the id of its store."""

    key: Key
    request: OpenMerchant
    store: str
    needs_invite: bool = False


def enrol_customer(
    transaction: Transaction, command: EnrolCustomer, now: Now
) -> Answered[WalletCard]:
    """Open a customer, a wallet in one currency and its first device.

    Raises AlreadyEnrolled, CurrencyNotServed, TextInvalid, PinWeak, BadRequest, EnrolmentClosed,
    and the refusals of an invitation.
    """

    def card() -> WalletCard:
        return wallet_card(transaction, command.key.id, command.request.device.id)

    def act() -> WalletCard:
        _open_customer(transaction, command, now)
        return card()

    return once(transaction, now, command.key, WalletCard, act, card)


def enrol_merchant(
    transaction: Transaction, command: EnrolMerchant, now: Now
) -> Answered[MerchantCard]:
    """Open a merchant, a store and its first till.

    Raises AlreadyEnrolled, CurrencyNotServed, TextInvalid, BadRequest, EnrolmentClosed, and the
    refusals of an invitation.
    """

    def card() -> MerchantCard:
        till = TILLS.get(transaction, command.request.till.id)
        assert till is not None, "the till was enrolled"
        return merchant_card(transaction, till)

    def act() -> MerchantCard:
        _open_merchant(transaction, command, now)
        return card()

    return once(transaction, now, command.key, MerchantCard, act, card)


def _open_customer(transaction: Transaction, command: EnrolCustomer, now: Now) -> None:
    request, keys, salt = command.request, command.keys, command.salt
    invite = admit(transaction, request.invite, "customer", now, needed=command.needs_invite)
    _require_served(request.currency)
    name = clean_text(request.name, "name")
    signing_key = new_device(transaction, request.device)
    code_key = agreed_code_key(keys, request.device)
    proof = None
    if request.pin is not None:
        require_strong(request.pin)
        proof = verifier(keys, salt, request.pin)
    customer = Customer(
        command.key.id, name, request.currency, salt, proof, 0, 0, now.business, Tier.IV
    )
    CUSTOMERS.insert(transaction, customer)
    device = Device(
        request.device.id,
        customer.id,
        None,
        signing_key,
        code_key,
        0,
        None,
        added_at=now.business,
    )
    DEVICES.insert(transaction, device)
    index(transaction, keys, device, 0)
    use_invite(transaction, invite, customer.id)


def _open_merchant(transaction: Transaction, command: EnrolMerchant, now: Now) -> None:
    request, merchant_id = command.request, command.key.id
    invite = admit(transaction, request.invite, "merchant", now, needed=command.needs_invite)
    _require_served(request.currency)
    if not re.fullmatch("[0-9]{4}", request.category):
        raise BadRequest(reason="category is a merchant category code of four digits (ISO 18245)")
    merchant = Merchant(
        id=merchant_id,
        name=clean_text(request.name, "name"),
        city=clean_text(request.city, "city"),
        category=request.category,
        currency=request.currency,
        fee_basis_points=FEE_BASIS_POINTS,
        frozen=0,
        created_at=now.business,
    )
    store = Store(command.store, merchant_id, clean_text(request.store, "store"))
    signing_key = new_device(transaction, request.till)
    MERCHANTS.insert(transaction, merchant)
    STORES.insert(transaction, store)
    add_till(transaction, Till(request.till.id, store.id, merchant_id), signing_key, now)
    use_invite(transaction, invite, merchant_id)


def add_till(transaction: Transaction, till: Till, signing_key: bytes, now: Now) -> None:
    """Write a new till and the device it signs with."""
    TILLS.insert(transaction, till)
    device = Device(till.id, None, till.id, signing_key, None, 0, None, added_at=now.business)
    DEVICES.insert(transaction, device)


def _require_served(currency: str) -> None:
    if currency not in PIN_FREE_LIMITS:
        raise CurrencyNotServed(currency=currency[:3])


def new_device(transaction: Transaction, device: DeviceKeys) -> bytes:
    """Check that a device is new and give its signing key. Raises BadRequest, AlreadyEnrolled."""
    if not is_id(device.id):
        raise BadRequest(reason="a device id is a UUIDv7")
    signing_key = public_key(device.signing_key)
    if DEVICES.where(transaction, "id = ? OR signing_key = ?", device.id, signing_key):
        raise AlreadyEnrolled
    return signing_key


def agreed_code_key(keys: Keys, device: DeviceKeys) -> bytes:
    """Give the key of a wallet's payer codes, with which a secret can be agreed.

    Raises BadRequest.
    """
    if device.code_key is None:
        raise BadRequest(reason="a wallet's device needs a code_key")
    key = public_key(device.code_key)
    try:
        shared_key(keys.code, key, device.id)
    except ValueError:
        raise BadRequest(reason="no secret can be agreed with this code_key") from None
    return key


def public_key(text: str) -> bytes:
    """Read a public key of 32 bytes. Raises BadRequest."""
    try:
        key = decode_bytes(text)
    except SignatureInvalid:
        raise BadRequest(reason="a key is base64url text without padding") from None
    if len(key) != KEY_BYTES:
        raise BadRequest(reason="a public key has 32 bytes")
    return key

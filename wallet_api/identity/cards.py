"""What a wallet or a till is told about itself."""

from __future__ import annotations

from typing import TYPE_CHECKING

from payment_codes.amount import Amount
from wallet_api.contract.rules import PIN_FREE_LIMITS
from wallet_api.contract.wire import MerchantCard, WalletCard
from wallet_api.identity.freeze import frozen_by
from wallet_api.identity.records import CUSTOMERS, MERCHANTS, STORES
from wallet_api.ledger.accounts import customer_account, merchant_account, owed_to

if TYPE_CHECKING:
    from wallet_api.identity.records import Till
    from wallet_api.store.database import Transaction


def wallet_card(transaction: Transaction, customer_id: str, device: str) -> WalletCard:
    """Give a customer's own card."""
    customer = CUSTOMERS.get(transaction, customer_id)
    assert customer is not None, "a device belongs to a customer"
    balance = owed_to(transaction, customer_account(customer.id), customer.currency)
    return WalletCard(
        wallet=customer.id,
        name=customer.name,
        balance=Amount(balance, customer.currency),
        pin_set=customer.pin_verifier is not None,
        pin_free_limit=Amount(PIN_FREE_LIMITS[customer.currency], customer.currency),
        device=device,
        frozen_by=frozen_by(customer.frozen),
    )


def merchant_card(transaction: Transaction, till: Till) -> MerchantCard:
    """Give a till's own card."""
    merchant = MERCHANTS.get(transaction, till.merchant)
    store = STORES.get(transaction, till.store)
    assert merchant is not None, "a till belongs to a merchant"
    assert store is not None, "a till stands in a store"
    balance = owed_to(transaction, merchant_account(merchant.id), merchant.currency)
    return MerchantCard(
        merchant=merchant.id,
        name=merchant.name,
        city=merchant.city,
        category=merchant.category,
        store=store.name,
        till=till.id,
        balance=Amount(balance, merchant.currency),
        frozen_by=frozen_by(merchant.frozen),
    )

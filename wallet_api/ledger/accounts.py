"""The chart of accounts. Balances are signed minor units: debit is positive, credit negative."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from wallet_api.store.database import Transaction

BANK_SAFEGUARDED = "bank.safeguarded"
BANK_OPERATING = "bank.operating"
PAYOUTS_IN_TRANSIT = "payouts.in_transit"
SUSPENSE_UNMATCHED = "suspense.unmatched"
FEES_UNSWEPT = "fees.unswept"
INCOME_FEES = "income.fees"
#: What the firm has paid in for customers who owe it.
EXPENSE_SHORTFALLS = "expense.shortfalls"

#: Liabilities whose owners may never owe: their signed balance is never above zero.
_NEVER_OVERDRAWN = ("customer:", "held:", "merchant:", PAYOUTS_IN_TRANSIT)
#: Accounts that are the firm's own and stand outside the safeguarding equation.
_OWN = frozenset({BANK_OPERATING, INCOME_FEES, EXPENSE_SHORTFALLS})


def customer_account(customer: str) -> str:
    """Name the account of what the bank owes a customer."""
    return f"customer:{customer}"


def merchant_account(merchant: str) -> str:
    """Name the account of what the bank owes a merchant."""
    return f"merchant:{merchant}"


def receivable_account(owner: str) -> str:
    """Name the account of what a customer owes the bank: a shortfall that the firm funds."""
    return f"receivable:{owner}"


def held_account(subject: str) -> str:
    """Name the account of money that a transfer or a gift holds."""
    return f"held:{subject}"


def never_overdrawn(account: str) -> bool:
    """Say whether the account's owner may never owe."""
    return account.startswith(_NEVER_OVERDRAWN)


def is_safeguarded(account: str) -> bool:
    """Say whether the account takes part in the safeguarding equation."""
    return account not in _OWN


def balance_of(transaction: Transaction, account: str, currency: str) -> int:
    """Give the signed balance in minor units; an account never used has zero."""
    row = transaction.one(
        "SELECT balance FROM accounts WHERE name = ? AND currency = ?", account, currency
    )
    return 0 if row is None else int(row[0])


def owed_to(transaction: Transaction, account: str, currency: str) -> int:
    """Give what the bank owes the owner of a liability account, in minor units."""
    return -balance_of(transaction, account, currency)

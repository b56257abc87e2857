"""What moved in a wallet, and receipts."""

from __future__ import annotations

from typing import TYPE_CHECKING

from wallet_api.checkout.terms import the_customer
from wallet_api.contract import errors, wire
from wallet_api.contract.statement import Movement, Receipt, Statement
from wallet_api.service.routes.table import PAGING, Query, Read, page_limit, path_id
from wallet_api.statement import receipts
from wallet_api.statement.filters import NAMES, read_filters
from wallet_api.statement.history import history, the_account
from wallet_api.statement.monthly import statement

if TYPE_CHECKING:
    from wallet_api.service.authentication import Call
    from wallet_api.store.clock import Now
    from wallet_api.store.database import Transaction


def _history(call: Call) -> Query:
    limit, cursor, filters = page_limit(call), call.query.get("cursor"), read_filters(call.query)

    def read(transaction: Transaction, _now: Now) -> wire.Page[Movement]:
        customer = the_customer(transaction, call.customer)
        account = the_account(transaction, customer.id, customer.currency)
        return history(transaction, account, filters, cursor, limit)

    return read


def _statement(call: Call) -> Query:
    month = call.query.get("month", "")
    return lambda tx, now: statement(tx, the_customer(tx, call.customer), month, now)


def _charge_receipt(call: Call) -> Query:
    charge = path_id(call)
    return lambda tx, now: receipts.charge_receipt(tx, charge, call.till.merchant, now)


def _payment_receipt(call: Call) -> Query:
    payment = path_id(call)
    return lambda tx, now: receipts.payment_receipt(tx, payment, call.customer, now)


_OWN = (errors.NotFound, errors.NotYours)

READS = (
    Read(
        "/v1/history",
        "What moved in a wallet, newest first; a page that chooses may hold fewer than asked for",
        "wallet",
        wire.Page[Movement],
        _history,
        (*PAGING, *NAMES),
    ),
    Read(
        "/v1/statement",
        "A month of a wallet: balances, and what came and went",
        "wallet",
        Statement,
        _statement,
        ("month",),
    ),
    Read(
        "/v1/charges/{id}/receipt",
        "The receipt of a charge, for its till",
        "till",
        Receipt,
        _charge_receipt,
        refusals=_OWN,
    ),
    Read(
        "/v1/payments/{id}/receipt",
        "The receipt of a payment, for its payer",
        "wallet",
        Receipt,
        _payment_receipt,
        refusals=_OWN,
    ),
)

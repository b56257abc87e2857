"""Money between the books and the bank: top-ups, withdrawals, settlements, the firm's own money."""

from __future__ import annotations

import hashlib
import re
from typing import TYPE_CHECKING

from payment_codes.amount import LARGEST_MINOR
from wallet_api.banking import (
    firm,
    settlement_file,
    settlements,
    strays,
    top_ups,
    withdrawals,
)
from wallet_api.contract import banking, errors, wire
from wallet_api.contract.errors import BadRequest
from wallet_api.contract.ids import is_id
from wallet_api.contract.signatures import decode_bytes
from wallet_api.service.bank_desk import ask_at_once
from wallet_api.service.routes.table import (
    PAGING,
    Command,
    Query,
    Read,
    Write,
    bind,
    page_limit,
    path_id,
)

if TYPE_CHECKING:
    from wallet_api.service.authentication import Call
    from wallet_api.service.state import Service
    from wallet_api.store.clock import Now
    from wallet_api.store.database import Transaction

NEWEST = "z"


def _cursor(call: Call) -> str:
    """Give the id that the page before ended with. Raises BadRequest."""
    cursor = call.query.get("cursor")
    if cursor is not None and not is_id(cursor):
        raise BadRequest(reason="no such cursor")
    return cursor or NEWEST


def _top_up(_service: Service, call: Call, body: wire.TopUpRequest) -> Command:
    command = top_ups.RequestTopUp(call.key(body), call.customer, body)
    return bind(top_ups.request_top_up, command)


async def _ask_for_top_up(service: Service, call: Call, top_up: wire.TopUp) -> wire.TopUp:
    await ask_at_once(service, top_up.id)
    return await service.read(lambda tx, _now: top_ups.view_top_up(tx, top_up.id, call.customer))


def _withdraw(_service: Service, call: Call, body: banking.WithdrawalRequest) -> Command:
    evidence = call.evidence(call.message.body)
    command = withdrawals.Withdraw(call.key(body), call.customer, body, evidence)
    return bind(withdrawals.withdraw, command)


def _confirm(service: Service, call: Call, body: wire.ConfirmRequest) -> Command:
    command = withdrawals.ConfirmWithdrawal(
        call.key(body),
        call.customer,
        call.device,
        path_id(call),
        body.pin,
        decode_bytes(body.approval),
        service.keys,
    )
    return bind(withdrawals.confirm_withdrawal, command)


async def _ask_for_withdrawal(
    service: Service, call: Call, withdrawal: banking.Withdrawal
) -> banking.Withdrawal:
    await ask_at_once(service, withdrawal.id)
    return await service.read(
        lambda tx, now: withdrawals.view_withdrawal(tx, withdrawal.id, call.customer, now)
    )


def _settle(_service: Service, call: Call, body: banking.SettleRequest) -> Command:
    command = settlements.SettleNow(call.key(body), body.merchant)
    return bind(settlements.settle_now, command)


async def _ask_for_settlement(
    service: Service, _call: Call, settlement: banking.Settlement
) -> banking.Settlement:
    await ask_at_once(service, settlement.id)
    return await service.read(
        lambda tx, _now: settlements.view_settlement(tx, settlement.id, settlement.merchant)
    )


def _sweep(_service: Service, call: Call, body: banking.SweepRequest) -> Command:
    return bind(firm.sweep_now, firm.SweepNow(call.key(body), body.currency))


async def _ask_for_sweep(service: Service, _call: Call, sweep: banking.Sweep) -> banking.Sweep:
    await ask_at_once(service, sweep.id)
    return await service.read(lambda tx, _now: firm.view_sweep(tx, sweep.id))


def _match(_service: Service, call: Call, body: banking.MatchRequest) -> Command:
    return bind(strays.match, strays.Match(call.key(body), path_id(call), body.wallet))


def _top_up_by_id(call: Call) -> Query:
    top_up = path_id(call)
    return lambda tx, _now: top_ups.view_top_up(tx, top_up, call.customer)


def _top_ups(call: Call) -> Query:
    limit, cursor = page_limit(call), _cursor(call)
    return lambda tx, _now: top_ups.list_top_ups(tx, call.customer, cursor, limit)


def _withdrawal_by_id(call: Call) -> Query:
    withdrawal = path_id(call)
    return lambda tx, now: withdrawals.view_withdrawal(tx, withdrawal, call.customer, now)


def _withdrawals(call: Call) -> Query:
    limit, cursor = page_limit(call), _cursor(call)
    return lambda tx, now: withdrawals.list_withdrawals(tx, call.customer, cursor, limit, now)


def _offer(call: Call) -> Query:
    text = call.query.get("minor", "")
    if not (re.fullmatch("[0-9]{1,12}", text) and int(text) <= LARGEST_MINOR):
        raise BadRequest(reason="minor is a whole number of minor units")
    return lambda tx, now: withdrawals.offer_withdrawal(tx, call.customer, int(text), now)


def _settlement_by_id(call: Call) -> Query:
    settlement = path_id(call)
    return lambda tx, _now: settlements.view_settlement(tx, settlement, call.till.merchant)


def _settlements(call: Call) -> Query:
    limit, cursor = page_limit(call), _cursor(call)
    return lambda tx, _now: settlements.list_settlements(tx, call.till.merchant, cursor, limit)


def _settlement_file(call: Call) -> Query:
    settlement = path_id(call)

    def query(transaction: Transaction, _now: Now) -> banking.SettlementFile:
        row = settlements.own_settlement(transaction, settlement, call.till.merchant)
        content = settlement_file.settlement_file(transaction, row)
        digest = hashlib.sha256(content).hexdigest()
        return banking.SettlementFile(id=row.id, sha256=digest, content=content.decode())

    return query


def _merchants_owed(call: Call) -> Query:
    limit, cursor = page_limit(call), call.query.get("cursor") or ""

    def query(transaction: Transaction, _now: Now) -> wire.Page[str]:
        found = settlements.merchants_owed(transaction, cursor, limit)
        return wire.Page(items=found, next=found[-1] if len(found) == limit else None)

    return query


def _unmatched(call: Call) -> Query:
    limit, cursor = page_limit(call), _cursor(call)
    return lambda tx, _now: strays.unmatched(tx, cursor, limit)


_OWN = (errors.NotFound, errors.NotYours)
_ASKED = (errors.AmountInvalid, errors.CurrencyMismatch)
_TAKING = (
    errors.WalletFrozen,
    errors.InsufficientFunds,
    errors.LimitExceeded,
    errors.PinNotSet,
    errors.PinLocked,
)
_RISK = (errors.RiskHeld, errors.RiskRefused)

WRITES = (
    Write(
        "/v1/top-ups",
        "Bring money from the bank into the wallet",
        "wallet",
        wire.TopUpRequest,
        wire.TopUp,
        _top_up,
        201,
        (*_ASKED, errors.LimitExceeded),
        then=_ask_for_top_up,
    ),
    Write(
        "/v1/withdrawals",
        "Send money to one's bank account, at the fee that was offered",
        "wallet",
        banking.WithdrawalRequest,
        banking.Withdrawal,
        _withdraw,
        201,
        (*_ASKED, *_TAKING, *_RISK, errors.TermsChanged),
        then=_ask_for_withdrawal,
    ),
    Write(
        "/v1/withdrawals/{id}/confirm",
        "Confirm a waiting withdrawal with the PIN",
        "wallet",
        wire.ConfirmRequest,
        banking.Withdrawal,
        _confirm,
        refusals=(*_OWN, *_TAKING, *_RISK, errors.PinWrong, errors.WithdrawalOver),
        then=_ask_for_withdrawal,
    ),
    Write(
        "/v1/admin/settlements",
        "Settle a merchant's takings up to now",
        "admin",
        banking.SettleRequest,
        banking.Settlement,
        _settle,
        201,
        (errors.NotFound, errors.NothingToSettle),
        then=_ask_for_settlement,
    ),
    Write(
        "/v1/admin/sweeps",
        "Sweep the fees earned in a currency to the firm's own account",
        "admin",
        banking.SweepRequest,
        banking.Sweep,
        _sweep,
        201,
        (errors.NothingToSweep,),
        then=_ask_for_sweep,
    ),
    Write(
        "/v1/admin/unmatched/{id}/match",
        "Give money that came without an owner to a wallet",
        "admin",
        banking.MatchRequest,
        banking.Stray,
        _match,
        refusals=(
            errors.NotFound,
            errors.AlreadyMatched,
            errors.CurrencyMismatch,
            errors.ReceiverFull,
        ),
    ),
)

READS = (
    Read("/v1/top-ups/{id}", "One top-up", "wallet", wire.TopUp, _top_up_by_id, refusals=_OWN),
    Read(
        "/v1/top-ups",
        "A customer's top-ups, newest first",
        "wallet",
        wire.Page[wire.TopUp],
        _top_ups,
        PAGING,
    ),
    Read(
        "/v1/withdrawal-offer",
        "What a withdrawal of so many minor units would cost",
        "wallet",
        banking.WithdrawalOffer,
        _offer,
        ("minor",),
        (errors.AmountInvalid, *_TAKING),
    ),
    Read(
        "/v1/withdrawals/{id}",
        "One withdrawal",
        "wallet",
        banking.Withdrawal,
        _withdrawal_by_id,
        refusals=_OWN,
    ),
    Read(
        "/v1/withdrawals",
        "A customer's withdrawals, newest first",
        "wallet",
        wire.Page[banking.Withdrawal],
        _withdrawals,
        PAGING,
    ),
    Read(
        "/v1/settlements/{id}",
        "One settlement",
        "till",
        banking.Settlement,
        _settlement_by_id,
        refusals=_OWN,
    ),
    Read(
        "/v1/settlements/{id}/file",
        "The settlement file, line by line from the ledger",
        "till",
        banking.SettlementFile,
        _settlement_file,
        refusals=_OWN,
    ),
    Read(
        "/v1/settlements",
        "A merchant's settlements, newest first",
        "till",
        wire.Page[banking.Settlement],
        _settlements,
        PAGING,
    ),
    Read(
        "/v1/admin/merchants-owed",
        "The merchants that the bank owes something",
        "admin",
        wire.Page[str],
        _merchants_owed,
        PAGING,
    ),
    Read(
        "/v1/admin/unmatched",
        "The money that came without an owner, newest first",
        "admin",
        wire.Page[banking.Stray],
        _unmatched,
        PAGING,
    ),
)

"""Rows of banking as they cross the wire."""

from __future__ import annotations

from typing import TYPE_CHECKING

from payment_codes.amount import Amount
from wallet_api.contract.banking import Settlement, Stray, Sweep, Withdrawal
from wallet_api.contract.instants import instant_text
from wallet_api.contract.wire import TopUp

if TYPE_CHECKING:
    from wallet_api.banking.records import (
        FirmTransferRow,
        SettlementRow,
        StrayRow,
        TopUpRow,
        WithdrawalRow,
    )


def top_up_view(row: TopUpRow, simulated: str | None, balance: int | None = None) -> TopUp:
    """Give a top-up as its customer sees it; ``balance`` is in minor units."""
    return TopUp(
        id=row.id,
        state=row.state,  # type: ignore[arg-type]
        amount=Amount(row.amount, row.currency),
        created_at=instant_text(row.created_at),
        balance=None if balance is None else Amount(balance, row.currency),
        simulated=simulated,
    )


def withdrawal_view(
    row: WithdrawalRow, simulated: str | None, balance: int | None = None
) -> Withdrawal:
    """Give a withdrawal as its customer sees it; ``balance`` is in minor units."""

    def money(minor: int) -> Amount:
        return Amount(minor, row.currency)

    return Withdrawal(
        id=row.id,
        state=row.state,  # type: ignore[arg-type]
        amount=money(row.amount),
        fee=money(row.fee),
        total=money(row.amount + row.fee),
        created_at=instant_text(row.created_at),
        expires_at=instant_text(row.expires_at),
        balance=None if balance is None else money(balance),
        reason=row.reason,
        simulated=simulated,
    )


def settlement_view(row: SettlementRow, simulated: str | None) -> Settlement:
    """Give a settlement as its merchant sees it."""
    return Settlement(
        id=row.id,
        merchant=row.merchant,
        state=row.state,  # type: ignore[arg-type]
        amount=Amount(row.amount, row.currency),
        cut_off=instant_text(row.cut_off),
        created_at=instant_text(row.created_at),
        simulated=simulated,
    )


def sweep_view(row: FirmTransferRow, simulated: str | None) -> Sweep:
    """Give a sweep of fees as the firm sees it."""
    return Sweep(
        id=row.id,
        state=row.state,  # type: ignore[arg-type]
        amount=Amount(row.amount, row.currency),
        created_at=instant_text(row.created_at),
        simulated=simulated,
    )


def stray_view(row: StrayRow) -> Stray:
    """Give money without an owner as the firm sees it."""
    return Stray(
        id=row.id,
        amount=Amount(row.amount, row.currency),
        received_at=instant_text(row.received_at),
        wallet=row.customer,
        matched_at=None if row.matched_at is None else instant_text(row.matched_at),
        simulated=row.simulated,
    )

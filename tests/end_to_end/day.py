"""A till and its customer in the tests' own process: the very code that the programs run."""

from __future__ import annotations

import os
from contextlib import contextmanager
from datetime import datetime, timedelta
from typing import TYPE_CHECKING
from unittest.mock import patch

from payment_codes.amount import Amount
from pos.settlements import Settlements
from pos.shop import ShopDay
from pos.till import Till
from terminal_kit.session import Session
from tests.end_to_end.programs import PIN, TILL, WALLET, Programs
from wallet_api.contract.wire import Charge, ChargeRequest, PaymentState
from wallet_cli.statement import Statements
from wallet_cli.wallet import Wallet

if TYPE_CHECKING:
    from collections.abc import Iterator


def month_at_the_bank(moment: str) -> str:
    """Give the month that a moment belongs to in Shanghai, which has no summer time."""
    return (datetime.fromisoformat(moment) + timedelta(hours=8)).strftime("%Y-%m")


class Day:
    """A till and a customer in this process; amounts are minor units of CNY."""

    def __init__(self, till: Session, wallet: Session) -> None:
        self.till, self.shop = Till(till), ShopDay(till)
        self.settlements = Settlements(till)
        self.wallet, self.statements = Wallet(wallet), Statements(wallet)

    def sell(
        self,
        minor: int,
        *,
        tip: int = 0,
        discount: int = 0,
        note: str | None = None,
        reference: str | None = None,
    ) -> Charge:
        """Sell by a code that the customer scans, with the PIN where it is due."""
        request = ChargeRequest(
            amount=cny(minor),
            tip=cny(tip) if tip else None,
            discount=cny(discount) if discount else None,
            note=note,
            reference=reference,
        )
        charge = self.till.charge(request)
        assert charge.payload is not None
        payment = self.wallet.pay(self.wallet.resolve(charge.payload))
        if payment.state is PaymentState.PIN_REQUIRED:
            payment = self.wallet.confirm(payment, PIN)
        assert payment.state is PaymentState.SUCCEEDED
        return charge


def cny(minor: int) -> Amount:
    return Amount(minor, "CNY")


@contextmanager
def day_of(shop: Programs) -> Iterator[Day]:
    with (
        patch.dict(os.environ, shop.environment, clear=True),
        Session(TILL) as till,
        Session(WALLET) as wallet,
    ):
        yield Day(till, wallet)
        for session in (till, wallet):
            session.state.forget_answered()

"""A counter: a shop with one till, a customer, and a command with a fresh key for each act."""

from __future__ import annotations

from typing import TYPE_CHECKING

from payment_codes.amount import Amount
from wallet_api.checkout.charges import create_charge
from wallet_api.checkout.payments import pay
from wallet_api.contract.shop import OpenShift
from wallet_api.shop.reports import report
from wallet_api.shop.shifts import BeginShift, EndShift, begin_shift, end_shift, shifts

if TYPE_CHECKING:
    from tests.wallet_api.checkout.town import Town
    from wallet_api.contract.shop import Shift, ShiftReport


class Counter:
    """One till and a customer who can pay without a PIN."""

    def __init__(self, town: Town) -> None:
        self.town = town
        self.shop = town.shop()
        self.wallet = town.wallet(1_000_000)

    def begin(self, cash: int | None = None) -> BeginShift:
        request = OpenShift(cash_float=None if cash is None else Amount(cash, "CNY"))
        return BeginShift(self.town.key(self.shop.id, request), self.shop.till, request)

    def open(self, cash: int | None = None) -> Shift:
        return self.town.run(begin_shift, self.begin(cash)).value

    def end(self, shift: str) -> EndShift:
        return EndShift(self.town.key(self.shop.id, "end", shift), self.shop.till, shift)

    def close(self, shift: str) -> Shift:
        return self.town.run(end_shift, self.end(shift)).value

    def sell(self, minor: int, *, tip: int | None = None, discount: int | None = None) -> str:
        """Sell something for less than the PIN-free limit and give the charge's id."""
        command = self.town.charge(self.shop, minor, tip=tip, discount=discount)
        charge = self.town.run(create_charge, command).value.id
        paid = self.town.run(pay, self.town.pay(self.wallet, charge)).value
        assert paid.state == "succeeded"
        return charge

    def report(self, shift: str) -> ShiftReport:
        return self.town.engine.read(lambda tx, _now: report(tx, shift, self.shop.id))

    def shifts(self, below: int = 1_000, limit: int = 20) -> list[Shift]:
        till = self.shop.till.id
        return self.town.engine.read(lambda tx, _now: shifts(tx, till, below, limit)).items

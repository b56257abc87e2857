"""The accounts by the table of postings, kept in plain Python beside the books."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass


@dataclass
class Order:
    """Something that waits for the bank, or did."""

    purpose: str
    owner: str
    amount: int
    state: str = "pending"


class Model:
    """Signed balances by account: debit positive, in minor units of one currency."""

    def __init__(self) -> None:
        self.accounts: defaultdict[str, int] = defaultdict(int)
        self.orders: dict[str, Order] = {}
        self.strays: dict[str, int] = {}

    def move(self, debit: str, credit: str, amount: int) -> None:
        self.accounts[debit] += amount
        self.accounts[credit] -= amount

    def owed(self, account: str) -> int:
        return -self.accounts[account]

    def order(self, order: str, purpose: str, owner: str, amount: int) -> None:
        """Place an order; of a payout the money leaves its owner at once."""
        self.orders[order] = Order(purpose, owner, amount)
        if purpose in {"withdrawal", "settlement"}:
            self.move(owner, "payouts.in_transit", amount)

    def answer(self, key: str, *, paid: bool) -> None:
        """Apply an answer, once."""
        order = self.orders.get(key)
        if order is None or order.state != "pending":
            return
        order.state = "paid" if paid else "refused"
        payout = order.purpose in {"withdrawal", "settlement"}
        if payout:
            target = "bank.safeguarded" if paid else order.owner
            self.move("payouts.in_transit", target, order.amount)
        elif paid and order.purpose == "top_up":
            self.move("bank.safeguarded", order.owner, order.amount)
        elif paid:
            income = "income.fees" if order.owner == "fees.unswept" else "expense.shortfalls"
            self.move(order.owner, "bank.safeguarded", order.amount)
            self.move("bank.operating", income, order.amount)

    def take_back(self, key: str) -> None:
        """Undo a top-up; one that was not answered has failed."""
        self.answer(key, paid=False)
        order = self.orders[key]
        if order.state != "paid":
            return
        order.state = "returned"
        covered = min(order.amount, self.owed(order.owner))
        owes = order.owner.replace("customer:", "receivable:")
        self.move(order.owner, "bank.safeguarded", covered)
        self.move(owes, "bank.safeguarded", order.amount - covered)

"""The rules of the money once more, as plain dictionaries: what the real books are held against.

Every method gives the outcome that the books must answer with: a state, an action or a code.
"""

from __future__ import annotations

from dataclasses import dataclass, field

from tests.wallet_api.checkout.books import DAY, MINUTE, SECOND, START

FREE = 100_000
PAID = {"succeeded", "partially_refunded", "refunded"}
OPEN = {"created", "awaiting_payer"}
OVER = {"reversed": "charge_reversed", "closed": "charge_closed", "failed": "charge_failed"}


@dataclass
class Person:
    """Somebody with an account: a customer, or a merchant who never tries a PIN."""

    balance: int = 0
    frozen: bool = False
    tries: int = 0


@dataclass
class Charge:
    shop: int
    amount: int
    state: str
    expires: int
    payer: int | None = None
    on_code: bool = False
    paid: int | None = None
    refunded: int = 0

    @property
    def fee(self) -> int:
        return self.amount * 60 // 10_000 if self.paid is not None else 0

    @property
    def fee_back(self) -> int:
        if self.state == "reversed":
            return self.fee
        return self.fee * self.refunded // self.amount if self.amount else 0


@dataclass
class Payment:
    charge: str
    wallet: int
    state: str


@dataclass
class Model:
    wallets: list[Person]
    shops: list[Person]
    charges: dict[str, Charge] = field(default_factory=dict)
    payments: dict[str, Payment] = field(default_factory=dict)
    fees: int = 0
    now: int = START

    def charge(self, charge: str) -> Charge:
        """Give a charge as it stands now."""
        found = self.charges[charge]
        if found.state in OPEN and self.now >= found.expires:
            found.state = "closed"
        return found

    def create(self, charge: str, shop: int, amount: int) -> str:
        if charge in self.charges:
            return "charge_closed" if self.charges[charge].shop == shop else "not_yours"
        if self.shops[shop].frozen:
            return "merchant_frozen"
        self.charges[charge] = Charge(shop, amount, "created", self.now + 5 * MINUTE)
        return "created"

    def create_on_code(self, charge: str, shop: int, wallet: int, amount: int) -> str:
        row = Charge(shop, amount, "awaiting_payer", self.now + 60 * SECOND, wallet, on_code=True)
        self.charges[charge] = row
        self.payments[charge] = payment = Payment(charge, wallet, "pin_required")
        if self._cannot_pay(wallet, row) or self._pin(wallet, row) == "pin_locked":
            row.state, payment.state = "failed", "failed"
        elif not self._pin(wallet, row):
            self._settle(row, payment)
        return row.state

    def pay(self, payment: str, charge: str, wallet: int) -> str:
        row = self.charge(charge)
        if row.state == "awaiting_payer":
            return "use_confirm" if row.payer == wallet else "not_yours"
        if refused := self._refused_by_state(row):
            return refused
        attempt = self.payments[payment] = Payment(charge, wallet, "pin_required")
        refused = self._cannot_pay(wallet, row) or self._pin(wallet, row)
        if refused == "pin_required":
            return refused
        if refused:
            attempt.state = "failed"
            return refused
        self._settle(row, attempt)
        return "succeeded"

    def confirm(self, payment: str, *, right: bool) -> str:
        attempt = self.payments[payment]
        wallet = attempt.wallet
        row = self.charge(attempt.charge)
        if refused := self._refused_by_state(row):
            return refused
        if attempt.state != "pin_required":
            return "payment_over"
        refused = self._cannot_pay(wallet, row) or self._try_pin(wallet, right=right)
        if refused == "pin_wrong":
            return refused
        if refused:
            self._give_up(row, attempt)
            return refused
        self._settle(row, attempt)
        return "succeeded"

    def decline(self, payment: str) -> str:
        attempt = self.payments[payment]
        row = self.charge(attempt.charge)
        if attempt.state != "failed":
            if refused := self._refused_by_state(row):
                return refused
            self._give_up(row, attempt)
        return "failed"

    def close(self, charge: str) -> str:
        row = self.charge(charge)
        if row.state in PAID:
            return "already_paid"
        if row.state == "reversed":
            return "charge_reversed"
        if row.state in OPEN:
            row.state = "closed"
        return row.state

    def reverse(self, charge: str, shop: int) -> str:
        if charge not in self.charges:
            self.charges[charge] = Charge(shop, 0, "closed", self.now)
        row = self.charge(charge)
        if row.state in OPEN:
            row.state = "closed"
        elif row.state == "succeeded":
            assert row.paid is not None
            if self.now >= row.paid + 7 * DAY:
                return "reversal_window_passed"
            self._move(row, -row.amount, -row.fee)
            row.state = "reversed"
            for payment in self.payments.values():
                if self.charges[payment.charge] is row and payment.state == "succeeded":
                    payment.state = "reversed"
        elif row.state in PAID:
            return "has_refunds"
        return {"reversed": "returned", "closed": "closed"}.get(row.state, "none")

    def refund(self, charge: str, amount: int | None) -> str:
        row = self.charge(charge)
        if row.state == "reversed":
            return "charge_reversed"
        if row.paid is None:
            return "not_paid"
        rest = row.amount - row.refunded
        part = rest if amount is None else amount
        if part > rest or rest == 0:
            return "refund_too_large"
        if self.now >= row.paid + 365 * DAY:
            return "refund_window_passed"
        before = row.fee_back
        row.refunded += part
        self._move(row, -part, before - row.fee_back)
        row.state = "refunded" if row.refunded == row.amount else "partially_refunded"
        return "succeeded"

    def _refused_by_state(self, row: Charge) -> str:
        return "already_paid" if row.state in PAID else OVER.get(row.state, "")

    def _cannot_pay(self, wallet: int, row: Charge) -> str:
        payer = self.wallets[wallet]
        if payer.frozen:
            return "wallet_frozen"
        if self.shops[row.shop].frozen:
            return "merchant_frozen"
        return "insufficient_funds" if payer.balance < row.amount else ""

    def _pin(self, wallet: int, row: Charge) -> str:
        if row.amount <= FREE:
            return ""
        return "pin_locked" if self.wallets[wallet].tries == 3 else "pin_required"

    def _try_pin(self, wallet: int, *, right: bool) -> str:
        payer = self.wallets[wallet]
        if payer.tries == 3:
            return "pin_locked"
        payer.tries = 0 if right else payer.tries + 1
        if right:
            return ""
        return "pin_locked" if payer.tries == 3 else "pin_wrong"

    def _give_up(self, row: Charge, attempt: Payment) -> None:
        attempt.state = "failed"
        if row.on_code:
            row.state = "failed"

    def _settle(self, row: Charge, attempt: Payment) -> None:
        row.state, row.payer, row.paid = "succeeded", attempt.wallet, self.now
        attempt.state = "succeeded"
        self._move(row, row.amount, row.fee)

    def _move(self, row: Charge, amount: int, fee: int) -> None:
        """Move money from payer to merchant and fees; negative amounts go back."""
        assert row.payer is not None
        self.wallets[row.payer].balance -= amount
        self.shops[row.shop].balance += amount - fee
        self.fees += fee

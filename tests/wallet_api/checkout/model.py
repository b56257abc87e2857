"""The rules of the money once more, as plain dictionaries: what the real books are held against.

Every method gives the outcome that the books must answer with: a state, an action or a code.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime, timedelta, timezone

from tests.wallet_api.checkout.books import DAY, MINUTE, SECOND, START

FREE, FREE_PAYMENTS = 100_000, 10
SHANGHAI = timezone(timedelta(hours=8))
PAID = {"succeeded", "partially_refunded", "refunded"}
OPEN = {"created", "awaiting_payer"}
OVER = {"reversed": "charge_reversed", "closed": "charge_closed", "failed": "charge_failed"}


def day(moment: int) -> tuple[int, int]:
    """Give the year, and the day in it, of a moment in milliseconds."""
    local = datetime.fromtimestamp(moment // 1_000, SHANGHAI).timetuple()
    return local.tm_year, local.tm_yday


@dataclass(frozen=True)
class Caps:
    """What a tier may hold and spend."""

    balance: int
    single: int
    day: int
    year: int


IV = Caps(1_000_000, 200_000, 500_000, 5_000_000)
II = Caps(50_000_000, 5_000_000, 10_000_000, 10**12)


@dataclass
class Spent:
    """Money that left; ``undone`` on the same day, it is as if it had not."""

    at: int
    amount: int
    pin_free: bool
    undone: bool = False


@dataclass
class Person:
    """Somebody with an account: a customer, or a merchant who never tries a PIN."""

    balance: int = 0
    caps: Caps = II
    frozen: bool = False
    tries: int = 0
    coming: int = 0
    held: bool = False
    trusted_until: int = 0
    spent: list[Spent] = field(default_factory=list)

    def left_today(self, now: int) -> list[Spent]:
        return [one for one in self.spent if not one.undone and day(one.at) == day(now)]

    def left_this_year(self, now: int) -> list[Spent]:
        return [one for one in self.spent if not one.undone and day(one.at)[0] == day(now)[0]]


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
    spent: Spent | None = None

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

    def top_up(self, wallet: int, amount: int) -> str:
        person = self.wallets[wallet]
        if person.balance + person.coming + amount > person.caps.balance:
            return "limit_exceeded"
        person.coming += amount
        return "pending"

    def answer_top_up(self, wallet: int, amount: int, *, paid: bool) -> None:
        self.wallets[wallet].coming -= amount
        self.wallets[wallet].balance += amount if paid else 0

    def release(self, wallet: int) -> str:
        person = self.wallets[wallet]
        if not person.held:
            return "not_held"
        person.held, person.trusted_until = False, self.now + DAY
        return "released"

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
        refused = self._cannot_pay(wallet, row) or self._risk(wallet, row)
        if refused in {"", "step_up"}:
            refused = self._pin(wallet, row, step_up=bool(refused))
        if not refused:
            self._settle(row, payment, pin_free=True)
        elif refused != "pin_required":
            row.state, payment.state = "failed", "failed"
        return row.state

    def pay(self, payment: str, charge: str, wallet: int) -> str:
        row = self.charge(charge)
        if row.state == "awaiting_payer":
            return "use_confirm" if row.payer == wallet else "not_yours"
        if refused := self._refused_by_state(row):
            return refused
        attempt = self.payments[payment] = Payment(charge, wallet, "pin_required")
        refused = self._cannot_pay(wallet, row) or self._risk(wallet, row)
        if refused in {"", "step_up"}:
            refused = self._pin(wallet, row, step_up=bool(refused))
        if refused == "pin_required":
            return refused
        if refused:
            attempt.state = "failed"
            return refused
        self._settle(row, attempt, pin_free=True)
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
        refused = refused or self._risk(wallet, row, pin_given=True)
        if refused:
            self._give_up(row, attempt)
            return refused
        self._settle(row, attempt, pin_free=False)
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
            assert row.spent is not None
            row.spent.undone = day(self.now) == day(row.paid)
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
        if payer.balance < row.amount:
            return "insufficient_funds"
        today = row.amount + sum(one.amount for one in payer.left_today(self.now))
        this_year = row.amount + sum(one.amount for one in payer.left_this_year(self.now))
        caps = payer.caps
        allowed = row.amount <= caps.single and today <= caps.day and this_year <= caps.year
        return "" if allowed else "limit_exceeded"

    def _risk(self, wallet: int, row: Charge, *, pin_given: bool = False) -> str:
        """Give what the first three rules say: hold, step up, or nothing."""
        payer = self.wallets[wallet]
        if payer.held:
            return "risk_held"
        often = sum(one.at > self.now - 3_600 * SECOND for one in payer.spent) + 1 > 40
        trusted = self.now < payer.trusted_until
        if often and not trusted:
            payer.held = True
            return "risk_held"
        count, total = len(payer.spent), sum(one.amount for one in payer.spent)
        unusual = count >= 10 and row.amount > max(total * 20 // count, 50_000)
        return "step_up" if (often or unusual) and not pin_given else ""

    def _pin(self, wallet: int, row: Charge, *, step_up: bool) -> str:
        payer = self.wallets[wallet]
        free = sum(one.pin_free for one in payer.left_today(self.now))
        if row.amount <= FREE and free < FREE_PAYMENTS and not step_up:
            return ""
        return "pin_locked" if payer.tries == 3 else "pin_required"

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

    def _settle(self, row: Charge, attempt: Payment, *, pin_free: bool) -> None:
        row.state, row.payer, row.paid = "succeeded", attempt.wallet, self.now
        row.spent = Spent(self.now, row.amount, pin_free)
        self.wallets[attempt.wallet].spent.append(row.spent)
        attempt.state = "succeeded"
        self._move(row, row.amount, row.fee)

    def _move(self, row: Charge, amount: int, fee: int) -> None:
        """Move money from payer to merchant and fees; negative amounts go back."""
        assert row.payer is not None
        self.wallets[row.payer].balance -= amount
        self.shops[row.shop].balance += amount - fee
        self.fees += fee

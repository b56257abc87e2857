"""Every state of a charge, reached by use cases alone, and every event that may befall it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from tests.wallet_api.checkout.town import PIN, WRONG_PIN, Shop, Town, Wallet
from wallet_api.checkout.charges import CreateCharge, close_charge, create_charge
from wallet_api.checkout.payments import confirm, decline, pay
from wallet_api.checkout.returns import refund, reverse
from wallet_api.contract.error_base import WalletError
from wallet_api.contract.errors import NotFound
from wallet_api.contract.ids import new_id
from wallet_api.contract.rules import REVERSAL_WINDOW

if TYPE_CHECKING:
    from collections.abc import Callable

SMALL = 12_345  # Needs no PIN; its fee of 0.6 % is 74.
BIG = 250_000  # Needs the PIN; its fee is 1,500.
PART = 100_001  # A first refund of BIG; 600 of the fee come back with it.


class Case:
    """A charge of a shop, its payer, and the payer's payment where there is one."""

    def __init__(self, town: Town, amount: int) -> None:
        self.town = town
        self.amount = amount
        self.payer: Wallet = town.wallet(2 * BIG)
        self.shop: Shop = town.shop()
        self.charge = new_id(town.clock.wall)
        self.payment = self.charge
        self.created: CreateCharge | None = None
        self.code = ""

    def state(self) -> str:
        """Give the charge's state as its merchant reads it, or none."""
        try:
            return self.town.charge_view(self.shop, self.charge).state.value
        except NotFound:
            return "none"

    def money(self) -> tuple[int, int, int]:
        """Give what the payer, the merchant and the bank's fees have."""
        return self.town.balance(self.payer), self.town.takings(self.shop), self.town.fees()

    def outcome(self, act: Callable[[Case], str]) -> str:
        """Give the state or action that an event is answered with, or its refusal's code."""
        try:
            return act(self)
        except WalletError as refusal:
            return refusal.code


# What may happen.


def create_scanned(case: Case) -> str:
    """Create a charge to scan, or send the creation that was sent before once more."""
    if case.created is None:
        case.created = case.town.charge(case.shop, case.amount, charge_id=case.charge)
    answer = case.town.run(create_charge, case.created)
    return "replay" if answer.replayed else answer.value.state.value


def create_on_code(case: Case) -> str:
    case.code = case.town.show(case.payer)
    command = case.town.charge(case.shop, case.amount, code=case.code, charge_id=case.charge)
    case.created = case.created or command
    return case.town.run(create_charge, command).value.state.value


def pay_it(case: Case) -> str:
    command = case.town.pay(case.payer, case.charge)
    if case.state() == "created":
        case.payment = command.key.id
    return case.town.run(pay, command).value.state.value


def pay_by_another(case: Case) -> str:
    other = case.town.wallet()
    return case.town.run(pay, case.town.pay(other, case.charge)).value.state.value


def confirm_with(case: Case, pin: str) -> str:
    command = case.town.confirm(case.payer, case.payment, pin)
    return case.town.run(confirm, command).value.state.value


def confirm_it(case: Case) -> str:
    return confirm_with(case, PIN)


def wrong_pin(case: Case) -> str:
    return confirm_with(case, WRONG_PIN)


def wrong_pin_thrice(case: Case) -> str:
    for _ in range(2):
        case.outcome(wrong_pin)
    return wrong_pin(case)


def decline_it(case: Case) -> str:
    command = case.town.decline(case.payer, case.payment)
    return case.town.run(decline, command).value.state.value


def time_passes(case: Case) -> str:
    """Let the charge's time run out to the millisecond; nobody writes, reading alone shows it."""
    if case.state() != "none":
        case.town.clock.business = case.town.charge_row(case.charge).expires_at
    return case.state()


def close_it(case: Case) -> str:
    command = case.town.close_charge(case.shop, case.charge)
    return case.town.run(close_charge, command).value.state.value


def reverse_it(case: Case) -> str:
    return case.town.run(reverse, case.town.reverse(case.shop, case.charge)).value.action


def reverse_later(case: Case) -> str:
    case.town.advance(REVERSAL_WINDOW * 1_000)
    return reverse_it(case)


def refund_part(case: Case) -> str:
    command = case.town.refund(case.shop, case.charge, PART)
    return case.town.run(refund, command).value.state


def refund_rest(case: Case) -> str:
    return case.town.run(refund, case.town.refund(case.shop, case.charge)).value.state


def freeze_payer(case: Case) -> str:
    case.town.freeze(case.payer)
    return "frozen"


def freeze_merchant(case: Case) -> str:
    case.town.freeze(case.shop)
    return "frozen"


def drain(case: Case) -> str:
    case.town.drain(case.payer)
    return "drained"


# How each state is reached: column of the table → ways.


def with_pin(case: Case) -> None:
    """Charge above the PIN-free limit whatever the event would choose."""
    case.amount = BIG


def scanned(case: Case) -> None:
    """Create a charge to scan; above the limit the payer's payment waits for the PIN."""
    create_scanned(case)
    if case.amount > SMALL:
        pay_it(case)


def paid(case: Case) -> None:
    scanned(case)
    confirm_it(case) if case.amount > SMALL else pay_it(case)


def paid_by_code(case: Case) -> None:
    create_on_code(case)
    if case.amount > SMALL:
        confirm_it(case)


def without_funds(case: Case) -> None:
    drain(case)
    create_on_code(case)
    case.town.fund(case.payer, 2 * BIG)


def steps(*acts: Callable[[Case], object]) -> Callable[[Case], None]:
    def reach(case: Case) -> None:
        for act in acts:
            case.outcome(lambda case, act=act: str(act(case)))  # type: ignore[misc]

    return reach


@dataclass(frozen=True)
class Origin:
    """A way to a state: the column it belongs to and what has to happen."""

    column: str
    way: str
    reach: Callable[[Case], None]


ORIGINS = (
    Origin("none", "", steps()),
    Origin("created", "", steps(scanned)),
    Origin("awaiting_payer", "", steps(with_pin, create_on_code)),
    Origin("succeeded", "scanned", steps(paid)),
    Origin("succeeded", "by code", steps(paid_by_code)),
    Origin("partially_refunded", "scanned", steps(with_pin, paid, refund_part)),
    Origin("partially_refunded", "by code", steps(with_pin, paid_by_code, refund_part)),
    Origin("refunded", "at once", steps(paid, refund_rest)),
    Origin("refunded", "in parts", steps(with_pin, paid_by_code, refund_part, refund_rest)),
    Origin("reversed", "scanned", steps(paid, reverse_it)),
    Origin("reversed", "by code", steps(paid_by_code, reverse_it)),
    Origin("closed", "by till", steps(scanned, close_it)),
    Origin("closed", "by time", steps(scanned, time_passes)),
    Origin("closed", "by reversal", steps(scanned, reverse_it)),
    Origin("closed", "by till on code", steps(with_pin, create_on_code, close_it)),
    Origin("closed", "by time on code", steps(with_pin, create_on_code, time_passes)),
    Origin("tombstone", "", steps(reverse_it)),
    Origin("failed", "declined", steps(with_pin, create_on_code, decline_it)),
    Origin("failed", "no funds", steps(with_pin, without_funds)),
    Origin("failed", "PIN", steps(with_pin, create_on_code, wrong_pin_thrice)),
)

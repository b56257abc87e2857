"""Withdrawals cell by cell: what is taken, what comes back, and who must confirm."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from payment_codes.amount import Amount
from tests.wallet_api.checkout.books import DAY, SECOND
from tests.wallet_api.checkout.town import WRONG_PIN
from wallet_api.banking import terms
from wallet_api.banking.terms import CONFIRM_TIME, WithdrawalFee
from wallet_api.banking.withdrawals import (
    confirm_withdrawal,
    list_withdrawals,
    offer_withdrawal,
    withdraw,
)
from wallet_api.contract.errors import (
    AmountInvalid,
    InsufficientFunds,
    LimitExceeded,
    NotYours,
    PinLocked,
    PinNotSet,
    PinWrong,
    SignatureInvalid,
    TermsChanged,
    WalletFrozen,
    WithdrawalOver,
)
from wallet_api.contract.limits import Tier
from wallet_api.contract.rules import PIN_FREE_LIMITS

if TYPE_CHECKING:
    from tests.wallet_api.banking.harbour import Harbour
    from tests.wallet_api.checkout.town import Wallet

PIN_FREE = PIN_FREE_LIMITS["CNY"]


@pytest.fixture
def fee(monkeypatch: pytest.MonkeyPatch) -> int:
    """A withdrawal of 10,000 costs 150: 100, and half a per cent."""
    fees = {"CNY": WithdrawalFee(fixed=100, basis_points=50)}
    monkeypatch.setattr(terms, "WITHDRAWAL_FEES", fees)
    return 150


def left_today(harbour: Harbour, wallet: Wallet) -> int:
    row = harbour.rows("SELECT day_amount FROM spending WHERE customer = ?", wallet.id)
    return int(row[0][0]) if row else 0


def test_requested_then_confirmed_by_the_bank(harbour: Harbour, fee: int) -> None:
    wallet = harbour.wallet(50_000)
    withdrawal = harbour.take_out(wallet, 10_000, fee)
    requested = (
        "withdrawal",
        {
            f"customer:{wallet.id}": 10_000 + fee,
            "payouts.in_transit": -10_000,
            "fees.unswept": -fee,
        },
    )
    assert harbour.moves(withdrawal) == [requested]
    assert harbour.seen(wallet, withdrawal).state == "pending"
    harbour.answer(withdrawal, paid=True)
    paid = ("withdrawal_paid", {"payouts.in_transit": 10_000, "bank.safeguarded": -10_000})
    assert harbour.moves(withdrawal) == [requested, paid]
    seen = harbour.seen(wallet, withdrawal)
    assert (seen.state, seen.balance) == ("succeeded", Amount(39_850, "CNY"))
    for again in (True, False):
        harbour.answer(withdrawal, paid=again)
    assert len(harbour.moves(withdrawal)) == 2


def test_requested_then_returned_by_the_bank(harbour: Harbour, fee: int) -> None:
    wallet = harbour.wallet(50_000)
    withdrawal = harbour.take_out(wallet, 10_000, fee)
    assert left_today(harbour, wallet) == 10_000 + fee
    harbour.answer(withdrawal, paid=False, simulated="bank:refuse")
    returned = (
        "withdrawal_returned",
        {
            "payouts.in_transit": 10_000,
            "fees.unswept": fee,
            f"customer:{wallet.id}": -10_000 - fee,
        },
    )
    assert harbour.moves(withdrawal)[1:] == [returned]
    seen = harbour.seen(wallet, withdrawal)
    assert (seen.state, seen.simulated) == ("returned", "bank:refuse")
    assert harbour.balance(wallet) == 50_000
    assert left_today(harbour, wallet) == 0


def test_an_unanswered_one_stays_in_transit(harbour: Harbour) -> None:
    wallet = harbour.wallet(50_000)
    withdrawal = harbour.take_out(wallet, 10_000)
    harbour.advance(30 * DAY)
    assert harbour.seen(wallet, withdrawal).state == "pending"
    assert harbour.owed("payouts.in_transit") == 10_000
    assert harbour.due() == [withdrawal]


def test_the_allowance_comes_back_on_the_same_day_only(harbour: Harbour) -> None:
    wallet = harbour.wallet(50_000)
    withdrawal = harbour.take_out(wallet, 10_000)
    harbour.advance(DAY)
    harbour.buy(wallet, harbour.shop(), 700)
    harbour.answer(withdrawal, paid=False)
    assert left_today(harbour, wallet) == 700


def test_above_the_limit_it_waits_for_the_pin(harbour: Harbour) -> None:
    wallet = harbour.wallet(2 * PIN_FREE)
    assert harbour.run(withdraw, harbour.withdrawal(wallet, PIN_FREE)).value.state == "pending"
    wallet = harbour.wallet(2 * PIN_FREE)
    shown = harbour.run(withdraw, harbour.withdrawal(wallet, PIN_FREE + 1)).value
    assert shown.state == "pin_required"
    assert harbour.balance(wallet) == 2 * PIN_FREE
    wrong = harbour.refusal(confirm_withdrawal, harbour.confirmation(wallet, shown, WRONG_PIN))
    assert isinstance(wrong, PinWrong)
    elsewhere = harbour.confirmation(wallet, shown, payee="another account")
    assert isinstance(harbour.refusal(confirm_withdrawal, elsewhere), SignatureInvalid)
    right = harbour.confirmation(wallet, shown)
    assert harbour.run(confirm_withdrawal, right).value.state == "pending"
    assert harbour.run(confirm_withdrawal, right).replayed
    assert harbour.balance(wallet) == PIN_FREE - 1
    again = harbour.refusal(confirm_withdrawal, harbour.confirmation(wallet, shown))
    assert isinstance(again, WithdrawalOver)
    kept = harbour.rows("SELECT act FROM evidence WHERE subject = ?", shown.id)
    assert {row[0] for row in kept} == {"withdraw", "confirm"}


def test_three_wrong_pins_end_it(harbour: Harbour) -> None:
    wallet = harbour.wallet(2 * PIN_FREE)
    shown = harbour.run(withdraw, harbour.withdrawal(wallet, PIN_FREE + 1)).value
    refusals = [
        harbour.refusal(confirm_withdrawal, harbour.confirmation(wallet, shown, WRONG_PIN))
        for _ in range(3)
    ]
    assert [type(refusal) for refusal in refusals] == [PinWrong, PinWrong, PinLocked]
    seen = harbour.seen(wallet, shown.id)
    assert (seen.state, seen.reason) == ("failed", "pin_locked")
    assert harbour.balance(wallet) == 2 * PIN_FREE
    large = harbour.withdrawal(wallet, PIN_FREE + 1)
    assert isinstance(harbour.refusal(withdraw, large), PinLocked)


def test_it_waits_for_the_pin_five_minutes(harbour: Harbour) -> None:
    wallet = harbour.wallet(2 * PIN_FREE)
    shown = harbour.run(withdraw, harbour.withdrawal(wallet, PIN_FREE + 1)).value
    harbour.advance(CONFIRM_TIME * SECOND - 1)
    assert harbour.seen(wallet, shown.id).state == "pin_required"
    harbour.advance(1)
    assert harbour.seen(wallet, shown.id).state == "expired"
    late = harbour.refusal(confirm_withdrawal, harbour.confirmation(wallet, shown))
    assert isinstance(late, WithdrawalOver)
    assert harbour.balance(wallet) == 2 * PIN_FREE


def test_what_changed_until_the_pin_came_is_looked_at_again(harbour: Harbour) -> None:
    wallet, shop = harbour.wallet(PIN_FREE + 1), harbour.shop()
    shown = harbour.run(withdraw, harbour.withdrawal(wallet, PIN_FREE + 1)).value
    harbour.buy(wallet, shop, 1)
    short = harbour.refusal(confirm_withdrawal, harbour.confirmation(wallet, shown))
    assert isinstance(short, InsufficientFunds)
    assert harbour.seen(wallet, shown.id).state == "failed"


def test_it_is_refused_before_anything_moves(harbour: Harbour, fee: int) -> None:
    wallet = harbour.wallet(10_000 + fee, pin=None)
    cases = {
        AmountInvalid: harbour.withdrawal(wallet, 0, fee),
        TermsChanged: harbour.withdrawal(wallet, 10_000, fee - 1),
        InsufficientFunds: harbour.withdrawal(wallet, 10_100, fee),
    }
    for refusal, command in cases.items():
        assert type(harbour.refusal(withdraw, command)) is refusal
    rich = harbour.wallet(300_000, pin=None)
    large = harbour.withdrawal(rich, 200_000, 1_100)
    assert isinstance(harbour.refusal(withdraw, large), PinNotSet)
    poor = harbour.wallet(9_000_00, tier=Tier.IV)
    beyond = harbour.withdrawal(poor, 2_000_00, 1_100)
    assert isinstance(harbour.refusal(withdraw, beyond), LimitExceeded)
    harbour.freeze(wallet)
    frozen = harbour.withdrawal(wallet, 10_000, fee)
    assert isinstance(harbour.refusal(withdraw, frozen), WalletFrozen)
    assert harbour.rows("SELECT id FROM withdrawals") == []


def test_the_offer_says_what_it_costs(harbour: Harbour, fee: int) -> None:
    wallet = harbour.wallet(300_000)

    def offer(minor: int) -> tuple[int, int, bool]:
        found = harbour.engine.read(lambda tx, now: offer_withdrawal(tx, wallet.id, minor, now))
        return found.fee.minor, found.total.minor, found.pin_required

    assert offer(10_000) == (fee, 10_000 + fee, False)
    assert offer(PIN_FREE) == (600, PIN_FREE + 600, True)
    with pytest.raises(AmountInvalid):
        offer(0)
    with pytest.raises(InsufficientFunds):
        offer(300_000)


def test_it_is_its_customers_own(harbour: Harbour) -> None:
    wallet, other = harbour.wallet(50_000), harbour.wallet(2 * PIN_FREE)
    first = harbour.take_out(wallet, 100)
    harbour.clock.wall += 1
    second = harbour.take_out(wallet, 200)
    shown = harbour.run(withdraw, harbour.withdrawal(other, PIN_FREE + 1)).value
    with pytest.raises(NotYours):
        harbour.seen(other, first)
    stranger = harbour.confirmation(wallet, shown)
    assert isinstance(harbour.refusal(confirm_withdrawal, stranger), NotYours)
    page = harbour.engine.read(lambda tx, now: list_withdrawals(tx, wallet.id, "z", 1, now))
    assert [item.id for item in page.items] == [second]
    rest = harbour.engine.read(
        lambda tx, now: list_withdrawals(tx, wallet.id, page.next or "", 1, now)
    )
    assert ([item.id for item in rest.items], rest.next) == ([first], None)

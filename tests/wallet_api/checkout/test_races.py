"""Races: whatever arrives together is decided by its order in the writer's queue and one clock."""

from __future__ import annotations

import threading
from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from functools import partial
from typing import TYPE_CHECKING, TypeVar

import pytest

from tests.wallet_api.checkout.books import MINUTE
from tests.wallet_api.checkout.town import WRONG_PIN
from wallet_api.checkout.charges import close_charge, create_charge
from wallet_api.checkout.payments import confirm, pay
from wallet_api.checkout.returns import refund, reverse
from wallet_api.contract.error_base import WalletError
from wallet_api.contract.wire import Reversal
from wallet_api.store.clock import Now

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence
    from concurrent.futures import Future

    from tests.wallet_api.checkout.town import Town
    from wallet_api.store.answers import Answered
    from wallet_api.store.database import Transaction

C = TypeVar("C")
T = TypeVar("T")
BIG = 250_000
PATIENCE = 30


def at_once(acts: Sequence[Callable[[], T]]) -> list[T | WalletError]:
    """Run each act on a thread of its own, all released together; give answers or refusals."""
    gate = threading.Barrier(len(acts))

    def run(act: Callable[[], T]) -> T | WalletError:
        gate.wait(PATIENCE)
        try:
            return act()
        except WalletError as refusal:
            return refusal

    with ThreadPoolExecutor(len(acts)) as pool:
        return list(pool.map(run, acts))


def outcome(future: Future[Answered[T]]) -> str:
    """Say what a queued command came to: done, a reversal's action, or a refusal's code."""
    try:
        value = future.result(PATIENCE).value
    except WalletError as refusal:
        return refusal.code
    return value.action if isinstance(value, Reversal) else "done"


@contextmanager
def one_batch(town: Town) -> Iterator[None]:
    """Hold the writer, so that all that is submitted inside is taken as one batch."""
    held, released = threading.Event(), threading.Event()

    def hold(_transaction: Transaction, _now: Now) -> None:
        held.set()
        assert released.wait(PATIENCE)

    holding = town.engine.submit(hold)
    assert held.wait(PATIENCE)
    try:
        yield
    finally:
        released.set()
    holding.result(PATIENCE)


def race(town: Town, first: str, **acts: Callable[[], Callable[[], str]]) -> dict[str, str]:
    """Queue all acts for one batch, the named one first, and give what each came to."""
    with one_batch(town):
        queued = {name: acts[name]() for name in sorted(acts, key=lambda name: name != first)}
    return {name: come_to() for name, come_to in queued.items()}


def queue(
    town: Town, use_case: Callable[[Transaction, C, Now], Answered[T]], command: C
) -> Callable[[], Callable[[], str]]:
    """Give an act of a race."""
    return lambda: partial(outcome, town.submit(use_case, command))


class TickingClock:
    """A clock on which a millisecond passes with every reading."""

    def __init__(self, town: Town) -> None:
        self.start = town.clock.now()
        self.readings = 0

    def now(self) -> Now:
        self.readings += 1
        return Now(self.start.wall, self.start.business + self.readings)


def test_64_copies_of_a_payment_move_money_once(town: Town) -> None:
    wallet, shop = town.wallet(64_000), town.shop()
    charge = town.run(create_charge, town.charge(shop, 1_000)).value.id
    command, entries = town.pay(wallet, charge), town.entries()
    answers = at_once([lambda: town.run(pay, command)] * 64)
    assert not any(isinstance(answer, WalletError) for answer in answers)
    replays = Counter(answer.replayed for answer in answers)
    assert replays == {False: 1, True: 63}
    assert (town.entries() - entries, town.balance(wallet)) == (1, 63_000)


def test_64_copies_of_a_wrong_pin_are_one_try(town: Town) -> None:
    wallet, shop = town.wallet(BIG), town.shop()
    charge = town.run(create_charge, town.charge(shop, BIG)).value.id
    payment = town.run(pay, town.pay(wallet, charge)).value.id
    command = town.confirm(wallet, payment, WRONG_PIN)
    answers = at_once([lambda: town.run(confirm, command)] * 64)
    assert Counter(
        (answer.code, answer.replayed) for answer in answers if isinstance(answer, WalletError)
    ) == {("pin_wrong", False): 1, ("pin_wrong", True): 63}
    assert town.customer_row(wallet).pin_failures == 1


def test_64_wallets_race_for_one_charge_and_one_pays(town: Town) -> None:
    wallets, shop = [town.wallet(1_000) for _ in range(64)], town.shop()
    charge = town.run(create_charge, town.charge(shop, 1_000)).value.id
    commands = [town.pay(wallet, charge) for wallet in wallets]
    answers = at_once([lambda c=command: town.run(pay, c) for command in commands])  # type: ignore[misc]
    codes = Counter(a.code if isinstance(a, WalletError) else "paid" for a in answers)
    assert codes == {"paid": 1, "already_paid": 63}
    assert sorted(town.balance(wallet) for wallet in wallets) == [0] + [1_000] * 63
    assert town.takings(shop) == 994


def test_one_balance_pays_for_one_of_two_charges(town: Town) -> None:
    wallet, shop = town.wallet(1_000), town.shop()
    charges = [town.run(create_charge, town.charge(shop, 600)).value.id for _ in range(2)]
    with one_batch(town):
        futures = [town.submit(pay, town.pay(wallet, charge)) for charge in charges]
    assert [outcome(future) for future in futures] == ["done", "insufficient_funds"]
    assert town.balance(wallet) == 400


@pytest.mark.parametrize("first", ["reverse", "confirm"])
@pytest.mark.parametrize("on_code", [False, True])
def test_a_reversal_races_a_confirmation(town: Town, first: str, *, on_code: bool) -> None:
    wallet, shop = town.wallet(BIG), town.shop()
    code = town.show(wallet) if on_code else None
    charge = town.run(create_charge, town.charge(shop, BIG, code=code)).value.id
    payment = charge if on_code else town.run(pay, town.pay(wallet, charge)).value.id
    came_to = race(
        town,
        first,
        confirm=queue(town, confirm, town.confirm(wallet, payment)),
        reverse=queue(town, reverse, town.reverse(shop, charge)),
    )
    assert came_to == (
        {"confirm": "done", "reverse": "returned"}
        if first == "confirm"
        else {"confirm": "charge_closed", "reverse": "closed"}
    )
    assert (town.balance(wallet), town.takings(shop), town.fees()) == (BIG, 0, 0)


@pytest.mark.parametrize("first", ["reverse", "create"])
def test_a_reversal_overtakes_the_creation_it_undoes(town: Town, first: str) -> None:
    wallet, shop = town.wallet(500), town.shop()
    command = town.charge(shop, 500, code=town.show(wallet))
    came_to = race(
        town,
        first,
        create=queue(town, create_charge, command),
        reverse=queue(town, reverse, town.reverse(shop, command.key.id)),
    )
    assert came_to == (
        {"create": "done", "reverse": "returned"}
        if first == "create"
        else {"create": "charge_closed", "reverse": "closed"}
    )
    assert (town.balance(wallet), town.entries()) == (500, 3 if first == "create" else 1)


@pytest.mark.parametrize("first", ["refund", "reverse"])
def test_a_refund_races_a_reversal(town: Town, first: str) -> None:
    wallet, shop = town.wallet(1_000), town.shop()
    charge = town.buy(wallet, shop, 1_000)
    came_to = race(
        town,
        first,
        refund=queue(town, refund, town.refund(shop, charge, 400)),
        reverse=queue(town, reverse, town.reverse(shop, charge)),
    )
    assert came_to == (
        {"refund": "done", "reverse": "has_refunds"}
        if first == "refund"
        else {"refund": "charge_reversed", "reverse": "returned"}
    )
    assert town.balance(wallet) == (400 if first == "refund" else 1_000)


def test_refunds_at_once_never_exceed_what_was_captured(town: Town) -> None:
    wallet, shop = town.wallet(1_000), town.shop()
    charge = town.buy(wallet, shop, 1_000)
    commands = [town.refund(shop, charge, 150) for _ in range(16)]
    answers = at_once([lambda c=command: town.run(refund, c) for command in commands])  # type: ignore[misc]
    codes = Counter(a.code if isinstance(a, WalletError) else "done" for a in answers)
    assert codes == {"done": 6, "refund_too_large": 10}
    assert town.balance(wallet) == 900


@pytest.mark.parametrize(("now", "paid"), [(5 * MINUTE - 1, True), (5 * MINUTE, False)])
def test_expiry_is_decided_by_the_batch_not_by_the_sender(
    town: Town, now: int, *, paid: bool
) -> None:
    """The payment was sent in time; what counts is the clock when the writer takes it."""
    wallet, shop = town.wallet(1_000), town.shop()
    charge = town.run(create_charge, town.charge(shop, 1_000)).value.id
    with one_batch(town):
        paying = town.submit(pay, town.pay(wallet, charge))
        closing = town.submit(close_charge, town.close_charge(shop, charge))
        town.advance(now)
    expected = ["done", "already_paid"] if paid else ["charge_closed", "done"]
    assert [outcome(paying), outcome(closing)] == expected
    assert town.charge_view(shop, charge).reason == (None if paid else "expired")


def test_one_batch_has_one_moment(town: Town) -> None:
    """Charges that expire one millisecond apart are all decided by the same reading."""
    wallet, shop = town.wallet(1_000), town.shop()
    charges = []
    for _ in range(6):
        charges.append(town.run(create_charge, town.charge(shop, 10, expires_in=1)).value.id)
        town.advance(1)
    commands = [town.pay(wallet, charge) for charge in charges]
    clock = TickingClock(town)
    clock.start = Now(clock.start.wall, town.charge_row(charges[2]).expires_at - 1)
    with one_batch(town):
        futures = [town.submit(pay, command) for command in commands]
        town.engine._clock = clock
    assert [outcome(future) for future in futures] == ["charge_closed"] * 3 + ["done"] * 3
    assert clock.readings == 1
    times = {row[0] for row in town.rows("SELECT booked_at FROM journal WHERE kind = 'payment'")}
    assert len(times) == 1

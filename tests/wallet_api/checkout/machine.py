"""The body of the state machine: two wallets, two shops, and what must hold at every step."""

from __future__ import annotations

import tempfile
from collections import Counter
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar

from hypothesis.stateful import RuleBasedStateMachine, invariant

from tests.wallet_api.checkout.model import II, IV, Model, Person
from tests.wallet_api.checkout.town import Town
from wallet_api.banking.top_ups import RequestTopUp
from wallet_api.checkout.charges import CloseCharge, CreateCharge
from wallet_api.checkout.payments import Confirm, Decline, Pay
from wallet_api.checkout.records import CHARGES, ChargeRow
from wallet_api.checkout.returns import RefundCharge, ReverseCharge
from wallet_api.checkout.terms import as_of
from wallet_api.contract.error_base import WalletError
from wallet_api.contract.limits import Tier
from wallet_api.contract.wire import Charge, Payment, Refund, Reversal, TopUp
from wallet_api.risk.cards import limits_card

if TYPE_CHECKING:
    from collections.abc import Callable

    from wallet_api.store.answers import Answered, Key
    from wallet_api.store.clock import Now
    from wallet_api.store.database import Transaction

C = TypeVar(
    "C",
    CreateCharge,
    CloseCharge,
    Pay,
    Confirm,
    Decline,
    RefundCharge,
    ReverseCharge,
    RequestTopUp,
)
V = TypeVar("V", bound=Charge | Payment | Refund | Reversal | TopUp)

TERMINAL = {"refunded", "reversed", "closed", "failed"}
FUNDS = 1_000_000


@dataclass
class Sent:
    """A command whose key has an answer, and a way to send it with that key or one like it.

    An answer is the value or the problem document; sending also says whether it was a replay.
    """

    key: Key
    send: Callable[[Key], tuple[object, bool]]
    answer: object


class Machine(RuleBasedStateMachine):
    """Real books beside their model."""

    def __init__(self) -> None:
        super().__init__()
        self.folder = tempfile.TemporaryDirectory()
        self.town = Town(Path(self.folder.name))
        self.wallets = [self.town.wallet(FUNDS, tier=tier) for tier in (Tier.IV, Tier.II)]
        self.shops = [self.town.shop() for _ in range(2)]
        self.model = Model([Person(FUNDS, IV), Person(FUNDS, II)], [Person(), Person()])
        self.sent: list[Sent] = []
        self.over: dict[str, ChargeRow] = {}
        self.used_code = ""

    def teardown(self) -> None:
        self.town.close()
        self.folder.cleanup()

    def outcome(self, use_case: Callable[[Transaction, C, Now], Answered[V]], command: C) -> str:
        """Run a command and give its state, action or code; remember what its key has answered."""

        def send(key: Key) -> tuple[object, bool]:
            try:
                answer = self.town.run(use_case, replace(command, key=key))
            except WalletError as refusal:
                return refusal.problem(), refusal.replayed
            return answer.value, answer.replayed

        try:
            answer = self.town.run(use_case, command)
        except WalletError as refusal:
            if refusal.stored:
                self.sent.append(Sent(command.key, send, refusal.problem()))
            return refusal.code
        assert not answer.replayed
        self.sent.append(Sent(command.key, send, answer.value))
        value = answer.value
        return value.action if isinstance(value, Reversal) else str(value.state)

    @invariant()
    def the_books_are_whole(self) -> None:
        assert self.town.findings() == []

    @invariant()
    def balances_are_the_models(self) -> None:
        model = self.model
        assert [self.town.balance(wallet) for wallet in self.wallets] == [
            person.balance for person in model.wallets
        ]
        assert [self.town.takings(shop) for shop in self.shops] == [
            person.balance for person in model.shops
        ]
        assert self.town.fees() == model.fees
        tries = [self.town.customer_row(wallet).pin_failures for wallet in self.wallets]
        assert tries == [person.tries for person in model.wallets]

    @invariant()
    def counters_are_what_left_in_the_day_and_the_year(self) -> None:
        for wallet, person in zip(self.wallets, self.model.wallets, strict=True):
            card = self.town.engine.read(
                lambda tx, now, customer=wallet.id: limits_card(tx, customer, now)  # type: ignore[misc]
            )
            today, this_year = (
                person.left_today(self.model.now),
                person.left_this_year(self.model.now),
            )
            assert card.day.used.minor == sum(one.amount for one in today)
            assert card.year.used.minor == sum(one.amount for one in this_year)
            assert card.pin_free_left == 10 - sum(one.pin_free for one in today)
            assert (card.held_by is not None) == person.held

    @invariant()
    def states_are_the_models_and_terminal_ones_stay(self) -> None:
        shown = self.town.engine.read(
            lambda tx, now: {row.id: as_of(row, now) for row in CHARGES.where(tx, "1 = 1")}
        )
        expected = {charge: self.model.charge(charge).state for charge in self.model.charges}
        assert {charge: row.state for charge, row in shown.items()} == expected
        for charge, row in self.over.items():
            assert shown[charge] == row
        self.over |= {charge: row for charge, row in shown.items() if row.state in TERMINAL}
        payments = self.town.rows("SELECT id, state FROM payments ORDER BY id")
        assert payments == sorted((key, row.state) for key, row in self.model.payments.items())

    @invariant()
    def money_moved_once_for_each_charge_and_is_safe_at_every_number(self) -> None:
        entries = self.town.rows(
            "SELECT journal.number, kind, COALESCE(payments.charge, refunds.charge, subject),"
            " accounts.name, postings.amount FROM journal"
            " JOIN postings ON postings.number = journal.number"
            " JOIN accounts ON accounts.id = postings.account"
            " LEFT JOIN payments ON payments.id = subject"
            " LEFT JOIN refunds ON refunds.id = subject ORDER BY journal.number"
        )
        held: Counter[int] = Counter()
        captured: dict[str, int] = {}
        for number, kind, charge, account, amount in entries:
            held[number] += amount
            if account.startswith("customer:") and kind != "top_up":
                assert (charge in captured) != (kind == "payment")
                captured[charge] = captured.get(charge, 0) + amount
                assert captured[charge] >= 0
        assert not any(held.values())
        assert captured == {
            charge: 0 if row.state == "reversed" else row.amount - row.refunded
            for charge, row in self.model.charges.items()
            if row.paid is not None
        }

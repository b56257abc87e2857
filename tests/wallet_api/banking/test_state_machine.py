"""Two-command life under every fault of the bank, with restarts and jumps of the clock."""

from __future__ import annotations

import tempfile
from dataclasses import replace
from pathlib import Path

from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, rule

from tests.wallet_api.banking.harbour import Harbour
from tests.wallet_api.banking.model import Model
from tests.wallet_api.banking.scripted_bank import LATE_BY, ScriptedBank
from tests.wallet_api.checkout.books import DAY, MINUTE, SECOND
from wallet_api.banking.firm import Clear, clear, to_clear
from wallet_api.banking.orders import apply_answer
from wallet_api.banking.outbox import Silence, due, note_silence
from wallet_api.banking.records import OrderRow
from wallet_api.banking.safeguarding import UNEXPLAINED
from wallet_api.banking.strays import Match, match
from wallet_api.banking.top_ups import request_top_up
from wallet_api.contract.ids import new_id
from wallet_api.contract.limits import Tier
from wallet_api.risk.rules import adopt_rules

ONE_OF_TWO = st.integers(0, 1)
AMOUNTS = st.sampled_from([1, 99, 10_000, 150_000])
FAULTS = st.sampled_from(["pay", "late", "never", "twice", "refuse"])
TIMES = st.sampled_from([SECOND, 3 * SECOND, LATE_BY, MINUTE, 61 * MINUTE, DAY])
ORDER = OrderRow("", "", "", "CNY", 0, "", 0, 0, None, 0)


class Quay(RuleBasedStateMachine):
    """Everything that may happen between the books and a bank."""

    def __init__(self) -> None:
        super().__init__()
        self.folder = tempfile.TemporaryDirectory()
        self.harbour = Harbour(Path(self.folder.name))
        self.harbour.engine.submit(lambda tx, _now: adopt_rules(tx, ())).result()
        self.wallets = [self.harbour.wallet(tier=Tier.I) for _ in range(2)]
        self.shop = self.harbour.shop()
        self.takings = f"merchant:{self.shop.id}"
        self.bank, self.model = ScriptedBank(), Model()

    def teardown(self) -> None:
        try:
            self.until_the_bank_is_done()
            assert self.harbour.findings() == []
        finally:
            self.harbour.close()
            self.folder.cleanup()

    def until_the_bank_is_done(self) -> None:
        """In the end everything is answered and the bank's balance is the books'."""
        self.bank.plan.clear()
        self.bank.open_up(self.harbour.clock.business)
        for _ in range(3):
            self.harbour.advance(DAY)
            self.ask(lost=False)
            self.hear(again=False)
        assert {order.state for order in self.model.orders.values()} <= {
            "paid",
            "refused",
            "returned",
        }
        for line in self.harbour.report(self.bank.movements).values():
            assert (line.breaks, line.bank) == ([], line.safeguarded)

    @rule(wallet=ONE_OF_TWO, amount=AMOUNTS, fault=st.one_of(FAULTS, st.just("take_back")))
    def top_up(self, wallet: int, amount: int, fault: str) -> None:
        self.harbour.clock.wall += 1
        self.bank.plan["debit"] = fault
        command = self.harbour.top_up(self.wallets[wallet], amount)
        self.harbour.run(request_top_up, command)
        owner = f"customer:{self.wallets[wallet].id}"
        self.model.order(command.key.id, "top_up", owner, amount)

    @rule(wallet=ONE_OF_TWO, amount=AMOUNTS, fault=FAULTS)
    def withdraw(self, wallet: int, amount: int, fault: str) -> None:
        owner = f"customer:{self.wallets[wallet].id}"
        if self.model.owed(owner) < amount:
            return
        self.harbour.clock.wall += 1
        self.bank.plan["credit"] = fault
        withdrawal = self.harbour.take_out(self.wallets[wallet], amount)
        self.model.order(withdrawal, "withdrawal", owner, amount)

    @rule(wallet=ONE_OF_TWO, amount=AMOUNTS)
    def buy(self, wallet: int, amount: int) -> None:
        owner = f"customer:{self.wallets[wallet].id}"
        if self.model.owed(owner) < amount:
            return
        self.harbour.clock.wall += 1
        self.harbour.buy(self.wallets[wallet], self.shop, amount)
        fee = amount * 60 // 10_000
        self.model.move(owner, self.takings, amount - fee)
        self.model.move(owner, "fees.unswept", fee)

    @rule(fault=FAULTS)
    def settle(self, fault: str) -> None:
        self.harbour.clock.wall += 1
        self.bank.plan["credit"] = fault
        row = self.harbour.settle(self.shop)
        assert (0 if row is None else row.amount) == self.model.owed(self.takings)
        if row is not None:
            self.model.order(row.id, "settlement", self.takings, row.amount)

    @rule(fault=FAULTS)
    def clear(self, fault: str) -> None:
        """Sweep the fees and fund what is short."""
        self.bank.plan |= {"credit": fault, "debit": fault}
        for account, currency in self.harbour.engine.read(to_clear):
            self.harbour.clock.wall += 1
            command = Clear(new_id(self.harbour.clock.wall), account, currency)
            row = self.harbour.run(clear, command)
            if row is not None:
                self.model.order(row.id, "clear", account, row.amount)

    @rule(amount=AMOUNTS)
    def stray(self, amount: int) -> None:
        self.harbour.clock.wall += 1
        key = new_id(self.harbour.clock.wall)
        self.bank.stray(key, replace(ORDER, amount=amount), self.harbour.clock.business)

    @rule(wallet=ONE_OF_TWO)
    def match(self, wallet: int) -> None:
        for stray, amount in list(self.model.strays.items()):
            owner = self.wallets[wallet].id
            command = Match(self.harbour.key("admin", stray), stray, owner)
            self.harbour.run(match, command)
            self.model.move("suspense.unmatched", f"customer:{owner}", amount)
            del self.model.strays[stray]

    @rule(lost=st.sampled_from([False, False, True]))
    def ask(self, *, lost: bool) -> None:
        """Ask what is due; an answer may be lost with the process that asked."""
        for order in self.harbour.engine.read(due):
            answer = self.bank.ask(order, self.harbour.clock.business)
            if lost:
                continue
            if answer is None:
                self.harbour.run(note_silence, Silence(order.id, None))
            else:
                self.harbour.run(apply_answer, answer)
                self.model.answer(order.id, paid=answer.paid)

    @rule(again=st.booleans())
    def hear(self, *, again: bool) -> None:
        """Hear what the bank says; it says again what it does not know to be heard."""
        for notice in self.bank.said_by(self.harbour.clock.business):
            for _ in range(1 + again):
                self.harbour.say(notice)
            if notice.kind == "answer":
                self.model.answer(notice.key, paid=notice.paid)
            elif notice.kind == "taken_back":
                self.model.take_back(notice.key)
            else:
                self.model.move("bank.safeguarded", "suspense.unmatched", notice.minor)
                self.model.strays[notice.key] = notice.minor

    @rule()
    def open_up(self) -> None:
        self.bank.open_up(self.harbour.clock.business)

    @rule(time=TIMES)
    def advance(self, time: int) -> None:
        self.harbour.advance(time)

    @rule()
    def restart(self) -> None:
        self.harbour.restart()

    @invariant()
    def accounts_are_the_models(self) -> None:
        rows = self.harbour.rows("SELECT name, balance FROM accounts WHERE balance <> 0")
        assert dict(rows) == {name: owed for name, owed in self.model.accounts.items() if owed}

    @invariant()
    def every_difference_to_the_bank_is_explained(self) -> None:
        for line in self.harbour.report(self.bank.movements).values():
            assert line.safeguarded == line.owed
            assert all(one.reason != UNEXPLAINED for one in line.breaks), line.breaks


Quay.TestCase.settings = settings(
    max_examples=80, stateful_step_count=40, deadline=None, database=None
)
TestQuay = Quay.TestCase

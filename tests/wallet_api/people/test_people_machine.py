"""Any sequence of sends, requests, gifts and clock jumps: answers as expected, money conserved."""

from __future__ import annotations

import tempfile
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any

from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    Bundle,
    MultipleResults,
    RuleBasedStateMachine,
    invariant,
    multiple,
    rule,
)

from tests.wallet_api.checkout.books import SECOND
from tests.wallet_api.people.neighbours import Neighbours
from wallet_api.contract.error_base import WalletError
from wallet_api.contract.risk import Outcome
from wallet_api.contract.rules import COOLING_OFF, GIFT_LIFE, REQUEST_LIFE
from wallet_api.people.claims import claim
from wallet_api.people.gifts import confirm_gift, give
from wallet_api.people.requests import (
    cancel_request,
    decline_request,
    pay_request,
    request_money,
)
from wallet_api.people.transfers import (
    cancel_transfer,
    confirm_transfer,
    deliver_transfer,
    send,
)
from wallet_api.risk.rules import NewDevice

if TYPE_CHECKING:
    from wallet_api.contract.people import MoneyRequest, Transfer

FUNDS = 300_000
#: What is above this is held, and above 100,000 it needs the PIN.
HELD_ABOVE = 25_000
PEOPLE = st.integers(0, 2)
AMOUNTS = st.sampled_from([1, 2, 167, 9_999, HELD_ABOVE, HELD_ABOVE + 1, 100_001, 200_000])
TIMES = st.sampled_from([SECOND, 3_600 * SECOND, COOLING_OFF * SECOND, REQUEST_LIFE * SECOND])


@dataclass
class Sent:
    """A transfer whose money has moved."""

    sender: int
    receiver: int
    amount: int
    state: str
    deliver_at: int
    request: str | None = None


@dataclass
class Asked:
    """A request for money."""

    answer: MoneyRequest
    requester: int
    payer: int
    amount: int
    expires_at: int
    state: str = "open"


@dataclass
class Given:
    """A gift; ``shares`` are those that are left, in their order."""

    sender: int
    token: str
    shares: list[int]
    expires_at: int
    state: str = "open"
    taken: set[int] = field(default_factory=set)


class BetweenPeople(RuleBasedStateMachine):
    """Three people; the model says what each command answers and what everybody has."""

    transfers: Bundle[str] = Bundle("transfers")
    asked: Bundle[str] = Bundle("asked")
    gifts: Bundle[str] = Bundle("gifts")

    def __init__(self) -> None:
        super().__init__()
        self.folder = tempfile.TemporaryDirectory()
        self.town = Neighbours(Path(self.folder.name))
        above = {"CNY": HELD_ABOVE}
        self.town.adopt(NewDevice("new_device", Outcome.HOLD, hours=99_999, above=above))
        self.wallets = [self.town.wallet(FUNDS) for _ in range(3)]
        self.balances = [FUNDS] * 3
        self.frozen = [False] * 3
        self.sent: dict[str, Sent] = {}
        self.requests: dict[str, Asked] = {}
        self.given: dict[str, Given] = {}

    def teardown(self) -> None:
        assert self.town.findings() == []
        self.town.close()
        self.folder.cleanup()

    @property
    def now(self) -> int:
        return self.town.clock.business

    def answer(self, use_case: Any, command: Any) -> Any:  # noqa: ANN401 - any use case
        """Run a command and give its answer, or the code of its refusal."""
        try:
            return self.town.run(use_case, command).value
        except WalletError as refusal:
            return refusal.code

    def _lacks(self, sender: int, amount: int) -> str | None:
        if self.frozen[sender]:
            return "wallet_frozen"
        return "insufficient_funds" if self.balances[sender] < amount else None

    def _moved(
        self, answer: Transfer | str, sender: int, receiver: int, amount: int
    ) -> str | MultipleResults[str]:
        """Check what a send answered, give the PIN where it waits, and move the model's money."""
        refusal = self._lacks(sender, amount)
        if refusal is None and self.frozen[receiver]:
            refusal = "receiver_unavailable"
        if refusal is not None:
            assert answer == refusal
            return multiple()
        assert not isinstance(answer, str), answer
        if answer.state == "pin_required":
            wallet = self.wallets[sender]
            answer = self.town.run(confirm_transfer, self.town.confirming(wallet, answer)).value
        state = "held" if amount > HELD_ABOVE else "succeeded"
        assert answer.state == state
        self.balances[sender] -= amount
        if state == "succeeded":
            self.balances[receiver] += amount
        until = self.now + COOLING_OFF * SECOND
        self.sent[answer.id] = Sent(sender, receiver, amount, state, until)
        return answer.id

    def _return(self, sent: Sent) -> None:
        sent.state = "returned"
        self.balances[sent.sender] += sent.amount
        if sent.request is not None:
            self.requests[sent.request].state = "open"

    def _deliver(self, sent: Sent) -> None:
        if self.frozen[sent.receiver]:
            self._return(sent)
        else:
            sent.state = "succeeded"
            self.balances[sent.receiver] += sent.amount

    def _standing(self, request: Asked) -> str:
        over = request.state == "open" and self.now >= request.expires_at
        return "expired" if over else request.state

    @rule(target=transfers, sender=PEOPLE, step=st.integers(1, 2), amount=AMOUNTS)
    def send(self, sender: int, step: int, amount: int) -> str | MultipleResults[str]:
        receiver = (sender + step) % 3
        command = self.town.send(self.wallets[sender], self.wallets[receiver], amount)
        return self._moved(self.answer(send, command), sender, receiver, amount)

    @rule(transfer=transfers)
    def take_back(self, transfer: str) -> None:
        sent = self.sent[transfer]
        wallet = self.wallets[sent.sender]
        answer = self.answer(cancel_transfer, self.town.cancel(wallet, transfer))
        if sent.state == "held":
            assert answer.state == "returned"
            self._return(sent)
        elif sent.state == "returned":
            assert answer.state == "returned"
        else:
            assert answer == "transfer_over"

    @rule(transfer=transfers)
    def deliver(self, transfer: str) -> None:
        sent = self.sent[transfer]
        answer = self.answer(deliver_transfer, self.town.deliver(transfer))
        if sent.state != "held":
            assert answer == "transfer_over"
            return
        self._deliver(sent)
        assert answer.state == sent.state

    @rule(target=asked, requester=PEOPLE, step=st.integers(1, 2), amount=AMOUNTS)
    def ask(self, requester: int, step: int, amount: int) -> str:
        payer = (requester + step) % 3
        command = self.town.ask(self.wallets[requester], self.wallets[payer], amount)
        made = self.answer(request_money, command)
        until = self.now + REQUEST_LIFE * SECOND
        self.requests[made.id] = Asked(made, requester, payer, amount, until)
        return made.id  # type: ignore[no-any-return]

    @rule(target=transfers, asked=asked)
    def pay(self, asked: str) -> str | MultipleResults[str]:
        request = self.requests[asked]
        command = self.town.pay_request(self.wallets[request.payer], request.answer)
        answer = self.answer(pay_request, command)
        if self._standing(request) != "open":
            assert answer == "request_over"
            return multiple()
        made = self._moved(answer, request.payer, request.requester, request.amount)
        if isinstance(made, str):
            self.sent[made].request = asked
            request.state = "paid"
        return made

    @rule(asked=asked, by_payer=st.booleans())
    def end(self, asked: str, *, by_payer: bool) -> None:
        request = self.requests[asked]
        side = request.payer if by_payer else request.requester
        state = "declined" if by_payer else "cancelled"
        use_case = decline_request if by_payer else cancel_request
        answer = self.answer(use_case, self.town.end_request(self.wallets[side], asked))
        if self._standing(request) == "open":
            request.state = state
        if request.state == state:
            assert answer.state == state
        else:
            assert answer == "request_over"

    @rule(
        target=gifts,
        sender=PEOPLE,
        amount=st.sampled_from([3, 167, HELD_ABOVE]),
        count=st.integers(1, 3),
        random=st.booleans(),
    )
    def give(
        self, sender: int, amount: int, count: int, *, random: bool
    ) -> str | MultipleResults[str]:
        command = self.town.give(self.wallets[sender], amount, count, random=random)
        answer = self.answer(give, command)
        refusal = self._lacks(sender, amount)
        if refusal is not None:
            assert answer == refusal
            return multiple()
        if answer.state == "pin_required":
            confirming = self.town.confirming(self.wallets[sender], answer)
            answer = self.town.run(confirm_gift, confirming).value
        assert answer.state == "open"
        rows = self.town.rows(
            "SELECT amount FROM gift_shares WHERE gift = ? ORDER BY number", answer.id
        )
        shares = [row[0] for row in rows]
        assert (sum(shares), len(shares)) == (amount, count)
        self.balances[sender] -= amount
        until = self.now + GIFT_LIFE * SECOND
        self.given[answer.id] = Given(sender, command.token, shares, until)
        return answer.id  # type: ignore[no-any-return]

    @rule(gift=gifts, person=PEOPLE)
    def claim(self, gift: str, person: int) -> None:
        given = self.given[gift]
        answer = self.answer(claim, self.town.take(self.wallets[person], given.token))
        if person == given.sender:
            assert answer == "gift_own"
        elif person in given.taken:
            assert answer == "gift_claimed"
        elif given.state != "open" or self.now >= given.expires_at:
            assert answer == "gift_over"
        elif self.frozen[person]:
            assert answer == "wallet_frozen"
        else:
            share = given.shares.pop(0)
            assert answer.amount.minor == share
            self.balances[person] += share
            given.taken.add(person)
            if not given.shares:
                given.state = "claimed"

    @rule(person=PEOPLE, frozen=st.sampled_from([False, False, True]))
    def freeze(self, person: int, *, frozen: bool) -> None:
        self.town.freeze(self.wallets[person], frozen=frozen)
        self.frozen[person] = frozen

    @rule(time=TIMES)
    def advance(self, time: int) -> None:
        self.town.advance(time)

    @rule()
    def do_what_is_due(self) -> None:
        self.town.run_due()
        for sent in self.sent.values():
            if sent.state == "held" and self.now >= sent.deliver_at:
                if self.frozen[sent.sender]:
                    sent.deliver_at = self.now + COOLING_OFF * SECOND
                else:
                    self._deliver(sent)
        for given in self.given.values():
            if given.state == "open" and self.now >= given.expires_at:
                given.state = "returned"
                self.balances[given.sender] += sum(given.shares)
        for request in self.requests.values():
            request.state = self._standing(request)
        self.town.run_due()
        assert self.town.run_due() == 0

    @invariant()
    def everybody_has_what_the_model_says(self) -> None:
        assert [self.town.balance(wallet) for wallet in self.wallets] == self.balances
        held = sum(one.amount for one in self.sent.values() if one.state == "held")
        held += sum(sum(one.shares) for one in self.given.values() if one.state == "open")
        assert sum(self.balances) + held == 3 * FUNDS

    @invariant()
    def states_are_the_models(self) -> None:
        for table, model in (
            ("transfers", self.sent),
            ("requests", self.requests),
            ("gifts", self.given),
        ):
            rows = self.town.rows(f"SELECT id, state FROM {table}")
            known = {key: one.state for key, one in model.items()}
            assert {key: state for key, state in rows if key in known} == known


BetweenPeople.TestCase.settings = settings(
    max_examples=40, stateful_step_count=40, deadline=None, database=None
)
TestBetweenPeople = BetweenPeople.TestCase

"""Any sequence of commands: the books answer as the model does, and stay whole at every step."""

from __future__ import annotations

from dataclasses import replace

import msgspec
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import Bundle, MultipleResults, consumes, multiple, precondition, rule

from tests.wallet_api.checkout.books import DAY, MINUTE, SECOND
from tests.wallet_api.checkout.machine import Machine
from tests.wallet_api.checkout.town import PIN, WRONG_PIN
from wallet_api.banking.orders import Answer, apply_answer
from wallet_api.banking.top_ups import request_top_up
from wallet_api.checkout.charges import close_charge, create_charge
from wallet_api.checkout.payments import confirm, decline, pay
from wallet_api.checkout.returns import refund, reverse
from wallet_api.contract.errors import KeyReused, NotHeld, NotYours
from wallet_api.contract.ids import new_id
from wallet_api.risk.release import Release, release

ONE_OF_TWO = st.integers(0, 1)
AMOUNTS = st.sampled_from([1, 167, 9_999, 100_000, 100_001, 200_000, 250_000])
PARTS = st.sampled_from([None, 1, 1, 167, 5_000])
SHORT, LONG = [SECOND, 29 * SECOND, 31 * SECOND], [MINUTE, 5 * MINUTE, 7 * DAY, 365 * DAY]
TIMES = st.sampled_from(SHORT * 3 + LONG)


class Checkout(Machine):
    """Everything that may happen between two wallets and two shops."""

    charges: Bundle[str] = Bundle("charges")
    payments: Bundle[str] = Bundle("payments")
    tombstones: Bundle[str] = Bundle("tombstones")

    @rule(target=charges, shop=ONE_OF_TWO, amount=AMOUNTS)
    def create(self, shop: int, amount: int) -> str | MultipleResults[str]:
        command = self.town.charge(self.shops[shop], amount)
        expected = self.model.create(command.key.id, shop, amount)
        assert self.outcome(create_charge, command) == expected
        return command.key.id if expected == "created" else multiple()

    @rule(targets=(charges, payments), shop=ONE_OF_TWO, wallet=ONE_OF_TWO, amount=AMOUNTS)
    def create_on_code(self, shop: int, wallet: int, amount: int) -> str:
        self.used_code = self.town.show(self.wallets[wallet])
        command = self.town.charge(self.shops[shop], amount, code=self.used_code)
        expected = self.model.create_on_code(command.key.id, shop, wallet, amount)
        assert self.outcome(create_charge, command) == expected
        again = self.town.charge(self.shops[shop], 1, code=self.used_code)
        assert self.outcome(create_charge, again) == "code_used"
        return command.key.id

    @rule(target=tombstones, shop=ONE_OF_TWO)
    def reverse_an_unknown_id(self, shop: int) -> str:
        charge = new_id(self.town.clock.wall)
        command = self.town.reverse(self.shops[shop], charge)
        assert self.outcome(reverse, command) == self.model.reverse(charge, shop) == "closed"
        return charge

    @rule(
        target=charges,
        charge=consumes(tombstones),
        shop=ONE_OF_TWO,
        wallet=st.sampled_from([None, 0, 1]),
    )
    def create_too_late(self, charge: str, shop: int, wallet: int | None) -> str:
        code = None if wallet is None else self.town.show(self.wallets[wallet])
        command = self.town.charge(self.shops[shop], 10, code=code, charge_id=charge)
        assert self.outcome(create_charge, command) == self.model.create(charge, shop, 10)
        return charge

    @rule(target=payments, charge=charges, wallet=ONE_OF_TWO)
    def pay(self, charge: str, wallet: int) -> str | MultipleResults[str]:
        command = self.town.pay(self.wallets[wallet], charge)
        expected = self.model.pay(command.key.id, charge, wallet)
        assert self.outcome(pay, command) == expected
        return command.key.id if command.key.id in self.model.payments else multiple()

    @rule(
        target=charges,
        shop=ONE_OF_TWO,
        wallet=ONE_OF_TWO,
        amount=AMOUNTS,
        pins=st.lists(st.booleans(), max_size=3),
    )
    def buy(
        self, shop: int, wallet: int, amount: int, pins: list[bool]
    ) -> str | MultipleResults[str]:
        """Create, pay and confirm without a pause: what most charges go through."""
        charge = self.create(shop, amount)
        if not isinstance(charge, str):
            return charge
        payment = self.pay(charge, wallet)
        assert isinstance(payment, str)
        for right in pins:
            self.confirm(payment, right=right)
        return charge

    @rule(charge=charges, wallet=ONE_OF_TWO)
    def pay_on_other_terms(self, charge: str, wallet: int) -> None:
        row = self.model.charge(charge)
        terms = msgspec.structs.replace(self.town.terms(charge), payee=self.shops[1 - row.shop].id)
        command = self.town.pay(self.wallets[wallet], charge, terms)
        outcome = self.outcome(pay, command)
        assert (outcome == "terms_changed") == (row.state == "created")

    @rule(payment=payments, right=st.booleans())
    def confirm(self, payment: str, *, right: bool) -> None:
        wallet = self.model.payments[payment].wallet
        pin = PIN if right else WRONG_PIN
        command = self.town.confirm(self.wallets[wallet], payment, pin)
        expected = self.model.confirm(payment, right=right)
        assert self.outcome(confirm, command) == expected

    @rule(payment=payments)
    def confirm_by_another(self, payment: str) -> None:
        stranger = self.wallets[1 - self.model.payments[payment].wallet]
        assert self.outcome(confirm, self.town.confirm(stranger, payment)) == "not_yours"

    @rule(payment=payments)
    def decline(self, payment: str) -> None:
        wallet = self.wallets[self.model.payments[payment].wallet]
        expected = self.model.decline(payment)
        assert self.outcome(decline, self.town.decline(wallet, payment)) == expected

    @rule(charge=charges)
    def close(self, charge: str) -> None:
        shop = self.shops[self.model.charge(charge).shop]
        expected = self.model.close(charge)
        assert self.outcome(close_charge, self.town.close_charge(shop, charge)) == expected

    @rule(charge=charges)
    def reverse(self, charge: str) -> None:
        shop = self.model.charge(charge).shop
        expected = self.model.reverse(charge, shop)
        assert self.outcome(reverse, self.town.reverse(self.shops[shop], charge)) == expected

    @rule(charge=charges, part=PARTS)
    def refund(self, charge: str, part: int | None) -> None:
        shop = self.shops[self.model.charge(charge).shop]
        expected = self.model.refund(charge, part)
        assert self.outcome(refund, self.town.refund(shop, charge, part)) == expected

    @rule(charge=charges)
    def ask_for_another_shops_money(self, charge: str) -> None:
        rival = self.shops[1 - self.model.charge(charge).shop]
        outcomes = (
            self.outcome(close_charge, self.town.close_charge(rival, charge)),
            self.outcome(reverse, self.town.reverse(rival, charge)),
            self.outcome(refund, self.town.refund(rival, charge)),
        )
        assert outcomes == ("not_yours",) * 3

    @rule(wallet=ONE_OF_TWO, amount=AMOUNTS, answers=st.lists(st.booleans(), max_size=2))
    def top_up(self, wallet: int, amount: int, answers: list[bool]) -> None:
        command = self.town.top_up(self.wallets[wallet], amount)
        expected = self.model.top_up(wallet, amount)
        assert self.outcome(request_top_up, command) == expected
        if expected == "pending" and answers:
            for paid in answers:
                self.town.run(apply_answer, Answer(command.key.id, paid))
            self.model.answer_top_up(wallet, amount, paid=answers[0])

    @rule(wallet=ONE_OF_TWO)
    def release(self, wallet: int) -> None:
        expected = self.model.release(wallet)
        try:
            self.town.run(release, Release(self.wallets[wallet].id))
        except NotHeld:
            assert expected == "not_held"
        else:
            assert expected == "released"

    @rule(who=ONE_OF_TWO, wallet=st.booleans(), frozen=st.sampled_from([False, False, True]))
    def freeze(self, who: int, *, wallet: bool, frozen: bool) -> None:
        self.town.freeze(self.wallets[who] if wallet else self.shops[who], frozen=frozen)
        (self.model.wallets if wallet else self.model.shops)[who].frozen = frozen

    @rule(time=TIMES)
    def advance(self, time: int) -> None:
        self.town.advance(time)
        self.model.now += time

    @precondition(lambda self: self.sent)
    @rule(data=st.data())
    def send_again(self, data: st.DataObject) -> None:
        sent = data.draw(st.sampled_from(self.sent))
        assert sent.send(sent.key) == (sent.answer, True)
        refusals = (
            sent.send(replace(sent.key, fingerprint=b"another request")),
            sent.send(replace(sent.key, owner="somebody else")),
        )
        assert refusals == ((KeyReused().problem(), False), (NotYours().problem(), False))


Checkout.TestCase.settings = settings(
    max_examples=80, stateful_step_count=50, deadline=None, database=None
)
TestCheckout = Checkout.TestCase

"""A stored answer has at most 1 kB, whatever legal names and notes two people have."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, TypeVar

import pytest
from msgspec import structs

from payment_codes.amount import LARGEST_MINOR
from tests.wallet_api.checkout.books import DAY
from tests.wallet_api.checkout.test_answer_size import SCRIPTS, longest
from wallet_api.contract.limits import Tier
from wallet_api.contract.risk import Outcome
from wallet_api.people.claims import claim
from wallet_api.people.codes import receive
from wallet_api.people.gifts import Give, confirm_gift, give
from wallet_api.people.requests import RequestMoney, pay_request, request_money
from wallet_api.people.splits import SplitBill, split_bill
from wallet_api.people.transfers import confirm_transfer
from wallet_api.risk.rules import NewDevice
from wallet_api.store.answers import LARGEST_ANSWER

if TYPE_CHECKING:
    from tests.wallet_api.people.neighbours import Neighbours

C = TypeVar("C", RequestMoney, SplitBill, Give)


def noted(command: C, note: str) -> C:
    """Give the same command with another note."""
    return replace(command, request=structs.replace(command.request, note=note))


@pytest.mark.parametrize("script", sorted(SCRIPTS))
def test_the_longest_answers_fit(town: Neighbours, script: str) -> None:
    text = longest(*SCRIPTS[script])
    largest = LARGEST_MINOR // 3
    ann = town.wallet(LARGEST_MINOR, name=text, tier=Tier.I)
    bob = town.wallet(LARGEST_MINOR, name=text, tier=Tier.I)
    town.advance(DAY)
    town.adopt(NewDevice("n" * 32, Outcome.HOLD, hours=99_999, above={"CNY": 1}))
    town.run(receive, town.receive(ann, LARGEST_MINOR, text))
    ask = town.ask(ann, bob, largest)
    asked = town.run(request_money, noted(ask, text)).value
    paid = town.run(pay_request, town.pay_request(bob, asked)).value
    town.run(confirm_transfer, town.confirming(bob, paid))
    town.adopt()
    town.run(split_bill, noted(town.split(ann, largest, (bob,)), text))
    making = noted(town.give(ann, largest, receiver=bob), text)
    gift = town.run(give, making).value
    town.run(confirm_gift, town.confirming(ann, gift))
    town.run(claim, town.take(bob, making.token))
    lengths = town.rows("SELECT MAX(LENGTH(answer)) FROM answers")
    assert 600 < lengths[0][0] <= LARGEST_ANSWER

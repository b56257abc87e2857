"""Personal codes: whose they are, what they say, and how little they give away."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from payment_codes import native
from payment_codes.amount import LARGEST_MINOR, Amount
from wallet_api.contract.error_base import WalletError
from wallet_api.people.codes import payee, receive
from wallet_api.people.queries import person

if TYPE_CHECKING:
    from tests.wallet_api.people.neighbours import Neighbours


def test_a_code_says_to_a_payer_who_receives_what(town: Neighbours) -> None:
    ann = town.wallet(name="Ann 安")
    made = town.run(receive, town.receive(ann, 1_250, "for lunch")).value
    code = native.parse(made.payload)
    assert (code.kind, code.amount, code.dynamic) == (
        native.Kind.PERSON,
        Amount(1_250, "CNY"),
        False,
    )
    shown = town.read(payee, code.token)
    assert (shown.wallet, shown.name, shown.amount, shown.note) == (
        ann.id,
        "Ann 安",
        Amount(1_250, "CNY"),
        "for lunch",
    )


def test_the_code_without_an_amount_stays_the_same(town: Neighbours) -> None:
    ann, bob = town.wallet(), town.wallet()
    first, second = (town.run(receive, town.receive(ann)).value for _ in range(2))
    assert first == second
    assert native.parse(first.payload).amount is None
    assert town.run(receive, town.receive(bob)).value.payload != first.payload
    priced = town.run(receive, town.receive(ann, 1)).value
    assert town.run(receive, town.receive(ann, 1)).value.payload != priced.payload
    assert town.run(receive, town.receive(ann)).value == first


def test_a_picture_of_a_code_tells_no_name(town: Neighbours) -> None:
    made = town.run(receive, town.receive(town.wallet(name="Ann"), LARGEST_MINOR)).value
    assert "ANN" not in made.payload
    assert native.parse(made.payload).merchant_name == "A PERSON"


def test_what_is_wrong_with_a_code(town: Neighbours) -> None:
    ann = town.wallet()
    assert town.refusal(receive, town.receive(ann, 0)).code == "amount_invalid"
    assert town.refusal(receive, town.receive(ann, 1, "\n")).code == "text_invalid"
    with pytest.raises(WalletError, match="no such code"):
        town.read(payee, "Z" * 16)


def test_anybody_may_learn_a_name_and_nothing_else(town: Neighbours) -> None:
    ann = town.wallet(50_000, name="Ann")
    shown = town.read(person, ann.id)
    assert (shown.wallet, shown.name, shown.currency) == (ann.id, "Ann", "CNY")
    assert shown.__struct_fields__ == ("wallet", "name", "currency")
    with pytest.raises(WalletError, match="no such person"):
        town.read(person, "nobody")

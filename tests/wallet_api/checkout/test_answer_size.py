"""A stored answer has at most 1 kB, whatever legal names and notes it carries."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from payment_codes.amount import LARGEST_MINOR
from tests.wallet_api.checkout.books import DAY
from wallet_api.checkout.charges import close_charge, create_charge
from wallet_api.checkout.payments import confirm, pay
from wallet_api.checkout.returns import RefundCharge, refund, reverse
from wallet_api.contract.errors import TextInvalid
from wallet_api.contract.limits import Tier
from wallet_api.contract.rules import LONGEST_CHARGE_LIFE
from wallet_api.contract.text import LARGEST_CELLS, clean_text
from wallet_api.contract.wire import RefundRequest
from wallet_api.store.answers import LARGEST_ANSWER

if TYPE_CHECKING:
    from tests.wallet_api.checkout.town import Town

#: A base character with its cells, and a combining mark that takes none.
SCRIPTS = {
    "latin": ("a", 1, "\u0335"),
    "quotes": ('"', 1, "\U0001e8d0"),
    "chinese": ("茶", 2, "\u0335"),
    "rare chinese": ("\U00020000", 2, "\U0001e8d0"),
    "thai": ("ก", 1, "\u0e34"),
    "four bytes": ("\U0001d400", 1, "\U0001e8d0"),
}


def longest(base: str, width: int, mark: str) -> str:
    """Give the longest legal text of a script: all of its cells, and then marks."""
    text = ""
    for letter, most in ((base, LARGEST_CELLS // width), (mark, LARGEST_CELLS)):
        for _ in range(most):
            try:
                text = clean_text(text + letter, "text")
            except TextInvalid:
                break
    return text


@pytest.mark.parametrize("script", sorted(SCRIPTS))
def test_the_longest_answers_fit(town: Town, script: str) -> None:
    text = longest(*SCRIPTS[script])
    largest = LARGEST_MINOR // 3
    wallet = town.wallet(LARGEST_MINOR, name=text, tier=Tier.I)
    town.advance(DAY)  # A device that is new may not spend so much.
    shop = town.shop(name=text, city=text)
    for on_code in (False, True):
        for paid in (False, True):
            command = town.charge(
                shop,
                largest,
                tip=largest - 1,
                discount=LARGEST_MINOR,
                note=text,
                reference="ABCDEFGHIJKL",
                code=town.show(wallet) if on_code else None,
                expires_in=LONGEST_CHARGE_LIFE,
            )
            charge = town.run(create_charge, command).value.id
            payment = charge if on_code else town.run(pay, town.pay(wallet, charge)).value.id
            if paid:
                town.run(confirm, town.confirm(wallet, payment))
                request = RefundRequest(reason=text)
                key = town.key(shop.id, request)
                town.run(refund, RefundCharge(key, shop.till, charge, request))
            else:
                town.run(reverse, town.reverse(shop, charge))
                town.run(close_charge, town.close_charge(shop, charge))
    lengths = town.rows("SELECT MAX(LENGTH(answer)) FROM answers")
    assert 600 < lengths[0][0] <= LARGEST_ANSWER

"""What the lists of screens are made of: whom one knows, what came, what went to the bank."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tests.end_to_end.programs import WALLET
from tests.stage.fixtures import programs, service, shop, town
from tests.stage.friends import act, friend, meet
from tests.stage.others import FRIEND_NAME, cny, owner
from wallet_api.contract.instants import instant_ms
from wallet_cli.bank import Bank
from wallet_cli.people import People

if TYPE_CHECKING:
    from terminal_kit.session import Session
    from tests.end_to_end.programs import Programs

__all__ = ["programs", "service", "shop", "town"]


def pay(minor: int) -> None:
    """Have the friend send money."""

    def send(session: Session) -> None:
        people = People(session)
        people.send(people.payee(owner()), cny(minor))

    friend(send)


def test_everybody_one_dealt_with_is_known_once(shop: Programs) -> None:
    wallet = meet()
    for _time in range(2):
        pay(1_00)
    (known,) = act(WALLET, lambda session: People(session).recent())
    assert (known.wallet, known.name, known.currency) == (wallet, FRIEND_NAME, "CNY")
    (sender,) = friend(lambda session: People(session).recent())
    assert sender.wallet == owner()


def test_what_was_received_is_found_by_time_and_amount_or_by_what_was_heard(
    shop: Programs,
) -> None:
    meet()
    pay(1_00)
    before = act(WALLET, lambda session: People(session).transfers().items[0])
    since = instant_ms(before.created_at) + 1
    pay(2_00)
    pay(3_00)

    def received(session: Session) -> list[list[int]]:
        people = People(session)
        found = (
            people.received(since, None),
            people.received(since, cny(2_00)),
            people.received(since, None, {before.id}),
            people.received(since, cny(9)),
        )
        return [[one.amount.minor for one in some] for some in found]

    assert act(WALLET, received) == [[3_00, 2_00], [2_00], [3_00, 2_00, 1_00], []]


def test_the_bank_s_pages_hold_everything_once_newest_first(shop: Programs) -> None:
    def pages(session: Session) -> list[int]:
        bank = Bank(session)
        for minor in (1_00, 2_00, 3_00):
            bank.top_up(cny(minor))
            bank.withdraw(bank.offer(cny(minor * 10)))
        found, cursor = [], None
        while True:
            page = bank.page(2, cursor)
            assert len(page.items) <= 2
            found += page.items
            cursor = page.next
            if cursor is None:
                break
        assert [one.id for one in found] == sorted((one.id for one in found), reverse=True)
        return [one.amount.minor for one in found]

    assert act(WALLET, pages) == [30_00, 3_00, 20_00, 2_00, 10_00, 1_00, 2500_00]

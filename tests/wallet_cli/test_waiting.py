"""Everything that waits for a wallet's owner, in one list."""

from __future__ import annotations

from typing import TYPE_CHECKING

from terminal_kit.enrol import open_profile
from terminal_kit.session import Chosen, Session
from tests.end_to_end.programs import WALLET
from tests.stage.fixtures import nothing_moves, programs, service, shop, town
from tests.stage.others import FRIEND, charge, cny, open_friend, own_code, owner
from wallet_api.contract.administration import JoinCard, JoinWallet
from wallet_api.contract.people import GiftRequest
from wallet_cli.bank import Bank
from wallet_cli.gifts import Gifts
from wallet_cli.people import People
from wallet_cli.requests import Requests
from wallet_cli.waiting import WaitingRoom

if TYPE_CHECKING:
    from tests.end_to_end.programs import Programs
    from wallet_api.contract.wire import DeviceKeys

__all__ = ["nothing_moves", "programs", "service", "shop", "town"]

PHONE = Chosen("wallet", "phone")


def join() -> None:
    wallet = owner()

    def request(device: DeviceKeys) -> JoinWallet:
        return JoinWallet(wallet=wallet, device=device, name="Phone")

    open_profile(PHONE, "file", request, "/v1/devices", JoinCard)


def test_all_that_waits_is_there_and_what_ends_first_on_top(shop: Programs) -> None:
    friend, own = open_friend(), owner()
    with Session(FRIEND) as session:
        Bank(session).top_up(cny(100_00))
        Requests(session).ask(own, cny(42_00), "Dinner")
        Gifts(session).give(GiftRequest(amount=cny(8_88), receiver=own))
        session.state.forget_answered()
    charge(1_200_00, code=own_code())
    with Session(WALLET) as session:
        people = People(session)
        people.send(people.payee(friend), cny(1_300_00))
        Gifts(session).give(GiftRequest(amount=cny(1_400_00)))
        bank = Bank(session)
        bank.withdraw(bank.offer(cny(1_500_00)))
        session.state.forget_answered()
    join()
    with Session(WALLET) as session:
        room = WaitingRoom(session)
        items = room.items()
        assert {item.kind for item in items} == {
            *("payment", "transfer", "gift", "withdrawal", "request", "present", "device")
        }
        assert len(items) == 7
        ends = [item.expires_at or "~" for item in items]
        assert ends == sorted(ends)
        assert items[0].kind == "payment"
        for item in items:
            if item.can_be_declined:
                room.decline(item)
        session.state.forget_answered()
        left = {item.kind: item for item in room.items()}
        assert left.keys() == {"withdrawal", "present", "device"}


def test_what_waits_for_others_does_not_wait_for_me(shop: Programs) -> None:
    friend = open_friend()
    with Session(WALLET) as session:
        Requests(session).ask(friend, cny(42_00))
        Gifts(session).give(GiftRequest(amount=cny(8_88), receiver=friend))
        session.state.forget_answered()
        assert WaitingRoom(session).items() == []
    with Session(FRIEND) as session:
        assert [item.kind for item in WaitingRoom(session).items()] == ["present", "request"]

"""A desk: behaviour on threads, calls on the loop, and nothing that keeps a program from ending."""

from __future__ import annotations

import asyncio
import threading
from concurrent.futures import CancelledError
from typing import TYPE_CHECKING

import pytest

from payment_codes.errors import AmountInvalid as TextAmountInvalid
from terminal_kit.screens.desk import Desk
from tests.end_to_end.programs import WALLET
from wallet_api.contract.errors import AmountInvalid, NoProfile
from wallet_cli.wallet import Wallet

if TYPE_CHECKING:
    from tests.end_to_end.programs import Programs


def test_behaviour_on_a_thread_calls_over_the_loop(shop: Programs) -> None:
    async def scenario() -> None:
        desk = await Desk.open(WALLET)
        wallet = Wallet(desk.session)
        cards = await asyncio.gather(*(desk.ask(wallet.card) for _ in range(20)))
        assert {card.balance.minor for card in cards} == {250_000}
        await desk.close()

    asyncio.run(scenario())


def test_a_closed_desk_wakes_what_sleeps(shop: Programs) -> None:
    asleep = threading.Event()

    async def scenario() -> None:
        desk = await Desk.open(WALLET)

        def sleep() -> None:
            asleep.set()
            desk.session.sleep(3_600)

        sleeping = asyncio.create_task(desk.look(sleep))
        await asyncio.to_thread(asleep.wait, 20)
        await desk.close()
        with pytest.raises((CancelledError, asyncio.CancelledError)):
            await sleeping

    asyncio.run(scenario())


def test_what_the_code_library_refuses_is_an_error_of_the_table(shop: Programs) -> None:
    def refuse() -> None:
        raise TextAmountInvalid("An amount has digits.")

    async def scenario() -> None:
        desk = await Desk.open(WALLET)
        with pytest.raises(AmountInvalid):
            await desk.look(refuse)
        await desk.close()

    asyncio.run(scenario())


def test_without_a_profile_there_is_no_desk(town: Programs) -> None:
    with pytest.raises(NoProfile):
        asyncio.run(Desk.open(WALLET))

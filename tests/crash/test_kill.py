"""kill -9 of the service under load: what was acknowledged is there once, and nothing else."""

from __future__ import annotations

import asyncio
from random import Random
from typing import TYPE_CHECKING, TypeVar

from msgspec import structs

from tests.crash.town import Person, Request, Town
from wallet_api.contract.error_base import WalletError
from wallet_api.contract.statement import Movement
from wallet_api.contract.wire import Charge, MerchantCard, Page, TopUp, WalletCard

if TYPE_CHECKING:
    from collections.abc import Callable

    from tests.crash.bank import Bank

T = TypeVar("T")

KILLS = 20
MOST_ANSWERS = 100
REPLAYS = 100
REFUSALS = {
    "already_paid",
    "insufficient_funds",
    "merchant_funds_short",
    "pin_not_set",  # Ten payments a day go without one.
    "refund_too_large",
}


def test_twenty_kills_lose_nothing_and_double_nothing(bank: Bank) -> None:
    random = Random(20)
    town = Town(random)
    found_done = asyncio.run(_be_killed(bank, town, random))
    assert found_done, "some answers were lost after the commit, or this test proves nothing"
    assert set(town.refused.values()) <= REFUSALS

    bank.start()
    asyncio.run(_compare(bank, town))
    asyncio.run(_replay(bank, town, random))
    assert bank.stop() == 0

    moved = sum(map(len, town.movements().values()))
    report = bank.verify()
    assert (report["ok"], report["findings"], report["journal"]) == (True, [], moved)


async def _be_killed(bank: Bank, town: Town, random: Random) -> int:
    """Kill the bank again and again; give how many lost requests had taken effect."""
    found_done = 0
    for kill in range(KILLS):
        bank.start()
        town.call(bank.url)
        if kill == 0:
            await town.enrol()
        found_done += await town.send_again()
        await town.trade(_killer(bank, random.randint(1, MOST_ANSWERS)))
        await town.hang_up()
        assert bank.stop() == -9
        assert town.unanswered, "the kill came while requests were on their way"
    bank.start()
    town.call(bank.url)
    found_done += await town.send_again()
    await town.hang_up()
    assert bank.stop() == 0
    assert not town.unanswered
    return found_done


def _killer(bank: Bank, answers: int) -> Callable[[], None]:
    """Give what kills the bank at that many answers."""
    left = answers

    def heard() -> None:
        nonlocal left
        left -= 1
        if left == 0:
            bank.kill()

    return heard


async def _compare(bank: Bank, town: Town) -> None:
    """Find in the books what people were told, once, and nothing else."""
    town.call(bank.url)
    balances, movements = {}, {}
    for person in town.wallets:
        card = (await person.client.get("/v1/wallet", answer=WalletCard)).value
        balances[person.id] = card.balance.minor
        items = await _all(person, "/v1/history", Page[Movement])
        movements[person.id] = sorted(item.id for item in items)
    charges = set()
    for person in town.tills:
        merchant = (await person.client.get("/v1/merchant", answer=MerchantCard)).value
        balances[person.id] = merchant.balance.minor
        charges |= {item.id for item in await _all(person, "/v1/charges", Page[Charge])}
    assert balances == town.balances()
    assert movements == town.movements()
    assert charges == town.sales.keys()
    await town.hang_up()


async def _replay(bank: Bank, town: Town, random: Random) -> None:
    """Ask again for what was answered before: the same answers, and nothing happens."""
    town.call(bank.url)
    for request in random.sample([*town.told], REPLAYS):
        reply = await request.send()
        assert reply.replayed
        assert _lasting(reply.value) == _lasting(town.told[request])
    for request, code in town.refused.items():
        assert await _refusal(request) == code
    await town.hang_up()


def _lasting(answer: object) -> object:
    """Give an answer without a top-up's balance, which is that of the moment."""
    return structs.replace(answer, balance=None) if isinstance(answer, TopUp) else answer


async def _refusal(request: Request) -> str | None:
    try:
        await request.send()
    except WalletError as refusal:
        return refusal.code if refusal.replayed else None
    return None


async def _all(person: Person, path: str, page: type[Page[T]]) -> list[T]:
    """Read a list to its end."""
    items: list[T] = []
    cursor = None
    while True:
        part = (await person.client.get(path, answer=page, query={"cursor": cursor})).value
        items += part.items
        cursor = part.next
        if cursor is None:
            return items

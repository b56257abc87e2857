"""Top-ups: two commands around a bank that answers, refuses, fails, or answers too late."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING

import pytest

from tests.wallet_api.service.caller import PIN, cny, done, read, refused, write
from tests.wallet_api.service.desk import AUTHORITY, Desk, open_desk
from wallet_api.banking.outbox import BACKOFF
from wallet_api.contract.ids import new_id
from wallet_api.service.bank import BankSilentError, Instruction, Reply
from wallet_api.service.simulated_bank import SimulatedBank
from wallet_api.store.clock import SystemClock

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable

    import httpx

    from wallet_api.identity.keys import Keys
    from wallet_api.store.sqlite import SqliteDatabase

#: By then the bank was asked again, in seconds.
LONGEST_PAUSE = BACKOFF[-1]


class MoodyBank(SimulatedBank):
    """A bank that a test can make refuse, fail, or do something before it answers."""

    def __init__(self) -> None:
        super().__init__(SystemClock())
        self.pays = True
        self.fails = False
        self.asked: list[str] = []
        self.before_answer: Callable[[], None] = lambda: None

    async def debit(self, instruction: Instruction) -> Reply:
        self.asked.append(instruction.key)
        if self.fails:
            raise BankSilentError
        reply = await super().debit(instruction) if self.pays else Reply(paid=False)
        self.before_answer()
        return reply


class Customer:
    """A wallet at a service of this process."""

    def __init__(self, desk: Desk) -> None:
        self.desk = desk

    async def open(self) -> None:
        keys = self.desk.device.keys()
        body = {"name": "王小明", "currency": "CNY", "pin": PIN, "device": keys}
        done(await self.desk.send(write(AUTHORITY, "/v1/customers", body)))

    async def top_up(self, key: str | None = None) -> httpx.Response:
        return await self.desk.send(write(AUTHORITY, "/v1/top-ups", {"amount": cny(100)}, key))

    async def look(self, key: str) -> str:
        return str(done(await self.desk.send(read(AUTHORITY, f"/v1/top-ups/{key}")))["state"])

    async def settled(self, key: str) -> str:
        """Give the state of a top-up once the agenda has asked the bank again."""
        waiters = self.desk.service.waiters
        changed = waiters.begin(key)
        while (state := await self.look(key)) == "pending":
            await changed.wait()
        waiters.end(key, changed)
        return state

    async def balance(self) -> int:
        card = done(await self.desk.send(read(AUTHORITY, "/v1/wallet")))
        return int(card["balance"]["minor"])


@pytest.fixture
def bank() -> MoodyBank:
    return MoodyBank()


@pytest.fixture
def play(database: SqliteDatabase, keys: Keys, bank: MoodyBank) -> Callable[..., None]:
    """Run scenes with one wallet, with a restart of the service between them."""

    def run(*scenes: Callable[[Customer], Awaitable[None]]) -> None:
        async def main() -> None:
            device = None
            for scene in scenes:
                async with open_desk(database, keys, bank) as desk:
                    customer = Customer(desk)
                    if device is None:
                        await customer.open()
                    else:
                        desk.device = device
                    await scene(customer)
                    device = desk.device

        asyncio.run(main())

    return run


def test_a_top_up_that_the_bank_pays(play: Callable[..., None], bank: MoodyBank) -> None:
    async def scene(customer: Customer) -> None:
        key = new_id()
        answer = done(await customer.top_up(key))
        assert (answer["id"], answer["state"]) == (key, "succeeded")
        assert answer["balance"] == cny(100)
        assert await customer.balance() == 100
        assert bank.asked == [key]

    play(scene)


def test_a_top_up_that_the_bank_refuses(play: Callable[..., None], bank: MoodyBank) -> None:
    async def scene(customer: Customer) -> None:
        bank.pays = False
        assert done(await customer.top_up())["state"] == "failed"
        assert await customer.balance() == 0

    play(scene)


def test_a_retry_asks_the_bank_again_with_its_key(
    play: Callable[..., None], bank: MoodyBank
) -> None:
    async def scene(customer: Customer) -> None:
        key = new_id()
        bank.fails = True
        assert done(await customer.top_up(key))["state"] == "pending"
        assert await customer.balance() == 0
        bank.fails = False
        assert done(await customer.top_up(key))["state"] == "succeeded"
        assert bank.asked == [key, key]
        assert await customer.balance() == 100

    play(scene)


def test_a_bank_that_never_answered_is_asked_again_at_the_start(
    play: Callable[..., None], bank: MoodyBank
) -> None:
    keys: list[str] = []

    async def before(customer: Customer) -> None:
        keys.append(new_id())
        bank.fails = True
        await customer.top_up(keys[0])

    async def still_silent(customer: Customer) -> None:
        assert await customer.look(keys[0]) == "pending"
        bank.fails = False

    async def after(customer: Customer) -> None:
        await customer.desk.advance(LONGEST_PAUSE)
        assert await customer.settled(keys[0]) == "succeeded"
        assert await customer.balance() == 100

    play(before, still_silent, after)


def test_copies_at_once_are_paid_once(play: Callable[..., None]) -> None:
    async def scene(customer: Customer) -> None:
        key = new_id()
        answers = await asyncio.gather(*(customer.top_up(key) for _ in range(10)))
        assert {done(answer)["state"] for answer in answers} == {"succeeded"}
        assert await customer.balance() == 100

    play(scene)


def test_a_service_too_busy_to_write_the_banks_answer_down(
    play: Callable[..., None], bank: MoodyBank
) -> None:
    """The bank has paid, so "nothing happened" would be a lie: it is pending, and asked again."""

    async def scene(customer: Customer) -> None:
        key, engine = new_id(), customer.desk.service.engine
        bank.before_answer = lambda: setattr(engine, "_queue_limit", 0)
        assert done(await customer.top_up(key))["state"] == "pending"
        engine._queue_limit = 100
        bank.before_answer = lambda: None
        assert done(await customer.top_up(key))["state"] == "succeeded"
        assert await customer.balance() == 100

    play(scene)


def test_a_bug_shows_nothing_of_itself(play: Callable[..., None], bank: MoodyBank) -> None:
    async def scene(customer: Customer) -> None:
        def fail() -> None:
            raise ZeroDivisionError("a secret of the service")

        bank.before_answer = fail
        response = await customer.top_up()
        assert response.status_code == 500
        assert refused(response) == "outcome_unknown"
        assert response.json()["money_moved"] is None
        assert "secret" not in response.text

    play(scene)


def test_a_service_too_busy_to_begin(database: SqliteDatabase, keys: Keys) -> None:
    """Nothing happened, and the answer says when to come again."""

    async def main() -> None:
        async with open_desk(database, keys, queue_limit=0) as desk:
            body = {"name": "Eve", "currency": "CNY", "device": desk.device.keys()}
            response = await desk.send(write(AUTHORITY, "/v1/customers", body))
            assert response.status_code == 503
            assert refused(response) == "overloaded"
            assert response.json()["money_moved"] is False
            assert response.headers["retry-after"] == "1"

    asyncio.run(main())

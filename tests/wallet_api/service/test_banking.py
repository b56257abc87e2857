"""Banking through the service: asked by the agenda, told by the lab, closed with the day."""

from __future__ import annotations

import asyncio
import json
from contextlib import asynccontextmanager
from typing import TYPE_CHECKING, Any

import pytest

from payment_codes.native import parse
from tests.wallet_api.service.caller import (
    JSON,
    PIN,
    Call,
    Device,
    cny,
    done,
    merchant_body,
    payment_of,
    read,
    refused,
    write,
)
from tests.wallet_api.service.desk import AUTHORITY, Desk, open_desk
from wallet_api.contract.ids import new_id
from wallet_api.service.simulated_bank import SimulatedBank
from wallet_api.store.clock import LabClock

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Callable

    from tests.wallet_api.service.caller import Caller
    from tests.wallet_api.service.running import Running
    from wallet_api.identity.keys import Keys
    from wallet_api.store.sqlite import SqliteDatabase

DAY = 86_400


class Quay:
    """A wallet and a till at a service of this process."""

    def __init__(self, desk: Desk) -> None:
        self.desk = desk
        self.wallet, self.till = desk.device, Device()

    async def open(self) -> None:
        keys = self.wallet.keys()
        body = {"name": "王小明", "currency": "CNY", "pin": PIN, "device": keys}
        self.customer = str((await self.post("/v1/customers", body))["wallet"])
        shop = await self.post("/v1/merchants", merchant_body(self.till), self.till)
        self.merchant = str(shop["merchant"])

    async def post(
        self, path: str, body: object, device: Device | None = None, key: str | None = None
    ) -> dict[str, Any]:
        call = write(AUTHORITY, path, body, key).signed(device or self.wallet)
        return done(await self.desk.client.send(call.request()))

    async def get(self, path: str, device: Device | None = None) -> dict[str, Any]:
        call = read(AUTHORITY, path).signed(device or self.wallet)
        return done(await self.desk.client.send(call.request()))

    async def lab(self, **wanted: object) -> dict[str, Any]:
        call = Call(AUTHORITY, "POST", "/v1/lab/bank", json.dumps(wanted).encode(), headers=JSON)
        return done(await self.desk.client.send(call.request()))

    async def top_up(self, minor: int = 100) -> dict[str, Any]:
        return await self.post("/v1/top-ups", {"amount": cny(minor)})

    async def withdraw(self, minor: int = 100) -> dict[str, Any]:
        return await self.post("/v1/withdrawals", {"amount": cny(minor), "fee": cny(0)})

    async def sell(self, minor: int) -> None:
        charge = await self.post("/v1/charges", {"amount": cny(minor)}, self.till)
        offer = await self.get(f"/v1/codes/{parse(charge['payload']).token}")
        await self.post("/v1/payments", payment_of(offer))

    async def until(self, subject: str, path: str, state: str) -> dict[str, Any]:
        """Look again at each change of a subject until it has a state."""
        waiters = self.desk.service.waiters
        changed = waiters.begin(subject)
        while (found := await self.get(path))["state"] != state:
            await changed.wait()
            changed.clear()
        waiters.end(subject, changed)
        return found

    async def balance(self) -> int:
        return int((await self.get("/v1/wallet"))["balance"]["minor"])


@pytest.fixture
def quay(database: SqliteDatabase, keys: Keys) -> Callable[[], Any]:
    @asynccontextmanager
    async def opened() -> AsyncIterator[Quay]:
        async with open_desk(database, keys) as desk:
            made = Quay(desk)
            await made.open()
            yield made

    return opened


def test_a_late_bank_is_asked_by_the_agenda(quay: Callable[[], Any]) -> None:
    async def scene() -> None:
        async with quay() as here:
            await here.lab(fault="late", seconds=40)
            top_up = await here.top_up()
            assert (top_up["state"], top_up["simulated"]) == ("pending", "bank:late")
            await here.desk.advance(60)
            path = f"/v1/top-ups/{top_up['id']}"
            assert (await here.until(top_up["id"], path, "succeeded"))["balance"] == cny(100)

    asyncio.run(scene())


def test_a_bank_that_never_answers_speaks_when_it_is_told_to(quay: Callable[[], Any]) -> None:
    async def scene() -> None:
        async with quay() as here:
            await here.top_up(500)
            await here.lab(fault="never", kind="credit")
            withdrawal = await here.withdraw(200)
            assert (withdrawal["state"], withdrawal["balance"]) == ("pending", cny(300))
            state = await here.lab(fault="answer", kind="credit")
            assert state == {"simulated": "bank:answer", "calls": 0, "reference": None}
            seen = await here.get(f"/v1/withdrawals/{withdrawal['id']}")
            assert (seen["state"], seen["simulated"]) == ("succeeded", "bank:never")

    asyncio.run(scene())


def test_every_other_fault_names_its_rule(quay: Callable[[], Any]) -> None:
    async def scene() -> None:
        async with quay() as here:
            await here.lab(fault="twice")
            twice = await here.top_up(500)
            assert (twice["state"], twice["simulated"]) == ("succeeded", "bank:twice")
            await here.lab(fault="refuse", kind="credit")
            back = await here.withdraw()
            assert (back["state"], back["simulated"]) == ("returned", "bank:refuse")
            await here.lab(fault="take_back", seconds=30)
            taken = await here.top_up(70)
            assert taken["balance"] == cny(570)
            await here.desk.advance(60)
            path = f"/v1/top-ups/{taken['id']}"
            gone = await here.until(taken["id"], path, "returned")
            assert (gone["balance"], gone["simulated"]) == (cny(500), "bank:take_back")
            found = await here.lab(fault="stray", amount=cny(9))
            rows = here.desk.service.engine.read(
                lambda tx, _now: tx.all("SELECT id, amount, simulated FROM strays")
            )
            assert rows == [(found["reference"], 9, "bank:stray")]

    asyncio.run(scene())


def test_without_a_lab_nobody_tells_the_bank_anything(service: Running, wallet: Caller) -> None:
    body = json.dumps({"fault": "refuse"}).encode()
    call = Call(service.authority, "POST", "/v1/lab/bank", body, headers=JSON)
    assert refused(wallet.send(call)) == "not_found"
    assert wallet.top_up(100)["simulated"] is None


def test_the_lab_refuses_what_makes_no_sense(quay: Callable[[], Any]) -> None:
    wishes: list[dict[str, object]] = [
        {"fault": "on fire"},
        {"fault": "late", "calls": 0},
        {"fault": "late", "seconds": -1},
        {"fault": "late", "amount": cny(1)},
        {"fault": "stray"},
        {"fault": "stray", "amount": cny(0)},
        {"fault": "take_back", "kind": "credit"},
    ]

    async def scene() -> None:
        async with quay() as here:
            for wish in wishes:
                body = json.dumps(wish).encode()
                call = Call(AUTHORITY, "POST", "/v1/lab/bank", body, headers=JSON)
                response = await here.desk.client.send(call.request())
                assert refused(response) == "bad_request", wish
            page = Call(AUTHORITY, "POST", "/v1/lab/bank", b"{}", headers=JSON | {"Origin": "x"})
            response = await here.desk.client.send(page.request())
            assert refused(response) == "origin_refused"

    asyncio.run(scene())


def test_a_withdrawal_is_confirmed_with_the_pin_and_asked_at_once(
    quay: Callable[[], Any],
) -> None:
    async def scene() -> None:
        async with quay() as here:
            await here.top_up(2_000_00)
            shown = await here.withdraw(1_500_00)
            assert shown["state"] == "pin_required"
            offer = await here.get("/v1/withdrawal-offer?minor=150000")
            assert (offer["pin_required"], offer["total"]) == (True, cny(150000))
            body = {"pin": PIN, "approval": "AA"}
            call = write(AUTHORITY, f"/v1/withdrawals/{shown['id']}/confirm", body)
            response = await here.desk.client.send(call.signed(here.wallet).request())
            assert refused(response) == "signature_invalid"
            for text in ("", "x", "-1", "1e3", "9999999999999"):
                call = read(AUTHORITY, f"/v1/withdrawal-offer?minor={text}").signed(here.wallet)
                assert refused(await here.desk.client.send(call.request())) == "bad_request"

    asyncio.run(scene())


def test_when_a_day_is_over_merchants_are_settled_and_fees_swept(
    quay: Callable[[], Any],
) -> None:
    async def scene() -> None:
        async with quay() as here:
            await here.top_up(2_000_00)
            await here.sell(100_00)
            assert (await here.get("/v1/settlements", here.till))["items"] == []
            settled = here.desk.service.waiters.begin(f"events:{here.merchant}")
            await here.desk.advance(DAY)
            while not (items := (await here.get("/v1/settlements", here.till))["items"]):
                await settled.wait()
                settled.clear()
            path = f"/v1/settlements/{items[0]['id']}"
            assert items[0]["amount"] == cny(99_40)
            while (await here.get(path, here.till))["state"] != "succeeded":
                await here.desk.advance(5)
            file = await here.get(f"{path}/file", here.till)
            assert file["content"].startswith("record,entry,")
            engine = here.desk.service.engine
            while not engine.read(lambda tx, _now: tx.all("SELECT day FROM bank_days")):
                await here.desk.advance(1)
            sweep = engine.read(lambda tx, _now: tx.all("SELECT amount FROM firm_transfers"))
            assert sweep == [(60,)]

    asyncio.run(scene())


def test_a_restart_goes_on_where_the_rows_stand(database: SqliteDatabase, keys: Keys) -> None:
    """The bank is another party: it knows what it was asked when the service has forgotten."""
    clock = LabClock()
    bank = SimulatedBank(clock)
    bank.plan("debit", "never", 1, 0)

    async def scenes() -> None:
        async with open_desk(database, keys, bank) as desk:
            here = Quay(desk)
            await here.open()
            key = new_id()
            body = {"amount": cny(100)}
            assert (await here.post("/v1/top-ups", body, key=key))["state"] == "pending"
        bank.answer_all()
        async with open_desk(database, keys, bank) as desk:
            desk.device = here.wallet
            here.desk = desk
            assert (await here.until(key, f"/v1/top-ups/{key}", "succeeded"))["id"] == key
            assert await here.balance() == 100
        assert [one.minor for one in await bank.statement(2**62)] == [100]

    asyncio.run(scenes())

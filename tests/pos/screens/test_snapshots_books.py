"""How the till's books look: sales, the shift, settlements, tills, webhooks, settings."""

from __future__ import annotations

import json
from datetime import datetime
from typing import TYPE_CHECKING
from urllib.request import urlopen

from textual.widgets import Input, Static

from pos.products import Products
from pos.screens.dialogs.refund import RefundDialog
from pos.screens.shifts import Shifts
from pos.webhooks import Webhooks
from terminal_kit.session import Session
from tests.end_to_end.day import cny
from tests.end_to_end.programs import TILL
from tests.pos.screens.back_room import meanwhile, till_at
from tests.stage.snapshots import snapshot
from wallet_api.contract.wire import ChargeRequest

if TYPE_CHECKING:
    from tests.end_to_end.day import Day
    from tests.end_to_end.programs import Programs
    from tests.end_to_end.services import Service
    from tests.stage.playing import Player

SERVE = ("--lab",)
DAY_SECONDS = 86_400
LIVE = "●"


def a_day(day: Day) -> None:
    """A shift before, and one that is open, with sales of every kind."""
    day.shop.open(cny(20000))
    day.sell(4200)
    day.shop.close()
    day.shop.open(cny(20000))
    day.till.reverse(day.sell(1000).id)
    day.sell(12300, discount=300, note="两杯拿铁")
    day.till.close(day.till.charge(ChargeRequest(amount=cny(700))).id)
    sale = day.sell(6600, tip=600, note="Table 4", reference="ORDER12")
    day.till.refund(sale.id, cny(1100), None)


def test_sales(shop: Programs) -> None:
    meanwhile(shop, a_day)

    async def scenario(player: Player) -> None:
        await player.see(LIVE, "Table 4", "66.00")

    snapshot("till-sales", till_at("sales"), scenario)


def test_no_sales(shop: Programs) -> None:
    async def scenario(player: Player) -> None:
        await player.see(LIVE)
        await player.until(lambda: player.app.focused is not None)

    snapshot("till-sales-none", till_at("sales"), scenario)


def test_a_sale(shop: Programs) -> None:
    meanwhile(shop, a_day)

    async def scenario(player: Player) -> None:
        await player.see(LIVE, "Table 4")
        await player.press("enter")
        await player.see("ORDER12", "60.00 CNY")
        # The receipt ends with a number that takes two rows, differs and cannot be told by a row.
        receipt = player.app.screen.query_one("#rows", Static)
        receipt.update("\n".join(str(receipt.content).splitlines()[:-2]))

    snapshot("till-sale-details", till_at("sales"), scenario)


def test_a_refund(shop: Programs) -> None:
    async def scenario(player: Player) -> None:
        await player.see(LIVE)
        player.app.push_screen(RefundDialog(cny(5500)))
        await player.see("55.00")
        await player.until(lambda: isinstance(player.app.focused, Input))

    snapshot("till-refund", till_at("sales"), scenario)


def test_the_shift(shop: Programs, service: Service) -> None:
    service.advance(_until_ten(service))
    meanwhile(shop, a_day)

    async def scenario(player: Player) -> None:
        await player.see(LIVE, "199.00", "▒")

    snapshot("till-shift", till_at("shift"), scenario)


def _until_ten(service: Service) -> int:
    """Give the seconds of business time until 10:00 in UTC: hours stand on the plots."""
    with urlopen(f"{service.url}/v1/service") as response:
        now = datetime.fromisoformat(json.load(response)["time"])
    passed = now.hour * 3_600 + now.minute * 60 + now.second
    return (10 * 3_600 - passed) % DAY_SECONDS


def test_no_shift(shop: Programs) -> None:
    async def scenario(player: Player) -> None:
        await player.see(LIVE)
        await player.until(lambda: bool(player.app.screen.query("#shift.-none")))

    snapshot("till-shift-none", till_at("shift"), scenario)


def test_shifts(shop: Programs) -> None:
    meanwhile(shop, a_day)

    async def scenario(player: Player) -> None:
        await player.see(LIVE, "199.00")
        player.app.push_screen(Shifts())
        await player.see("◌", "✓", "200.00")

    snapshot("till-shifts", till_at("shift"), scenario)


def test_settlements(shop: Programs, service: Service) -> None:
    meanwhile(shop, a_day)
    service.advance(DAY_SECONDS)

    async def scenario(player: Player) -> None:
        await player.see(LIVE, "✓")

    snapshot("till-settlements", till_at("settlements"), scenario)


def test_a_settlement(shop: Programs, service: Service) -> None:
    meanwhile(shop, a_day)
    service.advance(DAY_SECONDS)

    async def scenario(player: Player) -> None:
        await player.see(LIVE, "✓")
        await player.press("enter")
        await player.see("123.00", "66.00")

    snapshot("till-settlement", till_at("settlements"), scenario)


def test_tills(shop: Programs) -> None:
    async def scenario(player: Player) -> None:
        await player.see(LIVE, "Main store", "✓")
        await player.until(lambda: "▌" in player.text())

    snapshot("till-tills", till_at("tills"), scenario)


def test_webhooks(shop: Programs) -> None:
    with Session(TILL) as session:
        Webhooks(session).add("http://127.0.0.1:9/events", ["charge.*", "settlement.*"])
        session.state.forget_answered()

    async def scenario(player: Player) -> None:
        await player.see(LIVE, "http://127.0.0.1:9/events")

    snapshot("till-webhooks", till_at("webhooks"), scenario)


def test_settings(shop: Programs) -> None:
    products = Products.load("default", "CNY")
    products.save([products.product("Flat white", "32"), products.product("可颂", "18.50")])

    async def scenario(player: Player) -> None:
        await player.see(LIVE)
        await player.press("down")
        await player.see("Flat white", "18.50")

    snapshot("till-settings", till_at("settings"), scenario)

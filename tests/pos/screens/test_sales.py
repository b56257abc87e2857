"""Sales on the screen: live, found as one types, refunded, reversed, closed, exported."""

from __future__ import annotations

import csv
import threading
from io import StringIO
from typing import TYPE_CHECKING

from textual.widgets import Button, Input

from pos.screens.sales import SaleList
from tests.end_to_end.day import cny
from tests.pos.screens.back_room import NOWHERE, apart, meanwhile, till_at
from tests.stage.playing import LARGE, LIMIT_SECONDS, Player, play
from wallet_api.client.blocking import BridgedClient
from wallet_api.contract.errors import OutcomeUnknown
from wallet_api.contract.ids import short_code
from wallet_api.contract.wire import ChargeRequest, ChargeState

if TYPE_CHECKING:
    from pathlib import Path
    from typing import Any

    import pytest

    from tests.end_to_end.day import Day
    from tests.end_to_end.programs import Programs
    from wallet_api.client.answers import Reply
    from wallet_api.contract.wire import Charge

sales = till_at("sales")
PAID = 250_000


def two_sales(day: Day) -> Charge:
    """Sell twice; the second, which is given, stands first in the list."""
    day.sell(12300, note="两杯拿铁")
    return day.sell(4200, tip=200, note="Table 4", reference="ORDER12")


async def opened(player: Player, *seen: str) -> None:
    """Open the sale at the top of the list."""
    await player.see("loaded")
    await player.press("enter")
    await player.see("Rung up", *seen)


def test_sales_come_in_live_and_are_added_up(shop: Programs) -> None:
    async def scenario(player: Player) -> None:
        await player.see("No sales yet.")
        charge = await apart(player, shop, two_sales)
        await player.see("✓ Paid", "Table 4", "两杯拿铁", "2 loaded", "2 paid: CN¥165.00")
        await apart(player, shop, lambda day: day.till.refund(charge.id, cny(1000), None))
        await player.see("↩ Partly refunded", "CN¥10.00 of it given back")
        await apart(player, shop, lambda day: day.till.charge(ChargeRequest(amount=cny(900))))
        await player.see("◌ Waiting to be paid", "3 loaded", "2 paid")

    play(sales, scenario)


def test_a_sale_is_found_as_one_types(shop: Programs) -> None:
    meanwhile(shop, two_sales)

    async def scenario(player: Player) -> None:
        await player.see("2 loaded")
        await player.press("slash")
        await player.write("table")
        await player.see("1 loaded")
        await player.see_no("CN¥123.00")
        await player.press("escape")
        await player.see("2 loaded")
        assert player.widget("#wanted", Input).value == ""
        assert player.widget("#sales", SaleList).has_focus
        await player.press("slash")
        await player.write("123.00")
        await player.see("1 loaded")
        await player.see_no("Table 4")
        await player.press("enter", "enter")
        await player.see("Rung up", "CN¥123.00")

    play(sales, scenario)


def test_part_of_a_sale_is_given_back(shop: Programs) -> None:
    charge = meanwhile(shop, two_sales)

    async def scenario(player: Player) -> None:
        await opened(player, "✓ Paid", "ORDER12", "Table 4")
        await player.press("f")
        await player.see("CN¥42.00 can be given back.", "cannot take it")
        await player.press("end", *["backspace"] * 5)
        await player.write("99")
        await player.see("✗ No more than CN¥42.00 is left.")
        assert player.widget("#refund", Button).disabled
        await player.press("backspace", "backspace")
        await player.write("12.50")
        await player.press("enter")
        await player.write("cold")
        # The key that ends a field is not the one that gives money away.
        await player.press("enter")
        await player.see("12.50", "cold", "Refund")
        await player.press("enter")
        await player.see("↩ Refunded", "CN¥12.50", "cold", "Done")
        await player.press("enter")
        await player.see("↩ Partly refunded", "CN¥29.50", "PAID, PARTLY REFUNDED")
        await player.press("f")
        await player.see("CN¥29.50 can be given back.")
        await player.press("escape", "escape")
        await player.see("↩ Partly refunded", "loaded")

    play(sales, scenario)
    assert shop.balances()[0] == PAID - 16500 + 1250
    kept = meanwhile(shop, lambda day: day.till.show(charge.id))
    assert (kept.state, kept.refunded) == (ChargeState.PARTIALLY_REFUNDED, cny(1250))


def test_a_sale_is_reversed_after_a_question(shop: Programs) -> None:
    charge = meanwhile(shop, two_sales)

    async def scenario(player: Player) -> None:
        await opened(player, "✓ Paid")
        await player.press("v")
        await player.see("Reverse this sale?", "CN¥42.00")
        # What does nothing has the focus.
        await player.press("enter")
        await player.see_no("Reverse this sale?")
        await player.press("v")
        await player.see("Reverse this sale?")
        await player.click("#yes")
        await player.see("↩ Reversed, the customer has the money back", "CN¥42.00")
        await player.press("enter")
        await player.see("↩ Reversed", "REVERSED")
        await player.see_no("Refund")

    play(sales, scenario)
    assert shop.balances() == (PAID - 12300, _net(shop))
    kept = meanwhile(shop, lambda day: day.till.show(charge.id))
    assert kept.state is ChargeState.REVERSED


def _net(shop: Programs) -> int:
    """What the merchant's account holds of the one sale that is left."""
    fees = [one.fee for one in meanwhile(shop, lambda day: day.till.sales()).items]
    return 12300 - sum(fee.minor for fee in fees if fee is not None)


def test_an_open_sale_is_closed(shop: Programs) -> None:
    charge = meanwhile(shop, lambda day: day.till.charge(ChargeRequest(amount=cny(900))))

    async def scenario(player: Player) -> None:
        await opened(player, "◌ Waiting to be paid", "Go on waiting")
        await player.see_no("Refund")
        await player.press("x")
        await player.see("Close this sale?")
        await player.press("enter")
        await player.see("Closed, no money moved and none can", "CN¥9.00")
        await player.press("enter")
        await player.see("Cancelled")

    play(sales, scenario)
    kept = meanwhile(shop, lambda day: day.till.show(charge.id))
    assert kept.state is ChargeState.CLOSED


def test_an_open_sale_is_waited_for_again(shop: Programs) -> None:
    charge = meanwhile(shop, lambda day: day.till.charge(ChargeRequest(amount=cny(900))))

    async def scenario(player: Player) -> None:
        await opened(player, "Go on waiting")
        await player.press("w")
        await player.see("Ready to scan")

        def pay(day: Day) -> None:
            assert charge.payload is not None
            day.wallet.pay(day.wallet.resolve(charge.payload))

        await apart(player, shop, pay)
        await player.see("✓ Paid")
        await player.press("enter")
        await player.see("✓ Paid", "Rung up")

    play(sales, scenario)
    assert shop.balances()[0] == PAID - 900


def test_a_refund_whose_answer_is_lost_is_asked_for(
    shop: Programs, monkeypatch: pytest.MonkeyPatch
) -> None:
    charge = meanwhile(shop, two_sales)
    send, get, lost = BridgedClient.send, BridgedClient.get, []
    seen = threading.Event()

    def lose_the_answer(
        client: BridgedClient,
        method: str,
        path: str,
        **options: Any,  # noqa: ANN401
    ) -> Reply[Any]:
        reply = send(client, method, path, **options)
        if path.endswith("/refunds"):
            lost.append(options["key"])
            raise OutcomeUnknown(id=options["key"])
        return reply

    def ask_when_seen(client: BridgedClient, path: str, **options: Any) -> Reply[Any]:  # noqa: ANN401
        if path.startswith("/v1/refunds/"):
            assert seen.wait(LIMIT_SECONDS)
        return get(client, path, **options)

    monkeypatch.setattr(BridgedClient, "send", lose_the_answer)
    monkeypatch.setattr(BridgedClient, "get", ask_when_seen)

    async def scenario(player: Player) -> None:
        await opened(player, "✓ Paid")
        await player.press("f")
        await player.see("can be given back.")
        await player.press("enter", "enter", "enter")
        await player.see("Outcome unknown, asking (1 of 12")
        seen.set()
        await player.see("↩ Refunded", "CN¥42.00", "Done")

    play(sales, scenario)
    assert len(lost) == 1
    assert shop.balances()[0] == PAID - 12300
    kept = meanwhile(shop, lambda day: day.till.show(charge.id))
    assert (kept.state, kept.refunded) == (ChargeState.REFUNDED, cny(4200))
    assert not meanwhile(shop, lambda day: day.till._session.state.has_unfinished())


def test_a_refusal_gets_a_screen_and_moves_nothing(
    shop: Programs, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The till is told by the bank what it did not know yet."""
    charge = meanwhile(shop, two_sales)
    send = BridgedClient.send

    def overtaken(
        client: BridgedClient,
        method: str,
        path: str,
        **options: Any,  # noqa: ANN401
    ) -> Reply[Any]:
        if path.endswith("/refunds"):
            meanwhile(shop, lambda day: day.till.reverse(charge.id))
        return send(client, method, path, **options)

    monkeypatch.setattr(BridgedClient, "send", overtaken)

    async def scenario(player: Player) -> None:
        await opened(player, "✓ Paid")
        await player.press("f")
        await player.see("can be given back.")
        await player.press("enter", "enter", "enter")
        await player.see("✗ Not done", "reversed")
        await player.press("enter")
        await player.see("↩ Reversed")

    play(sales, scenario)
    assert shop.balances()[0] == PAID - 12300


def test_the_day_is_exported(
    shop: Programs, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    charge = meanwhile(shop, two_sales)

    async def scenario(player: Player) -> None:
        await player.see("2 loaded")
        await player.press("e")
        await player.see("Save the sales of")
        await player.press("enter")
        await player.see_no("Save the sales of")
        await player.press("e")
        await player.see("Save the sales of")
        await player.press("enter")
        await player.see("is there already")

    play(sales, scenario)
    [path] = tmp_path.glob("sales-*.csv")
    rows = list(csv.DictReader(StringIO(path.read_bytes().decode(), newline="")))
    assert [(row["amount"], row["note"]) for row in rows] == [
        ("42.00", "Table 4"),
        ("123.00", "两杯拿铁"),
    ]
    assert rows[0]["id"] == charge.id


def test_a_large_terminal_shows_the_selected_sale_beside_the_list(shop: Programs) -> None:
    charge = meanwhile(shop, two_sales)

    async def scenario(player: Player) -> None:
        await player.see("Rung up", "ORDER12", short_code(charge.id), "Tip in it")
        await player.press("down")
        await player.see_no("Tip in it")

    play(sales, scenario, LARGE)


def test_offline_it_says_so_and_recovers(shop: Programs, monkeypatch: pytest.MonkeyPatch) -> None:
    meanwhile(shop, two_sales)
    found = shop.environment["WALLET_API_URL"]
    monkeypatch.setenv("WALLET_API_URL", NOWHERE)

    async def scenario(player: Player) -> None:
        await player.see("▲ offline", "Ctrl+R tries again.")
        monkeypatch.setenv("WALLET_API_URL", found)
        await player.see("● live", "2 loaded")

    play(sales, scenario)

"""Webhooks on the screen, with a real receiver on this machine."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING

from textual.widgets import Input

from pos.screens.deliveries import DeliveryList
from tests.pos.screens.back_room import apart, till_at
from tests.stage.playing import Player, play
from tests.wallet_api.service.receivers import Receiver
from wallet_api.contract.webhooks import is_authentic, secret_bytes

if TYPE_CHECKING:
    from tests.end_to_end.programs import Programs

webhooks = till_at("webhooks")


async def add(player: Player, url: str) -> str:
    """Add a webhook for all events of charges, and give its secret."""
    await player.see("No webhooks yet.")
    await player.press("a")
    await player.see("Send events to a program of yours")
    player.widget("#url", Input).value = url
    await player.press("enter", "enter")
    await player.see("It is shown this once.")
    await player.press("c")
    secret = player.app.clipboard
    await player.click("#done")
    await player.see("✓ active", url[:30])
    return secret


def test_a_webhook_from_its_secret_to_its_removal(shop: Programs) -> None:
    with Receiver() as receiver:

        async def scenario(player: Player) -> None:
            secret = await add(player, receiver.url)
            await player.press("t")
            await player.see("✓ Delivered: answer 204")
            tested = await player.apart(receiver.next)
            assert b"webhook.test" in tested.body
            now = int(time.time())
            assert is_authentic(secret_bytes(secret), tested.headers, tested.body, now)
            await apart(player, shop, lambda day: day.sell(1000))
            sold = [(await player.apart(receiver.next)).body for _ in range(2)]
            assert any(b"charge.succeeded" in body for body in sold)
            await player.press("enter")
            await player.see("Deliveries", "charge.succeeded", "webhook.test", "answer 204")
            lists = player.widget("#deliveries", DeliveryList)
            await player.until(lambda: len(lists.rows) == 3)
            newest = lists.rows[0]
            await player.press("home", "t")
            await player.see("✓ Delivered")
            again = await player.apart(receiver.next)
            assert again.headers["webhook-id"] == newest.id
            await player.press("escape")
            await player.see("✓ active")
            await player.press("x")
            await player.see("Send nothing more to")
            await player.click("#yes")
            await player.see("✓ Nothing more goes to", "No webhooks yet.")

        play(webhooks, scenario)


def test_a_receiver_that_refuses_is_said(shop: Programs) -> None:
    with Receiver(500) as receiver:

        async def scenario(player: Player) -> None:
            await add(player, receiver.url)
            await player.press("t")
            await player.see("✗ Not delivered: answer 500")

        play(webhooks, scenario)


def test_what_cannot_be_added_is_said_in_place(shop: Programs) -> None:
    async def scenario(player: Player) -> None:
        await player.see("No webhooks yet.")
        await player.press("a")
        await player.see("Send events to a program of yours")
        await player.click("#add")
        await player.see("✗ Type an address first.")
        player.widget("#url", Input).value = "https://10.0.0.1/"
        player.widget("#kinds", Input).value = "payment.*"
        player.widget("#kinds", Input).focus()
        await player.see_no("✗ Type")
        await player.press("enter")
        await player.see("✗ payment.* names no events")
        player.widget("#kinds", Input).value = "charge.*"
        await player.see_no("✗ payment")
        await player.press("enter")
        await player.see("✗ Nothing is sent to that address")
        await player.press("escape")
        await player.see("No webhooks yet.")

    play(webhooks, scenario)

"""Golden screens: waiting in its stages, paid, a receipt, the shop's code, the customer display."""

from __future__ import annotations

import threading
from typing import TYPE_CHECKING

import pytest

from pos.display_feed import DisplayFeed, Shown
from pos.screens import stages
from pos.screens.display import DisplayApp
from pos.screens.paid import Paid
from pos.screens.receipt import ReceiptScreen
from pos.screens.shop_code import ShopCode
from pos.till import Till
from pos.till_settings import TillSettings, save_till_settings
from pos.waiting import Waiting
from terminal_kit.asking import Asking
from terminal_kit.language import _
from terminal_kit.screens.widgets.code_picture import QrCode
from terminal_kit.session import Session
from tests.end_to_end.programs import TILL
from tests.pos.screens.stand import SALE, Charging, Empty, pay, resolve, stand
from tests.stage.snapshots import snapshot
from wallet_api.contract.errors import OutcomeUnknown

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable

    from tests.end_to_end.programs import Programs
    from tests.stage.playing import Player
    from wallet_api.contract.wire import Charge, ChargeRequest


@pytest.fixture
def charge(shop: Programs) -> Charge:
    """Give a charge that is paid, at a till that waits for a key."""
    del shop
    save_till_settings("default", TillSettings(return_seconds=0))
    with Session(TILL) as session:
        made = Waiting(session).ask(SALE.request(), SALE.rung)
        assert made.payload is not None
        pay(made.payload)
        done = Till(session).show(made.id)
        session.state.forget_answered()
        return done


async def charging(player: Player) -> Charging:
    begun = await Charging.begin(player)
    await player.until(lambda: player.app.link.is_live, "the line")
    await player.until(lambda: begun.screen.stage is stages.SHOWN, "the code")
    await player.until(lambda: player.widget("#code", QrCode).size.width > 0)
    return begun


async def cancelled(player: Player, begun: Charging) -> None:
    """End the charge from outside, so that the screen says how it ended."""
    charge = begun.screen.charge
    assert charge is not None

    def close() -> None:
        with Session(TILL) as session:
            Till(session).close(charge.id)

    await player.apart(close)
    await player.until(lambda: begun.screen.stage is stages.CLOSED, "the end")


def test_shown(shop: Programs) -> None:
    async def scenario(player: Player) -> None:
        await charging(player)

    snapshot("till-waiting-shown", stand, scenario)


def test_seen(shop: Programs) -> None:
    async def scenario(player: Player) -> None:
        begun = await charging(player)
        await player.apart(lambda: resolve(begun.payload))
        await player.until(lambda: begun.screen.stage is stages.SEEN, "seen")

    snapshot("till-waiting-seen", stand, scenario)


def test_ended_unpaid(shop: Programs) -> None:
    async def scenario(player: Player) -> None:
        await cancelled(player, await charging(player))

    snapshot("till-waiting-cancelled", stand, scenario)


def test_asking(shop: Programs, monkeypatch: pytest.MonkeyPatch) -> None:
    over = threading.Event()

    def charge(till: Till, _request: ChargeRequest) -> Charge:
        till._tell(Asking(3, 12, 0.0))
        over.wait()
        raise OutcomeUnknown

    async def scenario(player: Player) -> None:
        begun = await Charging.begin(player)
        await player.until(lambda: player.app.link.is_live, "the line")
        await player.until(lambda: begun.screen.stage is stages.ASKING, "asking")

    monkeypatch.setattr(Till, "charge", charge)
    try:
        snapshot("till-waiting-asking", stand, scenario)
    finally:
        over.set()


def test_unknown(shop: Programs, monkeypatch: pytest.MonkeyPatch) -> None:
    def charge(_till: Till, _request: ChargeRequest) -> Charge:
        raise OutcomeUnknown

    async def scenario(player: Player) -> None:
        begun = await Charging.begin(player)
        await player.until(lambda: player.app.link.is_live, "the line")
        await player.until(lambda: begun.screen.stage is stages.UNKNOWN, "unknown")

    monkeypatch.setattr(Till, "charge", charge)
    snapshot("till-waiting-unknown", stand, scenario)


def test_paid(charge: Charge) -> None:
    await_paid = _open(lambda: Paid(charge, _("It was paid before it could be cancelled.")))
    snapshot("till-paid", stand, await_paid)


def test_receipt(charge: Charge) -> None:
    snapshot("till-receipt", stand, _open(lambda: ReceiptScreen(charge.id)))


def _open(make: Callable[[], Paid | ReceiptScreen]) -> Callable[[Player], Awaitable[None]]:
    async def scenario(player: Player) -> None:
        await player.until(lambda: isinstance(player.app.screen, Empty))
        await player.until(lambda: player.app.link.is_live)
        screen = make()
        player.app.push_screen(screen)
        await player.until(lambda: screen.bought is not None, "the receipt")

    return scenario


def test_shop_code(shop: Programs) -> None:
    async def scenario(player: Player) -> None:
        await player.until(lambda: isinstance(player.app.screen, Empty))
        await player.until(lambda: player.app.link.is_live)
        player.app.push_screen(ShopCode())
        await player.see("Corner Café")
        await player.until(lambda: player.widget("#code", QrCode).size.width > 0)

    snapshot("till-shop-code", stand, scenario)


SCENES: dict[str, Callable[[DisplayFeed, Charge], object]] = {
    "idle": lambda feed, _charge: feed.idle(),
    "sale": lambda feed, _charge: feed.sale(SALE.rung, SALE.total),
    "code": lambda feed, charge: feed.code(charge),
    "confirming": lambda feed, charge: feed.confirming(charge),
    "paid": lambda feed, charge: feed.paid(charge),
}


@pytest.mark.parametrize("scene", [*SCENES, "closed"])
def test_display(charge: Charge, scene: str) -> None:
    async def scenario(player: Player) -> None:
        with Session(TILL) as session:
            feed = DisplayFeed(session)
            feed.named("Corner Café")
            if scene != "closed":
                SCENES[scene](feed, charge)
                await player.until(lambda: _is_seen(player, scene), scene)
            feed.close()
            if scene == "closed":
                await player.until(lambda: "Closed()" in str(player.app.screen.walk_children()))
            else:
                player.app.workers.cancel_all()

    snapshot(f"till-display-{scene}", lambda: DisplayApp(TILL), scenario)


def _is_seen(player: Player, scene: str) -> bool:
    seen = getattr(player.app.screen, "_seen", None)
    # Before the till has written anything, its display welcomes without a name.
    return isinstance(seen, Shown) and (seen.scene, seen.shop) == (scene, "Corner Café")

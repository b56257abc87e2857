"""The sale on the screen: rung up by keys, by mouse and by scanner, and charged."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

import pytest
from textual.widgets import Digits, Input

from payment_codes.amount import Amount
from pos.screens.ringing_up import RingingUp
from pos.screens.waiting import WaitingScreen
from pos.screens.widgets.earlier import Earlier
from pos.shop import ShopDay
from pos.till import Till
from terminal_kit.screens.desk import Desk
from terminal_kit.session import Session
from tests.end_to_end.programs import TILL, WALLET
from tests.pos.screens.counter import asked, hear, sale_at, scan, set_up, stand_at, till
from tests.pos.screens.stand import pay, payer_code
from tests.stage.playing import LARGE, Player, play
from wallet_api.contract.wire import ChargeRequest, ChargeState
from wallet_cli.wallet import Wallet

if TYPE_CHECKING:
    from tests.end_to_end.conftest import NothingMoves
    from tests.end_to_end.programs import Programs

ALIPAY = "281234567890123456"


@pytest.fixture
def shop(shop: Programs) -> Programs:
    set_up()
    return shop


def newest() -> tuple[int, int, int, str | None]:
    """Give the newest charge: its amount, tip and discount, and its note."""
    with Session(TILL) as session:
        [charge] = Till(session).sales(1).items
    tip, discount = charge.tip, charge.discount
    return (
        charge.amount.minor,
        tip.minor if tip else 0,
        discount.minor if discount else 0,
        charge.note,
    )


def payer_codes(count: int) -> list[str]:
    """Show so many of the customer's own codes."""
    with Session(WALLET) as session:
        return [Wallet(session).payer_code().code for _number in range(count)]


async def waiting(player: Player) -> WaitingScreen:
    await player.until(
        lambda: isinstance(player.app.screen, WaitingScreen), "the screen that waits"
    )
    screen = player.app.screen
    assert isinstance(screen, WaitingScreen)
    return screen


async def selling(player: Player) -> None:
    await player.until(lambda: isinstance(player.app.screen, RingingUp), "the sale")


def test_a_sale_is_rung_up_charged_paid_and_gone(shop: Programs) -> None:
    async def scenario(player: Player) -> None:
        await stand_at(player)
        await player.write("b3*f12.5")
        await player.see("1 × Flat white", "3 × Oolong tea", "12.5")
        assert player.widget("#total", Digits).value == "128.50"
        await player.press("enter")
        charging = await waiting(player)
        await player.see("Ready to scan")
        assert charging.charge is not None
        payload = charging.charge.payload
        assert payload is not None
        await player.apart(lambda: pay(payload))
        await player.see("✓ Paid", "128.50 CNY", "3 × Oolong tea")
        await player.press("enter")
        await selling(player)
        await player.see("Nothing rung up yet.")
        assert player.widget("#total", Digits).value == "0.00"

    play(till, scenario)
    assert newest() == (128_50, 0, 0, None)
    assert shop.balances()[0] == 2500_00 - 128_50


def test_what_is_not_paid_stays_rung_up(shop: Programs, nothing_moves: NothingMoves) -> None:
    async def scenario(player: Player) -> None:
        await stand_at(player)
        await player.write("12.50")
        await player.press("enter")
        charging = await waiting(player)
        await player.see("Ready to scan")
        assert charging.charge is not None
        charge = charging.charge.id

        def close() -> None:
            with Session(TILL) as session:
                Till(session).close(charge)

        await player.apart(close)
        await player.see("Back to the sale")
        await player.press("enter")
        await selling(player)
        await player.see("1 × Item")
        assert sale_at(player).total == Amount(12_50, "CNY")

    with nothing_moves():
        play(till, scenario)


def test_a_scan_and_a_paste_charge_what_was_keyed_in(shop: Programs) -> None:
    bursts = (("{}", "enter"), ("]C1{}", "tab", "enter"))
    pastes = ("\x1b]C1{}\r\n",)

    async def paid(player: Player, amount: str) -> None:
        await player.see("✓ Paid", amount)
        await player.press("enter")
        await selling(player)
        await player.see("Nothing rung up yet.")

    async def scenario(player: Player) -> None:
        await stand_at(player)
        codes = await player.apart(partial(payer_codes, len(bursts)))
        for number, burst in enumerate(bursts):
            code = codes[number]
            await player.write(f"b{number}.50")
            await scan(player, *(part.format(code) for part in burst))
            await paid(player, f"{32 + number}.50 CNY")
        codes = await player.apart(partial(payer_codes, len(pastes)))
        for number, paste in enumerate(pastes, start=1):
            await player.write(f"{number}")
            await player.paste(paste.format(codes[number - 1]))
            await paid(player, f"{number}.00 CNY")

    play(till, scenario)
    assert shop.balances()[0] == 2500_00 - (32_50 + 33_50 + 1_00)


def test_another_wallets_code_is_named_and_does_nothing_else(
    shop: Programs, nothing_moves: NothingMoves
) -> None:
    async def scenario(player: Player) -> None:
        await stand_at(player)
        await player.write("b5")
        before = sale_at(player)
        for text in (ALIPAY, "https://qr.alipay.com/chdtnx9?x"):
            await scan(player, text, "tab", "enter")
            await hear(player, "Alipay")
            assert text not in player.text()
            assert sale_at(player) == before
            assert isinstance(player.app.screen, RingingUp)
            await player.press("2", "backspace")

    with nothing_moves():
        play(till, scenario)


def test_tip_discount_note_and_reference_reach_the_bank(shop: Programs) -> None:
    async def scenario(player: Player) -> None:
        await stand_at(player)
        await player.write("200")
        await player.press("d")
        await asked(player, "The customer pays CN¥200.00.")
        await player.write("12.5%")
        await player.see("The customer pays CN¥175.00.")
        await player.press("enter")
        await player.press("t")
        await asked(player, "Take over")
        await player.write("300%")
        await player.see("A per cent is more than 0 and at most 100.")
        await player.click(".choice")
        await player.see("Tip 5%")
        await player.press("r")
        await asked(player, "The shop's own reference")
        await player.write("order7")
        await player.press("enter")
        await player.see("ORDER7", "Discount 12.5%")
        await player.press("enter")
        await player.see("Ready to scan", "ORDER7")

    play(till, scenario)
    assert newest() == (183_75, 8_75, 25_00, None)


def test_a_till_without_an_open_shift_offers_to_open_one(town: Programs) -> None:
    town.open_shop()

    async def opens(player: Player) -> None:
        await asked(player, "Sell without")
        await player.write("100")
        await player.press("enter")
        await player.see_no("Open a shift")
        await player.see("No quick keys yet.")
        await player.click("#examples")
        await player.see("Croissant")

    async def is_open(player: Player) -> None:
        await stand_at(player)
        await player.press("b")
        await player.see("1 × Flat white")
        assert isinstance(player.app.screen, RingingUp)

    play(till, opens)
    play(till, is_open)
    with Session(TILL) as session:
        shift = ShopDay(session).current()
    assert shift is not None
    assert shift.cash_float == Amount(100_00, "CNY")


def test_a_charge_that_was_left_open_is_told_at_the_next_start(shop: Programs) -> None:
    with Session(TILL) as session:
        request = ChargeRequest(amount=Amount(12_50, "CNY"))
        charge = Till(session).charge(request)
        session.state.watch(charge.id, is_open=True)
        session.state.forget_answered()
    assert charge.state is ChargeState.CREATED
    assert charge.payload is not None
    pay(charge.payload)

    async def scenario(player: Player) -> None:
        await stand_at(player)
        await player.see("✓ An earlier charge of CN¥12.50:", "paid after all.")
        await player.press("escape")
        await player.see_no("An earlier charge")

    play(till, scenario)
    with Session(TILL) as session:
        assert not session.state.has_unfinished()


def test_a_charge_of_this_run_is_never_told_as_an_earlier_one(
    shop: Programs, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def untold(_desk: Desk) -> None:
        """Leave what was answered noted, as in the moment before it is forgotten."""

    monkeypatch.setattr(Desk, "told", untold)

    async def scenario(player: Player) -> None:
        await stand_at(player)
        await player.write("12.5")
        await player.press("enter")
        charging = await waiting(player)
        await player.see("Ready to scan")
        assert charging.charge is not None
        payload = charging.charge.payload
        assert payload is not None
        await player.apart(lambda: pay(payload))
        await player.see("✓ Paid")
        await player.press("enter")
        await selling(player)
        earlier = player.widget("Earlier", Earlier)
        earlier.reload()
        await player.app.workers.wait_for_complete(
            [one for one in player.app.workers if one.group == "earlier"]
        )
        assert "An earlier charge" not in player.text()

    play(till, scenario)


def test_keys_on_the_screen_leave_enter_with_the_charge_at_any_size(shop: Programs) -> None:
    async def scenario(player: Player) -> None:
        await stand_at(player)
        for key in ("9", "back", "5", "clear", "2", "times"):
            await player.click(f"#key-{key}")
        await player.click("ProductKey")
        await player.press("plus", "plus", "minus", "up", "down")
        for size in ((60, 20), (120, 30), (160, 45)):
            await player.pilot.resize_terminal(*size)
            await player.see("3 × Espresso", "k Still water", "Charge  ⏎")
        assert player.app.focused is None
        await player.press("enter")
        await player.see("Ready to scan")

    play(till, scenario, LARGE)


def test_a_scan_into_a_field_leaves_nothing_of_the_code_in_it(shop: Programs) -> None:
    code = payer_code()

    async def scenario(player: Player) -> None:
        await stand_at(player)
        await player.write("8")
        await player.press("t")
        await asked(player, "Take over")
        await player.write("1x")
        await scan(player, code, "enter")
        await player.see("✗")
        field = player.widget("#value", Input)
        assert (field.value, field.cursor_position) == ("1x", 2)
        await player.press("escape", "n")
        await asked(player, "Note for the customer")
        await player.write("no sugar")
        await player.press("left", "left")
        await scan(player, code, "enter")
        await player.see("✓ Paid", "8.00 CNY")

    play(till, scenario)
    assert newest() == (8_00, 0, 0, "no sugar")


def test_what_makes_no_sense_is_said_in_place_and_kept_nowhere(
    shop: Programs, nothing_moves: NothingMoves
) -> None:
    async def scenario(player: Player) -> None:
        await stand_at(player)
        await scan(player, "781234567890123456", "enter")
        await hear(player, "Key in an amount first; then scan again.")
        assert sale_at(player).is_empty
        await player.write("12345678901")
        await player.see("Too many digits")
        await player.press("enter")
        await hear(player, "more digits than an amount has")
        await player.press("escape")
        await player.see_no("Too many digits")
        await player.write("7")
        assert sale_at(player).total == Amount(7_00, "CNY")
        await player.press("plus", "x")
        await player.see("Forget this sale?")
        await player.press("enter")
        await player.see_no("Forget this sale?")
        assert sale_at(player).total == Amount(7_00, "CNY")
        await player.press("x")
        await player.see("Forget this sale?")
        await player.click("#yes")
        await player.see("Nothing rung up yet.")

    with nothing_moves():
        play(till, scenario)

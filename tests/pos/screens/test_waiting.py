"""Charging on the screen, with a customer who pays from the other side."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from textual.widgets import Button

from payment_codes.scan.scanner import scan_one
from pos.baskets import Baskets
from pos.till import Till
from terminal_kit.screens.widgets.code_picture import QrCode
from terminal_kit.session import Session
from tests.end_to_end.programs import PIN, TILL
from tests.pos.screens.stand import (
    SALE,
    Charging,
    cny,
    pay,
    payer_code,
    resolve,
    stand,
    waiting_payment,
    with_wallet,
)
from tests.stage.playing import LARGE, Player, play
from wallet_api.contract.ids import short_code
from wallet_api.contract.wire import ChargeRequest, ChargeState

if TYPE_CHECKING:
    from pathlib import Path

    from tests.end_to_end.programs import Programs
    from wallet_api.contract.wire import Charge

SALE_MINOR, HELD_MINOR = 97_13, 2500_00
#: Above this a payment needs the PIN.
LARGE_AMOUNT = "1500"


def spent(shop: Programs) -> int:
    """Give what the customer has paid."""
    return HELD_MINOR - shop.balances()[0]


def test_a_code_is_shown_seen_and_paid(shop: Programs) -> None:
    async def scenario(player: Player) -> None:
        charging = await Charging.begin(player)
        await player.see("▣ Ready to scan", "Table 7", "ORDER12", "5:00")
        assert player.widget("#code", QrCode).payload == charging.payload
        await player.apart(lambda: resolve(charging.payload))
        await player.see("◉ Scanned")
        await player.apart(lambda: pay(charging.payload))
        await player.see("✓ Paid", "2 × Flat white", "64.00 CNY", "PAID")
        charge = await charging.end()
        assert (charge.state, charge.amount.minor) == (ChargeState.SUCCEEDED, SALE_MINOR)
        await player.press("enter")
        await player.see_no("✓ Paid")
        with Session(TILL) as session:
            assert Baskets.of(session).lines(charge.id) == SALE.lines
            assert not session.state.has_unfinished()

    play(stand, scenario)
    assert spent(shop) == SALE_MINOR


def test_the_code_on_the_screen_can_be_scanned(shop: Programs, tmp_path: Path) -> None:
    async def scenario(player: Player) -> None:
        charging = await Charging.begin(player)
        await player.see("Ready to scan")
        await player.until(lambda: player.widget("#code", QrCode).size.width > 80)
        player.photograph(tmp_path / "screen.png")
        assert scan_one(tmp_path / "screen.png").text == charging.payload

    play(stand, scenario, LARGE)


def test_a_customers_code_pays_at_once(shop: Programs) -> None:
    async def scenario(player: Player) -> None:
        code = await player.apart(payer_code)
        charging = await Charging.begin(player, SALE.request(code))
        await player.see("✓ Paid")
        assert (await charging.end()).state is ChargeState.SUCCEEDED

    play(stand, scenario)
    assert spent(shop) == SALE_MINOR


@pytest.mark.parametrize("agrees", [True, False])
def test_a_customers_code_waits_for_the_pin(shop: Programs, *, agrees: bool) -> None:
    async def scenario(player: Player) -> None:
        code = await player.apart(payer_code)
        charging = await Charging.begin(player, ChargeRequest(amount=cny(LARGE_AMOUNT), code=code))
        await player.see("Waiting for the PIN", "0:5")
        assert not player.widget("#renew", Button).display
        payment = await player.apart(waiting_payment)
        if agrees:
            await player.apart(lambda: with_wallet(lambda one: one.confirm(payment, PIN)))
            await player.see("✓ Paid")
            assert (await charging.end()).state is ChargeState.SUCCEEDED
        else:
            await player.apart(lambda: with_wallet(lambda one: one.decline(payment)))
            await player.see("✗ Declined", "No money moved", "Back to the sale")
            assert not charging.ended
            await player.press("enter")
            assert (await charging.end()).state is ChargeState.FAILED

    play(stand, scenario)
    assert spent(shop) == (1500_00 if agrees else 0)


def test_a_charge_is_cancelled_after_a_question(shop: Programs) -> None:
    async def scenario(player: Player) -> None:
        charging = await Charging.begin(player)
        await player.see("Ready to scan")
        await player.press("escape")
        await player.see("Cancel this charge?")
        await player.press("escape")
        await player.see_no("Cancel this charge?")
        await player.see("Ready to scan")
        await player.press("x")
        await player.see("Cancel this charge?")
        await player.press("enter")
        assert (await charging.end()).state is ChargeState.CLOSED
        assert player.app.screen is not charging.screen

    play(stand, scenario)
    assert spent(shop) == 0


def test_what_was_paid_meanwhile_is_not_cancelled(shop: Programs) -> None:
    async def scenario(player: Player) -> None:
        charging = await Charging.begin(player)
        await player.see("Ready to scan")
        await player.press("escape")
        await player.see("Cancel this charge?")
        await player.apart(lambda: pay(charging.payload))
        await player.click("#yes")
        await player.see("✓ Paid")
        assert (await charging.end()).state is ChargeState.SUCCEEDED

    play(stand, scenario)
    assert spent(shop) == SALE_MINOR


def test_a_payment_that_overtakes_the_cancelling_says_so(
    shop: Programs, monkeypatch: pytest.MonkeyPatch
) -> None:
    close = Till.close

    def paid_first(till: Till, charge_id: str) -> Charge:
        charge = till.show(charge_id)
        assert charge.payload is not None
        pay(charge.payload)
        return close(till, charge_id)

    async def scenario(player: Player) -> None:
        charging = await Charging.begin(player)
        await player.see("Ready to scan")
        monkeypatch.setattr(Till, "close", paid_first)
        await player.press("x")
        await player.see("Cancel this charge?")
        await player.press("enter")
        await player.see("✓ Paid", "It was paid before it could be")
        assert (await charging.end()).state is ChargeState.SUCCEEDED

    play(stand, scenario)
    assert spent(shop) == SALE_MINOR


def test_a_new_code_closes_the_old_one(shop: Programs) -> None:
    async def scenario(player: Player) -> None:
        charging = await Charging.begin(player)
        await player.see("Ready to scan")
        first = charging.screen.charge
        assert first is not None
        await player.press("n")
        await player.until(
            lambda: charging.screen.charge is not None and charging.screen.charge.id != first.id
        )
        await player.see("Ready to scan")
        with Session(TILL) as session:
            assert Till(session).show(first.id).state is ChargeState.CLOSED
        await player.apart(lambda: pay(charging.payload))
        assert (await charging.end()).id != first.id

    play(stand, scenario)
    assert spent(shop) == SALE_MINOR


def test_a_refusal_is_said_in_place(shop: Programs) -> None:
    async def scenario(player: Player) -> None:
        charging = await Charging.begin(
            player, ChargeRequest(amount=cny("1"), code="78" + 16 * "0")
        )
        await player.see("✗ Not charged", "Back to the sale")
        await player.press("enter")
        await player.until(lambda: charging.ended == [None])

    play(stand, scenario)
    assert spent(shop) == 0


def test_an_open_charge_is_gone_on_with(shop: Programs) -> None:
    async def scenario(player: Player) -> None:
        def open_one() -> object:
            with Session(TILL) as session:
                return Till(session).charge(SALE.request())

        charge = await player.apart(open_one)
        charging = await Charging.begin(player, charge)
        await player.see("Ready to scan")
        assert not player.widget("#renew", Button).display
        await player.apart(lambda: pay(charging.payload))
        assert (await charging.end()).id == charge.id

    play(stand, scenario)


def test_paid_under_another_screen_is_told_when_it_goes(shop: Programs) -> None:
    async def scenario(player: Player) -> None:
        charging = await Charging.begin(player)
        await player.see("Ready to scan")
        await player.press("s")
        await player.see("A picture as .png")
        await player.apart(lambda: pay(charging.payload))
        await player.until(lambda: _is_paid(charging))
        await player.see("A picture as .png")
        await player.press("escape")
        await player.see("✓ Paid")
        assert (await charging.end()).state is ChargeState.SUCCEEDED

    play(stand, scenario)


def test_the_code_is_copied_and_saved(
    shop: Programs, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)

    async def scenario(player: Player) -> None:
        charging = await Charging.begin(player)
        await player.see("Ready to scan")
        await player.press("c")
        await player.until(lambda: player.app.clipboard == charging.payload)
        await player.press("s")
        await player.see("A picture as .png")
        await player.press("enter")
        await player.see_no("A picture as .png")
        assert charging.screen.charge is not None
        name = f"charge-{short_code(charging.screen.charge.id)}.png"
        assert scan_one(tmp_path / name).text == charging.payload

    play(stand, scenario)


def _is_paid(charging: Charging) -> bool:
    charge = charging.screen.charge
    return charge is not None and charge.state.is_paid

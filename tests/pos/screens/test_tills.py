"""Who may take payments: inviting a till, shutting one out, freezing the shop."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest

from pos.security import Security
from terminal_kit.session import Session
from tests.end_to_end.programs import TILL
from tests.pos.screens.back_room import NOWHERE, apart, meanwhile, till_at
from tests.stage.playing import Player, play
from wallet_api.contract.errors import MerchantFrozen

if TYPE_CHECKING:
    from tests.end_to_end.programs import Programs
    from wallet_api.contract.error_base import WalletError

tills = till_at("tills")


def open_second(shop: Programs, code: str) -> str:
    """Open another till by its invitation, and give its id."""
    words = ("pos", "--profile", "second", "open", "--invite", code, "--store", "file")
    opened: str = shop.json(*words)["till"]
    return opened


def test_a_till_is_invited_and_shut_out(shop: Programs) -> None:
    async def scenario(player: Player) -> None:
        await player.see("Corner Café · Main store", "✓ Payments are taken.", "this one")
        await player.press("i")
        await player.see("Invitation for a till", "pos open", "It is shown this once.")
        assert re.search(r" 1[45]:\d\d ", player.text())
        await player.press("c")
        code = player.app.clipboard
        assert len(code.replace("-", "")) == 16
        assert code.replace("-", "  ") in player.text()
        second = await player.apart(lambda: open_second(shop, code))
        await player.press("escape")
        await player.see(second[-8:])
        await player.press("home")
        if "this one" in next(row for row in player.rows() if "▌" in row):
            await player.press("down")
        await player.press("x")
        await player.see("Shut till", second[-8:])
        # What does nothing has the focus.
        await player.press("enter")
        await player.see_no("Shut till")
        await player.press("x")
        await player.see("Shut till")
        await player.click("#yes")
        await player.see("✓ The till is shut out.", "✗ shut out")
        shop.refused(
            "pos", "--profile", "second", "charge", "1", code="device_unknown", exit_code=4
        )

    play(tills, scenario)


def test_the_shop_is_frozen_and_takes_payments_again(shop: Programs) -> None:
    async def scenario(player: Player) -> None:
        await player.see("✓ Payments are taken.", "Freeze the shop")
        await player.press("f")
        await player.see("Freeze the shop?")
        await player.click("#yes")
        await player.see("✗ Frozen by you", "Lift the freeze")
        with pytest.raises(MerchantFrozen):
            await apart(player, shop, lambda day: day.sell(1000))
        await player.press("f")
        await player.see("✓ Payments are taken.")
        await apart(player, shop, lambda day: day.sell(1000))

    play(tills, scenario)


def test_a_freeze_from_elsewhere_is_seen_at_once(shop: Programs) -> None:
    def freeze() -> None:
        with Session(TILL) as session:
            Security(session).freeze()

    async def scenario(player: Player) -> None:
        await player.see("✓ Payments are taken.", "● live")
        await player.apart(freeze)
        await player.see("✗ Frozen by you")

    play(tills, scenario)


def test_offline_nothing_is_done_and_that_is_said(
    shop: Programs, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def scenario(player: Player) -> None:
        await player.see("✓ Payments are taken.", "● live")
        monkeypatch.setattr(Security, "freeze", _unreachable)
        await player.press("f")
        await player.see("Freeze the shop?")
        await player.click("#yes")
        await player.see("✗ The service", "does not answer. Nothing was sent.")

    play(tills, scenario)
    assert not meanwhile(shop, lambda day: day.till.card()).frozen_by


def _unreachable(_security: Security) -> WalletError:
    from wallet_api.contract.errors import ServiceUnreachable

    raise ServiceUnreachable(url=NOWHERE)

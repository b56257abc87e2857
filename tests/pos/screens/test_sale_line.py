"""The sale while the bank is away, in the other language, and after a charge nobody answered."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from payment_codes.amount import Amount
from pos.held import HeldSales
from pos.till import CHARGES
from terminal_kit.language import choose, language
from terminal_kit.session import Session
from tests.end_to_end.programs import TILL, Programs
from tests.end_to_end.services import Service
from tests.pos.screens.counter import hear, sale_at, scan, set_up, stand_at, till
from tests.pos.screens.stand import payer_code
from tests.stage.playing import Player, play
from wallet_api.contract.ids import new_id
from wallet_api.contract.wire import ChargeRequest

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path


@pytest.fixture
def before() -> Iterator[None]:
    """Speak the language of before again, whatever the test has chosen."""
    spoken = language()
    yield
    choose(spoken)


def test_ringing_up_and_holding_go_on_without_the_bank(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = tmp_path / "bank"
    folder.mkdir()
    running = [Service(folder)]
    port = running[0].url.rpartition(":")[2]
    programs = Programs(tmp_path, running[0].url)
    for name, value in programs.environment.items():
        monkeypatch.setenv(name, value)
    programs.open_shop()
    set_up()
    code = payer_code()

    def go_away() -> None:
        running.pop().stop()

    def come_back() -> None:
        running.append(Service(folder, "--port", port))

    async def scenario(player: Player) -> None:
        await stand_at(player)
        await player.apart(go_away)
        await player.see("▲ Offline since", "Ringing up, holding and")
        await player.write("b")
        await player.see("1 × Flat white")
        await player.press("enter")
        await hear(player, "The bank cannot be reached")
        await scan(player, code, "enter")
        await hear(player, "The bank cannot be reached")
        await player.press("h")
        await hear(player, "Put aside.")
        with Session(TILL) as session:
            assert len(HeldSales.of(session).items()) == 1
            assert not session.state.has_unfinished()
        await player.apart(come_back)
        await player.see("● live")
        await player.write("e")
        await player.press("enter")
        await player.see("Ready to scan")

    play(till, scenario)
    running.pop().stop()
    programs.close()


def test_a_charge_that_never_arrived_is_asked_for_and_undone(shop: Programs) -> None:
    set_up()
    request = ChargeRequest(amount=Amount(12_50, "CNY"))
    with Session(TILL) as session:
        # An hour ago a till died between writing its request down and sending it.
        long_ago = session.clock() - 3_600_000
        _die_before_sending(session, request, long_ago)
        assert session.state.has_unfinished()

    async def scenario(player: Player) -> None:
        await stand_at(player)
        await player.see("An earlier charge of CN¥12.50", "took no money: closed.")

    play(till, scenario)
    with Session(TILL) as session:
        assert not session.state.has_unfinished()


def _die_before_sending(session: Session, request: ChargeRequest, at: int) -> None:
    from terminal_kit.device_state import SentRequest, as_text

    key = new_id(at)
    with session.state.change() as remembered:
        sent = SentRequest(key=key, path=CHARGES, asked=as_text(request), sent_at=at)
        remembered.sent.append(sent)


def test_another_language_keeps_the_sale(shop: Programs, before: None) -> None:
    set_up()

    async def scenario(player: Player) -> None:
        import msgspec

        await stand_at(player)
        await player.write("b12")
        kit = player.app
        kit.change(msgspec.structs.replace(kit.settings, language="zh"))
        await player.until(lambda: language() == "zh")
        await player.see("销售")
        assert sale_at(player).total == Amount(44_00, "CNY")
        await player.write("3")
        assert sale_at(player).total == Amount(155_00, "CNY")

    play(till, scenario)

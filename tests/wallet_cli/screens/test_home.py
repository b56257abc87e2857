"""Home, as its owner sees it."""

from __future__ import annotations

from contextlib import suppress
from functools import partial
from typing import TYPE_CHECKING

from textual.widgets import Digits

from payment_codes.amount import parse_amount
from terminal_kit.session import Session
from tests.end_to_end.go_between import BEHIND, Answer, Forward, GoBetween, Request
from tests.end_to_end.programs import WALLET
from tests.stage.others import (
    FRIEND,
    FRIEND_NAME,
    charge,
    cny,
    open_friend,
    own_code,
    owner,
    payload,
)
from tests.stage.playing import LARGE, SMALL, Player, play
from wallet_api.contract.errors import OutcomeUnknown
from wallet_api.contract.wire import Payment, PaymentRequest
from wallet_cli.bank import Bank
from wallet_cli.requests import Requests
from wallet_cli.screens.app import WalletApp
from wallet_cli.screens.places import PLACES
from wallet_cli.screens.widgets.tile import Tile
from wallet_cli.wallet import PAYMENTS, Wallet

if TYPE_CHECKING:
    import pytest

    from tests.end_to_end.programs import Programs
    from tests.end_to_end.services import Service

SERVE = BEHIND


def asked(minor: int, note: str) -> None:
    own = owner()
    with Session(FRIEND) as session:
        Requests(session).ask(own, cny(minor), note)
        session.state.forget_answered()


def test_home_shows_the_balance_and_follows_it(shop: Programs) -> None:
    async def scenario(player: Player) -> None:
        await player.see("Alice 王", "● live", "+CN¥2,500.00")
        await player.see("Bank http://127.0.0.", "(this machine)", "Secrets in an encrypted file")

        def top_up() -> None:
            with Session(WALLET) as session:
                Bank(session).top_up(parse_amount("12", "CNY"))

        await player.apart(top_up)
        await player.until(lambda: player.widget("#balance", Digits).value == "2,512.00")
        await player.see("+CN¥12.00")

    play(lambda: WalletApp(WALLET), scenario)


def test_without_money_it_says_how_to_begin(town: Programs) -> None:
    town.open_shop(money=None)

    async def scenario(player: Player) -> None:
        await player.see("✓ Nothing waits for you", "No money yet: b tops up")
        await player.see_no("◌ Looking…")

    play(lambda: WalletApp(WALLET), scenario)


def test_every_place_is_there_by_its_key_and_by_the_mouse(shop: Programs) -> None:
    async def scenario(player: Player) -> None:
        await player.see("● live", "Last movements")
        for place in PLACES:
            if place.key:
                tile = player.widget(f"#tile-{place.id}", Tile)
                assert f"{place.key.ljust(3)}{place.title}" in player.rows()[tile.region.y]
        await player.press("w")
        await player.see("Nothing waits for you.")
        await player.press("escape")
        await player.see("Last movements")
        await player.click("#tile-code")
        await player.see("Let the till scan this")

    play(lambda: WalletApp(WALLET), scenario, SMALL)
    play(lambda: WalletApp(WALLET), scenario, LARGE)


def test_the_first_of_what_waits_is_there_and_enter_opens_it(shop: Programs) -> None:
    open_friend()

    async def scenario(player: Player) -> None:
        await player.see("● live", "✓ Nothing waits for you")
        await player.apart(lambda: asked(42_00, "Dinner"))
        await player.see("◌ Waiting for you: 1", "Asks you for money", FRIEND_NAME, "CN¥42.00")
        for minor in (43_00, 44_00, 45_00):
            await player.apart(partial(asked, minor, "More"))
        await player.see("◌ Waiting for you: 4", "w shows all of them")
        await player.press("tab", "enter")
        await player.see("Left after it", "CN¥2,458.00")
        await player.press("escape")
        await player.see("Last movements")
        await player.press("end", "enter")
        await player.see("CN¥45.00", "Until")

    play(lambda: WalletApp(WALLET), scenario)


def test_a_movement_is_opened(shop: Programs) -> None:
    charge(12_50, code=own_code(), note="Table 5")

    async def scenario(player: Player) -> None:
        await player.see("-CN¥12.50", "Corner Café")
        await player.press("tab", "enter")
        await player.see("Table 5", "Corner Café")
        assert "Last movements" not in player.text()

    play(lambda: WalletApp(WALLET), scenario)


def leave_unknown(code: str) -> None:
    """Pay, and leave before the answer, as a crash does."""
    with Session(WALLET) as session:
        offer = Wallet(session).resolve(code)
        request = PaymentRequest(
            charge=offer.charge,
            payee=offer.payee,
            amount=offer.amount,
            expires_at=offer.expires_at,
        )

        def act(key: str) -> None:
            session.send_once(PAYMENTS, request, Payment, key)
            raise OutcomeUnknown(id=key)

        with suppress(OutcomeUnknown):
            session.state.exactly_once(PAYMENTS, request, act, lambda: None)
        session.state.close()


def test_what_an_earlier_start_left_unknown_is_asked_for_and_told(shop: Programs) -> None:
    leave_unknown(payload(12_50))

    async def scenario(player: Player) -> None:
        await player.see("✓ Earlier payment: succeeded", "CN¥12.50")
        await player.press("enter")
        await player.see("Last movements", "-CN¥12.50")

    play(lambda: WalletApp(WALLET), scenario)
    with Session(WALLET) as session:
        assert not session.state.has_unfinished()


def test_while_it_is_asked_for_home_says_so(
    shop: Programs, service: Service, monkeypatch: pytest.MonkeyPatch
) -> None:
    leave_unknown(payload(12_50))

    def act(request: Request, forward: Forward) -> Answer | None:
        is_question = request.path.startswith("/v1/payments/")
        return None if is_question or request.path == "/v1/events" else forward()

    async def scenario(player: Player) -> None:
        await player.see("▲ offline", "Last movements")
        player.app.heard(None)
        await player.see("◌ An earlier act has no known outcome: asking")
        await player.see(" of 25.")

    with GoBetween(service, act) as between:
        monkeypatch.setenv("WALLET_API_URL", between.url)
        play(lambda: WalletApp(WALLET), scenario)
    with Session(WALLET) as session:
        assert session.state.has_unfinished()

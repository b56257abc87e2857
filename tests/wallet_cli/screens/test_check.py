"""Checking and paying: what is seen before, one payment a time, the PIN, and what went wrong."""

from __future__ import annotations

from typing import TYPE_CHECKING

from textual.widgets import Button

from tests.end_to_end.go_between import BEHIND, Answer, Forward, GoBetween, Request
from tests.end_to_end.programs import PIN, WALLET
from tests.stage.others import payload
from tests.stage.playing import LARGE, Player, play
from wallet_cli.screens import check
from wallet_cli.screens.app import WalletApp

if TYPE_CHECKING:
    import pytest

    from tests.end_to_end.conftest import NothingMoves
    from tests.end_to_end.programs import Programs
    from tests.end_to_end.services import Service

SERVE = ("--lab", *BEHIND)
START = 2500_00


async def at_check(player: Player, code: str) -> None:
    """Paste a code where one pays, and wait until Enter would pay."""
    await player.see("Last movements")
    player.app.go("pay")
    await player.see("Paste or type a code")
    await player.paste(code)
    await player.press("enter")
    await player.see("Left after it", "Corner Café")


async def armed(player: Player) -> None:
    """Wait until Enter confirms."""
    await player.until(lambda: not player.widget("#confirm", Button).disabled, "the key")


async def give_pin(player: Player, pin: str = PIN) -> None:
    await player.see("PIN, six digits")
    await player.write(pin)
    await player.press("enter")


def test_the_enter_that_brought_it_does_not_pay_it(
    shop: Programs, nothing_moves: NothingMoves, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(check, "GUARD_SECONDS", 3.0)

    async def scenario(player: Player) -> None:
        await at_check(player, await player.apart(lambda: payload(12_50)))
        await player.press("enter", "enter")
        await player.click("#confirm")
        assert player.widget("#confirm", Button).disabled
        await player.press("escape")
        await player.see("Paste or type a code")

    with nothing_moves():
        play(lambda: WalletApp(WALLET), scenario)


def test_it_is_seen_before_and_two_quick_enters_pay_once(
    shop: Programs, service: Service, monkeypatch: pytest.MonkeyPatch
) -> None:
    # On a busy machine the second of two quick keys comes late.
    monkeypatch.setattr(check, "DOUBLE_SECONDS", 2.0)

    async def scenario(player: Player) -> None:
        await at_check(
            player, await player.apart(lambda: payload(12_50, note="午餐 lunch", tip=1_50))
        )
        await player.see("上海 · 午餐 lunch", "CN¥2,500.00", "CN¥2,487.50", "not needed (10 left")
        await player.see("Expires in", "4:5", "Tip, in it", "CN¥1.50")
        entries = service.entries()
        await armed(player)
        await player.press("enter", "enter")
        # The second Enter has not taken the outcome away either.
        await player.see("✓ Paid", "CN¥12.50", "CN¥2,487.50")
        assert service.entries() == entries + 1
        await player.press("enter")
        await player.see("Last movements", "-CN¥12.50")

    play(lambda: WalletApp(WALLET), scenario)
    assert shop.balances()[0] == START - 12_50


def test_a_wrong_pin_says_the_tries_left_and_the_right_one_pays(shop: Programs) -> None:
    async def scenario(player: Player) -> None:
        await at_check(player, await player.apart(lambda: payload(1_500_00)))
        await player.see("needed: it is more than CN¥1,000.00")
        await armed(player)
        await player.click("#confirm")
        await give_pin(player, "135790")
        await player.see("Tries left: 2")
        await give_pin(player)
        await player.see("✓ Paid", "CN¥1,500.00", "CN¥1,000.00")

    play(lambda: WalletApp(WALLET), scenario, LARGE)
    assert shop.balances()[0] == START - 1_500_00
    left_behind = [path for path in shop.home.rglob("*") if path.is_file()]
    assert left_behind
    assert not any(PIN.encode() in path.read_bytes() for path in left_behind)


def test_three_wrong_pins_lock_it_and_say_who_unlocks(
    shop: Programs, nothing_moves: NothingMoves
) -> None:
    async def scenario(player: Player) -> None:
        await at_check(player, await player.apart(lambda: payload(1_500_00)))
        await armed(player)
        await player.press("enter")
        for left in ("Tries left: 2", "Tries left: 1"):
            await give_pin(player, "135790")
            await player.see(left)
        await give_pin(player, "135790")
        await player.see("✗ Not done", "The PIN is locked", "The bank must unlock it.")

    with nothing_moves():
        play(lambda: WalletApp(WALLET), scenario)


def test_without_the_pin_it_waits_and_nobody_is_nagged(
    shop: Programs, nothing_moves: NothingMoves
) -> None:
    async def scenario(player: Player) -> None:
        await at_check(player, await player.apart(lambda: payload(1_500_00)))
        await armed(player)
        await player.press("enter")
        await player.see("PIN, six digits")
        await player.press("escape")
        await player.see("It waits for your PIN. Enter asks for it again.")
        await player.press("escape")
        await player.see("Paste or type a code")
        await player.press("escape")
        await player.see("Waiting for you: 1", "Payment: your PIN", "Corner Café")
        assert "A till asks" not in player.text()

    with nothing_moves():
        play(lambda: WalletApp(WALLET), scenario)


def test_too_little_money_is_seen_before_and_refused_after(
    shop: Programs, nothing_moves: NothingMoves
) -> None:
    async def scenario(player: Player) -> None:
        await at_check(player, await player.apart(lambda: payload(2_600_00)))
        await player.see("✗ CN¥100.00 too little.")
        await armed(player)
        await player.press("enter")
        await player.see("✗ Not done", "The balance is too small. No money moved.")
        await player.press("enter")
        await player.see("Last movements")

    with nothing_moves():
        play(lambda: WalletApp(WALLET), scenario)


def test_what_expires_meanwhile_cannot_be_paid(
    shop: Programs, service: Service, nothing_moves: NothingMoves
) -> None:
    async def scenario(player: Player) -> None:
        await at_check(player, await player.apart(lambda: payload(12_50)))
        await armed(player)
        await player.apart(lambda: service.advance(301))
        await player.press("ctrl+r")
        await player.see("✗ Expired, not paid. Ask for a new code.")
        await player.press("enter")
        assert player.widget("#confirm", Button).disabled
        await player.press("escape")
        await player.see("Paste or type a code")

    with nothing_moves():
        play(lambda: WalletApp(WALLET), scenario)


def test_a_bank_that_is_away_is_said_in_place_and_asked_again(
    shop: Programs, service: Service, monkeypatch: pytest.MonkeyPatch
) -> None:
    def once(request: Request, forward: Forward) -> Answer | None:
        """Answer over a new connection each time, so that the end is one for all."""
        if request.path == "/v1/events":
            return None
        answer = forward()
        return Answer(answer.body, answer.status, {**answer.headers, "Connection": "close"})

    async def scenario(player: Player) -> None:
        with GoBetween(service, once):
            await at_check(player, await player.apart(lambda: payload(12_50)))
            await armed(player)
        await player.press("enter")
        await player.see("does not answer. Nothing was", "Enter tries again.")
        with GoBetween(service, once):
            await armed(player)
            await player.press("enter")
            await player.see("✓ Paid")

    with GoBetween(service, once) as between:
        monkeypatch.setenv("WALLET_API_URL", between.url)
    play(lambda: WalletApp(WALLET), scenario)
    monkeypatch.setenv("WALLET_API_URL", service.url)
    assert shop.balances()[0] == START - 12_50


def test_a_lost_answer_is_asked_for_and_paid_once(
    shop: Programs, service: Service, monkeypatch: pytest.MonkeyPatch
) -> None:
    paid: list[str] = []
    lost: list[str] = []

    def act(request: Request, forward: Forward) -> Answer | None:
        if request.path == "/v1/events":
            return None
        if request.path.startswith("/v1/payments") and len(lost) < 3:
            lost.append(request.path)
            if request.method == "POST":
                forward()
                paid.append(request.headers["Idempotency-Key"])
            return None
        return forward()

    async def scenario(player: Player) -> None:
        await at_check(player, await player.apart(lambda: payload(12_50)))
        await armed(player)
        await player.press("enter")
        await player.see("Outcome unknown, asking (")
        # Whoever leaves now would never be told.
        await player.press("escape")
        await player.press("enter")
        await player.see("✓ Paid", "CN¥2,487.50")

    with GoBetween(service, act) as between:
        monkeypatch.setenv("WALLET_API_URL", between.url)
        play(lambda: WalletApp(WALLET), scenario)
    assert len(set(paid)) == 1
    monkeypatch.setenv("WALLET_API_URL", service.url)
    assert shop.balances()[0] == START - 12_50

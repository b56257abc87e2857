"""A charge whose answer is lost: what the cashier sees, and what the books say in the end."""

from __future__ import annotations

import threading
from contextlib import contextmanager
from typing import TYPE_CHECKING

import pytest
from textual.widgets import Button

from pos.screens import stages
from terminal_kit.screens.widgets.code_picture import QrCode
from terminal_kit.session import Session
from tests.end_to_end.go_between import BEHIND, Answer, Forward, GoBetween, Request
from tests.end_to_end.programs import TILL
from tests.pos.screens.stand import SALE, Charging, payer_code, stand
from tests.stage.playing import Player, play
from wallet_api.contract.instants import system_ms
from wallet_api.contract.wire import ChargeState

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from contextlib import AbstractContextManager

    from pos.screens.stages import Stage
    from tests.end_to_end.programs import Programs
    from tests.end_to_end.services import Service
    from wallet_api.contract.wire import ChargeRequest

    Act = Callable[[Request, Forward], Answer | None]
    Between = Callable[[Act], AbstractContextManager[str]]

SERVE = BEHIND
SALE_MINOR, HELD_MINOR = 97_13, 2500_00
EVENTS = "/v1/events"
LIMIT_SECONDS = 20


class Line:
    """The line to the bank: what it takes, and which answers it brings back."""

    def __init__(self) -> None:
        self.takes = self.brings = True
        self.when_reversed: Callable[[], object] = bool

    def act(self, request: Request, forward: Forward) -> Answer | None:
        """Pass a request on, or not. Events never come: the till has to ask."""
        if request.path == EVENTS:
            return None
        if not self.takes:
            return None
        answer = forward()
        return answer if self.brings else None

    def until_reversed(self, request: Request, forward: Forward) -> Answer | None:
        """Bring nothing back until the till reverses."""
        if request.path.endswith("/reverse"):
            self.when_reversed()
            self.takes = self.brings = True
        return self.act(request, forward)


class StoodStill:
    """The till's own time: it stands still until a test lets it pass, and then takes no time."""

    def __init__(self, session: Session) -> None:
        self._ahead_ms = 0.0
        self.passes = threading.Event()
        session.clock = lambda: system_ms() + int(self._ahead_ms)
        session.sleep = self._sleep

    def _sleep(self, seconds: float) -> None:
        assert self.passes.wait(LIMIT_SECONDS)
        self._ahead_ms += seconds * 1_000


@pytest.fixture
def line() -> Line:
    return Line()


@pytest.fixture
def between(shop: Programs, service: Service, monkeypatch: pytest.MonkeyPatch) -> Between:
    """Put a line between the till and its bank; the customer's stays as it was."""

    @contextmanager
    def put(act: Act) -> Iterator[str]:
        with GoBetween(service, act) as link:
            monkeypatch.setenv("WALLET_API_URL", link.url)
            yield payer
        monkeypatch.setenv("WALLET_API_URL", service.url)

    del shop
    payer = payer_code()
    return put


async def begin(player: Player, request: ChargeRequest) -> tuple[Charging, StoodStill]:
    """Charge at a till whose time stands still."""
    await player.until(lambda: player.app.desk is not None)
    assert player.app.desk is not None
    time = StoodStill(player.app.desk.session)
    return await Charging.begin(player, request), time


def spent(shop: Programs) -> int:
    return HELD_MINOR - shop.balances()[0]


def test_a_lost_answer_is_asked_for_until_it_comes(
    shop: Programs, line: Line, between: Between
) -> None:
    async def scenario(player: Player) -> None:
        charging, time = await begin(player, SALE.request(code))
        await player.see("Outcome unknown: asking", "asking (1 of 12", "Do not charge again")
        assert player.widget("#act", Button).disabled
        await player.press("escape", "x", "n", "enter")
        assert player.app.screen is charging.screen
        line.brings = True
        time.passes.set()
        await player.see("✓ Paid")
        assert (await charging.end()).state is ChargeState.SUCCEEDED

    line.brings = False
    with between(line.act) as code:
        play(stand, scenario)
    assert spent(shop) == SALE_MINOR


def test_what_nobody_answers_for_is_reversed(shop: Programs, line: Line, between: Between) -> None:
    seen: list[Stage] = []

    async def scenario(player: Player) -> None:
        charging, time = await begin(player, SALE.request(code))
        await player.see("Outcome unknown: asking")
        line.when_reversed = lambda: seen.append(charging.screen.stage)
        time.passes.set()
        await player.see("↩ Reversed", "The customer has the money back.", "Back to the sale")
        assert seen == [stages.REVERSING]
        await player.press("enter")
        assert (await charging.end()).state is ChargeState.REVERSED

    line.brings = False
    with between(line.until_reversed) as code:
        play(stand, scenario)
    assert spent(shop) == 0


def test_what_never_arrived_is_prevented_and_charged_anew(
    shop: Programs, line: Line, between: Between
) -> None:
    async def scenario(player: Player) -> None:
        charging, time = await begin(player, SALE.request())
        await player.see("Outcome unknown: asking")
        time.passes.set()
        await player.see("↩ Reversed", "It was never paid", "New code")
        await player.press("n")
        await player.see("▣ Ready to scan")
        await player.apart(lambda: shop.run("wallet", "pay", charging.payload, "--yes"))
        await player.see("✓ Paid")
        assert (await charging.end()).state is ChargeState.SUCCEEDED

    line.takes = False
    with between(line.until_reversed):
        play(stand, scenario)
    assert spent(shop) == SALE_MINOR


def test_what_stays_unknown_is_noted_and_asked_for_again(
    shop: Programs, line: Line, between: Between
) -> None:
    async def scenario(player: Player) -> None:
        charging, time = await begin(player, SALE.request(code))
        await player.see("Outcome unknown: asking")
        time.passes.set()
        await player.see("▲ Outcome unknown", "It is noted", "Ask again")
        with Session(TILL) as session:
            assert session.state.has_unfinished()
        assert not player.widget("#renew", Button).display
        line.takes = True
        await player.press("enter")
        await player.see("↩ Reversed")
        await player.press("escape")
        assert not (await charging.end()).state.is_open

    line.takes = False
    with between(line.act) as code:
        play(stand, scenario)
    assert spent(shop) == 0


def test_a_bank_that_is_away_meanwhile_is_said(
    shop: Programs, line: Line, between: Between
) -> None:
    async def scenario(player: Player) -> None:
        charging, time = await begin(player, SALE.request())
        await player.see("▣ Ready to scan")
        line.takes = line.brings = False
        await player.apart(lambda: shop.run("wallet", "pay", charging.payload, "--yes"))
        await player.see("◌ The service does not answer,")
        assert not player.app.link.is_live
        code = player.widget("#code", QrCode)
        seen = player.app.screen.find_widget(code).visible_region
        assert seen.height == code.size.height == 23, "nothing lies over the code"
        line.takes = line.brings = True
        time.passes.set()
        await player.see("✓ Paid")
        assert (await charging.end()).state is ChargeState.SUCCEEDED

    with between(line.act):
        play(stand, scenario)
    assert spent(shop) == SALE_MINOR

"""Two wallets that know each other: one's own, on the stage, and a friend's, who acts meanwhile."""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeVar

from textual.widgets import Button

from terminal_kit.session import Session
from tests.end_to_end.go_between import Answer, Forward, Request
from tests.end_to_end.programs import PIN, WALLET
from tests.stage.others import FRIEND, cny, open_friend
from wallet_cli.bank import Bank
from wallet_cli.people import People
from wallet_cli.wallet import Wallet

if TYPE_CHECKING:
    from collections.abc import Callable

    from terminal_kit.session import Chosen
    from tests.stage.playing import Player

T = TypeVar("T")
#: What is in both wallets once they have met.
OWN, FRIENDS = 2480_00, 120_00


def act(chosen: Chosen, does: Callable[[Session], T]) -> T:
    """Do something with a wallet, as a command of its own would."""
    with Session(chosen) as session:
        done = does(session)
        session.state.forget_answered()
        return done


def friend(does: Callable[[Session], T]) -> T:
    """Do something with the friend's wallet."""
    return act(FRIEND, does)


def meet() -> str:
    """Open the friend's wallet with 100.00 CNY, send 20.00 there, and give its id."""
    wallet = open_friend()
    friend(lambda session: Bank(session).top_up(cny(100_00)))

    def send(session: Session) -> None:
        people = People(session)
        people.send(people.payee(wallet), cny(20_00), "tea")

    act(WALLET, send)
    return wallet


def balances() -> tuple[int, int]:
    """Give what is in one's own wallet and in the friend's, in minor units."""

    def balance(session: Session) -> int:
        return Wallet(session).card().balance.minor

    return act(WALLET, balance), friend(balance)


async def confirm(player: Player) -> None:
    """Wait until Enter confirms, and press it."""
    await player.see("Left after it")
    await player.until(lambda: not player.widget("#confirm", Button).disabled, "the key")
    await player.press("enter")


async def give_pin(player: Player, pin: str = PIN) -> None:
    """Type the PIN into its dialog."""
    await player.see("PIN, six digits")
    await player.write(pin)
    await player.press("enter")


async def choose_friend(player: Player) -> None:
    """Take the only person one has dealt with."""
    await player.see("Bob 李四", "↑ ↓")
    await player.press("enter")


def once(request: Request, forward: Forward) -> Answer | None:
    """Pass on over a new connection each time, and no events, so that the end is one for all."""
    if request.path == "/v1/events":
        return None
    answer = forward()
    return Answer(answer.body, answer.status, {**answer.headers, "Connection": "close"})

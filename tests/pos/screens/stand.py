"""A till whose home is an empty screen, and a customer who pays at it from the other side."""

from __future__ import annotations

from typing import TYPE_CHECKING

from payment_codes.amount import parse_amount
from pos.sale import Line, Sale
from pos.screens.app import TillApp
from pos.screens.waiting import WaitingScreen
from terminal_kit.language import N_
from terminal_kit.screens.places import Place
from terminal_kit.screens.screen import KitScreen
from terminal_kit.session import Session
from tests.end_to_end.programs import PIN, TILL, WALLET
from wallet_cli.wallet import Wallet

if TYPE_CHECKING:
    from collections.abc import Callable
    from typing import ClassVar

    from payment_codes.amount import Amount
    from tests.stage.playing import Player
    from wallet_api.contract.wire import Charge, ChargeRequest, Offer, Payment


class Empty(KitScreen[None]):
    """Stands for the sale, which tests of its own play."""

    TITLE = N_("Sale")


class Stand(TillApp):
    """A till with nothing but what a test opens."""

    PLACES: ClassVar[tuple[Place, ...]] = (
        Place("sale", N_("Sale"), "", "tests.pos.screens.stand:Empty"),
    )


def stand() -> Stand:
    """Make the till's screens."""
    return Stand(TILL)


def cny(text: str) -> Amount:
    """Read an amount."""
    return parse_amount(text, "CNY")


#: 2 × 32.00 + 28.50 and 5 % for the staff: 97.13.
SALE = Sale(
    currency="CNY",
    lines=(
        Line(name="Flat white", price=cny("32"), quantity=2),
        Line(name="Apple pie", price=cny("28.50")),
    ),
    note="Table 7",
    reference="ORDER12",
).tipped(500)


class Charging:
    """A charge on the screen; ``ended`` is what the screen gave back."""

    def __init__(self, player: Player, asked: ChargeRequest | Charge) -> None:
        self._player = player
        self.ended: list[Charge | None] = []
        self.screen = WaitingScreen(asked, SALE)
        player.app.push_screen(self.screen, self.ended.append)

    @classmethod
    async def begin(cls, player: Player, asked: ChargeRequest | Charge | None = None) -> Charging:
        """Charge for the usual sale, or for something else, as soon as the till is open."""
        await player.until(lambda: isinstance(player.app.screen, Empty), "the till")
        return cls(player, SALE.request() if asked is None else asked)

    @property
    def payload(self) -> str:
        """The text of the code that is shown."""
        assert self.screen.charge is not None
        assert self.screen.charge.payload is not None
        return self.screen.charge.payload

    async def end(self) -> Charge:
        """Wait until the screen has given a charge back."""
        await self._player.until(lambda: bool(self.ended), "the end of the charge")
        [charge] = self.ended
        assert charge is not None
        return charge


def with_wallet(act: Callable[[Wallet], object]) -> object:
    """Do something with the customer's wallet."""
    with Session(WALLET) as session:
        done = act(Wallet(session))
        session.state.forget_answered()
        return done


def resolve(payload: str) -> Offer:
    """Scan a code, and only look."""
    with Session(WALLET) as session:
        return Wallet(session).resolve(payload)


def pay(payload: str) -> None:
    """Scan a code and pay it, with the PIN where one is asked for."""

    def act(wallet: Wallet) -> None:
        payment = wallet.pay(wallet.resolve(payload))
        if payment.state == "pin_required":
            wallet.confirm(payment, PIN)

    with_wallet(act)


def payer_code() -> str:
    """Show the customer's own code."""
    with Session(WALLET) as session:
        return Wallet(session).payer_code().code


def waiting_payment() -> Payment:
    """Give the one payment that waits for the PIN."""
    with Session(WALLET) as session:
        [payment] = Wallet(session).pending().items
        return payment

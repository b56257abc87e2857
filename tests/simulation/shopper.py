"""A shopper: the real Wallet, and what the shopper was told."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from tests.simulation.person import CURRENCY, Person, is_answer
from wallet_api.contract.errors import PinWrong
from wallet_api.contract.payer_code import WINDOW
from wallet_api.contract.wire import (
    OpenWallet,
    PaymentState,
    TopUp,
    TopUpRequest,
    WalletCard,
)
from wallet_cli.resuming import Resumption
from wallet_cli.wallet import Wallet

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable
    from pathlib import Path

    from payment_codes.amount import Amount
    from terminal_kit.resuming import Outcome
    from terminal_kit.session import Standing
    from tests.simulation.world import World
    from wallet_api.contract.wire import Payment

TOP_UPS = "/v1/top-ups"
PIN, WRONG_PIN = "294751", "846213"


class Shopper(Person):
    """A wallet; ``told`` is the last state that the shopper was told of each payment."""

    name = "wallet"

    def __init__(self, world: World, folder: Path) -> None:
        super().__init__(world, folder)
        self.told: dict[str, str] = {}

    def enrol(self) -> None:
        """Open the wallet."""
        opening = OpenWallet(name="Ann", currency=CURRENCY, device=self.public, pin=PIN)
        with self.client() as client:
            client.send("POST", "/v1/customers", body=opening, key=self.id, answer=WalletCard)
        with self.state().change() as remembered:
            remembered.horizon = WINDOW

    def top_up(self, amount: Amount) -> None:
        """``wallet top-up``, again until it has an outcome."""

        def command(standing: Standing) -> bool:
            self.hear(Resumption(standing, self.doing).payments())
            standing.send(TOP_UPS, TopUpRequest(amount=amount), TopUp)
            return True

        for _ in range(20):
            if is_answer(self.run(command)):
                return

    def pay(self, payload: str) -> None:
        """``wallet pay``, with the PIN where it is needed; again when it had no outcome."""

        def command(standing: Standing) -> Payment:
            wallet = Wallet(standing, self.doing)
            offer = wallet.resolve(payload)
            resumption = Resumption(standing, self.doing)
            self.hear(resumption.payments(lambda sent: wallet.is_attempt(sent, offer)))
            payment = wallet.pay(offer)
            if payment.state is PaymentState.PIN_REQUIRED:
                payment = self._confirm(wallet, payment)
            return payment

        for _ in range(self.random.randrange(1, 4)):
            answer = self.run(command, self.hear_payment)
            if is_answer(answer):
                return

    def _confirm(self, wallet: Wallet, payment: Payment) -> Payment:
        """Type the PIN, sometimes slowly, sometimes wrong."""
        self.sleep(self.random.random() * self.random.choice((1, 5, 70)))
        if self.random.random() < 0.3:
            try:
                return wallet.confirm(payment, WRONG_PIN)
            except PinWrong:
                pass
        return wallet.confirm(payment, PIN)

    def confirm_pending(self, *, declines: bool) -> None:
        """``wallet confirm`` or ``decline`` for whatever waits."""

        def work(wallet: Wallet) -> None:
            for payment in wallet.pending().items:
                if declines:
                    wallet.decline(payment)
                else:
                    self.told[payment.id] = self._confirm(wallet, payment).state

        self.act("decline" if declines else "confirm", work)

    def act(self, what: str, work: Callable[[Wallet], Any], *, may_die: bool = True) -> Any:  # noqa: ANN401 - any answer
        """Run another command of the wallet and give its answer or refusal."""

        def command(standing: Standing) -> Any:  # noqa: ANN401 - any answer
            self.hear(Resumption(standing, self.doing).payments())
            answer = work(Wallet(standing, self.doing))
            self.world.trace(f"wallet: {what} is done")
            return answer

        return self.run(command, may_die=may_die)

    def resume(self, *, may_die: bool = True) -> bool:
        """``wallet resume``; say whether nothing is left unknown."""

        def command(standing: Standing) -> list[Outcome]:
            return list(Resumption(standing, self.doing).everything())

        outcomes = self.run(command, self.hear, may_die=may_die)
        return isinstance(outcomes, list) and all(outcome.known for outcome in outcomes)

    def hear_payment(self, payment: Payment) -> None:
        """Take down what a command says of its own payment."""
        self.told[payment.id] = payment.state

    def hear(self, outcomes: Iterable[Outcome]) -> None:
        """Take down what a command says of earlier payments."""
        for outcome in outcomes:
            self.world.trace(f"wallet hears: {outcome.kind} {outcome.id[-6:]} {outcome.state}")
            if outcome.kind == "payment" and outcome.known:
                self.told[outcome.id] = outcome.state

    def doing(self, doing: object) -> None:
        """Hear what takes long."""
        self.world.trace(f"wallet: {doing}")

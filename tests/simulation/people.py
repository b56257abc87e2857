"""A shopper and a cashier: the real Wallet and Till, each command a process that may be killed."""

from __future__ import annotations

from contextlib import contextmanager
from typing import TYPE_CHECKING, Any, TypeVar

from pos.resuming import Resumption as TillResumption
from pos.till import Till, is_attempt
from terminal_kit.device_keys import DeviceKeys
from terminal_kit.device_state import DeviceState
from terminal_kit.profiles import Profile
from terminal_kit.session import Standing
from tests.simulation.actors import Actor, Killed
from tests.simulation.core import URL
from wallet_api.client.sync import Client
from wallet_api.contract.error_base import WalletError
from wallet_api.contract.errors import PinWrong
from wallet_api.contract.ids import new_id
from wallet_api.contract.payer_code import WINDOW
from wallet_api.contract.signatures import encode_bytes
from wallet_api.contract.wire import (
    Charge,
    MerchantCard,
    OpenMerchant,
    OpenWallet,
    PaymentState,
    TopUp,
    TopUpRequest,
    WalletCard,
)
from wallet_api.contract.wire import (
    DeviceKeys as PublicKeys,
)
from wallet_cli.resuming import Resumption as WalletResumption
from wallet_cli.wallet import Wallet

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator
    from pathlib import Path
    from random import Random

    from payment_codes.amount import Amount
    from terminal_kit.resuming import Outcome
    from tests.simulation.world import World
    from wallet_api.contract.wire import ChargeRequest, Payment

T = TypeVar("T")

TOP_UPS = "/v1/top-ups"
PIN, WRONG_PIN = "294751", "846213"
CURRENCY = "CNY"
#: A program takes about so many steps; it is killed at one of them.
STEPS = 30
#: Outcomes that say nothing of the charge's state.
NO_STATE = {"unknown", "refused", "never_arrived"}


def is_answer(answer: object) -> bool:
    """Say whether a command brought an outcome, good or bad, and was not killed or left unsure."""
    return answer is not None and (not isinstance(answer, WalletError) or answer.decides)


class _SteppingState(DeviceState):
    """The real state on disk; each change is a step."""

    def __init__(self, folder: Path, key: bytes, clock: Callable[[], int], actor: Actor) -> None:
        super().__init__(folder, key, clock)
        self._actor = actor

    @contextmanager
    def change(self) -> Iterator[Any]:
        """Take a step before and after."""
        self._actor.step()
        with super().change() as remembered:
            yield remembered
            self._actor.step()
        self._actor.step()


class Person(Actor):
    """Somebody with a device that is enrolled."""

    name = ""

    def __init__(self, world: World, folder: Path) -> None:
        super().__init__()
        self.world = world
        self.random: Random = world.random
        self.id, self.device = new_id(), new_id()
        self._folder = folder
        self._keys = DeviceKeys(world.random.randbytes(32))
        self._transport = world.network.transport(self, self.name)

    @property
    def public(self) -> PublicKeys:
        """What the device enrols with."""
        return PublicKeys(
            id=self.device,
            signing_key=encode_bytes(self._keys.signing.public_key().public_bytes_raw()),
            code_key=encode_bytes(self._keys.code.public_key().public_bytes_raw()),
        )

    def client(self) -> Client:
        """Connect to the service."""
        return Client(
            URL,
            self.device,
            self._keys.signing,
            clock=self.world.clock.milliseconds,
            sleep=self.sleep,
            transport=self._transport,
        )

    def sleep(self, seconds: float) -> None:
        """Let time pass for everybody."""
        self.hold(self.world.sleep(seconds))

    def state(self) -> DeviceState:
        """Read what the device remembers."""
        return DeviceState(self._folder, self._keys.state, self.world.clock.milliseconds)

    def run(
        self,
        command: Callable[[Standing], T],
        hear: Callable[[T], None] | None = None,
        *,
        may_die: bool = True,
        dies_at: int = 0,
    ) -> T | WalletError | None:
        """Run a command as a process; give its answer or refusal, None when it died before that.

        ``hear`` is the moment in which it writes its output.
        """
        heard = False
        if not dies_at and may_die and self.random.random() < self.world.mortality:
            dies_at = self.random.randrange(1, STEPS)
        self.start_program(dies_at or None)
        state = _SteppingState(self._folder, self._keys.state, self.world.clock.milliseconds, self)
        service = self.world.core.keys
        profile = Profile(
            store="file",
            owner=self.id,
            device=self.device,
            currency=CURRENCY,
            url=URL,
            service_key=encode_bytes(service.signing_public),
            service_code_key=encode_bytes(service.code_public),
        )
        standing = Standing(
            profile,
            self._keys,
            state,
            self.client,
            clock=self.world.clock.milliseconds,
            sleep=self.sleep,
        )
        try:
            with standing:
                answer = command(standing)
            self.step()
            if hear is not None:
                hear(answer)
            heard = True
            self.step()
            state.forget_answered()
        except WalletError as error:
            self.world.trace(f"{self.name} hears: {error.code}")
            state.forget_answered()
            return error
        except Killed:
            self.world.trace(f"{self.name} is killed{' after its output' if heard else ''}")
            return answer if heard else None
        finally:
            state.close()
            self.start_program(None)
        return answer


class Cashier(Person):
    """A till; ``told`` is the last state that the cashier was told of each charge."""

    name = "till"

    def __init__(self, world: World, folder: Path) -> None:
        super().__init__(world, folder)
        self.told: dict[str, str] = {}

    def enrol(self) -> None:
        """Open the merchant."""
        opening = OpenMerchant(
            name="Tea",
            city="Here",
            category="5812",
            currency=CURRENCY,
            store="One",
            till=self.public,
        )
        with self.client() as client:
            client.send("POST", "/v1/merchants", body=opening, key=self.id, answer=MerchantCard)

    def charge(
        self, request: ChargeRequest, wait: float, show: Callable[[Charge], None]
    ) -> Charge | None:
        """``pos charge``: finish what is left of earlier commands, charge, show, wait, tell."""

        def command(standing: Standing) -> Charge:
            resumption = TillResumption(standing, self.doing)
            self.hear(resumption.charges(lambda sent: is_attempt(sent, request)))
            till = Till(standing, self.doing)
            charge = till.charge(request)
            self.step()
            show(charge)
            return till.wait(charge, wait)

        charge = self.run(command, self.hear_charge)
        return charge if isinstance(charge, Charge) else None

    def act(self, what: str, work: Callable[[Till], Any], *, may_die: bool = True) -> Any:  # noqa: ANN401 - any answer
        """Run another command of the till and give its answer or refusal."""

        def command(standing: Standing) -> Any:  # noqa: ANN401 - any answer
            self.hear(TillResumption(standing, self.doing).charges())
            answer = work(Till(standing, self.doing))
            self.world.trace(f"till: {what} is done")
            return answer

        return self.run(command, may_die=may_die)

    def resume(self, *, may_die: bool = True) -> bool:
        """``pos resume``; say whether nothing is left unknown."""

        def command(standing: Standing) -> list[Outcome]:
            return list(TillResumption(standing, self.doing).everything())

        outcomes = self.run(command, self.hear, may_die=may_die)
        return isinstance(outcomes, list) and all(outcome.known for outcome in outcomes)

    def hear(self, outcomes: Iterable[Outcome]) -> None:
        """Take down what a command says of earlier charges."""
        for outcome in outcomes:
            self.world.trace(f"till hears: {outcome.kind} {outcome.id[-6:]} {outcome.state}")
            if outcome.kind in {"charge", "close", "reverse"} and outcome.state not in NO_STATE:
                self.told[outcome.id] = outcome.state

    def hear_charge(self, charge: Charge) -> None:
        """Take down what a command says of its own charge."""
        self.world.trace(f"till hears: charge {charge.id[-6:]} {charge.state}")
        self.told[charge.id] = charge.state

    def doing(self, doing: object) -> None:
        """Hear what takes long."""
        self.world.trace(f"till: {doing}")


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
            self.hear(WalletResumption(standing, self.doing).payments())
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
            resumption = WalletResumption(standing, self.doing)
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
            self.hear(WalletResumption(standing, self.doing).payments())
            answer = work(Wallet(standing, self.doing))
            self.world.trace(f"wallet: {what} is done")
            return answer

        return self.run(command, may_die=may_die)

    def resume(self, *, may_die: bool = True) -> bool:
        """``wallet resume``; say whether nothing is left unknown."""

        def command(standing: Standing) -> list[Outcome]:
            return list(WalletResumption(standing, self.doing).everything())

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

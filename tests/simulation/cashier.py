"""A cashier: the real Till, and what the cashier was told."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from pos.resuming import Resumption
from pos.till import Till, is_attempt
from tests.simulation.person import CURRENCY, Person
from wallet_api.contract.wire import (
    Charge,
    MerchantCard,
    OpenMerchant,
)

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable
    from pathlib import Path

    from terminal_kit.resuming import Outcome
    from terminal_kit.session import Standing
    from tests.simulation.world import World
    from wallet_api.contract.wire import ChargeRequest

#: Outcomes that say nothing of the charge's state.
NO_STATE = {"unknown", "refused", "never_arrived"}


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
            resumption = Resumption(standing, self.doing)
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
            self.hear(Resumption(standing, self.doing).charges())
            answer = work(Till(standing, self.doing))
            self.world.trace(f"till: {what} is done")
            return answer

        return self.run(command, may_die=may_die)

    def resume(self, *, may_die: bool = True) -> bool:
        """``pos resume``; say whether nothing is left unknown."""

        def command(standing: Standing) -> list[Outcome]:
            return list(Resumption(standing, self.doing).everything())

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

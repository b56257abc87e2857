"""One simulated day: a till, a wallet, a bank and a network, and what must be true at its end."""

from __future__ import annotations

import asyncio
from functools import partial
from random import Random
from typing import TYPE_CHECKING

from payment_codes.amount import Amount
from tests.simulation.cashier import Cashier
from tests.simulation.network import CALM, Network, Weather
from tests.simulation.person import CURRENCY, Person, is_answer
from tests.simulation.shopper import Shopper
from wallet_api.contract.wire import Charge, ChargeRequest, ChargeState, Reversal
from wallet_api.ledger.accounts import customer_account, merchant_account, owed_to
from wallet_cli.wallet import PayerCode

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable
    from pathlib import Path
    from typing import Any

    from pos.till import Till
    from tests.simulation.core import Core
    from tests.simulation.loop import VirtualClock

#: What a payment is kept as.
KEPT = {"succeeded", "partially_refunded", "refunded"}
BUDGET = 6_000_00
PIN_FREE = 1_000_00
#: Longer than any code here can be paid and any late copy travels.
LONGEST_LIFE = 65.0


async def _the_same() -> None:
    """Give no other request."""


class World:
    """What one seed decides."""

    def __init__(self, seed: int, core: Core, clock: VirtualClock, folder: Path) -> None:
        self.random = Random(seed)
        self.core, self.clock = core, clock
        self.lines: list[str] = []
        self._began = clock.seconds
        self.network = Network(core, self.random, self.trace)
        self.mortality = self.random.choice((0.0, 0.0, 0.2, 0.5))
        self.till = Cashier(self, folder / "till")
        self.wallet = Shopper(self, folder / "wallet")
        #: What was to be given back of each charge, in minor units.
        self.refunds: dict[str, int] = {}

    def trace(self, line: str) -> None:
        """Write down what happened, with the second of the day."""
        self.lines.append(f"{self.clock.seconds - self._began:8.2f}  {line}")

    async def sleep(self, seconds: float) -> None:
        """Let time pass."""
        await asyncio.sleep(seconds)

    async def live(self) -> None:
        """Open shop, sell, heal, and check."""
        await self.open_shop()
        self._begin_to_rain()
        await self.wallet.play(lambda: self.wallet.top_up(Amount(BUDGET, CURRENCY)))
        trouble = asyncio.ensure_future(self._trouble())
        for number in range(self.random.choice((1, 1, 2))):
            await self._sale(number)
        trouble.cancel()
        await asyncio.gather(trouble, return_exceptions=True)
        await self._heal()
        self.check()

    async def open_shop(self) -> None:
        """Enrol the wallet and the till."""
        self.core.bank.random = None
        for person in (self.till, self.wallet):
            await person.play(person.enrol)

    def _begin_to_rain(self) -> None:
        def chance(most: float) -> float:
            return self.random.choice((0.0, most / 4, most))

        self.core.bank.random = self.random
        self.network.weather = Weather(
            refused=chance(0.2),
            request_lost=chance(0.3),
            answer_lost=chance(0.5),
            doubled=chance(0.3),
            late=chance(0.3),
            latest=self.random.choice((2.0, 20.0, 70.0)),
        )
        self.trace(f"{self.network.weather}, mortality {self.mortality}")

    async def _trouble(self) -> None:
        """Cut somebody off, or crash the service, now and then."""
        while self.random.random() < 0.5:
            await asyncio.sleep(self.random.random() * 40)
            seconds = self.random.choice((1.0, 10.0, 60.0))
            if self.random.random() < 0.5:
                person = self.random.choice((self.till, self.wallet))
                self.trace(f"{person.name} is cut off for {seconds} s")
                self.network.cut.add(person)
                await asyncio.sleep(seconds)
                self.network.cut.discard(person)
            else:
                self.trace(f"the service crashes for {seconds} s")
                await self.core.crash()
                try:
                    await asyncio.sleep(seconds)
                finally:
                    await self.core.start()

    async def _sale(self, number: int) -> None:
        """Sell one thing; its amount tells it from all others."""
        large = self.random.random() < 0.3
        minor = (PIN_FREE if large else 0) + self.random.randrange(1, 300_00) * 10 + number
        self.trace(f"--- sale of {minor}")
        sell = self._sell_by_payer_code if self.random.random() < 0.5 else self._sell_by_code
        charge = await sell(Amount(minor, CURRENCY))
        await asyncio.sleep(self.random.random() * 3)
        if charge is not None:
            await self._afterwards(charge)

    async def _sell_by_code(self, amount: Amount) -> Charge | None:
        """The till shows a code, the wallet pays it, maybe, while the till waits."""
        shown: asyncio.Queue[str | None] = asyncio.Queue()
        life = self.random.choice((10, 40, 60))
        request = ChargeRequest(amount=amount, expires_in=life)

        def show(charge: Charge) -> None:
            if charge.state is ChargeState.CREATED:
                shown.put_nowait(charge.payload)

        async def shopper() -> None:
            while (payload := await shown.get()) is not None:
                await asyncio.sleep(self.random.random() * self.random.choice((2, 15, 60)))
                await self.wallet.play(partial(self.wallet.pay, payload))

        paying = asyncio.ensure_future(shopper())
        charge = await self._insist(request, show, _the_same)
        shown.put_nowait(None)
        await paying
        return charge

    async def _sell_by_payer_code(self, amount: Amount) -> Charge | None:
        """The wallet shows a code, the till charges it, and the wallet confirms, maybe."""
        shown = await self._payer_code()
        if shown is None:
            return None
        await asyncio.sleep(self.random.random() * self.random.choice((2, 30, 100)))
        mood = self.random.random()

        async def shopper() -> None:
            for _ in range(3 if mood < 0.9 else 0):
                await asyncio.sleep(self.random.random() * 20)
                await self.wallet.play(lambda: self.wallet.confirm_pending(declines=mood < 0.15))

        async def fresh() -> ChargeRequest | None:
            """Have the shopper refresh the code, sometimes."""
            if self.random.random() < 0.5:
                return None
            another = await self._payer_code()
            return None if another is None else ChargeRequest(amount=amount, code=another)

        confirming = asyncio.ensure_future(shopper())
        request = ChargeRequest(amount=amount, code=shown)
        charge = await self._insist(request, lambda _: None, fresh)
        await confirming
        return charge

    async def _payer_code(self) -> str | None:
        shown = await self.wallet.play(
            lambda: self.wallet.act("code", lambda wallet: wallet.payer_code())
        )
        return shown.code if isinstance(shown, PayerCode) else None

    async def _insist(
        self,
        request: ChargeRequest,
        show: Callable[[Charge], None],
        fresh: Callable[[], Awaitable[ChargeRequest | None]],
    ) -> Charge | None:
        """Charge; repeat the command when it was killed or brought nothing, or go on without."""
        wait = self.random.choice((5.0, 60.0))
        for _ in range(self.random.randrange(1, 4)):
            charge = await self.till.play(partial(self.till.charge, request, wait, show))
            if charge is not None:
                return charge
            if self.random.random() < 0.3:
                await self.till.play(self.till.resume)
            request = await fresh() or request
        return None

    async def _afterwards(self, charge: Charge) -> None:
        """Close, reverse or refund, or leave it at that."""
        act = self.random.random()
        if act < 0.15:
            await self._insist_on("reverse", charge, lambda till: till.reverse(charge.id))
        elif act < 0.3:
            await self._insist_on("close", charge, lambda till: till.close(charge.id))
        elif act < 0.5 and charge.amount.minor:
            part = Amount(self.random.randrange(1, charge.amount.minor + 1), CURRENCY)
            self.refunds[charge.id] = part.minor
            await self._insist_on("refund", charge, lambda till: till.refund(charge.id, part, None))

    async def _insist_on(self, what: str, charge: Charge, work: Callable[[Till], Any]) -> None:
        """Run a command on a charge until it has an outcome, or give up after a few times."""
        for _ in range(self.random.randrange(1, 5)):
            answer = await self.till.play(lambda: self.till.act(f"{what} {charge.id[-6:]}", work))
            if isinstance(answer, Reversal | Charge):
                self.till.told[charge.id] = answer.state
            if is_answer(answer):
                return

    async def _heal(self) -> None:
        """Let the sun shine and everybody finish what is left."""
        self.trace("--- healing")
        self.network.weather = CALM
        self.network.cut.clear()
        self.core.bank.random = None
        await self.network.settle()
        # Nobody's PIN comes any more, and no code is paid.
        await asyncio.sleep(LONGEST_LIFE)
        for person in (self.till, self.wallet):
            assert await person.play(partial(person.resume, may_die=False)), person.name
            left = person.state().read()
            assert (left.sent, left.open) == ([], []), person.name

    def check(self) -> None:
        """Compare what the cashier and the shopper were told with the books."""
        assert self.core.findings() == []
        charges = {
            row[0]: row[1:]
            for row in self.core.read(
                # An open charge whose time is over is closed, whether or not that is written down.
                "SELECT id, CASE WHEN state IN ('created', 'awaiting_payer') AND expires_at <= ?"
                " THEN 'closed' ELSE state END, amount, fee, refunded, fee_returned FROM charges"
                " WHERE merchant = ?",
                self.clock.milliseconds(),
                self.till.id,
            )
        }
        self._check_till(charges)
        self._check_wallet()
        self._check_money(charges)

    def _check_till(self, charges: dict[str, tuple[Any, ...]]) -> None:
        for charge, told in self.till.told.items():
            state = charges[charge][0]
            kept = told in KEPT and state in KEPT
            assert kept or told == state, f"charge {charge}: told {told}, is {state}"
        for charge, (state, *_) in charges.items():
            assert state not in KEPT or charge in self.till.told, f"{charge} was paid untold"
        sold = [amount for state, amount, *_ in charges.values() if state in KEPT]
        assert len(sold) == len(set(sold)), f"a sale was paid twice: {sold}"

    def _check_wallet(self) -> None:
        payments = dict(
            self.core.read("SELECT id, state FROM payments WHERE customer = ?", self.wallet.id)
        )
        for payment, told in self.wallet.told.items():
            state = payments.get(payment, "never_arrived")
            paid = {"succeeded", "reversed"}
            assert (told in paid) == (state in paid), f"{payment}: told {told}, is {state}"

    def _check_money(self, charges: dict[str, tuple[Any, ...]]) -> None:
        for charge, (*_, refunded, _returned) in charges.items():
            assert refunded in {0, self.refunds.get(charge, 0)}, f"{charge}: {refunded} returned"
        kept = [row for row in charges.values() if row[0] in KEPT]
        spent = sum(amount - refunded for _, amount, _, refunded, _ in kept)
        fees = sum(fee - returned for *_, fee, _, returned in kept)
        brought = sum(
            row[0]
            for row in self.core.read(
                "SELECT amount FROM top_ups WHERE customer = ? AND state = 'succeeded'",
                self.wallet.id,
            )
        )
        assert brought in {0, BUDGET}, f"{brought} came from the bank"
        assert self.owed(self.wallet) == brought - spent
        assert self.owed(self.till) == spent - fees

    def owed(self, person: Person) -> int:
        """Give what the bank owes a customer or a merchant, in minor units."""
        assert self.core.service is not None
        account = customer_account if person is self.wallet else merchant_account
        return self.core.service.engine.read(
            lambda transaction, _now: owed_to(transaction, account(person.id), CURRENCY)
        )

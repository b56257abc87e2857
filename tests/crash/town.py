"""People who pay all at once, what they were told, and what must therefore be in the books."""

from __future__ import annotations

import asyncio
from collections import defaultdict
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey

from payment_codes.amount import Amount
from wallet_api.client.aio import AsyncClient
from wallet_api.contract.error_base import WalletError
from wallet_api.contract.errors import OutcomeUnknown, ServiceUnreachable
from wallet_api.contract.ids import new_id
from wallet_api.contract.signatures import encode_bytes
from wallet_api.contract.wire import (
    Charge,
    ChargeRequest,
    DeviceKeys,
    MerchantCard,
    OpenMerchant,
    OpenWallet,
    Payment,
    PaymentRequest,
    Refund,
    RefundRequest,
    TopUp,
    TopUpRequest,
    WalletCard,
)

if TYPE_CHECKING:
    from collections.abc import Callable
    from random import Random

    from wallet_api.client.answers import Reply

WALLETS, TILLS = 24, 3
CURRENCY = "CNY"
#: What a merchant pays for a payment: 60 hundredths of a per cent, rounded down.
FEE, BASIS = 60, 10_000


class Person:
    """A wallet or a till: its keys, and a client of the bank that runs now."""

    def __init__(self) -> None:
        self.id, self._device = new_id(), new_id()
        self._signing, code = Ed25519PrivateKey.generate(), X25519PrivateKey.generate()
        self.public = DeviceKeys(
            id=self._device,
            signing_key=encode_bytes(self._signing.public_key().public_bytes_raw()),
            code_key=encode_bytes(code.public_key().public_bytes_raw()),
        )
        self.client: AsyncClient

    def call(self, url: str) -> None:
        """Call the bank there from now on, and give up at once when it does not answer."""
        self.client = AsyncClient(url, self._device, self._signing, patience=0)


@dataclass(frozen=True, eq=False)
class Request:
    """What somebody asks for under one key, however often it is sent."""

    person: Person
    path: str
    body: Any
    answer: type[Any]
    key: str = field(default_factory=new_id)

    async def send(self) -> Reply[Any]:
        """Send it once."""
        return await self.person.client.send(
            "POST", self.path, body=self.body, key=self.key, answer=self.answer
        )


@dataclass
class Sale:
    """A charge as its till was told, and what became of it."""

    till: Person
    charge: Charge
    payer: Person | None = None
    refunded: int = 0

    @property
    def fee(self) -> int:
        """What the merchant still pays for it: fees go back in proportion, rounded at the end."""
        amount = self.charge.amount.minor
        fee = amount * FEE // BASIS
        return fee - fee * self.refunded // amount


class Town:
    """Wallets and tills; ``random`` decides what they do."""

    def __init__(self, random: Random) -> None:
        self._random = random
        self.wallets = [Person() for _ in range(WALLETS)]
        self.tills = [Person() for _ in range(TILLS)]
        self.people = self.wallets + self.tills
        self.sales: dict[str, Sale] = {}
        self.told: dict[Request, Any] = {}
        self.refused: dict[Request, str] = {}
        self.unanswered: list[Request] = []

    def call(self, url: str) -> None:
        """Have everybody call the bank there from now on."""
        for person in self.people:
            person.call(url)

    async def hang_up(self) -> None:
        """Close all connections."""
        for person in self.people:
            await person.client.close()

    async def enrol(self) -> None:
        """Open everybody's wallet or till."""
        for person in self.wallets:
            wallet = OpenWallet(name="Ann", currency=CURRENCY, device=person.public)
            await Request(person, "/v1/customers", wallet, WalletCard, person.id).send()
        for person in self.tills:
            merchant = OpenMerchant(
                name="Tea",
                city="Here",
                category="5812",
                currency=CURRENCY,
                store="One",
                till=person.public,
            )
            await Request(person, "/v1/merchants", merchant, MerchantCard, person.id).send()

    async def trade(self, heard: Callable[[], None]) -> None:
        """Have everybody ask for one thing after another until the bank answers no more."""
        await asyncio.gather(*(self._live(person, heard) for person in self.people))

    async def _live(self, person: Person, heard: Callable[[], None]) -> None:
        while await self._settle(self._wish(person)) is not None:
            heard()

    async def send_again(self) -> int:
        """Send what was never answered with the same keys; count what had been done already."""
        waiting, self.unanswered = self.unanswered, []
        return sum(filter(None, await asyncio.gather(*map(self._settle, waiting))))

    async def _settle(self, request: Request) -> bool | None:
        """Send and take the answer down; say whether it had been done before, None without one."""
        try:
            reply = await request.send()
        except (OutcomeUnknown, ServiceUnreachable):
            self.unanswered.append(request)
            return None
        except WalletError as refusal:
            self.refused[request] = refusal.code
            return refusal.replayed
        self._take_down(request, reply.value)
        return reply.replayed

    def _take_down(self, request: Request, answer: object) -> None:
        self.told[request] = answer
        match answer:
            case Charge():
                self.sales[answer.id] = Sale(request.person, answer)
            case Payment():
                assert self.sales[answer.charge].payer is None, "a charge was paid twice"
                self.sales[answer.charge].payer = request.person
            case Refund():
                self.sales[answer.charge].refunded += answer.amount.minor

    def _wish(self, person: Person) -> Request:
        return self._till_wish(person) if person in self.tills else self._wallet_wish(person)

    def _wallet_wish(self, person: Person) -> Request:
        """Pay one of the newest charges, which others try to pay as well, or top up a little."""
        unpaid = [sale for sale in self.sales.values() if sale.payer is None][-8:]
        if not unpaid or self._random.random() < 0.3:
            body = TopUpRequest(amount=self._money(20_000))
            return Request(person, "/v1/top-ups", body, TopUp)
        sale = self._random.choice(unpaid)
        assert sale.charge.expires_at is not None
        terms = PaymentRequest(
            charge=sale.charge.id,
            payee=sale.till.id,
            amount=sale.charge.amount,
            expires_at=sale.charge.expires_at,
        )
        return Request(person, "/v1/payments", terms, Payment)

    def _till_wish(self, person: Person) -> Request:
        """Refund a part of a sale, which may be more than is left, or make a charge."""
        paid = [sale for sale in self.sales.values() if sale.till is person and sale.payer]
        if not paid or self._random.random() < 0.6:
            body = ChargeRequest(amount=self._money(20_000))
            return Request(person, "/v1/charges", body, Charge)
        sale = self._random.choice(paid)
        path = f"/v1/charges/{sale.charge.id}/refunds"
        part = RefundRequest(amount=self._money(sale.charge.amount.minor))
        return Request(person, path, part, Refund)

    def _money(self, most: int) -> Amount:
        return Amount(self._random.randint(1, most), CURRENCY)

    def balances(self) -> dict[str, int]:
        """Give what the bank must owe each customer and merchant, in minor units, by their ids."""
        owed = {person.id: 0 for person in self.people}
        for request, answer in self.told.items():
            if isinstance(answer, TopUp):
                owed[request.person.id] += answer.amount.minor
        for sale in self.sales.values():
            if sale.payer is not None:
                kept = sale.charge.amount.minor - sale.refunded
                owed[sale.payer.id] -= kept
                owed[sale.till.id] += kept - sale.fee
        return owed

    def movements(self) -> dict[str, list[str]]:
        """Give the ids of all that moved money for each customer, in their order."""
        moved: defaultdict[str, list[str]] = defaultdict(list)
        for request, answer in self.told.items():
            match answer:
                case TopUp() | Payment():
                    moved[request.person.id].append(answer.id)
                case Refund():
                    payer = self.sales[answer.charge].payer
                    assert payer is not None
                    moved[payer.id].append(answer.id)
        return {person.id: sorted(moved[person.id]) for person in self.wallets}

"""Everything that waits for its owner: the PIN, an answer, an approval. What screens call."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal, TypeAlias

from wallet_api.contract.administration import DeviceCard
from wallet_api.contract.banking import Withdrawal
from wallet_api.contract.people import Gift, GiftState, MoneyRequest, RequestState, Transfer
from wallet_api.contract.people import TransferState as Sent
from wallet_api.contract.wire import Page, Payment
from wallet_cli.bank import LONGEST_PAGE, PIN_REQUIRED, WITHDRAWALS
from wallet_cli.gifts import Gifts
from wallet_cli.people import People
from wallet_cli.requests import Requests
from wallet_cli.security import Security
from wallet_cli.wallet import Wallet

if TYPE_CHECKING:
    from collections.abc import Iterator

    from payment_codes.amount import Amount
    from terminal_kit.session import Standing

Record: TypeAlias = Payment | Transfer | Gift | Withdrawal | MoneyRequest | DeviceCard
#: A ``present`` is a gift to oneself that can be taken.
Kind = Literal["payment", "transfer", "gift", "withdrawal", "request", "present", "device"]
#: Sorts after every moment of the wire.
NEVER = "~"


@dataclass(frozen=True, slots=True)
class Waiting:
    """One thing that waits. ``party`` is the other side's name, ``expires_at`` of the wire."""

    kind: Kind
    record: Record
    party: str = ""
    amount: Amount | None = None
    note: str = ""
    expires_at: str | None = None

    @property
    def id(self) -> str:
        """The id of what waits."""
        return self.record.id

    @property
    def needs_pin(self) -> bool:
        """Say whether it was begun and waits for the PIN alone."""
        return self.kind in {"payment", "transfer", "gift", "withdrawal"}

    @property
    def can_be_declined(self) -> bool:
        """Say whether one can refuse it here; a withdrawal ends by itself."""
        return self.kind in {"payment", "transfer", "gift", "request"}


class WaitingRoom:
    """What waits for the owner of one wallet, as far as its newest hundred records of each kind."""

    def __init__(self, session: Standing) -> None:
        self._session = session

    def items(self) -> list[Waiting]:
        """Give all of it, what ends first on top."""
        found = [
            *self._payments(),
            *self._transfers(),
            *self._withdrawals(),
            *self._gifts(),
            *self._requests(),
            *self._devices(),
        ]
        return sorted(found, key=lambda item: (item.expires_at or NEVER, item.id))

    def decline(self, item: Waiting) -> Record:
        """Refuse what waits, or give it up. Raises WalletError."""
        match item.record:
            case Payment() as payment:
                return Wallet(self._session).decline(payment)
            case Transfer() as transfer:
                return People(self._session).cancel(transfer)
            case Gift() as gift:
                return Gifts(self._session).cancel(gift)
            case MoneyRequest() as request:
                return Requests(self._session).decline(request)
            case record:
                raise TypeError(record)

    def _payments(self) -> Iterator[Waiting]:
        for one in Wallet(self._session).pending().items:
            yield Waiting("payment", one, one.payee, one.amount, one.note or "", one.expires_at)

    def _transfers(self) -> Iterator[Waiting]:
        for one in People(self._session).transfers(LONGEST_PAGE).items:
            if one.state is Sent.PIN_REQUIRED and one.sender_id == self._owner:
                yield Waiting(
                    "transfer", one, one.receiver, one.amount, one.note or "", one.expires_at
                )

    def _withdrawals(self) -> Iterator[Waiting]:
        page = self._session.get(WITHDRAWALS, Page[Withdrawal], limit=LONGEST_PAGE)
        for one in page.items:
            if one.state == PIN_REQUIRED:
                yield Waiting("withdrawal", one, "", one.amount, "", one.expires_at)

    def _gifts(self) -> Iterator[Waiting]:
        for one in Gifts(self._session).page(LONGEST_PAGE).items:
            mine = one.sender_id == self._owner
            if one.state is GiftState.PIN_REQUIRED and mine:
                party = one.receiver or ""
                yield Waiting("gift", one, party, one.amount, one.note or "", one.expires_at)
            elif one.state is GiftState.OPEN and one.receiver_id == self._owner:
                yield Waiting(
                    "present", one, one.sender, one.amount, one.note or "", one.expires_at
                )

    def _requests(self) -> Iterator[Waiting]:
        for one in Requests(self._session).page(LONGEST_PAGE).items:
            if one.state is RequestState.OPEN and one.payer_id == self._owner:
                yield Waiting(
                    "request", one, one.requester, one.amount, one.note or "", one.expires_at
                )

    def _devices(self) -> Iterator[Waiting]:
        for one in Security(self._session).devices().items:
            if one.state == "pending":
                yield Waiting("device", one, one.name, None, "", one.expires_at)

    @property
    def _owner(self) -> str:
        return self._session.profile.owner

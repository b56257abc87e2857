"""Money to and from other people: what commands, screens and scripts all call."""

from __future__ import annotations

from typing import TYPE_CHECKING

from payment_codes import native
from terminal_kit.lookup import find_short
from wallet_api.contract.errors import NotFound
from wallet_api.contract.ids import is_id, new_id
from wallet_api.contract.instants import instant_ms
from wallet_api.contract.people import (
    Payee,
    Person,
    PersonalCode,
    ReceiveRequest,
    SendRequest,
    Transfer,
    TransferState,
)
from wallet_api.contract.wire import Nothing, Page
from wallet_cli.approving import approval

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator

    from payment_codes.amount import Amount
    from terminal_kit.session import Standing

TRANSFERS, CODES = "/v1/transfers", "/v1/personal-codes"
LONGEST_PAGE = 100


class People:
    """What one wallet sends to people and receives from them."""

    def __init__(self, session: Standing) -> None:
        self._session = session

    def payee(self, text: str) -> Payee:
        """Give whom a wallet's id or a personal code names, and what the code asks for.

        Raises NotFound, and CodeError for what is neither.
        """
        if is_id(text):
            person = self._session.get(f"/v1/people/{text}", Person)
            return Payee(wallet=person.wallet, name=person.name, currency=person.currency)
        code = native.parse(text)
        if code.kind is not native.Kind.PERSON:
            raise NotFound(what="person")
        return self._session.get(f"{CODES}/{code.token}", Payee)

    def send(self, payee: Payee, amount: Amount, note: str | None = None) -> Transfer:
        """Send money; above the limit the transfer then needs the PIN."""
        request = SendRequest(to=payee.wallet, amount=amount, note=note)
        return self._session.send(TRANSFERS, request, Transfer)

    def confirm(self, transfer: Transfer, pin: str) -> Transfer:
        """Confirm a waiting transfer; the PIN goes only to a service that proved its key."""
        request = approval(
            self._session,
            transfer.id,
            transfer.receiver_id,
            transfer.amount,
            transfer.expires_at,
            pin,
        )
        path = f"{TRANSFERS}/{transfer.id}/confirm"
        return self._session.send(path, request, Transfer, asked=Nothing())

    def cancel(self, transfer: Transfer) -> Transfer:
        """Give up a transfer that waits for the PIN, or take back a held one."""
        return self._session.send(f"{TRANSFERS}/{transfer.id}/cancel", Nothing(), Transfer)

    def transfers(self, limit: int = 20, cursor: str | None = None) -> Page[Transfer]:
        """Give a page of what was sent and received, newest first."""
        return self._session.get(TRANSFERS, Page[Transfer], limit=limit, cursor=cursor)

    def recent(self) -> list[Payee]:
        """Give whom one sent to or received from, of the newest hundred transfers, latest first."""
        own, met = self._session.profile.owner, dict[str, Payee]()
        for one in self.transfers(LONGEST_PAGE).items:
            wallet, name = (one.receiver_id, one.receiver)
            if wallet == own:
                wallet, name = (one.sender_id, one.sender)
            met.setdefault(wallet, Payee(wallet=wallet, name=name, currency=one.amount.currency))
        return list(met.values())

    def received(
        self, since: int, amount: Amount | None, heard: Collection[str] = ()
    ) -> list[Transfer]:
        """Give what came since a moment of business time, in milliseconds, the latest first.

        Of the newest hundred transfers, those of just that amount, if one is given. Those whose
        ids were ``heard`` count whenever they were sent: they may have been held.
        """
        own = self._session.profile.owner
        return [
            one
            for one in self.transfers(LONGEST_PAGE).items
            if (one.receiver_id, one.state) == (own, TransferState.SUCCEEDED)
            and (instant_ms(one.created_at) >= since or one.id in heard)
            and amount in (None, one.amount)
        ]

    def find(self, text: str) -> Transfer:
        """Give a transfer by its id or its short code. Raises NotFound."""
        if is_id(text):
            return self._session.get(f"{TRANSFERS}/{text}", Transfer)
        return find_short(text, self._all(), "transfer")

    def receive(self, amount: Amount | None, note: str | None) -> PersonalCode:
        """Give a code to receive money with; one made in vain costs nothing."""
        request = ReceiveRequest(amount=amount, note=note)
        session = self._session
        return session.client.send(
            "POST", CODES, body=request, key=new_id(session.clock()), answer=PersonalCode
        ).value

    def _all(self) -> Iterator[Transfer]:
        cursor = None
        while True:
            page = self.transfers(LONGEST_PAGE, cursor)
            yield from page.items
            if page.next is None:
                return
            cursor = page.next

"""The shopper's side of every payment: what commands, screens and scripts all call."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from payment_codes import native
from terminal_kit.lookup import find_short
from wallet_api.contract.errors import CodesUsedUp, ServiceUnreachable
from wallet_api.contract.ids import is_id
from wallet_api.contract.payer_code import DISPLAY_LIFE_MS, WINDOW, make_code, shared_key
from wallet_api.contract.signatures import approval_text, decode_bytes, encode_bytes
from wallet_api.contract.wire import (
    CodeSync,
    CodeWindow,
    ConfirmRequest,
    Movement,
    Nothing,
    Offer,
    Page,
    Payment,
    PaymentRequest,
    TopUp,
    TopUpRequest,
    WalletCard,
)

if TYPE_CHECKING:
    from collections.abc import Iterator

    from payment_codes.amount import Amount
    from terminal_kit.session import Session


PAYMENTS = "/v1/payments"


@dataclass(frozen=True, slots=True)
class PayerCode:
    """18 digits for a till to scan, and until when, in milliseconds of business time."""

    code: str
    expires_at: int


class Wallet:
    """One customer's wallet on this device."""

    def __init__(self, session: Session) -> None:
        self._session = session

    def card(self) -> WalletCard:
        """Give the wallet's own card: name, balance, limits."""
        return self._session.get("/v1/wallet", WalletCard)

    def top_up(self, amount: Amount) -> TopUp:
        """Bring money from the bank."""
        return self._session.send("/v1/top-ups", TopUpRequest(amount=amount), TopUp)

    def resolve(self, text: str) -> Offer:
        """Ask the service what a scanned merchant code stands for.

        Raises CodeError for what is no code of ours, NotFound for one the service does not know.
        """
        code = native.parse(text)
        return self._session.get(f"/v1/codes/{code.token}", Offer)

    def pay(self, offer: Offer) -> Payment:
        """Pay on exactly the terms of an offer; above the limit the payment then needs a PIN."""
        return self._session.send(PAYMENTS, _request(offer), Payment)

    def awaits_answer(self, offer: Offer) -> bool:
        """Say whether paying this offer was sent before and its outcome is not known."""
        return self._session.state.is_sent(PAYMENTS, _request(offer))

    def confirm(self, payment: Payment, pin: str) -> Payment:
        """Confirm a waiting payment; the PIN goes only to a service that proved its pinned key."""
        session = self._session
        session.client.prove_service(decode_bytes(session.profile.service_key))
        assert payment.expires_at is not None, "a waiting payment expires"
        approval = approval_text(
            payment.id,
            payment.payee_id,
            payment.amount.minor,
            payment.amount.currency,
            payment.expires_at,
            session.profile.service_key,
        )
        request = ConfirmRequest(
            pin=pin, approval=encode_bytes(session.keys.signing.sign(approval))
        )
        path = f"/v1/payments/{payment.id}/confirm"
        return session.send(path, request, Payment, asked=Nothing())

    def decline(self, payment: Payment) -> Payment:
        """Refuse a waiting payment."""
        return self._session.send(f"/v1/payments/{payment.id}/decline", Nothing(), Payment)

    def pending(self, limit: int = 100) -> Page[Payment]:
        """Give the payments that wait for the PIN, newest first."""
        return self._session.get("/v1/pending", Page[Payment], limit=limit)

    def history(self, limit: int = 20, cursor: str | None = None) -> Page[Movement]:
        """Give a page of the statement, newest first."""
        return self._session.get("/v1/history", Page[Movement], limit=limit, cursor=cursor)

    def payment(self, payment_id: str) -> Payment:
        """Give a payment by its full id."""
        return self._session.get(f"/v1/payments/{payment_id}", Payment)

    def find_pending(self, text: str) -> Payment:
        """Give a waiting payment by its id or its short code."""
        if is_id(text):
            return self.payment(text)
        return find_short(text, self.pending().items, "waiting payment")

    def find(self, text: str) -> Payment | Movement:
        """Give a payment, or another movement, by its id or its short code."""
        if is_id(text):
            movement = next((one for one in self._movements() if one.id == text), None)
            return self.payment(text) if movement is None else self._whole(movement)
        return self._whole(find_short(text, self._records(), "payment"))

    def _whole(self, record: Payment | Movement) -> Payment | Movement:
        if isinstance(record, Movement) and record.kind == "payment":
            return self.payment(record.id)
        return record

    def _records(self) -> Iterator[Payment | Movement]:
        yield from self.pending().items
        yield from self._movements()

    def _movements(self) -> Iterator[Movement]:
        cursor = None
        while True:
            page = self.history(100, cursor)
            yield from page.items
            if page.next is None:
                return
            cursor = page.next

    def payer_code(self) -> PayerCode:
        """Make the next code for a till to scan, without a network as long as codes are left.

        Raises CodesUsedUp after 16 codes that no till used and no connection since.
        """
        session = self._session
        if session.state.read().counter >= session.state.read().horizon:
            self._sync_codes()
        with session.state.change() as remembered:
            counter = remembered.counter
            remembered.counter += 1
        service = decode_bytes(session.profile.service_code_key)
        key = shared_key(session.keys.code, service, session.profile.device)
        now = session.business_ms()
        return PayerCode(make_code(key, counter, now), now + DISPLAY_LIFE_MS)

    def _sync_codes(self) -> None:
        session = self._session
        counter = session.state.read().counter
        try:
            window = session.send("/v1/payer-codes", CodeSync(counter=counter), CodeWindow)
        except ServiceUnreachable:
            raise CodesUsedUp(count=WINDOW) from None
        with session.state.change() as remembered:
            remembered.counter = max(remembered.counter, window.counter)
            remembered.horizon = window.counter + window.count

    def call(self, method: str, path: str, data: Any, key: str) -> Any:  # noqa: ANN401 - raw JSON
        """Make a signed raw call for a script; a write uses the given key."""
        client = self._session.client
        if method == "GET":
            plain, _, query = path.partition("?")
            pairs = dict(pair.partition("=")[::2] for pair in query.split("&") if pair)
            return client.get(plain, answer=dict, query=pairs).value
        return client.send(method, path, body=data, key=key, answer=dict).value


def _request(offer: Offer) -> PaymentRequest:
    """Give the payment of exactly the terms that were offered."""
    return PaymentRequest(
        charge=offer.charge,
        payee=offer.payee,
        amount=offer.amount,
        expires_at=offer.expires_at,
    )

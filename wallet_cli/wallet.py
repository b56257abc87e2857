"""The shopper's side of every payment: what commands, screens and scripts all call."""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING, Any

from payment_codes import native
from terminal_kit.asking import Doing, Known, look_up, seek, silent
from terminal_kit.device_state import as_text
from terminal_kit.language import _
from terminal_kit.lookup import find_short
from wallet_api.contract.error_base import WalletError
from wallet_api.contract.errors import (
    AlreadyPaid,
    ChargeClosed,
    ChargeReversed,
    CodesUsedUp,
    NotFound,
    OutcomeUnknown,
    ServiceUnreachable,
)
from wallet_api.contract.ids import is_id
from wallet_api.contract.payer_code import DISPLAY_LIFE_MS, WINDOW, make_code, shared_key
from wallet_api.contract.signatures import decode_bytes
from wallet_api.contract.statement import Movement
from wallet_api.contract.static_codes import StaticOffer, StaticPaymentRequest
from wallet_api.contract.wire import (
    Body,
    ChargeState,
    CodeSync,
    CodeWindow,
    Nothing,
    Offer,
    Page,
    Payment,
    PaymentRequest,
    PaymentState,
    WalletCard,
)
from wallet_cli.approving import approval
from wallet_cli.statement import Statements

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterator

    from terminal_kit.device_state import SentRequest
    from terminal_kit.session import Standing


PAYMENTS, STATIC_PAYMENTS = "/v1/payments", "/v1/static-payments"
#: The states of a payment that was confirmed or can be no more.
CONFIRMED = frozenset(PaymentState) - {PaymentState.PIN_REQUIRED}


@dataclass(frozen=True, slots=True)
class PayerCode:
    """18 digits for a till to scan, and until when, in milliseconds of business time.

    ``left`` is how many more can be made without a connection.
    """

    code: str
    expires_at: int
    left: int


class Wallet:
    """One customer's wallet on this device; ``tell`` hears what takes long."""

    def __init__(self, session: Standing, tell: Callable[[Doing], None] = silent) -> None:
        self._session = session
        self._tell = tell
        self._statements = Statements(session)

    def card(self) -> WalletCard:
        """Give the wallet's own card: name, balance, limits."""
        return self._session.get("/v1/wallet", WalletCard)

    def resolve(self, text: str) -> Offer:
        """Ask the service what a scanned merchant code stands for.

        Raises CodeError for what is no code of ours, NotFound for one the service does not know.
        """
        code = native.parse(text)
        return self._session.get(f"/v1/codes/{code.token}", Offer)

    def pay(self, offer: Offer) -> Payment:
        """Pay on exactly the terms of an offer; above the limit the payment then needs a PIN.

        A payment whose answer was lost is asked for by its id. Raises OutcomeUnknown when nobody
        answers that; paying the same offer again goes on with the same payment.
        """
        request = _request(offer)

        def send(key: str) -> Payment:
            return self._session.send_once(PAYMENTS, request, Payment, key)

        return self._certainly(PAYMENTS, request, send, f"{PAYMENTS}/{{key}}", tuple(PaymentState))

    def static_offer(self, token: str) -> StaticOffer:
        """Ask the service whom a static code pays. Raises NotFound."""
        return self._session.get(f"/v1/static-codes/{token}", StaticOffer)

    def pay_static(self, request: StaticPaymentRequest) -> Payment:
        """Pay on a static code, once as ``pay`` does."""

        def send(key: str) -> Payment:
            return self._session.send_once(STATIC_PAYMENTS, request, Payment, key)

        place = f"{PAYMENTS}/{{key}}"
        return self._certainly(STATIC_PAYMENTS, request, send, place, tuple(PaymentState))

    def is_attempt(self, sent: SentRequest, offer: Offer) -> bool:
        """Say whether an earlier command paid this very offer."""
        return sent.path == PAYMENTS and sent.asked == as_text(_request(offer))

    def require_payable(self, offer: Offer) -> None:
        """Say at once what paying would answer, unless it was sent already; the service decides.

        Raises ChargeClosed, ChargeReversed, AlreadyPaid.
        """
        if offer.state is ChargeState.CREATED or self.awaits_answer(offer):
            return
        if offer.state is ChargeState.CLOSED:
            raise ChargeClosed(reason=_("expired or closed by the merchant"))
        if offer.state is ChargeState.REVERSED:
            raise ChargeReversed
        raise AlreadyPaid

    def awaits_answer(self, offer: Offer) -> bool:
        """Say whether paying this offer was sent before and its outcome is not known."""
        return self._session.state.is_sent(PAYMENTS, _request(offer))

    def confirm(self, payment: Payment, pin: str) -> Payment:
        """Confirm a waiting payment; the PIN goes only to a service that proved its pinned key."""
        session = self._session
        assert payment.expires_at is not None, "a waiting payment expires"
        request = approval(
            session, payment.id, payment.payee_id, payment.amount, payment.expires_at, pin
        )
        path = f"{PAYMENTS}/{payment.id}/confirm"

        def send(key: str) -> Payment:
            return session.send_once(path, request, Payment, key)

        return self._certainly(path, Nothing(), send, f"{PAYMENTS}/{payment.id}", CONFIRMED)

    def _certainly(
        self,
        path: str,
        asked: Body,
        send: Callable[[str], Payment],
        place: str,
        outcomes: Collection[PaymentState],
    ) -> Payment:
        """Send exactly once and, when the answer is lost, ask at ``place`` what became of it.

        A payment there in another state than ``outcomes`` says that the request has not arrived.
        """
        repeated: list[bool] = []

        def find(key: str) -> Payment | None:
            payment = look_up(self._session, place.format(key=key), Payment)
            if payment is not None and payment.state not in outcomes:
                raise NotFound(what="outcome")
            return payment

        def act(key: str) -> Payment:
            if not repeated:
                try:
                    return send(key)
                except OutcomeUnknown:
                    pass
            payment = seek(self._session, key, partial(find, key), partial(send, key), self._tell)
            self._tell(Known(payment.state))
            return payment

        return self._session.state.exactly_once(path, asked, act, lambda: repeated.append(True))

    def decline(self, payment: Payment) -> Payment:
        """Refuse a waiting payment."""
        return self._session.send(f"/v1/payments/{payment.id}/decline", Nothing(), Payment)

    def pending(self, limit: int = 100) -> Page[Payment]:
        """Give the payments that wait for the PIN, newest first."""
        return self._session.get("/v1/pending", Page[Payment], limit=limit)

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
            movement = next((one for one in self._statements.movements() if one.id == text), None)
            return self.payment(text) if movement is None else self._whole(movement)
        return self._whole(find_short(text, self._records(), "payment"))

    def _whole(self, record: Payment | Movement) -> Payment | Movement:
        if isinstance(record, Movement) and record.kind == "payment":
            return self.payment(record.id)
        return record

    def _records(self) -> Iterator[Payment | Movement]:
        yield from self.pending().items
        yield from self._statements.movements()

    def payer_code(self, spare: int = 0) -> PayerCode:
        """Make the next code for a till to scan, without a network as long as codes are left.

        With no more than ``spare`` left it tries to get more first. Raises CodesUsedUp after 16
        codes that no till used and no connection since.
        """
        session = self._session
        before = session.state.read()
        if before.counter + spare >= before.horizon:
            try:
                self._sync_codes()
            except WalletError:
                if before.counter >= before.horizon:
                    raise
        with session.state.change() as remembered:
            counter = remembered.counter
            remembered.counter += 1
            left = max(remembered.horizon - remembered.counter, 0)
        service = decode_bytes(session.profile.service_code_key)
        key = shared_key(session.keys.code, service, session.profile.device)
        now = session.business_ms()
        return PayerCode(make_code(key, counter, now), now + DISPLAY_LIFE_MS, left)

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

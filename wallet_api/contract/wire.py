"""What crosses the wire, as msgspec structs.

Amounts are ``{"minor": int, "currency": str}``; moments are RFC 3339 text in UTC; keys and
signatures are base64url text without padding; ids are UUIDv7 text. The id of what a request
creates is its Idempotency-Key, never a field of the body.
"""

from __future__ import annotations

import enum
from typing import Any, Generic, Literal, TypeVar

import msgspec

from payment_codes.amount import Amount
from wallet_api.contract.fields import (
    Category,
    Counter,
    Currency,
    Id,
    Instant,
    InviteCode,
    Key,
    Life,
    Name,
    Nonce,
    PayerCode,
    Pin,
    PositiveAmount,
    Reference,
    Signature,
    Step,
)

T = TypeVar("T")

#: Who has frozen a customer or a merchant.
Freezer = Literal["bank", "owner"]


class ChargeState(enum.StrEnum):
    """The charge's life; ``unknown`` is a state of clients only and not of this list."""

    CREATED = "created"
    AWAITING_PAYER = "awaiting_payer"
    SUCCEEDED = "succeeded"
    PARTIALLY_REFUNDED = "partially_refunded"
    REFUNDED = "refunded"
    REVERSED = "reversed"
    CLOSED = "closed"
    FAILED = "failed"

    @property
    def is_open(self) -> bool:
        """Say whether a till still has to wait."""
        return self in {ChargeState.CREATED, ChargeState.AWAITING_PAYER}

    @property
    def is_paid(self) -> bool:
        """Say whether the merchant holds money of it."""
        return self in {ChargeState.SUCCEEDED, ChargeState.PARTIALLY_REFUNDED}


class PaymentState(enum.StrEnum):
    """The payment's life, as its payer sees it."""

    PIN_REQUIRED = "pin_required"
    SUCCEEDED = "succeeded"
    FAILED = "failed"
    EXPIRED = "expired"
    REVERSED = "reversed"


class Body(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A request body: unknown fields are refused, so a misspelt one is never ignored."""


class Answer(msgspec.Struct, frozen=True, kw_only=True):
    """An answer: a client ignores fields that a newer service adds."""


class DeviceKeys(Body, frozen=True, kw_only=True):
    """A device that enrols: its id and its public keys (Ed25519, and X25519 for a wallet)."""

    id: Id
    signing_key: Key
    code_key: Key | None = None


class OpenWallet(Body, frozen=True, kw_only=True):
    """Open a customer with a wallet and its first device; the key is the customer's id."""

    name: Name
    currency: Currency
    device: DeviceKeys
    pin: Pin | None = None
    invite: InviteCode | None = None


class OpenMerchant(Body, frozen=True, kw_only=True):
    """Open a merchant with a store and its first till; the key is the merchant's id."""

    name: Name
    city: Name
    category: Category
    currency: Currency
    store: Name
    till: DeviceKeys
    invite: InviteCode | None = None


class ChargeRequest(Body, frozen=True, kw_only=True):
    """Ask for money. With ``code`` the payer's 18 digits, without it a code for the payer to scan.

    ``amount`` is what is to be paid: ``tip`` is in it, ``discount`` is taken off already.
    ``expires_in`` is in seconds of business time.
    """

    amount: PositiveAmount
    tip: PositiveAmount | None = None
    discount: PositiveAmount | None = None
    note: Name | None = None
    reference: Reference | None = None
    code: PayerCode | None = None
    expires_in: Life | None = None


class PaymentRequest(Body, frozen=True, kw_only=True):
    """Pay a charge on exactly these terms."""

    charge: Id
    payee: Id
    amount: PositiveAmount
    expires_at: Instant


class ConfirmRequest(Body, frozen=True, kw_only=True):
    """Confirm a payment: the PIN, and the signed approval of its terms."""

    pin: Pin
    approval: Signature


class RefundRequest(Body, frozen=True, kw_only=True):
    """Give back part of a charge, or all that is left."""

    amount: PositiveAmount | None = None
    reason: Name | None = None


class TopUpRequest(Body, frozen=True, kw_only=True):
    """Bring money from the bank into the wallet."""

    amount: PositiveAmount


class CodeSync(Body, frozen=True, kw_only=True):
    """Tell the service the next presentation, so that it recognises codes from there on."""

    counter: Counter


class ChallengeRequest(Body, frozen=True, kw_only=True):
    """Ask the service to prove its key."""

    nonce: Nonce


class LabAdvance(Body, frozen=True, kw_only=True):
    """Move the business clock of a service under --lab ahead, in seconds."""

    seconds: Step


class Nothing(Body, frozen=True, kw_only=True):
    """A request that has nothing to say."""


class Health(Answer, frozen=True, kw_only=True):
    """The service can read, and its writer takes commands."""

    status: Literal["ok"] = "ok"


class ChallengeAnswer(Answer, frozen=True, kw_only=True):
    """The service's signature over the nonce and the authority it was asked at."""

    signature: Signature


class ServiceCard(Answer, frozen=True, kw_only=True):
    """What the service says of itself to anyone."""

    name: str
    signing_key: Key
    code_key: Key
    currencies: list[str]
    enrolment: Literal["open", "invite"]
    lab: bool
    time: Instant


class LabTime(Answer, frozen=True, kw_only=True):
    """The business time after it was moved."""

    time: Instant


class WalletCard(Answer, frozen=True, kw_only=True):
    """A customer's own view of the wallet. The PIN-free limit includes its own amount."""

    wallet: Id
    name: str
    balance: Amount
    pin_set: bool
    pin_free_limit: Amount
    device: Id
    frozen_by: list[Freezer] = []


class MerchantCard(Answer, frozen=True, kw_only=True):
    """A till's own view of its merchant. ``balance`` is what the bank owes the merchant."""

    merchant: Id
    name: str
    city: str
    category: Category
    store: str
    till: Id
    balance: Amount
    frozen_by: list[Freezer] = []


class Charge(Answer, frozen=True, kw_only=True):
    """A charge as its merchant sees it. ``seen_at`` is when a wallet first scanned its code."""

    id: Id
    state: ChargeState
    amount: Amount
    merchant: str
    created_at: Instant
    expires_at: Instant | None = None
    payload: str | None = None
    reason: str | None = None
    tip: Amount | None = None
    discount: Amount | None = None
    note: str | None = None
    reference: str | None = None
    paid_at: Instant | None = None
    refunded: Amount | None = None
    fee: Amount | None = None
    seen_at: Instant | None = None


class Offer(Answer, frozen=True, kw_only=True):
    """What a wallet learns of a scanned code before it pays. ``payee`` is the merchant's id.

    The ``tip`` is in the amount, the ``discount`` is taken off already.
    """

    charge: Id
    state: ChargeState
    payee: Id
    merchant: str
    city: str
    amount: Amount
    expires_at: Instant
    note: str | None = None
    tip: Amount | None = None
    discount: Amount | None = None


class Payment(Answer, frozen=True, kw_only=True):
    """A payment as its payer sees it. ``payee`` is the merchant's name."""

    id: Id
    state: PaymentState
    amount: Amount
    charge: Id
    payee: str
    payee_id: Id
    created_at: Instant
    expires_at: Instant | None = None
    reason: str | None = None
    note: str | None = None
    refunded: Amount | None = None


class Refund(Answer, frozen=True, kw_only=True):
    """Money given back."""

    id: Id
    state: Literal["succeeded"]
    amount: Amount
    charge: Id
    created_at: Instant
    reason: str | None = None


class Reversal(Answer, frozen=True, kw_only=True):
    """What a reverse did: ``returned`` money, ``closed`` the charge, or nothing (``none``)."""

    id: Id
    charge: Id
    state: ChargeState
    action: Literal["returned", "closed", "none"]


class TopUp(Answer, frozen=True, kw_only=True):
    """Money on its way from the bank, arrived, or taken back by the bank (``returned``).

    ``simulated`` names the rule of a simulated bank that made this outcome.
    """

    id: Id
    state: Literal["pending", "succeeded", "failed", "returned"]
    amount: Amount
    created_at: Instant
    balance: Amount | None = None
    simulated: str | None = None


class CodeWindow(Answer, frozen=True, kw_only=True):
    """The presentations that the service recognises: counter … counter + count - 1."""

    counter: int
    count: int


class Page(Answer, Generic[T], frozen=True, kw_only=True):
    """Part of a list, newest first; ``next`` is the cursor of the following part."""

    items: list[T]
    next: str | None = None


class Problem(msgspec.Struct, frozen=True, kw_only=True):
    """A problem document (RFC 9457) as a client reads it."""

    code: str
    status: int
    detail: str = ""
    title: str = ""
    type: str = ""
    money_moved: bool | None = None
    details: dict[str, Any] = msgspec.field(default_factory=dict)

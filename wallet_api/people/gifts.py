"""Gifts (red packets): money held for whoever takes a share first; the rest comes back.

The shares are fixed when the gift is made, and taken in order, one by each person.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from wallet_api.checkout.approval import Terms
from wallet_api.checkout.settlement import keep_evidence
from wallet_api.checkout.terms import Evidence, require_amount, the_customer
from wallet_api.contract.error_base import WalletError
from wallet_api.contract.errors import (
    BadRequest,
    CurrencyMismatch,
    GiftOver,
    PinWrong,
    SharesInvalid,
)
from wallet_api.contract.people import Gift, GiftRequest, GiftState
from wallet_api.contract.rules import (
    GIFT_LIFE,
    LONGEST_GIFT_LIFE,
    MOST_GIFT_SHARES,
    SHORTEST_GIFT_LIFE,
    TRANSFER_LIFE,
)
from wallet_api.contract.shares import shared_out
from wallet_api.ledger.accounts import held_account
from wallet_api.limits.allowance import needs_pin
from wallet_api.people.announcements import announce_gift
from wallet_api.people.outgoing import (
    Confirm,
    cleaned_note,
    move_held,
    move_out,
    other_person,
    proven,
    require_funds,
    require_pin,
    restore_allowance,
)
from wallet_api.people.records import GIFTS, GiftRow
from wallet_api.people.shares import random_shares
from wallet_api.people.standing import gift_as_of, own_gift, seen_gift
from wallet_api.people.views import gift_view
from wallet_api.risk.assess import admit
from wallet_api.store.answers import Answered, Key, once
from wallet_api.store.database import AGENDA

if TYPE_CHECKING:
    from collections.abc import Sequence

    from wallet_api.identity.records import Customer, Device
    from wallet_api.store.clock import Now
    from wallet_api.store.database import Transaction


@dataclass(frozen=True, slots=True)
class Give:
    """A wallet makes a gift; the key's id is the gift's.

    ``token`` and ``seed`` are random and made at the edge: its code, and its random shares.
    """

    key: Key
    customer: str
    device: Device
    request: GiftRequest
    evidence: Evidence
    token: str
    seed: bytes


@dataclass(frozen=True, slots=True)
class CancelGift:
    """A wallet gives up a gift that waits for its PIN."""

    key: Key
    customer: str
    gift: str


def give(transaction: Transaction, command: Give, now: Now) -> Answered[Gift]:
    """Hold the money of a gift, or leave the gift waiting for the PIN.

    Raises NotFound, ToOneself, AmountInvalid, CurrencyMismatch, TextInvalid, SharesInvalid,
    BadRequest, WalletFrozen, InsufficientFunds, LimitExceeded, RiskHeld, RiskRefused,
    PinNotSet, PinLocked.
    """

    def act() -> Gift:
        sender = the_customer(transaction, command.customer)
        row = _new_gift(transaction, command, sender, now)
        require_funds(transaction, sender, row.amount, now)
        device, payee = command.device.id, row.receiver or row.id
        step_up = admit(transaction, sender, device, row.amount, payee, now)
        wants_pin = needs_pin(transaction, sender, row.amount, now, step_up=step_up)
        GIFTS.insert(transaction, row)
        _write_shares(transaction, row, command.seed)
        keep_evidence(transaction, row.id, "give", command.evidence)
        if not wants_pin:
            _hold(transaction, row, now)
        return current()

    def current() -> Gift:
        return view_gift(transaction, command.key.id, command.customer, now)

    return once(transaction, now, command.key, Gift, act, current)


def confirm_gift(transaction: Transaction, command: Confirm, now: Now) -> Answered[Gift]:
    """Confirm a waiting gift with the PIN.

    Raises NotFound, NotYours, GiftOver, PinWrong, PinLocked, SignatureInvalid for an approval of
    other terms, and WalletFrozen, InsufficientFunds, LimitExceeded, which fail the gift.
    """

    def act() -> Gift:
        row = own_gift(transaction, command.subject, command.customer, now)
        _require_waiting(row)
        payee = row.receiver or row.id
        terms = Terms(row.id, payee, row.amount, row.currency, row.confirm_by)
        evidence = proven(command, terms)
        try:
            sender = the_customer(transaction, row.sender)
            require_funds(transaction, sender, row.amount, now)
            device = command.device.id
            admit(transaction, sender, device, row.amount, payee, now, pin_given=True)
            require_pin(transaction, command)
        except PinWrong:
            raise
        except WalletError as refusal:
            GIFTS.change(transaction, row, state=GiftState.FAILED, reason=refusal.code)
            raise
        keep_evidence(transaction, row.id, "confirm", evidence)
        _hold(transaction, row, now)
        return current()

    def current() -> Gift:
        return view_gift(transaction, command.subject, command.customer, now)

    return once(transaction, now, command.key, Gift, act, current)


def cancel_gift(transaction: Transaction, command: CancelGift, now: Now) -> Answered[Gift]:
    """Give up a gift that waits for its PIN; a paid one is for others until it ends.

    Raises NotFound, NotYours, GiftOver.
    """

    def act() -> Gift:
        row = own_gift(transaction, command.gift, command.customer, now)
        if row.state != GiftState.CANCELLED:
            _require_waiting(row)
            GIFTS.change(transaction, row, state=GiftState.CANCELLED)
        return current()

    def current() -> Gift:
        return view_gift(transaction, command.gift, command.customer, now)

    return once(transaction, now, command.key, Gift, act, current)


def return_rest(transaction: Transaction, gift: str, now: Now) -> None:
    """Give back what nobody took of a gift whose time is over; a second call changes nothing."""
    row = GIFTS.get(transaction, gift)
    assert row is not None, "the agenda names gifts that exist"
    if row.state != GiftState.OPEN or gift_as_of(row, now).state != GiftState.RETURNED:
        return
    rest = row.amount - row.claimed
    move_held(transaction, "gift_return", row.id, row, row.sender, rest, now)
    restore_allowance(transaction, row, rest, now)
    returned = GIFTS.change(transaction, row, state=GiftState.RETURNED)
    announce_gift(transaction, returned, "returned", rest, now)


def view_gift(transaction: Transaction, gift: str, person: str, now: Now) -> Gift:
    """Give a gift to its sender, or to the one it is for. Raises NotFound, NotYours."""
    return gift_view(transaction, seen_gift(transaction, gift, person, now), person, now)


def _new_gift(transaction: Transaction, command: Give, sender: Customer, now: Now) -> GiftRow:
    request = command.request
    life = GIFT_LIFE if request.expires_in is None else request.expires_in
    if not SHORTEST_GIFT_LIFE <= life <= LONGEST_GIFT_LIFE:
        raise BadRequest(reason=f"expires_in is {SHORTEST_GIFT_LIFE} to {LONGEST_GIFT_LIFE} s")
    amount = require_amount(request.amount, sender.currency)
    _require_shares(request, amount)
    return GiftRow(
        id=command.key.id,
        token=command.token,
        sender=sender.id,
        receiver=_receiver(transaction, sender, request.receiver),
        currency=sender.currency,
        amount=amount,
        count=request.count,
        random=int(request.random),
        note=cleaned_note(request.note),
        state=GiftState.PIN_REQUIRED,
        reason=None,
        claimed=0,
        claims=0,
        created_at=now.business,
        confirm_by=now.business + TRANSFER_LIFE * 1_000,
        expires_at=now.business + life * 1_000,
        moved_at=None,
    )


def _require_shares(request: GiftRequest, amount: int) -> None:
    if not 1 <= request.count <= MOST_GIFT_SHARES:
        english = f"a gift has 1 to {MOST_GIFT_SHARES} shares"
        raise SharesInvalid(reason={"en": english, "zh": f"红包须有 1 至 {MOST_GIFT_SHARES} 份"})
    if request.receiver is not None and request.count > 1:
        english = "a gift to one person has one share"
        raise SharesInvalid(reason={"en": english, "zh": "给一个人的红包只有一份"})
    if amount < request.count:
        english = "each share must be more than nothing"
        raise SharesInvalid(reason={"en": english, "zh": "每份金额须大于零"})


def _receiver(transaction: Transaction, sender: Customer, receiver: str | None) -> str | None:
    if receiver is None:
        return None
    person = other_person(transaction, sender.id, receiver)
    if person.currency != sender.currency:
        raise CurrencyMismatch(charge=sender.currency, wallet=person.currency)
    return person.id


def _write_shares(transaction: Transaction, row: GiftRow, seed: bytes) -> None:
    shares: Sequence[int]
    if row.random:
        shares = random_shares(row.amount, row.count, seed)
    else:
        shares = shared_out(row.amount, [1] * row.count)
    for number, share in enumerate(shares):
        transaction.run(
            "INSERT INTO gift_shares (gift, number, amount) VALUES (?, ?, ?)", row.id, number, share
        )


def _hold(transaction: Transaction, row: GiftRow, now: Now) -> None:
    """Move the money into the gift and tell whom it is for; its time runs from its making."""
    move_out(transaction, "gift", row, held_account(row.id), now)
    held = GIFTS.change(transaction, row, state=GiftState.OPEN, moved_at=now.business)
    announce_gift(transaction, held, "created", row.amount, now)
    transaction.touch(AGENDA)


def _require_waiting(row: GiftRow) -> None:
    if row.state != GiftState.PIN_REQUIRED:
        raise GiftOver(state=row.state)

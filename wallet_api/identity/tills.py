"""The tills of a merchant: further ones come by invitation, each can shut another out."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from wallet_api.contract.administration import OpenTill, TillCard
from wallet_api.contract.errors import DeviceIsThis, NotFound, NotYours
from wallet_api.contract.instants import instant_text
from wallet_api.contract.wire import MerchantCard, Page
from wallet_api.identity.cards import merchant_card
from wallet_api.identity.devices import shut_out
from wallet_api.identity.enrolment import add_till, new_device
from wallet_api.identity.invites import require_invite, use_invite
from wallet_api.identity.records import DEVICES, STORES, TILLS, Device, Invite, Store, Till
from wallet_api.store.answers import Answered, Key, once

if TYPE_CHECKING:
    from wallet_api.store.clock import Now
    from wallet_api.store.database import Transaction

MOST_LISTED = 100


@dataclass(frozen=True, slots=True)
class EnrolTill:
    """A till to add to the merchant of an invitation."""

    key: Key
    request: OpenTill


@dataclass(frozen=True, slots=True)
class RevokeTill:
    """Shut a till out; ``caller`` asks, and ``itself`` says that it may mean itself."""

    key: Key
    caller: Till
    till: str
    itself: bool


def enrol_till(transaction: Transaction, command: EnrolTill, now: Now) -> Answered[MerchantCard]:
    """Add a till where the invitation says: in the store of the till that invited, or the first.

    Raises the refusals of an invitation, AlreadyEnrolled, BadRequest.
    """
    request = command.request

    def act() -> MerchantCard:
        invite = require_invite(transaction, request.invite, "till", now)
        signing_key = new_device(transaction, request.till)
        store = _store(transaction, invite)
        till = Till(request.till.id, store.id, store.merchant)
        add_till(transaction, till, signing_key, now)
        use_invite(transaction, invite, till.id)
        return card()

    def card() -> MerchantCard:
        till = TILLS.get(transaction, request.till.id)
        assert till is not None, "the till was enrolled"
        return merchant_card(transaction, till)

    return once(transaction, now, command.key, MerchantCard, act, card)


def revoke_till(transaction: Transaction, command: RevokeTill, now: Now) -> Answered[TillCard]:
    """Shut a till of the same merchant out at once. Raises NotFound, NotYours, DeviceIsThis."""

    def act() -> TillCard:
        till = _own(transaction, command.till, command.caller.merchant)
        if till.id == command.caller.id and not command.itself:
            raise DeviceIsThis
        shut_out(transaction, _device(transaction, till), now)
        return current()

    def current() -> TillCard:
        till = _own(transaction, command.till, command.caller.merchant)
        return _card(transaction, till, command.caller.id)

    return once(transaction, now, command.key, TillCard, act, current)


def tills(transaction: Transaction, caller: Till) -> Page[TillCard]:
    """Give a merchant's tills, newest first."""
    rows = TILLS.where(
        transaction, "merchant = ? ORDER BY id DESC LIMIT ?", caller.merchant, MOST_LISTED
    )
    return Page(items=[_card(transaction, row, caller.id) for row in rows])


def _own(transaction: Transaction, till_id: str, merchant: str) -> Till:
    till = TILLS.get(transaction, till_id)
    if till is None:
        raise NotFound(what="till")
    if till.merchant != merchant:
        raise NotYours
    return till


def _device(transaction: Transaction, till: Till) -> Device:
    device = DEVICES.get(transaction, till.id)
    assert device is not None, "a till has a device"
    return device


def _store(transaction: Transaction, invite: Invite) -> Store:
    inviting = TILLS.get(transaction, invite.made_by)
    if inviting is not None:
        store = STORES.get(transaction, inviting.store)
        assert store is not None, "a till stands in a store"
        return store
    return STORES.where(transaction, "merchant = ? ORDER BY id LIMIT 1", invite.subject)[0]


def _card(transaction: Transaction, till: Till, caller: str) -> TillCard:
    device, store = _device(transaction, till), STORES.get(transaction, till.store)
    assert store is not None, "a till stands in a store"
    revoked = device.revoked_at
    return TillCard(
        id=till.id,
        store=store.name,
        state="active" if revoked is None else "revoked",
        added_at=instant_text(device.added_at),
        this=till.id == caller,
        revoked_at=None if revoked is None else instant_text(revoked),
    )

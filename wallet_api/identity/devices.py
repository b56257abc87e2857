"""The devices of a wallet: a new one waits until another approves it, a lost one is shut out."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

from wallet_api.contract.administration import DeviceCard, JoinCard, JoinWallet
from wallet_api.contract.errors import (
    DeviceIsThis,
    DeviceOver,
    DevicePending,
    DevicesFull,
    DeviceUnknown,
    InviteUnknown,
    NotFound,
    NotYours,
)
from wallet_api.contract.ids import short_code
from wallet_api.contract.instants import instant_text
from wallet_api.contract.text import clean_text
from wallet_api.contract.wire import Page
from wallet_api.identity.enrolment import agreed_code_key, new_device
from wallet_api.identity.invites import admit, use_invite
from wallet_api.identity.payer_codes import index
from wallet_api.identity.pin import require_pin
from wallet_api.identity.records import CUSTOMERS, DEVICES, Customer, Device
from wallet_api.store.answers import Answered, Key, once

if TYPE_CHECKING:
    from wallet_api.identity.keys import Keys
    from wallet_api.store.clock import Now
    from wallet_api.store.database import Transaction

MOST_DEVICES = 5
MOST_PENDING = 3
MOST_LISTED = 100
PENDING_LIFE = 15 * 60

State = Literal["active", "pending", "revoked", "expired"]


@dataclass(frozen=True, slots=True)
class Join:
    """A device to add to a wallet.

    ``comparison`` are random digits from the edge: nobody can choose a device that shows another's.
    """

    key: Key
    request: JoinWallet
    comparison: str
    keys: Keys


@dataclass(frozen=True, slots=True)
class Approve:
    """Let a waiting device of the customer in; ``caller`` is the device that asks."""

    key: Key
    customer: str
    caller: str
    device: str
    pin: str | None
    keys: Keys


@dataclass(frozen=True, slots=True)
class Revoke:
    """Shut a device of the customer out; ``itself`` when the caller means itself, too."""

    key: Key
    customer: str
    caller: str
    device: str
    pin: str | None
    itself: bool
    keys: Keys


def device_stream(device: str) -> str:
    """Name what is touched when a device is let in or shut out."""
    return f"device:{device}"


def state_of(device: Device, now: Now) -> State:
    """Say whether a device may act."""
    if device.revoked_at is not None:
        return "revoked"
    if device.pending_until is None:
        return "active"
    return "pending" if now.wall < device.pending_until else "expired"


def require_active(device: Device | None, now: Now) -> Device:
    """Give a device that may act. Raises DeviceUnknown, DevicePending."""
    state = "revoked" if device is None else state_of(device, now)
    if device is None or state in {"revoked", "expired"}:
        raise DeviceUnknown
    if state == "pending":
        raise DevicePending(id=short_code(device.id))
    return device


def join(transaction: Transaction, command: Join, now: Now) -> Answered[JoinCard]:
    """Add a device to a wallet: with the bank's invitation at once, else to be approved.

    Raises NotFound, DevicesFull, AlreadyEnrolled, TextInvalid, BadRequest, and the refusals of an
    invitation.
    """
    request = command.request

    def act() -> JoinCard:
        customer = CUSTOMERS.get(transaction, request.wallet)
        if customer is None:
            raise NotFound(what="wallet")
        invite = admit(transaction, request.invite, "device", now, needed=False)
        if invite is not None and invite.subject != customer.id:
            raise InviteUnknown
        _require_space(transaction, customer.id, now, pending=invite is None)
        _add(transaction, command, now, waits=invite is None)
        use_invite(transaction, invite, request.device.id)
        return current()

    def current() -> JoinCard:
        device = _own(transaction, request.device.id, request.wallet)
        return _join_card(transaction, device)

    return once(transaction, now, command.key, JoinCard, act, current)


def _add(transaction: Transaction, command: Join, now: Now, *, waits: bool) -> None:
    request, keys = command.request, command.keys
    device = Device(
        id=request.device.id,
        customer=request.wallet,
        till=None,
        signing_key=new_device(transaction, request.device),
        code_key=agreed_code_key(keys, request.device),
        code_counter=0,
        revoked_at=None,
        name=clean_text(request.name, "name"),
        added_at=now.business,
        pending_until=now.wall + PENDING_LIFE * 1_000 if waits else None,
        comparison=command.comparison if waits else None,
    )
    DEVICES.insert(transaction, device)
    if not waits:
        index(transaction, keys, device, 0)


def approve(transaction: Transaction, command: Approve, now: Now) -> Answered[DeviceCard]:
    """Let a waiting device in: from now on it shows codes and pays.

    Raises NotFound, NotYours, DeviceOver, DevicesFull, PinNeeded, PinWrong, PinLocked.
    """

    def act() -> DeviceCard:
        device = _own(transaction, command.device, command.customer)
        state = state_of(device, now)
        if state in {"revoked", "expired"}:
            raise DeviceOver(state=state)
        require_pin(transaction, command.keys, command.customer, command.pin)
        if state == "pending":
            _require_space(transaction, command.customer, now, pending=False)
            device = DEVICES.change(transaction, device, pending_until=None)
            index(transaction, command.keys, device, device.code_counter)
            transaction.touch(device_stream(device.id))
        return current()

    def current() -> DeviceCard:
        device = _own(transaction, command.device, command.customer)
        return _card(device, command.caller, now)

    return once(transaction, now, command.key, DeviceCard, act, current)


def revoke(transaction: Transaction, command: Revoke, now: Now) -> Answered[DeviceCard]:
    """Shut a device out at once: it can no more ask, show codes, or follow events.

    Raises NotFound, NotYours, DeviceIsThis, PinNeeded, PinWrong, PinLocked.
    """

    def act() -> DeviceCard:
        device = _own(transaction, command.device, command.customer)
        if device.id == command.caller and not command.itself:
            raise DeviceIsThis
        require_pin(transaction, command.keys, command.customer, command.pin)
        shut_out(transaction, device, now)
        return current()

    def current() -> DeviceCard:
        device = _own(transaction, command.device, command.customer)
        return _card(device, command.caller, now)

    return once(transaction, now, command.key, DeviceCard, act, current)


def shut_out(transaction: Transaction, device: Device, now: Now) -> None:
    """Revoke a device and forget its payer codes; one that is revoked stays as it is."""
    if device.revoked_at is not None:
        return
    DEVICES.change(transaction, device, revoked_at=now.business)
    transaction.run("DELETE FROM locators WHERE device = ?", device.id)
    transaction.touch(device_stream(device.id))


def devices(transaction: Transaction, customer: str, caller: str, now: Now) -> Page[DeviceCard]:
    """Give a customer's devices, those that may act first, then the newest first."""
    rows = DEVICES.where(
        transaction,
        "customer = ? ORDER BY revoked_at IS NOT NULL, added_at DESC, id DESC LIMIT ?",
        customer,
        MOST_LISTED,
    )
    shown = [row for row in rows if state_of(row, now) != "expired"]
    return Page(items=[_card(row, caller, now) for row in shown])


def _require_space(transaction: Transaction, customer: str, now: Now, *, pending: bool) -> None:
    """Refuse a device too many, one that waits or one that may act. Raises DevicesFull."""
    rows = DEVICES.where(transaction, "customer = ? AND revoked_at IS NULL", customer)
    states = [state_of(row, now) for row in rows]
    if states.count("active") >= MOST_DEVICES or (
        pending and states.count("pending") >= MOST_PENDING
    ):
        raise DevicesFull(limit=MOST_DEVICES, waiting=MOST_PENDING)


def _own(transaction: Transaction, device_id: str, customer: str) -> Device:
    device = DEVICES.get(transaction, device_id)
    if device is None:
        raise NotFound(what="device")
    if device.customer != customer:
        raise NotYours
    return device


def _card(device: Device, caller: str, now: Now) -> DeviceCard:
    state = state_of(device, now)
    waits = state == "pending"
    return DeviceCard(
        id=device.id,
        name=device.name,
        state="revoked" if state == "expired" else state,
        added_at=instant_text(device.added_at),
        this=device.id == caller,
        comparison=device.comparison if waits else None,
        expires_at=instant_text(device.pending_until) if waits and device.pending_until else None,
        revoked_at=None if device.revoked_at is None else instant_text(device.revoked_at),
    )


def _join_card(transaction: Transaction, device: Device) -> JoinCard:
    customer = CUSTOMERS.get(transaction, device.customer)
    assert isinstance(customer, Customer), "a wallet's device belongs to a customer"
    until = device.pending_until
    return JoinCard(
        wallet=customer.id,
        device=device.id,
        currency=customer.currency,
        state="active" if until is None else "pending",
        comparison=None if until is None else device.comparison,
        expires_at=None if until is None else instant_text(until),
    )

"""What crosses the wire about devices, freezing, the PIN, invitations and the bank's own acts."""

from __future__ import annotations

from typing import Literal

from wallet_api.contract.fields import Currency, Digest, Id, Instant, InviteCode, Name, Pin
from wallet_api.contract.invites import InviteRole
from wallet_api.contract.limits import Tier
from wallet_api.contract.wire import Answer, Body, DeviceKeys, Freezer, OpenMerchant, OpenWallet


class JoinWallet(Body, frozen=True, kw_only=True):
    """Add a device to a wallet: it waits for another device's approval, unless it has an invite."""

    wallet: Id
    device: DeviceKeys
    name: Name
    invite: InviteCode | None = None


class OpenTill(Body, frozen=True, kw_only=True):
    """Add a till to the merchant that an invite is for."""

    till: DeviceKeys
    invite: InviteCode


#: The bodies that bring a new device, and are signed by it.
Enrolling = OpenWallet | OpenMerchant | JoinWallet | OpenTill


class PinGiven(Body, frozen=True, kw_only=True):
    """Do something that needs the PIN of a wallet that has one."""

    pin: Pin | None = None


class RevokeDevice(Body, frozen=True, kw_only=True):
    """Shut a device out; ``itself`` says that the calling one is meant, should it be."""

    pin: Pin | None = None
    itself: bool = False


class RevokeTill(Body, frozen=True, kw_only=True):
    """Shut a till out; ``itself`` says that the calling one is meant, should it be."""

    itself: bool = False


class SetPin(Body, frozen=True, kw_only=True):
    """Set the PIN, or change it with the one before."""

    pin: Pin | None = None
    new_pin: Pin


class InviteRequest(Body, frozen=True, kw_only=True):
    """Let somebody enrol once within 15 minutes who knows the code with this digest.

    ``subject`` is the merchant of a till, or the wallet of a device.
    """

    digest: Digest
    role: InviteRole
    subject: Id | None = None


class TillInviteRequest(Body, frozen=True, kw_only=True):
    """Let a till of the calling merchant enrol who knows the code with this digest."""

    digest: Digest


class FreezeRequest(Body, frozen=True, kw_only=True):
    """Freeze a customer or a merchant; the reason is for the bank's own log."""

    reason: Name | None = None


class TierRequest(Body, frozen=True, kw_only=True):
    """Put a customer into a tier by the bank's own decision."""

    tier: Tier


class DeviceCard(Answer, frozen=True, kw_only=True):
    """A device of the calling wallet.

    While it is pending, ``comparison`` is what both devices show a person to compare.
    """

    id: Id
    name: str
    state: Literal["active", "pending", "revoked"]
    added_at: Instant
    this: bool
    comparison: str | None = None
    expires_at: Instant | None = None
    revoked_at: Instant | None = None


class TillCard(Answer, frozen=True, kw_only=True):
    """A till of the calling merchant."""

    id: Id
    store: str
    state: Literal["active", "revoked"]
    added_at: Instant
    this: bool
    revoked_at: Instant | None = None


class JoinCard(Answer, frozen=True, kw_only=True):
    """What a device that joins a wallet is told: it works at once, or waits until then."""

    wallet: Id
    device: Id
    currency: Currency
    state: Literal["active", "pending"]
    comparison: str | None = None
    expires_at: Instant | None = None


class AccountCard(Answer, frozen=True, kw_only=True):
    """A customer or a merchant as the bank's admin sees it, and who has frozen it."""

    id: Id
    kind: Literal["wallet", "merchant"]
    name: str
    currency: Currency
    frozen_by: list[Freezer]
    pin_locked: bool
    tier: Tier | None
    created_at: Instant


class FreezeState(Answer, frozen=True, kw_only=True):
    """Who has frozen a customer or a merchant."""

    id: Id
    kind: Literal["wallet", "merchant"]
    frozen_by: list[Freezer]


class PinState(Answer, frozen=True, kw_only=True):
    """Whether a wallet has a PIN, and whether wrong tries have locked it."""

    wallet: Id
    pin_set: bool
    pin_locked: bool


class InviteCard(Answer, frozen=True, kw_only=True):
    """An invitation, without its code, which only who made it knows."""

    id: Id
    role: InviteRole
    subject: Id | None
    expires_at: Instant


class AuditEntry(Answer, frozen=True, kw_only=True):
    """One act of the bank's admin. ``signed`` and ``signature`` are base64url text.

    ``signed`` is the signature base (RFC 9421 section 2.5), an empty line, and the body.
    """

    number: int
    id: Id
    act: str
    subject: str
    at: Instant
    device: Id
    outcome: str
    signed: str
    signature: str
    hash: str

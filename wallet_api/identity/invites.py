"""Invitations: somebody may enrol once, within 15 minutes of wall time, in one role."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from wallet_api.contract.administration import InviteCard, InviteRequest
from wallet_api.contract.errors import (
    BadRequest,
    EnrolmentClosed,
    InviteExpired,
    InviteMismatch,
    InviteUnknown,
    InviteUsed,
    NotFound,
    SignatureInvalid,
)
from wallet_api.contract.instants import instant_text
from wallet_api.contract.invites import DIGEST_BYTES, INVITE_LIFE, InviteRole, invite_digest
from wallet_api.contract.signatures import decode_bytes
from wallet_api.identity.records import CUSTOMERS, INVITES, MERCHANTS, Invite
from wallet_api.store.answers import Answered, Key, once

if TYPE_CHECKING:
    from wallet_api.store.clock import Now
    from wallet_api.store.database import Transaction


@dataclass(frozen=True, slots=True)
class MakeInvite:
    """An invitation to make; ``device`` is who makes it: the admin, or a till of the merchant."""

    key: Key
    device: str
    request: InviteRequest


def make_invite(transaction: Transaction, command: MakeInvite, now: Now) -> Answered[InviteCard]:
    """Keep the digest of an invitation. Raises BadRequest, NotFound."""
    request = command.request

    def act() -> InviteCard:
        digest = _digest(request.digest)
        if INVITES.get(transaction, digest) is not None:
            raise BadRequest(reason="this invitation was made before")
        _require_subject(transaction, request)
        until = now.wall + INVITE_LIFE * 1_000
        invite = Invite(digest, request.role, request.subject, command.device, until, None)
        INVITES.insert(transaction, invite)
        return _card(command.key.id, invite)

    def current() -> InviteCard:
        invite = INVITES.get(transaction, _digest(request.digest))
        assert invite is not None, "the invitation was made"
        return _card(command.key.id, invite)

    return once(transaction, now, command.key, InviteCard, act, current)


def require_invite(transaction: Transaction, code: str, role: InviteRole, now: Now) -> Invite:
    """Give the invitation of a code that lets this role in now.

    Raises InviteUnknown, InviteMismatch, InviteUsed, InviteExpired.
    """
    invite = INVITES.get(transaction, invite_digest(code))
    if invite is None:
        raise InviteUnknown
    if invite.role != role:
        raise InviteMismatch(role=invite.role)
    if invite.used_by is not None:
        raise InviteUsed
    if now.wall >= invite.expires_at:
        raise InviteExpired
    return invite


def admit(
    transaction: Transaction, code: str | None, role: InviteRole, now: Now, *, needed: bool
) -> Invite | None:
    """Check an invitation that is given, or refuse where one is needed.

    Raises EnrolmentClosed, and what `require_invite` raises.
    """
    if code is not None:
        return require_invite(transaction, code, role, now)
    if needed:
        raise EnrolmentClosed
    return None


def use_invite(transaction: Transaction, invite: Invite | None, enrolled: str) -> None:
    """Note who came by an invitation: the last step of an enrolment, once nothing can refuse it."""
    if invite is not None:
        INVITES.change(transaction, invite, used_by=enrolled)


def _digest(text: str) -> bytes:
    try:
        digest = decode_bytes(text)
    except SignatureInvalid:
        raise BadRequest(reason="a digest is base64url text without padding") from None
    if len(digest) != DIGEST_BYTES:
        raise BadRequest(reason=f"a digest has {DIGEST_BYTES} bytes")
    return digest


def _require_subject(transaction: Transaction, request: InviteRequest) -> None:
    role, subject = request.role, request.subject
    if (role in {"till", "device"}) != (subject is not None):
        raise BadRequest(reason="a till's invitation names its merchant, a device's its wallet")
    if role == "till" and MERCHANTS.get(transaction, subject) is None:
        raise NotFound(what="merchant")
    if role == "device" and CUSTOMERS.get(transaction, subject) is None:
        raise NotFound(what="wallet")


def _card(made: str, invite: Invite) -> InviteCard:
    return InviteCard(
        id=made,
        role=invite.role,  # type: ignore[arg-type]  # The column holds nothing else.
        subject=invite.subject,
        expires_at=instant_text(invite.expires_at),
    )

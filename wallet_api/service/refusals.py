"""Which refusals an operation may answer with: its own, and those that any request may meet."""

from __future__ import annotations

from typing import TYPE_CHECKING

from wallet_api.contract import errors
from wallet_api.service.routes.table import Enrolment, Special

if TYPE_CHECKING:
    from wallet_api.contract.error_base import WalletError
    from wallet_api.service.routes.table import Operation

    Refusal = type[WalletError]

ANY: tuple[Refusal, ...] = (
    errors.BadRequest,
    errors.BodyTooLarge,
    errors.HeadTooLarge,
    errors.HostRefused,
    errors.OriginRefused,
    errors.OutcomeUnknown,
    errors.Overloaded,
    errors.RequestTimeout,
)
SIGNED: tuple[Refusal, ...] = (
    errors.ClockSkew,
    errors.DeviceUnknown,
    errors.SignatureInvalid,
    errors.SignatureReplayed,
)
ENROLLING: tuple[Refusal, ...] = (
    errors.AlreadyEnrolled,
    errors.EnrolmentClosed,
    errors.InviteExpired,
    errors.InviteMismatch,
    errors.InviteUnknown,
    errors.InviteUsed,
    errors.RateLimited,
)
KEYED: tuple[Refusal, ...] = (
    errors.KeyExpired,
    errors.KeyMissing,
    errors.KeyReused,
    errors.NotYours,
)


def is_signed(row: Operation) -> bool:
    """Say whether the operation's requests carry a signature."""
    return not (isinstance(row, Special) and row.role is None)


def is_keyed(row: Operation) -> bool:
    """Say whether the operation's requests carry an idempotency key."""
    return row.method == "POST" and is_signed(row)


def refusals_of(row: Operation) -> frozenset[Refusal]:
    """Give every refusal that the operation may answer with."""
    found = {*ANY, *row.refusals}
    if row.method == "POST":
        found.add(errors.MediaType)
    if is_signed(row):
        found.update(SIGNED)
    if is_keyed(row):
        found.update(KEYED)
    if isinstance(row, Enrolment):
        found.update(ENROLLING)
    elif row.role is not None:
        found.update((errors.WrongRole, errors.DevicePending))
    if "{" in row.path:
        found.add(errors.NotFound)
    return frozenset(found)

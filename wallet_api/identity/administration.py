"""The bank's admin: the device whose key signs administrative acts."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from wallet_api.identity.records import DEVICES, Device

if TYPE_CHECKING:
    from wallet_api.store.clock import Now
    from wallet_api.store.database import Transaction


class WrongAdminKeyError(Exception):
    """The admin key is not the one that the database knows; nothing was changed."""


@dataclass(frozen=True, slots=True)
class Admin:
    """The admin's device and its public key (32 bytes).

    ``made_now`` says that the key was made at this start, because there was none: it takes the
    place of one that was lost.
    """

    device: str
    signing_key: bytes
    made_now: bool


def recognise_admin(transaction: Transaction, admin: Admin, now: Now) -> None:
    """Check the admin key against the database, or take a new one and shut older ones out.

    Raises WrongAdminKeyError.
    """
    known = DEVICES.where(transaction, "customer IS NULL AND till IS NULL AND revoked_at IS NULL")
    if any((row.id, row.signing_key) == (admin.device, admin.signing_key) for row in known):
        return
    if known and not admin.made_now:
        raise WrongAdminKeyError
    for row in known:
        DEVICES.change(transaction, row, revoked_at=now.business)
    device = Device(
        admin.device, None, None, admin.signing_key, None, 0, None, added_at=now.business
    )
    DEVICES.insert(transaction, device)

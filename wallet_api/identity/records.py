"""The rows of identity, and the tables they live in. Times are milliseconds of business time."""

from __future__ import annotations

import enum
from dataclasses import dataclass

from wallet_api.store.table import Table


class Frozen(enum.IntFlag):
    """Who has frozen a customer or a merchant; each mark is lifted by who has set it."""

    BANK = 1
    OWNER = 2


@dataclass(frozen=True, slots=True)
class Customer:
    """A person with a wallet in one currency. ``pin_failures`` counts wrong tries in a row.

    ``tier`` says how well the bank knows the person: one of `contract.limits.Tier`.
    ``frozen`` is the sum of `Frozen` marks.
    """

    id: str
    name: str
    currency: str
    pin_salt: bytes | None
    pin_verifier: bytes | None
    pin_failures: int
    frozen: int
    created_at: int
    tier: str


@dataclass(frozen=True, slots=True)
class Merchant:
    """Somebody who takes payments in one currency; the fee is in hundredths of a per cent.

    ``frozen`` is the sum of `Frozen` marks.
    """

    id: str
    name: str
    city: str
    category: str
    currency: str
    fee_basis_points: int
    frozen: int
    created_at: int


@dataclass(frozen=True, slots=True)
class Store:
    """A merchant's place of business."""

    id: str
    merchant: str
    name: str


@dataclass(frozen=True, slots=True)
class Till:
    """A till in a store; its id is that of its device."""

    id: str
    store: str
    merchant: str


@dataclass(frozen=True, slots=True)
class Device:
    """What signs requests: of a customer, of a till, or of the bank's admin, who is neither.

    Keys are raw public keys of 32 bytes. ``code_counter`` is the first presentation that the
    service still recognises. A device with a ``pending_until``, in milliseconds of wall time, may
    do nothing until another device of the wallet approves it, and after that moment no more;
    ``comparison`` are the digits that both devices show a person meanwhile.
    """

    id: str
    customer: str | None
    till: str | None
    signing_key: bytes
    code_key: bytes | None
    code_counter: int
    revoked_at: int | None
    name: str = ""
    added_at: int = 0
    pending_until: int | None = None
    comparison: str | None = None


@dataclass(frozen=True, slots=True)
class Invite:
    """An invitation to enrol once, known by its code's digest. Times are wall milliseconds.

    ``role`` is what it lets in; ``subject`` the merchant of a till, or the wallet of a device.
    """

    digest: bytes
    role: str
    subject: str | None
    made_by: str
    expires_at: int
    used_by: str | None


@dataclass(frozen=True, slots=True)
class Locator:
    """One presentation of a payer's code that the service recognises, or did."""

    locator: int
    device: str
    counter: int
    failures: int
    burnt: int


CUSTOMERS = Table("customers", Customer)
MERCHANTS = Table("merchants", Merchant)
STORES = Table("stores", Store)
TILLS = Table("tills", Till)
DEVICES = Table("devices", Device)
LOCATORS = Table("locators", Locator)
INVITES = Table("invites", Invite)

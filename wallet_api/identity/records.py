"""The rows of identity, and the tables they live in. Times are milliseconds of business time."""

from __future__ import annotations

from dataclasses import dataclass

from wallet_api.store.table import Table


@dataclass(frozen=True, slots=True)
class Customer:
    """A person with a wallet in one currency. ``pin_failures`` counts wrong tries in a row."""

    id: str
    name: str
    currency: str
    pin_salt: bytes | None
    pin_verifier: bytes | None
    pin_failures: int
    frozen: int
    created_at: int


@dataclass(frozen=True, slots=True)
class Merchant:
    """Somebody who takes payments in one currency; the fee is in hundredths of a per cent."""

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
    """What signs requests: of a customer or of a till. Keys are raw public keys of 32 bytes.

    ``code_counter`` is the first presentation that the service still recognises.
    """

    id: str
    customer: str | None
    till: str | None
    signing_key: bytes
    code_key: bytes | None
    code_counter: int
    revoked_at: int | None


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

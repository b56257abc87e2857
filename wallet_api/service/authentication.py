"""Who calls: the signature of a request, checked against the device that it names."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

import msgspec

from wallet_api.checkout.terms import Evidence
from wallet_api.contract.administration import Enrolling, OpenTill
from wallet_api.contract.errors import DeviceUnknown, WrongRole
from wallet_api.contract.signatures import Message, SignatureClaim, check, claim
from wallet_api.contract.wire import OpenMerchant
from wallet_api.identity.devices import require_active
from wallet_api.identity.enrolment import public_key
from wallet_api.identity.records import DEVICES, TILLS, Device, Till
from wallet_api.service.edge import require_key
from wallet_api.store.answers import Key

if TYPE_CHECKING:
    from collections.abc import Mapping

    from starlette.requests import Request

    from wallet_api.service.routes.table import Role
    from wallet_api.service.state import Service
    from wallet_api.store.clock import Now
    from wallet_api.store.database import Transaction


#: Whom the keys of administrative acts belong to.
ADMIN_OWNER = "admin"
#: The fields of bodies that hold a PIN.
PIN_FIELDS = ("pin", "new_pin")


@dataclass(frozen=True, slots=True)
class Call:
    """A request whose signature was checked."""

    message: Message
    claim: SignatureClaim
    device: Device
    till_row: Till | None
    path: Mapping[str, str]
    query: Mapping[str, str]

    @property
    def role(self) -> Literal["wallet", "till", "admin"]:
        """What the calling device is."""
        if self.device.customer is not None:
            return "wallet"
        return "admin" if self.till_row is None else "till"

    def require(self, role: Role) -> None:
        """Refuse who may not call. Raises WrongRole."""
        if role != self.role and (role != "device" or self.role == "admin"):
            raise WrongRole(role=role)

    @property
    def customer(self) -> str:
        """The customer who calls. Raises WrongRole for a till."""
        if self.device.customer is None:
            raise WrongRole(role="wallet")
        return self.device.customer

    @property
    def till(self) -> Till:
        """The till that calls. Raises WrongRole for a wallet."""
        if self.till_row is None:
            raise WrongRole(role="till")
        return self.till_row

    def evidence(self, content: bytes) -> Evidence:
        """Give what this request proves: the bytes signed, and what of its body is to be kept.

        A name or a note is not: the digest among the signed bytes covers them all the same.
        """
        signed = self.claim.base + b"\n\n" + content
        return Evidence(self.device.id, signed, self.claim.signature)

    def key(self, body: msgspec.Struct) -> Key:
        """Give the idempotency key with its owner and the fingerprint of the request."""
        owner = ADMIN_OWNER if self.role == "admin" else self.device.customer or self.till.merchant
        return Key(require_key(self.message), owner, fingerprint(self.message, body))


def fingerprint(message: Message, body: msgspec.Struct) -> bytes:
    """Give the SHA-256 of what a request asks for, its PINs left out."""
    public = msgspec.to_builtins(body)
    for name in PIN_FIELDS:
        public.pop(name, None)
    text = f"{message.method} {message.path}\n".encode()
    return hashlib.sha256(text + msgspec.json.encode(public, order="sorted")).digest()


async def authenticate(service: Service, request: Request, message: Message) -> Call:
    """Check a request's signature, its time and that it comes for the first time.

    Raises SignatureInvalid, ClockSkew, SignatureReplayed, DeviceUnknown, DevicePending.
    """
    claimed = claim(message, request.headers)
    wall = service.engine.clock.now().wall
    service.nonces.require_current(claimed.created, wall)
    device, till = await service.bridge.result(service.pool.submit(_check, service, claimed))
    service.nonces.remember(claimed.device, claimed.nonce, wall)
    return Call(message, claimed, device, till, request.path_params, request.query_params)


def _check(service: Service, claimed: SignatureClaim) -> tuple[Device, Till | None]:
    def find(transaction: Transaction, _now: Now) -> tuple[Device, Till | None]:
        device = DEVICES.get(transaction, claimed.device)
        if device is None:
            raise DeviceUnknown
        return device, None if device.till is None else TILLS.get(transaction, device.till)

    device, till = service.engine.read(find)
    check(claimed, device.signing_key)
    return require_active(device, service.engine.clock.now()), till


def prove_possession(service: Service, request: Request, message: Message, body: Enrolling) -> Key:
    """Check that an enrolment is signed by the very key it brings, and count it.

    Raises SignatureInvalid, ClockSkew, SignatureReplayed, DeviceUnknown, RateLimited.
    """
    keys = body.till if isinstance(body, OpenMerchant | OpenTill) else body.device
    claimed = claim(message, request.headers)
    wall = service.engine.clock.now().wall
    service.nonces.require_current(claimed.created, wall)
    if claimed.device != keys.id:
        raise DeviceUnknown
    check(claimed, public_key(keys.signing_key))
    service.nonces.remember(claimed.device, claimed.nonce, wall)
    own = require_key(message)
    key = Key(own, own, fingerprint(message, body))
    service.enrolments.count(_peer(request), key, wall)
    return key


def _peer(request: Request) -> str:
    """Give the address at the other end of the connection; forwarded headers prove nothing."""
    return "" if request.client is None else request.client.host

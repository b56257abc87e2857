"""Acts on devices, tills, freezes and invitations, each under a fresh key of its owner."""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeVar

from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey

from tests.wallet_api.identity.conftest import PATIENCE, PIN, Shopper, device_keys
from wallet_api.contract.administration import (
    DeviceCard,
    InviteRequest,
    JoinCard,
    JoinWallet,
    OpenTill,
)
from wallet_api.contract.ids import new_id
from wallet_api.contract.invites import InviteRole, invite_digest, new_invite
from wallet_api.contract.payer_code import make_code, shared_key
from wallet_api.contract.signatures import encode_bytes
from wallet_api.contract.wire import MerchantCard, OpenMerchant
from wallet_api.identity.administration import Admin, recognise_admin
from wallet_api.identity.devices import Approve, Join, Revoke, approve, join, revoke
from wallet_api.identity.invites import MakeInvite, make_invite
from wallet_api.identity.records import TILLS, Till
from wallet_api.identity.tills import EnrolTill, enrol_till
from wallet_api.store.answers import Key

if TYPE_CHECKING:
    from collections.abc import Callable

    from tests.wallet_api.identity.conftest import Bank
    from wallet_api.store.clock import Now
    from wallet_api.store.database import Transaction

C = TypeVar("C")
T = TypeVar("T")

DIGITS = "204 117"


class Household:
    """A bank with its admin, and short words for what people do."""

    def __init__(self, bank: Bank) -> None:
        self.bank = bank
        self.admin = Admin(new_id(bank.clock.wall), b"\x01" * 32, made_now=True)
        self.run(recognise_admin, self.admin)

    def run(self, use_case: Callable[[Transaction, C, Now], T], command: C) -> T:
        future = self.bank.engine.submit(lambda tx, now: use_case(tx, command, now))
        return future.result(PATIENCE)

    def read(self, query: Callable[[Transaction, Now], T]) -> T:
        return self.bank.engine.read(query)

    def key(self, owner: str) -> Key:
        return Key(new_id(self.bank.clock.wall), owner, b"asked")

    def open_merchant(self, *, invite: str | None = None) -> Till:
        till, merchant = device_keys(new_id()), new_id(self.bank.clock.wall)
        request = OpenMerchant(
            name="聚福茶馆",
            city="杭州",
            category="5812",
            currency="CNY",
            store="West Lake",
            till=till,
            invite=invite,
        )
        self.bank.open_merchant(merchant, request)
        return Till(till.id, self.read(lambda tx, _now: _the_till(tx, till.id)).store, merchant)

    def invite(
        self, role: InviteRole, subject: str | None = None, made_by: str | None = None
    ) -> str:
        """Make an invitation and give its code."""
        code = new_invite()
        request = InviteRequest(
            digest=encode_bytes(invite_digest(code)), role=role, subject=subject
        )
        device = made_by or self.admin.device
        self.run(make_invite, MakeInvite(self.key("admin"), device, request))
        return code

    def add_till(self, code: str, till: str | None = None) -> MerchantCard:
        keys = device_keys(till or new_id(self.bank.clock.wall))
        request = OpenTill(till=keys, invite=code)
        return self.run(enrol_till, EnrolTill(self.key(keys.id), request)).value

    def join(self, shopper: Shopper, invite: str | None = None) -> Phone:
        return Phone(self, shopper, invite)

    def approve(
        self, shopper: Shopper, device: str, pin: str | None = PIN, *, customer: str | None = None
    ) -> DeviceCard:
        owner = customer or shopper.customer
        command = Approve(self.key(owner), owner, shopper.device, device, pin, self.bank.keys)
        return self.run(approve, command).value

    def revoke(
        self,
        shopper: Shopper,
        device: str,
        pin: str | None = PIN,
        *,
        itself: bool = False,
        customer: str | None = None,
    ) -> DeviceCard:
        owner = customer or shopper.customer
        command = Revoke(
            self.key(owner), owner, shopper.device, device, pin, itself, self.bank.keys
        )
        return self.run(revoke, command).value


class Phone:
    """A further device of a shopper, which has asked to join."""

    def __init__(self, household: Household, shopper: Shopper, invite: str | None) -> None:
        bank = household.bank
        self.id = new_id(bank.clock.wall)
        self._code = X25519PrivateKey.generate()
        self._bank = bank
        self.request = JoinWallet(
            wallet=shopper.customer,
            device=device_keys(self.id, self._code),
            name="phone",
            invite=invite,
        )
        command = Join(household.key(self.id), self.request, DIGITS, bank.keys)
        self.card: JoinCard = household.run(join, command).value

    def code(self, counter: int) -> str:
        """Show a payer code of this device."""
        key = shared_key(self._code, self._bank.keys.code_public, self.id)
        return make_code(key, counter, self._bank.clock.business)


def _the_till(transaction: Transaction, till: str) -> Till:
    row = TILLS.get(transaction, till)
    assert row is not None
    return row

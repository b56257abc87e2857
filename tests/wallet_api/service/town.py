"""Everybody who may want something of a service: owners, strangers, shut out, waiting, the bank."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from tests.wallet_api.service.caller import PIN, Caller, Device, done
from wallet_api.contract.invites import invite_digest, new_invite
from wallet_api.contract.signatures import decode_bytes, encode_bytes

if TYPE_CHECKING:
    import httpx

    from tests.wallet_api.service.running import Running


def admin_of(running: Running, client: httpx.Client) -> Caller:
    """Give the bank's admin, with the key beside the database."""
    caller = Caller(running.authority, client)
    kept = json.loads((running.folder / "books.db.admin").read_bytes())
    key = Ed25519PrivateKey.from_private_bytes(decode_bytes(kept["key"]))
    caller.device = Device(kept["device"], key)
    return caller


def invitation(admin: Caller, role: str, subject: str | None = None) -> str:
    """Have the bank make an invitation and give its code."""
    code = new_invite()
    body = {"digest": encode_bytes(invite_digest(code)), "role": role, "subject": subject}
    done(admin.post("/v1/admin/invites", body))
    return code


class Town:
    """One customer and one merchant with all their devices, and everybody else."""

    def __init__(self, running: Running, client: httpx.Client) -> None:
        def caller() -> Caller:
            return Caller(running.authority, client)

        self.admin = admin_of(running, client)
        self.owner, self.stranger = caller(), caller()
        self.wallet = str(self.owner.open_wallet()["wallet"])
        self.stranger.open_wallet()
        self.till, self.other_shop = caller(), caller()
        self.merchant = str(self.till.open_merchant()["merchant"])
        self.other_shop.open_merchant()
        self.second_till = self.add_till(caller())
        self.second_device = self.let_in(self.join(caller()))
        self.revoked = self.shut_out(self.let_in(self.join(caller())))
        self.revoked_till = self.shut_out_till(self.add_till(caller()))
        self.pending, self.approved = self.join(caller()), self.join(caller())
        self.impostor = caller()
        self.impostor.device.id = self.admin.device.id
        self.nobody = caller()

    def join(self, caller: Caller) -> Caller:
        body = {"wallet": self.wallet, "device": caller.device.keys(), "name": "phone"}
        done(caller.post("/v1/devices", body))
        return caller

    def let_in(self, caller: Caller) -> Caller:
        done(self.owner.post(f"/v1/devices/{caller.device.id}/approve", {"pin": PIN}))
        return caller

    def shut_out(self, caller: Caller) -> Caller:
        done(self.owner.post(f"/v1/devices/{caller.device.id}/revoke", {"pin": PIN}))
        return caller

    def add_till(self, caller: Caller) -> Caller:
        code = new_invite()
        done(self.till.post("/v1/till-invites", {"digest": encode_bytes(invite_digest(code))}))
        keys = caller.device.keys()
        del keys["code_key"]
        done(caller.post("/v1/tills", {"till": keys, "invite": code}))
        return caller

    def shut_out_till(self, caller: Caller) -> Caller:
        done(self.till.post(f"/v1/tills/{caller.device.id}/revoke", {}))
        return caller

    def audit(self) -> list[dict[str, Any]]:
        """Give the newest acts of the admin."""
        items: list[dict[str, Any]] = done(self.admin.get("/v1/admin/audit?limit=100"))["items"]
        return items

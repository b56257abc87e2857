"""Records that somebody owns, made by the service itself, for everybody else to reach for."""

from __future__ import annotations

import time
from functools import cached_property
from typing import TYPE_CHECKING, Any

from payment_codes import native
from tests.wallet_api.service.caller import PIN, Caller, cny, done, payment_of, read
from tests.wallet_api.service.town import Town, invitation
from wallet_api.contract.invites import invite_digest, new_invite
from wallet_api.contract.signatures import approval_text, encode_bytes

if TYPE_CHECKING:
    import httpx

    from tests.wallet_api.service.running import Running

Json = dict[str, Any]
#: Above what needs no PIN, in minor units.
LARGE = 1_200_00
UNTIL = 10.0


class Records(Town):
    """A town in which the owner has money, a friend, and records of every kind."""

    def __init__(self, running: Running, client: httpx.Client) -> None:
        super().__init__(running, client)
        self.friend = Caller(running.authority, client)
        self.friend_wallet = str(self.friend.open_wallet()["wallet"])
        for wallet in (self.wallet, self.friend_wallet):
            done(self.admin.post(f"/v1/admin/accounts/{wallet}/tier", {"tier": "II"}))
        self.owner.top_up(90_000_00)
        self.friend.top_up(1_000_00)

    def get(self, target: str) -> Json:
        """Ask what anyone may ask."""
        return done(self.nobody.send(read(self.nobody.authority, target)))

    @cached_property
    def service_key(self) -> str:
        return str(self.get("/v1/service")["signing_key"])

    def month(self) -> str:
        return str(self.get("/v1/service")["time"])[:7]

    def new_invite(self, role: str, subject: str | None = None) -> str:
        return invitation(self.admin, role, subject)

    def charge(self) -> str:
        return str(self.till.charge(1_00)["id"])

    def token(self) -> str:
        return native.parse(self.till.charge(1_00)["payload"]).token

    def offer(self) -> Json:
        return payment_of(self.owner.offer(self.till.charge(1_00)))

    def payment(self) -> Json:
        return done(self.owner.post("/v1/payments", self.offer()))

    def paid_charge(self) -> str:
        return str(self.payment()["charge"])

    def waiting_payment(self) -> str:
        offer = payment_of(self.owner.offer(self.till.charge(LARGE)))
        return self.waits(done(self.owner.post("/v1/payments", offer)))

    def waits(self, record: Json) -> str:
        """Give the id of a record that waits for the PIN."""
        assert record["state"] == "pin_required", record
        return str(record["id"])

    def confirmation(self) -> Json:
        """Give a body of the right form, signed by the owner's first device for other terms."""
        text = approval_text("", "", 1, "CNY", "", self.service_key)
        return {"pin": PIN, "approval": encode_bytes(self.owner.device.key.sign(text))}

    def refund(self) -> str:
        return str(done(self.till.post(f"/v1/charges/{self.paid_charge()}/refunds", {}))["id"])

    def static_code(self) -> str:
        return native.parse(done(self.till.post("/v1/static-codes", {}))["payload"]).token

    def top_up(self) -> str:
        return str(self.owner.top_up(1_00)["id"])

    def withdrawal(self, minor: int = 1_00) -> Json:
        body = {"amount": cny(minor), "fee": cny(0)}
        return done(self.owner.post("/v1/withdrawals", body))

    def settlement(self) -> str:
        self.payment()
        body = {"merchant": self.merchant}
        return str(done(self.admin.post("/v1/admin/settlements", body))["id"])

    def stray(self) -> str:
        """Have the bank bring money without an owner, and give its id once it is known."""
        body = {"fault": "stray", "amount": cny(1_00)}
        authority = self.nobody.authority
        headers = {"Content-Type": "application/json"}
        client = self.nobody.client
        told = done(client.post(f"http://{authority}/v1/lab/bank", json=body, headers=headers))
        done(client.post(f"http://{authority}/v1/lab/clock", json={"seconds": 60}, headers=headers))
        deadline = time.monotonic() + UNTIL
        while time.monotonic() < deadline:
            for item in done(self.admin.get("/v1/admin/unmatched"))["items"]:
                if item["id"] == told["reference"]:
                    return str(item["id"])
        raise AssertionError("the stray money was never heard of")

    def transfer(self, minor: int = 1_00) -> Json:
        body = {"to": self.friend_wallet, "amount": cny(minor)}
        return done(self.owner.post("/v1/transfers", body))

    def personal_code(self) -> str:
        return native.parse(done(self.owner.post("/v1/personal-codes", {}))["payload"]).token

    def request(self) -> str:
        """Give a request of the friend's that the owner is to pay."""
        body = {"payer": self.wallet, "amount": cny(1_00)}
        return str(done(self.friend.post("/v1/requests", body))["id"])

    def own_request(self) -> str:
        body = {"payer": self.friend_wallet, "amount": cny(1_00)}
        return str(done(self.owner.post("/v1/requests", body))["id"])

    def split(self) -> str:
        body = {"amount": cny(3_00), "people": [self.friend_wallet]}
        return str(done(self.owner.post("/v1/splits", body))["id"])

    def gift(self, minor: int = 1_00, giver: Caller | None = None, count: int = 1) -> Json:
        body = {"amount": cny(minor), "count": count}
        return done((giver or self.owner).post("/v1/gifts", body))

    def open_gift(self) -> str:
        """Give the name of a friend's gift that several may take from."""
        return str(native.parse(self.gift(3_00, self.friend, 3)["payload"]).token)

    def claim(self) -> str:
        return str(done(self.owner.post("/v1/claims", {"gift": self.open_gift()}))["id"])

    def shift(self) -> str:
        """Give a shift of the first till, closing the one before."""
        for item in done(self.till.get("/v1/shifts"))["items"]:
            if item["state"] == "open":
                done(self.till.post(f"/v1/shifts/{item['id']}/close", {}))
        return str(done(self.till.post("/v1/shifts", {}))["id"])

    def webhook(self) -> str:
        for item in done(self.till.get("/v1/webhooks"))["items"]:
            if item["state"] == "active":
                done(self.till.post(f"/v1/webhooks/{item['id']}/remove", {}))
        return str(done(self.till.post("/v1/webhooks", self.hook()))["id"])

    def hook(self) -> Json:
        return {"url": "http://127.0.0.1:9/", "kinds": ["settlement.*"]}

    def delivery(self) -> str:
        return str(done(self.till.post(f"/v1/webhooks/{self.webhook()}/test", {}))["id"])

    def waiting_device(self) -> str:
        """Give a device that waits to be let in; the one before is shut out."""
        for item in done(self.owner.get("/v1/devices"))["items"]:
            if item["state"] == "pending" and item["id"] != self.pending.device.id:
                done(self.owner.post(f"/v1/devices/{item['id']}/revoke", {"pin": PIN}))
        return self.join(self.newcomer()).device.id

    def other_till(self) -> str:
        return self.add_till(self.newcomer()).device.id

    def newcomer(self) -> Caller:
        return Caller(self.nobody.authority, self.nobody.client)

    def digest(self) -> Json:
        return {"digest": encode_bytes(invite_digest(new_invite()))}

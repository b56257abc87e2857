"""Who may act for a wallet: its devices, its freeze, its PIN. What commands and scripts call.

All of these acts may be repeated, so each command sends its own request, and none is remembered:
a later freeze must never be taken for an earlier one that had no answer.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeVar

from terminal_kit.lookup import find_short
from wallet_api.contract.administration import (
    DeviceCard,
    FreezeState,
    PinGiven,
    PinState,
    RevokeDevice,
    SetPin,
)
from wallet_api.contract.ids import new_id
from wallet_api.contract.signatures import decode_bytes
from wallet_api.contract.wire import Nothing, Page

if TYPE_CHECKING:
    from terminal_kit.session import Standing
    from wallet_api.contract.wire import Body

T = TypeVar("T")

DEVICES = "/v1/devices"


class Security:
    """One customer's devices, freeze and PIN, from this device. A PIN is None where none is set."""

    def __init__(self, session: Standing) -> None:
        self._session = session

    def devices(self) -> Page[DeviceCard]:
        """Give the wallet's devices."""
        return self._session.get(DEVICES, Page[DeviceCard])

    def find(self, text: str) -> DeviceCard:
        """Give a device by its id or its short code. Raises NotFound, IdAmbiguous, Usage."""
        return find_short(text, self.devices().items, "device")

    def approve(self, device: str, pin: str | None) -> DeviceCard:
        """Let a waiting device in, whose digits were compared."""
        path = f"{DEVICES}/{device}/approve"
        return self._with_pin(path, PinGiven(pin=pin), pin, DeviceCard)

    def revoke(self, device: str, pin: str | None, *, itself: bool) -> DeviceCard:
        """Shut a device out at once; this very one only when ``itself`` says so."""
        body = RevokeDevice(pin=pin, itself=itself)
        return self._with_pin(f"{DEVICES}/{device}/revoke", body, pin, DeviceCard)

    def freeze(self) -> FreezeState:
        """Freeze the wallet: nothing more is paid from it."""
        return self._send("/v1/wallet/freeze", Nothing(), FreezeState)

    def unfreeze(self, pin: str | None) -> FreezeState:
        """Lift the freeze that the wallet's owner has set; the bank's stays."""
        return self._with_pin("/v1/wallet/unfreeze", PinGiven(pin=pin), pin, FreezeState)

    def set_pin(self, old: str | None, new: str) -> PinState:
        """Set the first PIN, or change it with the one before."""
        return self._with_pin("/v1/pin", SetPin(pin=old, new_pin=new), new, PinState)

    def _with_pin(self, path: str, body: Body, pin: str | None, answer: type[T]) -> T:
        """Send a body; a PIN goes only to a service that proved its pinned key."""
        if pin is not None:
            key = decode_bytes(self._session.profile.service_key)
            self._session.client.prove_service(key)
        return self._send(path, body, answer)

    def _send(self, path: str, body: Body, answer: type[T]) -> T:
        client = self._session.client
        return client.send("POST", path, body=body, key=new_id(), answer=answer).value

"""Opening a wallet on this machine: a new one, or one more device of a wallet that exists."""

from __future__ import annotations

import platform
from typing import TYPE_CHECKING

from terminal_kit.enrol import open_profile
from terminal_kit.language import _
from wallet_api.contract.administration import JoinCard, JoinWallet
from wallet_api.contract.errors import Usage
from wallet_api.contract.ids import is_id
from wallet_api.contract.wire import OpenWallet, WalletCard

if TYPE_CHECKING:
    from terminal_kit.credentials.choose import StoreKind
    from terminal_kit.credentials.passphrase import Ask
    from terminal_kit.session import Chosen
    from wallet_api.contract.wire import DeviceKeys


def open_wallet(
    chosen: Chosen,
    store: StoreKind,
    *,
    name: str,
    currency: str,
    pin: str | None,
    invite: str | None,
    ask: Ask | None = None,
) -> WalletCard:
    """Open a customer's wallet with this as its first device.

    Raises what `terminal_kit.enrol.open_profile` raises.
    """

    def request(device: DeviceKeys) -> OpenWallet:
        return OpenWallet(name=name, currency=currency, device=device, pin=pin, invite=invite)

    return open_profile(chosen, store, request, "/v1/customers", WalletCard, ask)


def join_wallet(
    chosen: Chosen,
    store: StoreKind,
    *,
    wallet: str,
    name: str | None,
    invite: str | None,
    ask: Ask | None = None,
) -> JoinCard:
    """Ask to use a wallet; while it is pending, the card has the digits to compare.

    ``name`` is what the device is known as, this machine's where none is given. Raises Usage for
    what is no id, and what `terminal_kit.enrol.open_profile` raises.
    """
    require_wallet_id(wallet)

    def request(device: DeviceKeys) -> JoinWallet:
        known_as = name or this_machine()
        return JoinWallet(wallet=wallet, device=device, name=known_as, invite=invite)

    return open_profile(chosen, store, request, "/v1/devices", JoinCard, ask)


def require_wallet_id(text: str) -> None:
    """Refuse what is no wallet's whole id. Raises Usage."""
    if not is_id(text):
        raise Usage(reason=_("Give the wallet's whole id; `wallet whoami` shows it."))


def this_machine() -> str:
    """Give what this machine is called."""
    return platform.node() or "device"

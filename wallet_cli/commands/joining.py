"""Adding this device to a wallet that has one."""

from __future__ import annotations

import platform
from typing import TYPE_CHECKING

from terminal_kit.console import local_time, plain, style, table, write_json, write_lines
from terminal_kit.language import _
from wallet_api.contract.errors import Usage
from wallet_api.contract.ids import is_id, short_code

if TYPE_CHECKING:
    from terminal_kit.session import Chosen
    from wallet_api.contract.wire import DeviceKeys


def join_wallet(
    chosen: Chosen,
    wallet: str,
    name: str | None,
    store: str,
    pin_file: str | None,
    invite: str | None,
    *,
    json: bool,
) -> None:
    """Ask to use a wallet, and show the digits to compare on its other device. Raises Usage."""
    from terminal_kit.enrol import open_profile, read_invite, store_kind
    from wallet_api.contract.administration import JoinCard, JoinWallet

    if not is_id(wallet):
        raise Usage(reason=_("Give the wallet's whole id; `wallet whoami` shows it."))
    if pin_file is not None:
        raise Usage(reason=_("A wallet's PIN is the same on all its devices: none is set here."))
    code = read_invite(invite)
    known_as = name or platform.node() or "device"

    def request(device: DeviceKeys) -> JoinWallet:
        return JoinWallet(wallet=wallet, device=device, name=known_as, invite=code)

    card = open_profile(chosen, store_kind(store), request, "/v1/devices", JoinCard)
    if json:
        write_json({**plain(card), "profile": chosen.profile})
    elif card.state == "active":
        write_lines([style(_("✓ This device can use the wallet."), "bold", "green")])
    else:
        rows = [(_("Device"), short_code(card.device)), (_("Digits"), card.comparison or "")]
        until = local_time(card.expires_at)[11:] if card.expires_at else "-"
        said = _("Compare on your other device until {time}: wallet approve {id}")
        write_lines(
            [
                style(_("… This device waits to be let in."), "bold", "yellow"),
                *table(rows),
                said.format(time=until, id=short_code(card.device)),
            ]
        )

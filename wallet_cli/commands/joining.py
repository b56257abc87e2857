"""Adding this device to a wallet that has one."""

from __future__ import annotations

from typing import TYPE_CHECKING

from terminal_kit.console import local_time, plain, style, table, write_json, write_lines
from terminal_kit.language import _
from wallet_api.contract.errors import Usage
from wallet_api.contract.ids import short_code

if TYPE_CHECKING:
    from terminal_kit.session import Chosen


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
    from terminal_kit.enrol import read_invite, store_kind
    from wallet_cli import opening

    opening.require_wallet_id(wallet)
    if pin_file is not None:
        raise Usage(reason=_("A wallet's PIN is the same on all its devices: none is set here."))
    code = read_invite(invite)
    card = opening.join_wallet(chosen, store_kind(store), wallet=wallet, name=name, invite=code)
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

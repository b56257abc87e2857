"""The program ``wallet``: all its commands, in the order that ``--help`` lists them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from terminal_kit.fronts import Fronts
from terminal_kit.program import new_app
from wallet_cli.menu import (
    account,
    bank,
    decoding,
    events,
    gifts,
    limits,
    paying,
    people,
    resuming,
    security,
    statement,
    tools,
)

if TYPE_CHECKING:
    from terminal_kit.plain import Flows
    from terminal_kit.session import Chosen, Session


def _finish_earlier(session: Session) -> None:
    from wallet_cli.commands.resuming import finish_earlier

    finish_earlier(session)


def _open_screens(chosen: Chosen) -> int:
    from wallet_cli.screens.app import WalletApp

    return WalletApp.launch(chosen)


def _flows() -> Flows:
    from wallet_cli.plain import FLOWS

    return FLOWS


app = new_app(
    "wallet",
    "A shopper's wallet: pay, be charged, see what moved.",
    "WALLET_PROFILE",
    _finish_earlier,
    Fronts(_open_screens, _flows, "wallet_cli"),
)

for menu in (
    account,
    paying,
    decoding,
    people,
    gifts,
    statement,
    bank,
    limits,
    resuming,
    security,
    events,
    tools,
):
    app.add_typer(menu.app)

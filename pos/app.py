"""The program ``pos``: all its commands, in the order that ``--help`` lists them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pos.menu import (
    charging,
    display,
    events,
    opening,
    resuming,
    security,
    selling,
    settlements,
    shop,
    specimens,
    tools,
    webhooks,
)
from terminal_kit.fronts import Fronts
from terminal_kit.program import new_app

if TYPE_CHECKING:
    from terminal_kit.plain import Flows
    from terminal_kit.session import Chosen, Session


def _finish_earlier(session: Session) -> None:
    from pos.commands.resuming import finish_earlier

    finish_earlier(session)


def _open_screens(chosen: Chosen) -> int:
    from pos.screens.app import TillApp

    return TillApp.launch(chosen)


def _flows() -> Flows:
    from pos.plain import FLOWS

    return FLOWS


app = new_app(
    "pos",
    "A merchant's till: charge, wait, refund, reverse.",
    "POS_PROFILE",
    _finish_earlier,
    Fronts(_open_screens, _flows, "pos"),
)

for menu in (
    opening,
    charging,
    display,
    resuming,
    selling,
    shop,
    settlements,
    security,
    events,
    webhooks,
    specimens,
    tools,
):
    app.add_typer(menu.app)

"""Opening the customer's display on this terminal."""

from __future__ import annotations

from typing import TYPE_CHECKING

import typer

from terminal_kit.language import _
from terminal_kit.profiles import load_profile
from terminal_kit.prompts import can_ask
from terminal_kit.session import Chosen
from wallet_api.contract.errors import Usage

if TYPE_CHECKING:
    from typing import Never


def show_display(context: typer.Context) -> Never:
    """Open the display until somebody leaves it. Raises NoProfile, Usage."""
    chosen = context.obj
    assert isinstance(chosen, Chosen), "the options ran before the command"
    load_profile(chosen.program, chosen.profile)
    if not can_ask():
        raise Usage(reason=_("The customer display needs a terminal of its own."))
    from pos.screens.display import DisplayApp

    raise typer.Exit(DisplayApp.launch(chosen))

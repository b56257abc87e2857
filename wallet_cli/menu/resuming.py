"""Going on after a crash."""

from __future__ import annotations

from terminal_kit.program import Json, new_menu
from wallet_cli.menu.options import Context

app = new_menu()


@app.command()
def resume(context: Context, *, json: Json = False) -> None:
    """Find out what became of what earlier commands sent and had no answer to.

    Exit 0 when nothing is left unknown, 5 when something is.

    Example: wallet resume
    """
    from wallet_cli.commands.resuming import resume_all

    resume_all(context, json=json)

"""Going on after a crash."""

from __future__ import annotations

from pos.menu.options import Context
from terminal_kit.program import Json, new_menu

app = new_menu()


@app.command()
def resume(context: Context, *, json: Json = False) -> None:
    """Find out what became of what earlier commands sent, and reverse what nobody answers for.

    Exit 0 when nothing is left unknown, 5 when something is.

    Example: pos resume
    """
    from pos.commands.resuming import resume_all

    resume_all(context, json=json)

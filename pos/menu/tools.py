"""For finding out what is wrong."""

from __future__ import annotations

from pos.menu.options import Context
from terminal_kit.program import Json, new_menu

app = new_menu()


@app.command()
def doctor(context: Context, *, json: Json = False) -> None:
    """Check the store, the service, the decoders and the terminal; never shows a secret.

    Example: pos doctor
    """
    from terminal_kit.doctor import examine

    examine(context.obj, json=json)

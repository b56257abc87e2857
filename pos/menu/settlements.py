"""What the bank pays out to the merchant."""

from __future__ import annotations

from typing import Annotated

import typer

from pos.menu.options import Context
from terminal_kit.program import Cursor, Json, Limit, new_menu

app = new_menu()


@app.command()
def settlements(
    context: Context, *, limit: Limit = 20, cursor: Cursor = None, json: Json = False
) -> None:
    """List what the bank has paid out, newest first.

    Example: pos settlements --limit 5
    """
    from pos.commands.settlements import list_settlements

    list_settlements(context, limit, cursor, json=json)


@app.command()
def settlement(
    context: Context,
    id: Annotated[  # noqa: A002
        str, typer.Argument(help="The settlement's id, or at least 4 of its last characters.")
    ],
    *,
    save: Annotated[
        str | None, typer.Option(help="Write the settlement file to a .csv file; - is stdout.")
    ] = None,
    json: Json = False,
) -> None:
    """Show one settlement, or save its file: every charge, refund and fee that it is made of.

    Example: pos settlement 1f3a9c2e --save settlement.csv
    """
    from pos.commands.settlements import show_settlement

    show_settlement(context, id, save, json=json)

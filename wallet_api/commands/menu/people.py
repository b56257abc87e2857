"""Transfers that a rule of risk holds."""

from __future__ import annotations

from typing import Annotated

import typer

from terminal_kit.program import Limit, new_menu
from wallet_api.commands.menu.options import AdminKey, Database, Json

app = new_menu()


@app.command()
def held(
    *,
    limit: Limit = 20,
    database: Database = None,
    admin_key: AdminKey = None,
    json: Json = False,
) -> None:
    """List the transfers between people that are held, the next to be delivered first.

    Example: wallet-api held
    """
    from wallet_api.commands.people import list_held

    list_held(database, admin_key, limit, json=json)


@app.command()
def deliver(
    id: Annotated[str, typer.Argument(metavar="TRANSFER", help="The transfer's whole id.")],  # noqa: A002
    *,
    database: Database = None,
    admin_key: AdminKey = None,
    json: Json = False,
) -> None:
    """Deliver a held transfer before its time.

    Example: wallet-api deliver 01890a5d-ac96-774b-bcce-b302099a8057
    """
    from wallet_api.commands.people import deliver_held

    deliver_held(database, admin_key, id, json=json)

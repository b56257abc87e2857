"""Opening a till, and looking at it."""

from __future__ import annotations

from typing import Annotated

import typer

from pos.menu.options import Context
from terminal_kit.program import Json, new_menu
from wallet_api.contract.rules import DEFAULT_CURRENCY

app = new_menu()


@app.command("open")
def open_merchant(
    context: Context,
    *,
    name: Annotated[str | None, typer.Option(help="The merchant's name.")] = None,
    invite: Annotated[
        str | None,
        typer.Option(help="An invitation, for a till if there is no --name; - reads stdin."),
    ] = None,
    category: Annotated[str, typer.Option(help="Merchant category code, ISO 18245.")] = "5812",
    city: Annotated[str, typer.Option(help="Where the store is.")] = "Shanghai",
    store_name: Annotated[
        str | None, typer.Option(help="The store's name; Main store if unset.")
    ] = None,
    store: Annotated[str, typer.Option(help="Where secrets are kept: os or file.")] = "os",
    currency: Annotated[str, typer.Option(help="The merchant's currency.")] = DEFAULT_CURRENCY,
    json: Json = False,
) -> None:
    """Open a merchant, a store and a till with a key of its own.

    With --invite and no --name: another till of a merchant that invites it (`pos invite`).

    Example: pos open --name "Corner Cafe" --city Shanghai --store file
    """
    from pos.commands.opening import join_merchant, open_till

    if name is None:
        join_merchant(context.obj, store, invite, json=json)
        return
    open_till(context.obj, name, category, city, store_name, store, currency, invite, json=json)


@app.command()
def whoami(context: Context, *, json: Json = False) -> None:
    """Show which till this is, and what the bank owes the merchant.

    Example: pos whoami --json
    """
    from pos.commands.opening import show_self

    show_self(context, json=json)

"""Looking at charges and undoing them."""

from __future__ import annotations

from typing import Annotated

import typer

from pos.menu.options import Context, Id
from terminal_kit.program import Cursor, Json, Limit, new_menu

app = new_menu()


@app.command()
def show(context: Context, id: Id, *, json: Json = False) -> None:  # noqa: A002
    """Show one charge as it is now.

    Example: pos show 1f3a9c2e
    """
    from pos.commands.selling import show_charge

    show_charge(context, id, json=json)


@app.command()
def close(context: Context, id: Id, *, json: Json = False) -> None:  # noqa: A002
    """Give up a charge that is not paid.

    Example: pos close 1f3a9c2e
    """
    from pos.commands.selling import close_charge

    close_charge(context, id, json=json)


@app.command()
def reverse(context: Context, id: Id, *, json: Json = False) -> None:  # noqa: A002
    """Undo a charge, paid or not, within 7 days; one that never arrived is closed for ever.

    Example: pos reverse 1f3a9c2e
    """
    from pos.commands.selling import reverse_charge

    reverse_charge(context, id, json=json)


@app.command()
def refund(
    context: Context,
    id: Id,  # noqa: A002
    *,
    amount: Annotated[
        str | None, typer.Option(help="Part of it; all that is left if unset.")
    ] = None,
    reason: Annotated[str | None, typer.Option(help="Why, for the receipt.")] = None,
    json: Json = False,
) -> None:
    """Give money back on a paid charge, within 365 days.

    Example: pos refund 1f3a9c2e --amount 2.50 --reason "cold coffee"
    """
    from pos.commands.selling import refund_charge

    refund_charge(context, id, amount, reason, json=json)


@app.command()
def sales(
    context: Context, *, limit: Limit = 20, cursor: Cursor = None, json: Json = False
) -> None:
    """List the charges, newest first.

    Example: pos sales --limit 5
    """
    from pos.commands.selling import list_sales

    list_sales(context, limit, cursor, json=json)

"""Who may act for the merchant: its tills, and whether it takes payments."""

from __future__ import annotations

from typing import Annotated

import typer

from pos.menu.options import Context
from terminal_kit.program import Json, new_menu

app = new_menu()

TillId = Annotated[
    str,
    typer.Argument(metavar="TILL", help="The till's id, or at least 4 of its last characters."),
]


@app.command()
def tills(context: Context, *, json: Json = False) -> None:
    """List the tills of this merchant.

    Example: pos tills
    """
    from pos.commands.security import list_tills

    list_tills(context, json=json)


@app.command()
def invite(context: Context, *, json: Json = False) -> None:
    """Make an invitation for another till of this store: once, within 15 minutes.

    Example: pos invite, and on the other till: pos open --invite CODE
    """
    from pos.commands.security import invite_till

    invite_till(context, json=json)


@app.command()
def revoke(
    context: Context,
    till: TillId,
    *,
    yes: Annotated[
        bool, typer.Option("--yes", "-y", help="Without asking, even if it is this till.")
    ] = False,
    json: Json = False,
) -> None:
    """Shut a till out at once, such as a stolen one.

    Example: pos revoke 1f3a9c2e --yes
    """
    from pos.commands.security import revoke_till

    revoke_till(context, till, yes=yes, json=json)


@app.command()
def freeze(context: Context, *, json: Json = False) -> None:
    """Take no more payments at any till of this merchant; refunds still work.

    Example: pos freeze
    """
    from pos.commands.security import freeze_merchant

    freeze_merchant(context, frozen=True, json=json)


@app.command()
def unfreeze(context: Context, *, json: Json = False) -> None:
    """Take payments again, unless the bank has frozen the merchant.

    Example: pos unfreeze
    """
    from pos.commands.security import freeze_merchant

    freeze_merchant(context, frozen=False, json=json)

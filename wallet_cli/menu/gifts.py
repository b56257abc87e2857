"""Gifts: money for whoever takes it first."""

from __future__ import annotations

from typing import Annotated

import typer

from terminal_kit.program import Cursor, Draw, Json, Limit, PinFile, Save, new_menu
from wallet_api.contract.rules import MOST_GIFT_SHARES
from wallet_cli.menu.options import Context, Yes
from wallet_cli.menu.people import Amount, Note, SomeId

app = new_menu()


@app.command()
def gift(
    context: Context,
    amount: Amount,
    *,
    count: Annotated[
        int, typer.Option(min=1, max=MOST_GIFT_SHARES, help="How many people can take a share.")
    ] = 1,
    random: Annotated[
        bool, typer.Option("--random", help="Random shares, not equal ones.")
    ] = False,
    receiver: Annotated[
        str | None, typer.Option("--for", help="The one wallet that it is for.")
    ] = None,
    note: Note = None,
    expires: Annotated[
        str | None, typer.Option(help="When the rest comes back: 90m, 24h (if unset), 3d.")
    ] = None,
    save: Save = None,
    draw: Draw = False,
    yes: Yes = False,
    pin_file: PinFile = None,
    json: Json = False,
) -> None:
    """Give money away by a code: each person takes one share, and the rest comes back.

    Example: wallet gift 88.88 --count 5 --random --note "Happy New Year"
    """
    from wallet_cli.commands.gifts import Wanted, give_money

    wanted = Wanted(amount, count, random, receiver, note, expires)
    give_money(context, wanted, pin_file, save, draw=draw, yes=yes, json=json)


@app.command()
def gifts(
    context: Context,
    id: SomeId = None,  # noqa: A002
    *,
    limit: Limit = 20,
    cursor: Cursor = None,
    json: Json = False,
) -> None:
    """List the gifts that you made or got, or show one with who took a share.

    Example: wallet gifts 1f3a9c2e
    """
    from wallet_cli.commands.gifts import show_gifts

    show_gifts(context, id, limit, cursor, json=json)


@app.command()
def claim(
    context: Context,
    code: Annotated[
        str | None,
        typer.Argument(help="The gift's code, - for stdin; or the id of a gift to you."),
    ] = None,
    *,
    image: Annotated[str | None, typer.Option(help="A picture of the code; - is stdin.")] = None,
    json: Json = False,
) -> None:
    """Take your share of a gift.

    Example: wallet claim --image gift.png
    """
    from wallet_cli.commands.gifts import take_share

    take_share(context, code, image, json=json)

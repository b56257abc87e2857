"""Money between the wallet and the bank."""

from __future__ import annotations

from typing import Annotated

import typer

from terminal_kit.program import Json, new_menu
from wallet_cli.menu.options import Context

app = new_menu()


@app.command("top-up")
def top_up(
    context: Context,
    amount: Annotated[str, typer.Argument(help="Such as 100 or 12.50.")],
    *,
    json: Json = False,
) -> None:
    """Bring money from the (simulated) bank.

    Example: wallet top-up 500
    """
    from wallet_cli.commands.account import bring_money

    bring_money(context, amount, json=json)

"""Money between the wallet and the bank."""

from __future__ import annotations

from typing import Annotated

import typer

from terminal_kit.program import Json, PinFile, new_menu
from wallet_cli.menu.options import Context

app = new_menu()

Money = Annotated[str, typer.Argument(metavar="AMOUNT", help="Such as 100 or 12.50.")]
Yes = Annotated[bool, typer.Option("--yes", "-y", help="Withdraw without asking.")]
Wait = Annotated[
    int, typer.Option(min=0, max=86_400, help="Wait so many seconds for a bank that is late.")
]


@app.command("top-up")
def top_up(context: Context, amount: Money, *, wait: Wait = 0, json: Json = False) -> None:
    """Bring money from the (simulated) bank: exit 0 when it came, 5 while the bank is silent.

    Example: wallet top-up 500
    """
    from wallet_cli.commands.bank import bring_money

    bring_money(context, amount, wait, json=json)


@app.command()
def withdraw(
    context: Context,
    amount: Money,
    *,
    pin_file: PinFile = None,
    yes: Yes = False,
    wait: Wait = 0,
    json: Json = False,
) -> None:
    """Send money to your bank account, after asking, with the PIN where the amount needs it.

    Example: wallet withdraw 200
    """
    from wallet_cli.commands.bank import withdraw_money

    withdraw_money(context, amount, pin_file, wait, yes=yes, json=json)

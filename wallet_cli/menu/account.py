"""Opening a wallet, and looking at it."""

from __future__ import annotations

from typing import Annotated

import typer

from terminal_kit.program import Json, PinFile, new_menu
from wallet_api.contract.rules import DEFAULT_CURRENCY
from wallet_cli.menu.options import Context, Id

app = new_menu()


@app.command("open")
def open_wallet(
    context: Context,
    *,
    name: Annotated[
        str | None, typer.Option(help="Your name; with --join that of this device.")
    ] = None,
    store: Annotated[str, typer.Option(help="Where secrets are kept: os or file.")] = "os",
    pin_file: PinFile = None,
    currency: Annotated[str, typer.Option(help="The wallet's currency.")] = DEFAULT_CURRENCY,
    join: Annotated[
        str | None, typer.Option(help="Add this device to your wallet with this whole id.")
    ] = None,
    invite: Annotated[
        str | None, typer.Option(help="An invitation from the bank; - reads stdin.")
    ] = None,
    json: Json = False,
) -> None:
    """Open a wallet: a customer, a device key in the credential store, a PIN.

    With --join this device asks to use a wallet that you have; approve it there.

    Example: wallet open --name Alice --store file
    """
    if join is not None:
        from wallet_cli.commands.joining import join_wallet

        join_wallet(context.obj, join, name, store, pin_file, invite, json=json)
        return
    from wallet_cli.commands.account import open_account

    open_account(context.obj, name, store, pin_file, currency, invite, json=json)


@app.command()
def balance(context: Context, *, json: Json = False) -> None:
    """Show what is in the wallet.

    Example: wallet balance --json
    """
    from wallet_cli.commands.account import show_balance

    show_balance(context, json=json)


@app.command()
def whoami(context: Context, *, json: Json = False) -> None:
    """Show whose wallet this is.

    Example: wallet --profile bob whoami
    """
    from wallet_cli.commands.account import show_self

    show_self(context, json=json)


@app.command()
def show(context: Context, id: Id, *, json: Json = False) -> None:  # noqa: A002
    """Show one payment or movement.

    Example: wallet show 1f3a9c2e
    """
    from wallet_cli.commands.account import show_record

    show_record(context, id, json=json)

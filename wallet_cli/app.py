"""The commands of ``wallet``: thin signatures; the work is imported inside."""

from __future__ import annotations

from typing import Annotated

import typer

from terminal_kit.program import Cursor, Draw, Json, Limit, PinFile, Save, new_app
from wallet_api.contract.rules import DEFAULT_CURRENCY

app = new_app("wallet", "A shopper's wallet: pay, be charged, see what moved.", "WALLET_PROFILE")

Context = typer.Context
Id = Annotated[str, typer.Argument(help="The id, or at least 4 of its last characters.")]
Yes = Annotated[bool, typer.Option("--yes", "-y", help="Pay without asking.")]


@app.command("open")
def open_wallet(
    context: Context,
    *,
    name: Annotated[str, typer.Option(help="Your name.")],
    store: Annotated[str, typer.Option(help="Where secrets are kept: os or file.")] = "os",
    pin_file: PinFile = None,
    currency: Annotated[str, typer.Option(help="The wallet's currency.")] = DEFAULT_CURRENCY,
    json: Json = False,
) -> None:
    """Open a wallet: a customer, a device key in the credential store, a PIN.

    Example: wallet open --name Alice --store file
    """
    from wallet_cli.commands.account import open_account

    open_account(context.obj, name, store, pin_file, currency, json=json)


@app.command()
def balance(context: Context, *, json: Json = False) -> None:
    """Show what is in the wallet.

    Example: wallet balance --json
    """
    from wallet_cli.commands.account import show_balance

    show_balance(context, json=json)


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


@app.command()
def pay(
    context: Context,
    code: Annotated[str | None, typer.Argument(help="The code's text; - reads stdin.")] = None,
    *,
    image: Annotated[str | None, typer.Option(help="A picture of the code; - is stdin.")] = None,
    yes: Yes = False,
    pin_file: PinFile = None,
    json: Json = False,
) -> None:
    """Pay a merchant's code, after asking, with the PIN where the amount needs it.

    Example: wallet pay --image code.png
    """
    from wallet_cli.commands.paying import pay_code

    pay_code(context, code, image, pin_file, yes=yes, json=json)


@app.command("code")
def show_code(
    context: Context, *, save: Save = None, draw: Draw = False, json: Json = False
) -> None:
    """Show a code for a till to scan; it lasts a minute, works once, and needs no network.

    Example: wallet code --save mine.png
    """
    from wallet_cli.commands.paying import present_code

    present_code(context, save, draw=draw, json=json)


@app.command()
def pending(context: Context, *, json: Json = False) -> None:
    """List the payments that wait for your PIN.

    Example: wallet pending
    """
    from wallet_cli.commands.paying import list_pending

    list_pending(context, json=json)


@app.command()
def confirm(context: Context, id: Id, *, pin_file: PinFile = None, json: Json = False) -> None:  # noqa: A002
    """Confirm a waiting payment with your PIN.

    Example: wallet confirm 1f3a9c2e
    """
    from wallet_cli.commands.paying import confirm_payment

    confirm_payment(context, id, pin_file, json=json)


@app.command()
def decline(context: Context, id: Id, *, json: Json = False) -> None:  # noqa: A002
    """Refuse a waiting payment.

    Example: wallet decline 1f3a9c2e
    """
    from wallet_cli.commands.paying import decline_payment

    decline_payment(context, id, json=json)


@app.command()
def history(
    context: Context, *, limit: Limit = 20, cursor: Cursor = None, json: Json = False
) -> None:
    """List what moved, newest first.

    Example: wallet history --limit 5 --json
    """
    from wallet_cli.commands.account import list_history

    list_history(context, limit, cursor, json=json)


@app.command()
def show(context: Context, id: Id, *, json: Json = False) -> None:  # noqa: A002
    """Show one payment or movement.

    Example: wallet show 1f3a9c2e
    """
    from wallet_cli.commands.account import show_record

    show_record(context, id, json=json)


@app.command()
def whoami(context: Context, *, json: Json = False) -> None:
    """Show whose wallet this is.

    Example: wallet --profile bob whoami
    """
    from wallet_cli.commands.account import show_self

    show_self(context, json=json)


@app.command()
def doctor(context: Context, *, json: Json = False) -> None:
    """Check the store, the service, the decoders and the terminal; never shows a secret.

    Example: wallet doctor
    """
    from terminal_kit.doctor import examine

    examine(context.obj, json=json)


@app.command()
def api(
    context: Context,
    method: Annotated[str, typer.Argument(help="GET or POST.")],
    path: Annotated[str, typer.Argument(help="Such as /v1/wallet.")],
    *,
    data: Annotated[str | None, typer.Option(help="The JSON body of a POST.")] = None,
    key: Annotated[
        str | None, typer.Option(help="The Idempotency-Key; a new one if unset.")
    ] = None,
    json: Json = True,
) -> None:
    """Make a signed raw call and print the JSON answer.

    Example: wallet api GET /v1/wallet
    """
    from wallet_cli.commands.raw import call_api

    del json  # The answer is JSON either way.
    call_api(context, method, path, data, key)

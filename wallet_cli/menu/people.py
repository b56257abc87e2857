"""Money to and from other people."""

from __future__ import annotations

from typing import Annotated

import typer

from terminal_kit.program import Cursor, Draw, Json, Limit, PinFile, Save, new_menu
from wallet_cli.menu.options import Context, Id, Yes

app = new_menu()

Amount = Annotated[str, typer.Argument(help="Such as 20 or 12.50.")]
Note = Annotated[str | None, typer.Option(help="What it is for; the other side reads it.")]
SomeId = Annotated[
    str | None, typer.Argument(help="One of them: its id, or 4 or more of its last characters.")
]


@app.command()
def send(
    context: Context,
    amount: Amount,
    *,
    to: Annotated[str, typer.Option(help="A wallet's id, or the text of a personal code.")],
    note: Note = None,
    yes: Yes = False,
    pin_file: PinFile = None,
    json: Json = False,
) -> None:
    """Send money to a person, after asking, with the PIN where the amount needs it.

    Exit 0 when it arrived, 5 while the bank holds it, 1 otherwise.

    Example: wallet send 20 --to 01890a5d-ac96-774b-bcce-b302099a8057 --note lunch
    """
    from wallet_cli.commands.people import send_money

    send_money(context, amount, to, note, pin_file, yes=yes, json=json)


@app.command()
def transfers(
    context: Context, *, limit: Limit = 20, cursor: Cursor = None, json: Json = False
) -> None:
    """List what was sent to people and received from them, newest first.

    Example: wallet transfers --limit 5
    """
    from wallet_cli.commands.people import list_transfers

    list_transfers(context, limit, cursor, json=json)


@app.command()
def cancel(context: Context, id: Id, *, json: Json = False) -> None:  # noqa: A002
    """Take back a transfer that the bank holds, or give up what waits for your PIN.

    Example: wallet cancel 1f3a9c2e
    """
    from wallet_cli.commands.people import cancel_sent

    cancel_sent(context, id, json=json)


@app.command()
def receive(
    context: Context,
    amount: Annotated[
        str | None, typer.Argument(help="Such as 12.50; the payer types it if unset.")
    ] = None,
    *,
    note: Note = None,
    save: Save = None,
    draw: Draw = False,
    json: Json = False,
) -> None:
    """Show a code that others pay you by; the one without an amount stays the same.

    Example: wallet receive 12.50 --save mine.png
    """
    from wallet_cli.commands.people import show_personal_code

    show_personal_code(context, amount, note, save, draw=draw, json=json)


@app.command()
def request(
    context: Context,
    amount: Amount,
    *,
    payer: Annotated[
        str, typer.Option("--from", help="A wallet's id, or the text of a personal code.")
    ],
    note: Note = None,
    json: Json = False,
) -> None:
    """Ask a person for money; the request lasts seven days.

    Example: wallet request 20 --from 01890a5d-ac96-774b-bcce-b302099a8057
    """
    from wallet_cli.commands.requests import ask_for_money

    ask_for_money(context, amount, payer, note, json=json)


@app.command()
def requests(
    context: Context, *, limit: Limit = 20, cursor: Cursor = None, json: Json = False
) -> None:
    """List the requests for money that you made and got, newest first.

    Example: wallet requests
    """
    from wallet_cli.commands.requests import list_requests

    list_requests(context, limit, cursor, json=json)


@app.command("pay-request")
def pay_request(
    context: Context,
    id: Id,  # noqa: A002
    *,
    yes: Yes = False,
    pin_file: PinFile = None,
    json: Json = False,
) -> None:
    """Pay what somebody asks you for, after asking.

    Example: wallet pay-request 1f3a9c2e
    """
    from wallet_cli.commands.requests import pay_request as pay

    pay(context, id, pin_file, yes=yes, json=json)


@app.command("decline-request")
def decline_request(context: Context, id: Id, *, json: Json = False) -> None:  # noqa: A002
    """Refuse to pay what somebody asks you for.

    Example: wallet decline-request 1f3a9c2e
    """
    from wallet_cli.commands.requests import decline_request as decline

    decline(context, id, json=json)


@app.command("cancel-request")
def cancel_request(context: Context, id: Id, *, json: Json = False) -> None:  # noqa: A002
    """Take back what you asked somebody for.

    Example: wallet cancel-request 1f3a9c2e
    """
    from wallet_cli.commands.requests import cancel_request as take_back

    take_back(context, id, json=json)


@app.command()
def split(
    context: Context,
    amount: Amount,
    *,
    people: Annotated[
        list[str],
        typer.Option("--with", help="A wallet's id or personal code; once for each person."),
    ],
    shares: Annotated[
        str, typer.Option(help="even, or weights such as 1,2,1: yours first, then each person's.")
    ] = "even",
    note: Note = None,
    json: Json = False,
) -> None:
    """Split a bill that you paid: ask each person for a share. Odd cents are yours.

    Example: wallet split 100 --with 01890a5d-... --with 01890a5e-... --note dinner
    """
    from wallet_cli.commands.requests import split_bill

    split_bill(context, amount, people, shares, note, json=json)


@app.command()
def splits(
    context: Context,
    id: SomeId = None,  # noqa: A002
    *,
    limit: Limit = 20,
    cursor: Cursor = None,
    json: Json = False,
) -> None:
    """List the bills that you split, or show one with who has paid.

    Example: wallet splits 1f3a9c2e
    """
    from wallet_cli.commands.requests import show_splits

    show_splits(context, id, limit, cursor, json=json)

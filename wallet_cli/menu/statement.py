"""What moved: history, exports, monthly statements, receipts."""

from __future__ import annotations

from typing import Annotated

import typer

from terminal_kit.program import Cursor, Json, Limit, new_menu
from wallet_cli.menu.options import Context, Id

app = new_menu()

Since = Annotated[
    str | None, typer.Option("--from", help="The first day, such as 2026-01-31, or a moment.")
]
Until = Annotated[
    str | None, typer.Option("--to", help="The last day, or the moment before which to end.")
]


@app.command()
def history(
    context: Context,
    *,
    since: Since = None,
    until: Until = None,
    kind: Annotated[
        str | None, typer.Option(help="One kind, such as payment, refund or top_up.")
    ] = None,
    direction: Annotated[str | None, typer.Option(help="in or out.")] = None,
    search: Annotated[
        str | None, typer.Option(help="Part of a name, a note, a reference or an id.")
    ] = None,
    least: Annotated[str | None, typer.Option("--min", help="The least amount.")] = None,
    most: Annotated[str | None, typer.Option("--max", help="The largest amount.")] = None,
    limit: Limit = 20,
    cursor: Cursor = None,
    json: Json = False,
) -> None:
    """List what moved, newest first.

    Example: wallet history --from 2026-01-01 --direction out --search tea
    """
    from wallet_cli.asked import Asked
    from wallet_cli.commands.statement import list_history

    asked = Asked(since, until, kind, direction, search, least, most)
    list_history(context, asked, limit, cursor, json=json)


@app.command()
def export(
    context: Context,
    *,
    format: Annotated[str, typer.Option(help="csv or json.")] = "csv",  # noqa: A002
    since: Since = None,
    until: Until = None,
    save: Annotated[str, typer.Option(help="The file to write; - is stdout.")] = "-",
    json: Json = False,
) -> None:
    """Write down everything that moved, as CSV (RFC 4180) or JSON.

    Example: wallet export --format csv --from 2026-01-01 --save year.csv
    """
    from wallet_cli.asked import Asked
    from wallet_cli.commands.statement import export_history

    export_history(context, Asked(since, until), format, save, json=json)


@app.command()
def statement(
    context: Context,
    *,
    month: Annotated[str, typer.Option(help="Such as 2026-01.")],
    save: Annotated[str | None, typer.Option(help="Write it to a .pdf or .txt file.")] = None,
    json: Json = False,
) -> None:
    """Show the statement of a month: balances, every movement, what came and went.

    Example: wallet statement --month 2026-01 --save january.pdf
    """
    from wallet_cli.commands.statement import show_statement

    show_statement(context, month, save, json=json)


@app.command()
def receipt(
    context: Context,
    id: Id,  # noqa: A002
    *,
    width: Annotated[int, typer.Option(help="Columns: 32 or 42.")] = 42,
    save: Annotated[
        str | None, typer.Option(help="Write it to a .txt, .pdf or .bin (ESC/POS) file.")
    ] = None,
    printer: Annotated[str | None, typer.Option(help="Print it on this device or file.")] = None,
    json: Json = False,
) -> None:
    """Show, save or print the receipt of a payment.

    Example: wallet receipt 1f3a9c2e --save receipt.pdf
    """
    from wallet_cli.commands.statement import show_receipt

    show_receipt(context, id, width, save, printer, json=json)

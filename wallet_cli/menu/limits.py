"""What the wallet may spend, and how it may spend more."""

from __future__ import annotations

from typing import Annotated

import typer

from terminal_kit.program import Json, new_menu
from wallet_cli.menu.options import Context

app = new_menu()

_FROM = "from a file's first line, - for stdin."


@app.command()
def limits(context: Context, *, json: Json = False) -> None:
    """Show each limit, what is left of it, when it renews and how to raise it.

    Example: wallet limits --json
    """
    from wallet_cli.commands.limits import show_limits

    show_limits(context, json=json)


@app.command("raise-tier")
def raise_tier(
    context: Context,
    tier: Annotated[str, typer.Argument(help="III, II or I.")],
    *,
    name: Annotated[str | None, typer.Option(help="Your name, as on your identity card.")] = None,
    identity_number_file: Annotated[
        str | None, typer.Option(help=f"Read your identity number {_FROM}")
    ] = None,
    bank_card_file: Annotated[
        str | None, typer.Option(help=f"Read the number of your bank card {_FROM}")
    ] = None,
    branch_document_file: Annotated[
        str | None, typer.Option(help=f"Read the number of a branch's document {_FROM}")
    ] = None,
    json: Json = False,
) -> None:
    """Raise the limits by showing the bank who you are; what is not given is asked for.

    III needs name and identity number, II a bank card too, I a document from a branch.

    Example: wallet raise-tier III --name 王小明 --identity-number-file number
    """
    from wallet_cli.commands.limits import raise_to

    files = {
        "identity_number": identity_number_file,
        "bank_card": bank_card_file,
        "branch_document": branch_document_file,
    }
    raise_to(context, tier, name, files, json=json)

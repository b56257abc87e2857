"""For scripts and for finding out what is wrong."""

from __future__ import annotations

from typing import Annotated

import typer

from terminal_kit.program import Json, new_menu
from wallet_cli.menu.options import Context

app = new_menu()


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

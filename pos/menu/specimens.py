"""Making test codes."""

from __future__ import annotations

from typing import Annotated

import typer

from terminal_kit.program import Draw, Json, Save, new_menu

app = new_menu()


@app.command("test-code")
def make_test_code(
    scheme: Annotated[str | None, typer.Argument(help="The scheme's id, such as pix.")] = None,
    *,
    amount: Annotated[str | None, typer.Option(help="The amount; '' for none.")] = None,
    account: Annotated[str | None, typer.Option(help="Where the money goes.")] = None,
    payee: Annotated[str | None, typer.Option(help="Who is paid.")] = None,
    city: Annotated[str | None, typer.Option(help="The payee's city.")] = None,
    reference: Annotated[str | None, typer.Option(help="The payee's reference.")] = None,
    message: Annotated[str | None, typer.Option(help="What it is for.")] = None,
    expires: Annotated[str | None, typer.Option(help="15m from now, or a moment.")] = None,
    set_: Annotated[
        list[str] | None, typer.Option("--set", help="key=value, for what the scheme has besides.")
    ] = None,
    break_: Annotated[
        str | None, typer.Option("--break", help="A fault, such as crc, length or order.")
    ] = None,
    save: Save = None,
    draw: Draw = False,
    listed: Annotated[
        bool, typer.Option("--list", help="List the schemes; for one, its faults as well.")
    ] = False,
    json: Json = False,
) -> None:
    """Make a test code of any scheme in the world, right or broken on purpose.

    What is not given is made up. Nobody is paid by it, and no profile is needed.

    Example: pos test-code pix --amount 12.50 --break crc --save bad.png
    """
    from pos.commands.specimens import list_schemes, make_specimen
    from pos.specimens import Wish

    if listed:
        list_schemes(scheme, json=json)
        return
    wish = Wish(
        account=account,
        payee=payee,
        city=city,
        amount=amount,
        reference=reference,
        message=message,
        expires=expires,
    )
    make_specimen(scheme, wish, set_ or [], break_, save, draw=draw, json=json)

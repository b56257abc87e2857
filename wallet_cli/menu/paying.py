"""Paying a merchant's code, showing one's own, and what waits for the PIN."""

from __future__ import annotations

from typing import Annotated

import typer

from terminal_kit.program import (
    Camera,
    Clipboard,
    Draw,
    Json,
    Pick,
    PinFile,
    Save,
    Screen,
    Watch,
    new_menu,
)
from wallet_cli.menu.options import Context, Id, Yes

app = new_menu()


@app.command()
def pay(
    context: Context,
    code: Annotated[str | None, typer.Argument(help="The code's text; - reads stdin.")] = None,
    *,
    image: Annotated[str | None, typer.Option(help="A picture of the code; - is stdin.")] = None,
    clipboard: Clipboard = False,
    screen: Screen = False,
    pick: Pick = None,
    watch: Watch = None,
    camera: Camera = False,
    amount: Annotated[
        str | None, typer.Option(help="What to pay, where the code states no amount.")
    ] = None,
    yes: Yes = False,
    pin_file: PinFile = None,
    json: Json = False,
) -> None:
    """Pay a merchant's or a person's code, after asking, with the PIN where the amount needs it.

    Example: wallet pay --image code.png
    """
    from terminal_kit.reading import Source
    from wallet_cli.commands.paying import pay_code

    source = Source(code, image, clipboard, screen, pick, watch, lines=True)
    pay_code(context, source.with_camera(wished=camera), amount, pin_file, yes=yes, json=json)


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

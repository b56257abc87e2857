"""Charging a customer, and waiting for the outcome."""

from __future__ import annotations

from typing import Annotated

import typer

from pos.menu.options import Context, Id
from terminal_kit.program import Clipboard, Draw, Json, Pick, Save, Screen, new_menu
from wallet_api.contract.rules import LONGEST_CHARGE_LIFE

app = new_menu()

Wait = Annotated[
    int | None,
    typer.Option(min=0, max=LONGEST_CHARGE_LIFE, help="Wait so many seconds for the customer."),
]


@app.command()
def charge(
    context: Context,
    amount: Annotated[
        str, typer.Argument(help="What is to be paid, such as 12.50: tip in it, discount off.")
    ],
    *,
    code: Annotated[
        str | None, typer.Option(help="The customer's 18 digits; - reads a scanner on stdin.")
    ] = None,
    image: Annotated[
        str | None, typer.Option(help="A picture of the customer's code; - is stdin.")
    ] = None,
    clipboard: Clipboard = False,
    screen: Screen = False,
    pick: Pick = None,
    note: Annotated[str | None, typer.Option(help="What it is for.")] = None,
    tip: Annotated[str | None, typer.Option(help="The part of the amount that is a tip.")] = None,
    discount: Annotated[
        str | None, typer.Option(help="What was taken off before the amount, for the receipt.")
    ] = None,
    reference: Annotated[
        str | None, typer.Option(help="Your own number: up to 12 capitals and digits.")
    ] = None,
    expires: Annotated[
        int | None,
        typer.Option(min=1, max=LONGEST_CHARGE_LIFE, help="Seconds that the code can be paid."),
    ] = None,
    save: Save = None,
    draw: Draw = False,
    wait: Wait = None,
    json: Json = False,
) -> None:
    """Show a code for the customer to scan, or charge the code that the customer shows.

    With --wait: exit 0 when paid, 1 when failed or closed, 5 when the time is over.

    Example: pos charge 12.50 --save code.png --wait 60
    """
    from pos.commands.charging import Wanted, charge_customer
    from terminal_kit.reading import Source

    source = Source(code, image, clipboard, screen, pick)
    wanted = Wanted(amount, source, note, tip, discount, reference, expires)
    charge_customer(context, wanted, save, wait, draw=draw, json=json)


@app.command()
def wait(
    context: Context,
    id: Id,  # noqa: A002
    *,
    seconds: Annotated[
        int,
        typer.Option("--wait", min=0, max=LONGEST_CHARGE_LIFE, help="Seconds to wait, at most."),
    ] = 300,
    json: Json = False,
) -> None:
    """Wait until a charge is done: exit 0 paid, 1 failed or closed, 5 time over.

    Example: pos wait 1f3a9c2e --wait 30
    """
    from pos.commands.charging import wait_for

    wait_for(context, id, seconds, json=json)


@app.command("code")
def show_static_code(
    context: Context, *, save: Save = None, draw: Draw = False, json: Json = False
) -> None:
    """Show the till's own code for good, to print and put up: the payer types the amount.

    Example: pos code --save counter.png
    """
    from pos.commands.static_codes import show_static_code as show_it

    show_it(context, save, draw=draw, json=json)

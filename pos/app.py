"""The commands of ``pos``: thin signatures; the work is imported inside."""

from __future__ import annotations

from typing import Annotated

import typer

from terminal_kit.program import Cursor, Draw, Json, Limit, Save, new_app
from wallet_api.contract.rules import DEFAULT_CURRENCY, LONGEST_CHARGE_LIFE

app = new_app("pos", "A merchant's till: charge, wait, refund, reverse.", "POS_PROFILE")

Context = typer.Context
Id = Annotated[str, typer.Argument(help="The charge's id, or at least 4 of its last characters.")]
Wait = Annotated[
    int | None,
    typer.Option(min=0, max=LONGEST_CHARGE_LIFE, help="Wait so many seconds for the customer."),
]


@app.command("open")
def open_merchant(
    context: Context,
    *,
    name: Annotated[str, typer.Option(help="The merchant's name.")],
    category: Annotated[str, typer.Option(help="Merchant category code, ISO 18245.")] = "5812",
    city: Annotated[str, typer.Option(help="Where the store is.")] = "Shanghai",
    store_name: Annotated[str, typer.Option(help="The store's name.")] = "Main store",
    store: Annotated[str, typer.Option(help="Where secrets are kept: os or file.")] = "os",
    currency: Annotated[str, typer.Option(help="The merchant's currency.")] = DEFAULT_CURRENCY,
    json: Json = False,
) -> None:
    """Open a merchant, a store and a till with a key of its own.

    Example: pos open --name "Corner Cafe" --city Shanghai --store file
    """
    from pos.commands.opening import open_till

    open_till(context.obj, name, category, city, store_name, store, currency, json=json)


@app.command()
def charge(
    context: Context,
    amount: Annotated[str, typer.Argument(help="Such as 12.50, the tip included.")],
    *,
    code: Annotated[
        str | None, typer.Option(help="The customer's 18 digits; - reads stdin.")
    ] = None,
    image: Annotated[
        str | None, typer.Option(help="A picture of the customer's code; - is stdin.")
    ] = None,
    note: Annotated[str | None, typer.Option(help="What it is for.")] = None,
    tip: Annotated[str | None, typer.Option(help="The part of the amount that is a tip.")] = None,
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

    wanted = Wanted(amount, code, image, note, tip, reference, expires)
    charge_customer(context, wanted, save, wait, draw=draw, json=json)


@app.command()
def show(context: Context, id: Id, *, json: Json = False) -> None:  # noqa: A002
    """Show one charge as it is now.

    Example: pos show 1f3a9c2e
    """
    from pos.commands.selling import show_charge

    show_charge(context, id, json=json)


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


@app.command()
def close(context: Context, id: Id, *, json: Json = False) -> None:  # noqa: A002
    """Give up a charge that is not paid.

    Example: pos close 1f3a9c2e
    """
    from pos.commands.selling import close_charge

    close_charge(context, id, json=json)


@app.command()
def reverse(context: Context, id: Id, *, json: Json = False) -> None:  # noqa: A002
    """Undo a charge, paid or not, within 7 days; one that never arrived is closed for ever.

    Example: pos reverse 1f3a9c2e
    """
    from pos.commands.selling import reverse_charge

    reverse_charge(context, id, json=json)


@app.command()
def refund(
    context: Context,
    id: Id,  # noqa: A002
    *,
    amount: Annotated[
        str | None, typer.Option(help="Part of it; all that is left if unset.")
    ] = None,
    reason: Annotated[str | None, typer.Option(help="Why, for the receipt.")] = None,
    json: Json = False,
) -> None:
    """Give money back on a paid charge, within 365 days.

    Example: pos refund 1f3a9c2e --amount 2.50 --reason "cold coffee"
    """
    from pos.commands.selling import refund_charge

    refund_charge(context, id, amount, reason, json=json)


@app.command()
def sales(
    context: Context, *, limit: Limit = 20, cursor: Cursor = None, json: Json = False
) -> None:
    """List the charges, newest first.

    Example: pos sales --limit 5
    """
    from pos.commands.selling import list_sales

    list_sales(context, limit, cursor, json=json)


@app.command()
def whoami(context: Context, *, json: Json = False) -> None:
    """Show which till this is, and what the bank owes the merchant.

    Example: pos whoami --json
    """
    from pos.commands.opening import show_self

    show_self(context, json=json)


@app.command()
def doctor(context: Context, *, json: Json = False) -> None:
    """Check the store, the service, the decoders and the terminal; never shows a secret.

    Example: pos doctor
    """
    from terminal_kit.doctor import examine

    examine(context.obj, json=json)

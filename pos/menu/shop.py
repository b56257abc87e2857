"""The shop day: shifts, X and Z reports, receipts."""

from __future__ import annotations

from typing import Annotated

import typer

from pos.menu.options import Context, Id
from terminal_kit.program import Json, new_menu

app = new_menu()
shift = new_menu()
report = new_menu()
app.add_typer(shift, name="shift")
app.add_typer(report, name="report")

Width = Annotated[int, typer.Option(help="Columns: 32 or 42.")]
SavePaper = Annotated[
    str | None, typer.Option("--save", help="Write it to a .txt, .pdf or .bin (ESC/POS) file.")
]
Printer = Annotated[str | None, typer.Option(help="Print it on this device or file.")]


@shift.callback(invoke_without_command=True)
def show_shift(context: Context, *, json: Json = False) -> None:
    """Show the open shift; open one, close it.

    Example: pos shift
    """
    from pos.commands.shop import show_shift

    if context.invoked_subcommand is None:
        show_shift(context, json=json)


@shift.command("open")
def open_shift(
    context: Context,
    *,
    cash_float: Annotated[
        str | None, typer.Option("--float", help="The change in the drawer at the start.")
    ] = None,
    json: Json = False,
) -> None:
    """Begin a shift: what is paid from here on belongs to it.

    Example: pos shift open --float 200
    """
    from pos.commands.shop import open_shift

    open_shift(context, cash_float, json=json)


@shift.command("close")
def close_shift(context: Context, *, json: Json = False) -> None:
    """End the open shift for good; its Z report stays the same ever after.

    Example: pos shift close
    """
    from pos.commands.shop import close_shift

    close_shift(context, json=json)


@report.callback(invoke_without_command=True)
def show_report(context: Context, *, json: Json = False) -> None:
    """Show the X report: what was taken so far; x and z choose, save and print.

    Example: pos report
    """
    from pos.commands.shop import report_x
    from terminal_kit.receipts.output import Output

    if context.invoked_subcommand is None:
        report_x(context, Output(42, None, None), json=json)


@report.command("x")
def report_x(
    context: Context,
    *,
    width: Width = 42,
    save: SavePaper = None,
    printer: Printer = None,
    json: Json = False,
) -> None:
    """Show what was taken so far in the open shift.

    Example: pos report x
    """
    from pos.commands.shop import report_x
    from terminal_kit.receipts.output import Output

    report_x(context, Output(width, save, printer), json=json)


@report.command("z")
def report_z(
    context: Context,
    which: Annotated[
        str | None, typer.Argument(metavar="SHIFT", help="Its number or id; the last if unset.")
    ] = None,
    *,
    width: Width = 42,
    save: SavePaper = None,
    printer: Printer = None,
    json: Json = False,
) -> None:
    """Show what was taken in a closed shift, as it was counted when it closed.

    Example: pos report z 12 --printer /dev/usb/lp0
    """
    from pos.commands.shop import report_z
    from terminal_kit.receipts.output import Output

    report_z(context, which, Output(width, save, printer), json=json)


@app.command()
def receipt(
    context: Context,
    id: Id,  # noqa: A002
    *,
    width: Width = 42,
    save: SavePaper = None,
    printer: Printer = None,
    drawer: Annotated[bool, typer.Option("--drawer", help="Open the cash drawer too.")] = False,
    json: Json = False,
) -> None:
    """Show, save or print a receipt; the second copy says that it is one.

    Example: pos receipt 1f3a9c2e --printer /dev/usb/lp0
    """
    from pos.commands.shop import show_receipt
    from terminal_kit.receipts.output import Output

    show_receipt(context, id, Output(width, save, printer, drawer), json=json)

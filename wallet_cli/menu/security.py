"""Who may act for the wallet: devices, freezing, the PIN."""

from __future__ import annotations

from typing import Annotated

import typer

from terminal_kit.program import Json, PinFile, new_menu
from wallet_cli.menu.options import Context

app = new_menu()
pin_app = new_menu()
app.add_typer(pin_app, name="pin", help="Set or change the PIN.")

Device = Annotated[
    str,
    typer.Argument(metavar="DEVICE", help="The device's id, or at least 4 of its last characters."),
]
NewPinFile = Annotated[
    str | None, typer.Option(help="Read the new PIN from a file's first line, - for stdin.")
]


@app.command()
def devices(context: Context, *, json: Json = False) -> None:
    """List the devices of this wallet, and those that wait to be let in.

    Example: wallet devices
    """
    from wallet_cli.commands.security import list_devices

    list_devices(context, json=json)


@app.command()
def approve(
    context: Context,
    device: Device,
    *,
    yes: Annotated[
        bool, typer.Option("--yes", "-y", help="The digits were compared already.")
    ] = False,
    pin_file: PinFile = None,
    json: Json = False,
) -> None:
    """Let a new device in, after comparing the digits that both show.

    Example: wallet approve 1f3a9c2e
    """
    from wallet_cli.commands.security import approve_device

    approve_device(context, device, pin_file, yes=yes, json=json)


@app.command()
def revoke(
    context: Context,
    device: Device,
    *,
    yes: Annotated[
        bool, typer.Option("--yes", "-y", help="Without asking, even if it is this device.")
    ] = False,
    pin_file: PinFile = None,
    json: Json = False,
) -> None:
    """Shut a device out at once, such as a lost one.

    Example: wallet revoke 1f3a9c2e --yes
    """
    from wallet_cli.commands.security import revoke_device

    revoke_device(context, device, pin_file, yes=yes, json=json)


@app.command()
def freeze(context: Context, *, json: Json = False) -> None:
    """Freeze this wallet at once: nothing more is paid from it, money back still arrives.

    Example: wallet freeze
    """
    from wallet_cli.commands.security import freeze_wallet

    freeze_wallet(context, json=json)


@app.command()
def unfreeze(context: Context, *, pin_file: PinFile = None, json: Json = False) -> None:
    """Lift your own freeze, with the PIN; a freeze by the bank stays.

    Example: wallet unfreeze
    """
    from wallet_cli.commands.security import unfreeze_wallet

    unfreeze_wallet(context, pin_file, json=json)


@pin_app.command("set")
def set_pin(context: Context, *, new_pin_file: NewPinFile = None, json: Json = False) -> None:
    """Set the PIN of a wallet that has none.

    Example: wallet pin set
    """
    from wallet_cli.commands.security import set_new_pin

    set_new_pin(context, None, new_pin_file, json=json)


@pin_app.command("change")
def change_pin(
    context: Context,
    *,
    pin_file: PinFile = None,
    new_pin_file: NewPinFile = None,
    json: Json = False,
) -> None:
    """Change the PIN, with the one before.

    Example: wallet pin change
    """
    from wallet_cli.commands.security import set_new_pin

    set_new_pin(context, pin_file, new_pin_file, json=json)

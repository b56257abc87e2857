"""Reading any payment code in the world."""

from __future__ import annotations

from typing import Annotated

import typer

from terminal_kit.program import Camera, Clipboard, Json, Pick, Screen, Watch, new_menu
from wallet_cli.menu.options import Context

app = new_menu()


@app.command()
def decode(
    context: Context,
    code: Annotated[str | None, typer.Argument(help="The code's text; - reads stdin.")] = None,
    *,
    image: Annotated[str | None, typer.Option(help="A picture of the code; - is stdin.")] = None,
    clipboard: Clipboard = False,
    screen: Screen = False,
    pick: Pick = None,
    watch: Watch = None,
    camera: Camera = False,
    strict: Annotated[
        bool, typer.Option("--strict", help="Exit 6 for a code that breaks the letter, too.")
    ] = False,
    json: Json = False,
) -> None:
    """Show what any payment code in the world says, and what is wrong with it; pays nothing.

    Exit 0 for a code that wallets read, 6 for one that nobody should pay by.

    Example: wallet decode --image bill.png
    """
    from terminal_kit.reading import Source
    from wallet_cli.commands.decoding import decode_code

    del context  # No profile is opened.
    source = Source(code, image, clipboard, screen, pick, watch, lines=True)
    decode_code(source.with_camera(wished=camera), strict=strict, json=json)

"""The till's static code, to print and put up."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pos.till import Till
from pos.views import BESIDE_CELLS
from terminal_kit.code_output import require_savable, save_code_as, show_code
from terminal_kit.console import fitted, plain, style, write_json
from terminal_kit.diagnostics import say
from terminal_kit.language import _
from terminal_kit.program import session_of
from wallet_api.contract.ids import short_code

if TYPE_CHECKING:
    import typer

    from wallet_api.contract.static_codes import StaticCode


def show_static_code(context: typer.Context, save: str | None, *, draw: bool, json: bool) -> None:
    """Show the code: a file, a drawing, or its text; under --json in the one object."""
    if save is not None:
        require_savable(save)
    with session_of(context) as session:
        code = Till(session).static_code()
    if save is not None:
        save_code_as(code.payload, save)
        say(_("The code is in {file}.").format(file=save))
    if json:
        write_json(plain(code))
        return
    show_code(code.payload, _beside(code, saved=save is not None), draw=draw)


def _beside(code: StaticCode, *, saved: bool) -> list[str]:
    """Say what the code is for, in lines of at most 33 cells."""
    return [
        style(fitted(code.merchant, BESIDE_CELLS).rstrip(), "bold"),
        fitted(code.store, BESIDE_CELLS).rstrip(),
        "",
        _("The payer types the amount"),
        _("till {id}").format(id=short_code(code.till)),
        *([] if saved else ["", style(_("a picture: --save FILE.png"), "dim")]),
    ]

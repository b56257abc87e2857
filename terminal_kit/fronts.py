"""What a program is without a command: full-screen, in plain words, or in a browser."""

from __future__ import annotations

import os
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

import typer

from terminal_kit.diagnostics import run
from terminal_kit.language import _
from terminal_kit.prompts import can_ask
from wallet_api.contract.error_base import Exit
from wallet_api.contract.errors import Usage

if TYPE_CHECKING:
    from collections.abc import Callable

    from terminal_kit.plain import Flows
    from terminal_kit.session import Chosen

#: By this variable Textual is told which driver shows the screens; who sets it wants them.
DRIVER_VARIABLE = "TEXTUAL_DRIVER"


@dataclass(frozen=True, slots=True)
class Fronts:
    """The fronts of a program: its screens, its flows in words, and the package that runs it."""

    screens: Callable[[Chosen], int]
    flows: Callable[[], Flows]
    package: str


@dataclass(frozen=True, slots=True)
class Wish:
    """Which front the options ask for; a ``port`` and ``json`` belong to the browser's.

    ``lang`` is what ``--lang`` said: what a page runs speaks the same.
    """

    plain: bool = False
    web: bool = False
    port: int | None = None
    json: bool = False
    lang: str | None = field(default=None, compare=False)

    def check(self, *, alone: bool) -> None:
        """Raise Usage for options that do not go together."""
        if not alone and self != Wish():
            reason = _("--plain, --web, --port and --json before the command go without a command.")
            raise Usage(reason=reason)
        if not self.web and (self.port is not None or self.json):
            raise Usage(reason=_("--port and --json before the command belong to --web."))
        if self.web and self.plain:
            raise Usage(reason=_("It is --plain or --web."))


def open_front(context: typer.Context, wish: Wish, fronts: Fronts) -> int:
    """Open the front that is wished for, and give the exit code.

    Without a terminal to draw on and without a wish this shows the help.
    """
    chosen: Chosen = context.obj
    if wish.plain:
        return _converse(context, fronts)
    if wish.web:
        from terminal_kit.web.serving import serve

        return serve(chosen, fronts.package, wish)
    if can_ask() or DRIVER_VARIABLE in os.environ:
        return fronts.screens(chosen)
    typer.echo(context.get_help())
    return int(Exit.DONE)


def _converse(context: typer.Context, fronts: Fronts) -> int:
    """Play the flows in words; each command runs as if it had been typed."""
    from terminal_kit.plain import Passphrase, converse, start_plain

    start_plain()
    passphrase = Passphrase(context.obj.ask)
    chosen = replace(context.obj, ask=passphrase)

    def run_command(words: list[str]) -> int:
        def main() -> object:
            return context.command.main(
                words, prog_name=chosen.program, standalone_mode=False, obj=chosen
            )

        code = run(main, words)
        if code == Exit.NOT_ENROLLED:
            passphrase.forget()
        return code

    return converse(chosen, fronts.flows(), run_command)

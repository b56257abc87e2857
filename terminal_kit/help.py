"""``--help`` and usage errors in Chinese, laid out by terminal cells.

Typer wraps by characters and writes some words in English whatever the language. In English its
own help is kept as it is, so nothing of this is imported then.
"""

from __future__ import annotations

import gettext
import re
from typing import TYPE_CHECKING

import wcwidth
from typer._click.core import Context
from typer._click.formatting import HelpFormatter

from terminal_kit.language import CATALOGUES, DOMAIN, _

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from typer._click.core import Command


#: What Typer itself says on help pages, looked up by it in the catalogue.
TYPER_TEXTS = (
    "Arguments",
    "Options",
    "Commands",
    "Show this message and exit.",
    "default: {default}",
    "env var: {var}",
    "required",
    "(dynamic)",
    "Missing command.",
    # Kinds of values.
    *("str", "int", "int range"),
)

NAME_CELLS = 30
GAP = 2
NARROWEST = 10


class CellFormatter(HelpFormatter):
    """A help page whose lines are measured in terminal cells."""

    def write_usage(self, prog: str, args: str = "", prefix: str | None = None) -> None:
        """Write the usage line."""
        first = prefix or _("Usage: ")
        head = f"{first}{prog} "
        lines = _wrapped(args, self.width - wcwidth.width(head))
        self.write(head + f"\n{' ' * wcwidth.width(head)}".join(lines) + "\n")

    def write_heading(self, heading: str) -> None:
        """Write the name of a section."""
        self.write(" " * self.current_indent + heading + _(":") + "\n")

    def write_text(self, text: str) -> None:
        """Write paragraphs."""
        indent = " " * self.current_indent
        paragraphs = (
            "\n".join(indent + line for line in _wrapped(paragraph, self.width - len(indent)))
            for paragraph in re.split(r"\n\s*\n", text)
        )
        self.write("\n\n".join(paragraphs) + "\n")

    def write_dl(
        self, rows: Sequence[tuple[str, str]], col_max: int = NAME_CELLS, col_spacing: int = GAP
    ) -> None:
        """Write names with their explanations in two columns."""
        names = min(max(wcwidth.width(name) for name, _text in rows), col_max) + col_spacing
        indent = " " * self.current_indent
        room = max(self.width - names - len(indent), NARROWEST)
        for name, text in rows:
            # That of --help itself is out of reach of `translate`.
            first, *rest = _wrapped(_(text), room)
            below = wcwidth.width(name) > names - col_spacing
            padding = "\n" + indent + " " * names if below else " " * (names - wcwidth.width(name))
            self.write(f"{indent}{name}{padding}{first}\n")
            self.write("".join(f"{indent}{' ' * names}{line}\n" for line in rest))


class CellContext(Context):
    """A command's context whose help is laid out by cells."""

    formatter_class = CellFormatter


def _wrapped(text: str, columns: int) -> list[str]:
    return wcwidth.wrap(" ".join(text.split()), columns) or [""]


def commands_of(command: Command) -> Iterator[Command]:
    """Give a command and all below it."""
    yield command
    for below in getattr(command, "commands", {}).values():
        yield from commands_of(below)


def help_texts(command: Command) -> Iterable[str]:
    """Give every text of a program's own that its help shows."""
    for one in commands_of(command):
        yield from filter(None, [one.help, *(getattr(p, "help", None) for p in one.params)])


def translate(command: Command) -> None:
    """Translate the help of a program, once, before it runs."""
    gettext.bindtextdomain(DOMAIN, CATALOGUES)
    gettext.textdomain(DOMAIN)
    for one in commands_of(command):
        one.context_class = CellContext
        if one.help:
            one.help = _(one.help)
            one.short_help = one.help.split("\n\n")[0]
        for parameter in one.params:
            text = getattr(parameter, "help", None)
            if text:
                parameter.help = _(text)  # type: ignore[attr-defined]
            if parameter.param_type_name == "option" and parameter.metavar is None:
                parameter.metavar = f"<{_(parameter.type.name)}>"

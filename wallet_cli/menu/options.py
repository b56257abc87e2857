"""Arguments and options that several commands of ``wallet`` take."""

from __future__ import annotations

from typing import Annotated

import typer

Context = typer.Context
Id = Annotated[str, typer.Argument(help="The id, or at least 4 of its last characters.")]
Yes = Annotated[bool, typer.Option("--yes", "-y", help="Pay without asking.")]

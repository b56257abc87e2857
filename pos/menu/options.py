"""Arguments and options that several commands of ``pos`` take."""

from __future__ import annotations

from typing import Annotated

import typer

Context = typer.Context
Id = Annotated[str, typer.Argument(help="The charge's id, or at least 4 of its last characters.")]

"""Arguments and options that several commands of ``wallet-api`` take."""

from __future__ import annotations

from typing import Annotated

import typer

Database = Annotated[
    str | None,
    typer.Option(
        help="sqlite:///relative.db or sqlite:////absolute.db; the embedded one if unset."
    ),
]
KeyFile = Annotated[
    str | None, typer.Option(help="The root key's file; beside the database if unset.")
]
AdminKey = Annotated[
    str | None, typer.Option(help="The admin key's file; beside the database if unset.")
]
Json = Annotated[bool, typer.Option("--json", help="Write one JSON object to stdout.")]

"""The commands of ``wallet-api``: thin signatures; the work is imported inside."""

from __future__ import annotations

from typing import Annotated

import typer

from terminal_kit.program import Lang  # noqa: TC001 - Typer reads it at run time.
from wallet_api.commands.menu import administration, banking, people
from wallet_api.commands.menu.options import Database, Json, KeyFile  # noqa: TC001 - as above.
from wallet_api.contract.rules import DEFAULT_PORT

app = typer.Typer(
    name="wallet-api",
    help="The bank: keeps the books and answers wallets and tills.",
    invoke_without_command=True,
    add_completion=False,
    rich_markup_mode=None,
)

for menu in (administration, banking, people):
    app.add_typer(menu.app)


@app.callback()
def options(
    context: typer.Context,
    *,
    lang: Lang = None,
    version: Annotated[bool, typer.Option("--version", help="Show the version and exit.")] = False,
) -> None:
    """Keep the books and answer wallets and tills."""
    del lang  # It was read before, so that help and usage errors speak it too.
    if version:
        from terminal_kit.version import __version__

        typer.echo(f"wallet-api {__version__}")
    elif context.invoked_subcommand is None:
        typer.echo(context.get_help())


@app.command()
def serve(
    *,
    host: Annotated[str, typer.Option(help="The address to listen on.")] = "127.0.0.1",
    port: Annotated[int, typer.Option(min=0, max=65_535, help="0 picks one.")] = DEFAULT_PORT,
    database: Database = None,
    key_file: KeyFile = None,
    enrolment: Annotated[
        str | None, typer.Option(help="open or invite; open is the default on loopback only.")
    ] = None,
    enrolment_rate: Annotated[
        str, typer.Option(help="How many may enrol: a minute from one address/an hour in all.")
    ] = "10/100",
    authority: Annotated[
        list[str] | None,
        typer.Option(help="A name by which clients know the service, NAME or NAME:PORT; repeat."),
    ] = None,
    tls_cert: Annotated[
        str | None, typer.Option(help="The certificate with its chain (PEM); makes it https.")
    ] = None,
    tls_key: Annotated[
        str | None, typer.Option(help="The key of --tls-cert (PEM), which only you may read.")
    ] = None,
    business_zone: Annotated[
        str | None,
        typer.Option(help="Whose days limits count by, chosen at the first start: Asia/Shanghai."),
    ] = None,
    rules: Annotated[
        str | None, typer.Option(help="The risk rules, a JSON file; the built-in ones if unset.")
    ] = None,
    lab: Annotated[
        bool,
        typer.Option(
            "--lab", help="Let anyone on this machine move the business clock and trouble the bank."
        ),
    ] = False,
    json: Json = False,
) -> None:
    """Run the service until SIGTERM; it then finishes what it has begun and exits with 0.

    Example: wallet-api serve --port 0 --json
    """
    from wallet_api.commands.policy import read_policy
    from wallet_api.commands.reach import reach
    from wallet_api.commands.serve import run_service

    at = reach(host, port, authority or [], tls_cert, tls_key)
    policy = read_policy(business_zone, rules)
    run_service(at, database, key_file, enrolment, enrolment_rate, policy, lab=lab, json=json)


@app.command()
def status(*, json: Json = False) -> None:
    """Say whether the embedded service runs, and where.

    Example: wallet-api status --json
    """
    from wallet_api.commands.embedded import show_status

    show_status(json=json)


@app.command()
def stop(*, json: Json = False) -> None:
    """Stop the embedded service and wait until it has ended.

    Example: wallet-api stop
    """
    from wallet_api.commands.embedded import stop_service

    stop_service(json=json)


@app.command()
def verify(
    *,
    database: Database = None,
    key_file: KeyFile = None,
    head: Annotated[
        str | None,
        typer.Option(help="An earlier answer of verify --json: prove nothing before it changed."),
    ] = None,
    json: Json = False,
) -> None:
    """Prove the books from their rows alone; exit 1 if anything is off.

    Example: wallet-api verify --json > today.json, and later wallet-api verify --head today.json
    """
    from wallet_api.commands.verify import verify_books

    verify_books(database, key_file, head, json=json)

"""The bank's money: settlements, fees, money without an owner, the safeguarding report."""

from __future__ import annotations

from typing import Annotated

import typer

from terminal_kit.program import new_menu
from wallet_api.commands.menu.options import AdminKey, Database, Json, KeyFile

app = new_menu()
reports = new_menu()
app.add_typer(reports, name="report", help="Reports from the books, without the service.")

File = Annotated[str, typer.Argument(metavar="FILE", help="A settlement file.")]


@app.command()
def settle(
    *,
    merchant: Annotated[str | None, typer.Option(help="One merchant's id; all if unset.")] = None,
    database: Database = None,
    admin_key: AdminKey = None,
    json: Json = False,
) -> None:
    """Pay merchants what they are owed up to now; by itself it happens after every business day.

    Example: wallet-api settle --json
    """
    from wallet_api.commands.banking import settle_merchants

    settle_merchants(database, admin_key, merchant, json=json)


@app.command()
def sweep(*, database: Database = None, admin_key: AdminKey = None, json: Json = False) -> None:
    """Move the fees earned to the firm's own account; by itself after every business day.

    Example: wallet-api sweep
    """
    from wallet_api.commands.banking import sweep_fees

    sweep_fees(database, admin_key, json=json)


@app.command()
def unmatched(*, database: Database = None, admin_key: AdminKey = None, json: Json = False) -> None:
    """List the money that came without an owner.

    Example: wallet-api unmatched
    """
    from wallet_api.commands.banking import list_unmatched

    list_unmatched(database, admin_key, json=json)


@app.command()
def match(
    id: Annotated[str, typer.Argument(help="The id that `wallet-api unmatched` shows.")],  # noqa: A002
    *,
    wallet: Annotated[str, typer.Option(help="Whose it is: the wallet's whole id.")],
    database: Database = None,
    admin_key: AdminKey = None,
    json: Json = False,
) -> None:
    """Give money that came without an owner to a wallet.

    Example: wallet-api match 01890a5d-ac96-774b-bcce-b302099a8057 --wallet ID
    """
    from wallet_api.commands.banking import match_money

    match_money(database, admin_key, id, wallet, json=json)


@app.command("check-settlement")
def check_settlement(
    file: File, *, database: Database = None, key_file: KeyFile = None, json: Json = False
) -> None:
    """Prove a settlement file against the ledger; exit 1 if anything is off.

    Example: wallet-api check-settlement settlement.csv
    """
    from wallet_api.commands.settlements import check_settlement_file

    check_settlement_file(database, key_file, file, json=json)


@reports.command()
def safeguarding(
    *,
    day: Annotated[
        str | None, typer.Option(help="A business day, YYYY-MM-DD; up to now if unset.")
    ] = None,
    database: Database = None,
    key_file: KeyFile = None,
    json: Json = False,
) -> None:
    """Set the customers' money beside what is owed to them; exit 1 if it is not all there.

    Example: wallet-api report safeguarding --day 2026-01-31 --json
    """
    from wallet_api.commands.safeguarding import report_safeguarding

    report_safeguarding(database, key_file, day, json=json)

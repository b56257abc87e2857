"""Acts of the bank's admin: signed by the admin key, kept in the audit log."""

from __future__ import annotations

from typing import Annotated

import typer

from terminal_kit.program import Cursor, Limit, new_menu
from wallet_api.commands.menu.options import AdminKey, Database, Json

app = new_menu()

Account = Annotated[str, typer.Argument(metavar="ID", help="A wallet's or merchant's whole id.")]
Wallet = Annotated[str, typer.Argument(metavar="WALLET", help="The wallet's whole id.")]
Reason = Annotated[str | None, typer.Option(help="Why, for the audit log.")]


@app.command()
def find(
    name: Annotated[str, typer.Argument(help="A part of a name, or a whole id.")],
    *,
    limit: Limit = 20,
    database: Database = None,
    admin_key: AdminKey = None,
    json: Json = False,
) -> None:
    """Find customers and merchants, to know their ids.

    Example: wallet-api find Alice --json
    """
    from wallet_api.commands.administration import find_accounts

    find_accounts(database, admin_key, name, limit, json=json)


@app.command()
def freeze(
    id: Account,  # noqa: A002
    *,
    reason: Reason = None,
    database: Database = None,
    admin_key: AdminKey = None,
    json: Json = False,
) -> None:
    """Freeze a wallet or a merchant: it can no more pay, or be paid, but gets money back.

    Example: wallet-api freeze 01890a5d-ac96-774b-bcce-b302099a8057 --reason "reported stolen"
    """
    from wallet_api.commands.administration import freeze_account

    freeze_account(database, admin_key, id, reason, frozen=True, json=json)


@app.command()
def unfreeze(
    id: Account,  # noqa: A002
    *,
    reason: Reason = None,
    database: Database = None,
    admin_key: AdminKey = None,
    json: Json = False,
) -> None:
    """Lift the bank's freeze; the owner's own stays.

    Example: wallet-api unfreeze 01890a5d-ac96-774b-bcce-b302099a8057
    """
    from wallet_api.commands.administration import freeze_account

    freeze_account(database, admin_key, id, reason, frozen=False, json=json)


@app.command()
def unlock(
    wallet: Wallet,
    *,
    database: Database = None,
    admin_key: AdminKey = None,
    json: Json = False,
) -> None:
    """Unlock a PIN after three wrong tries; it stays what it is.

    Example: wallet-api unlock 01890a5d-ac96-774b-bcce-b302099a8057
    """
    from wallet_api.commands.administration import unlock_pin

    unlock_pin(database, admin_key, wallet, json=json)


@app.command()
def release(
    wallet: Wallet,
    *,
    database: Database = None,
    admin_key: AdminKey = None,
    json: Json = False,
) -> None:
    """Let a wallet spend again that a risk rule held back.

    Example: wallet-api release 01890a5d-ac96-774b-bcce-b302099a8057
    """
    from wallet_api.commands.administration import release_wallet

    release_wallet(database, admin_key, wallet, json=json)


@app.command()
def tier(
    wallet: Wallet,
    tier: Annotated[str, typer.Argument(help="I, II, III or IV.")],
    *,
    database: Database = None,
    admin_key: AdminKey = None,
    json: Json = False,
) -> None:
    """Put a customer into a tier by the bank's own decision.

    Example: wallet-api tier 01890a5d-ac96-774b-bcce-b302099a8057 II
    """
    from wallet_api.commands.administration import set_tier

    set_tier(database, admin_key, wallet, tier, json=json)


@app.command()
def invite(
    role: Annotated[str, typer.Argument(help="customer, merchant, till or device.")],
    *,
    merchant: Annotated[str | None, typer.Option(help="The merchant of the till: its id.")] = None,
    wallet: Annotated[str | None, typer.Option(help="The wallet of the device: its id.")] = None,
    database: Database = None,
    admin_key: AdminKey = None,
    json: Json = False,
) -> None:
    """Make an invitation: it works once, within 15 minutes, and is shown only now.

    One for a device lets it into a wallet at once, for a customer whose only device is lost.

    Example: wallet-api invite till --merchant 01890a5d-ac96-774b-bcce-b302099a8057 --json
    """
    from wallet_api.commands.administration import make_invite

    make_invite(database, admin_key, role, merchant, wallet, json=json)


@app.command()
def audit(
    *,
    limit: Limit = 20,
    cursor: Cursor = None,
    database: Database = None,
    admin_key: AdminKey = None,
    json: Json = False,
) -> None:
    """List the acts of the bank's admin, newest first; `wallet-api verify` proves the list.

    Example: wallet-api audit --json
    """
    from wallet_api.commands.administration import list_acts

    list_acts(database, admin_key, limit, cursor, json=json)

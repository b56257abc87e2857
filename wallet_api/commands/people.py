"""Held transfers: ask the running service for them, deliver one, show what it says."""

from __future__ import annotations

from payment_codes.amount import amount_text
from terminal_kit.console import local_time, plain, style, write_json, write_lines
from terminal_kit.language import _
from wallet_api.commands.administrator import administrator
from wallet_api.contract.errors import Usage
from wallet_api.contract.ids import is_id, new_id
from wallet_api.contract.people import Transfer, TransferState
from wallet_api.contract.wire import Nothing, Page

TRANSFERS = "/v1/admin/transfers"


def list_held(database: str | None, admin_key: str | None, limit: int, *, json: bool) -> None:
    """List the transfers that are held."""
    with administrator(database, admin_key) as client:
        page = client.get(TRANSFERS, answer=Page[Transfer], query={"limit": limit}).value
    if json:
        write_json({"items": [plain(item) for item in page.items], "next": page.next})
        return
    write_lines([_line(item) for item in page.items] or [_("No transfer is held.")])


def _line(transfer: Transfer) -> str:
    assert transfer.deliver_at is not None, "a held transfer is delivered some time"
    when = local_time(transfer.deliver_at)[:16]
    return f"{transfer.id}  {amount_text(transfer.amount):>18}  {when}"


def deliver_held(database: str | None, admin_key: str | None, transfer: str, *, json: bool) -> None:
    """Deliver a held transfer now. Raises Usage."""
    if not is_id(transfer):
        raise Usage(reason=_("Give the whole id; `wallet-api held` shows it."))
    with administrator(database, admin_key) as client:
        path = f"{TRANSFERS}/{transfer}/deliver"
        done = client.send("POST", path, body=Nothing(), key=new_id(), answer=Transfer).value
    if json:
        write_json(plain(done))
        return
    if done.state is TransferState.SUCCEEDED:
        write_lines([style(_("✓ Delivered."), "green")])
    else:
        write_lines([style(_("↩ It could not be received, so its sender has it back."), "cyan")])

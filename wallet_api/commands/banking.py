"""The bank's money: ask the running service to settle, sweep and match, show what it says."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from payment_codes.amount import Amount, amount_text
from terminal_kit.console import local_time, plain, style, table, write_json, write_lines
from terminal_kit.language import _
from terminal_kit.words import word
from wallet_api.commands.administrator import administrator
from wallet_api.contract.banking import (
    MatchRequest,
    Settlement,
    SettleRequest,
    Stray,
    Sweep,
    SweepRequest,
)
from wallet_api.contract.errors import NothingToSettle, NothingToSweep, Usage
from wallet_api.contract.ids import is_id, new_id, short_code
from wallet_api.contract.rules import PIN_FREE_LIMITS
from wallet_api.contract.wire import Page

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from wallet_api.client.sync import Client

LARGEST_PAGE = 100


def settle_merchants(
    database: str | None, admin_key: str | None, merchant: str | None, *, json: bool
) -> None:
    """Settle one merchant, or each that is owed something. Raises NothingToSettle."""
    if merchant is not None:
        _require_id(merchant)
    with administrator(database, admin_key) as client:
        wanted = _merchants(client) if merchant is None else iter([merchant])
        settled = [done for one in wanted if (done := _settle(client, one, merchant))]
    _show(settled, _("Nothing is owed to any merchant."), json=json)


def _merchants(client: Client) -> Iterator[str]:
    cursor = None
    while True:
        query: dict[str, str | int | None] = {"limit": LARGEST_PAGE, "cursor": cursor}
        page = client.get("/v1/admin/merchants-owed", answer=Page[str], query=query).value
        yield from page.items
        cursor = page.next
        if cursor is None:
            return


def _settle(client: Client, merchant: str, only: str | None) -> Settlement | None:
    request = SettleRequest(merchant=merchant)
    path = "/v1/admin/settlements"
    try:
        return client.send("POST", path, body=request, key=new_id(), answer=Settlement).value
    except NothingToSettle:
        if only is not None:
            raise
        return None  # It was settled between the list and now.


def sweep_fees(database: str | None, admin_key: str | None, *, json: bool) -> None:
    """Sweep the fees of each currency."""
    with administrator(database, admin_key) as client:
        swept = [done for currency in sorted(PIN_FREE_LIMITS) if (done := _sweep(client, currency))]
    _show(swept, _("There are no fees to sweep."), json=json)


def _sweep(client: Client, currency: str) -> Sweep | None:
    request = SweepRequest(currency=currency)
    path = "/v1/admin/sweeps"
    try:
        return client.send("POST", path, body=request, key=new_id(), answer=Sweep).value
    except NothingToSweep:
        return None


def _show(done: Sequence[Settlement | Sweep], nothing: str, *, json: bool) -> None:
    if json:
        write_json({"items": [plain(item) for item in done], "next": None})
        return
    lines = [
        f"{short_code(item.id)}  {_money(item.amount):>20}  {word(item.state)}"
        + (f"  {item.merchant}" if isinstance(item, Settlement) else "")
        for item in done
    ]
    write_lines(lines or [nothing])


def _money(amount: Amount) -> str:
    sign = "-" if amount.minor < 0 else ""
    return sign + amount_text(Amount(abs(amount.minor), amount.currency))


def list_unmatched(database: str | None, admin_key: str | None, *, json: bool) -> None:
    """Show the money without an owner, the newest first."""
    with administrator(database, admin_key) as client:
        query: dict[str, str | int | None] = {"limit": LARGEST_PAGE}
        page = client.get("/v1/admin/unmatched", answer=Page[Stray], query=query).value
    if json:
        write_json({"items": [plain(item) for item in page.items], "next": page.next})
        return
    lines = [
        f"{item.id}  {amount_text(item.amount):>20}  {local_time(item.received_at)}"
        for item in page.items
    ]
    write_lines(lines or [_("All money has an owner.")])


def match_money(
    database: str | None, admin_key: str | None, stray: str, wallet: str, *, json: bool
) -> None:
    """Give money without an owner to a wallet."""
    _require_id(stray)
    _require_id(wallet)
    request = MatchRequest(wallet=wallet)
    path = f"/v1/admin/unmatched/{stray}/match"
    with administrator(database, admin_key) as client:
        done = client.send("POST", path, body=request, key=new_id(), answer=Stray).value
    if json:
        write_json(plain(done))
        return
    rows: list[tuple[str, Any]] = [(_("Amount"), amount_text(done.amount)), (_("Wallet"), wallet)]
    write_lines([style(_("✓ The money has its owner."), "green"), *table(rows)])


def _require_id(text: str) -> None:
    if not is_id(text):
        raise Usage(reason=_("Give the whole id."))

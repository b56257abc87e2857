"""What the bank pays out to the merchant."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

from payment_codes.amount import amount_text
from pos.settlements import Settlements
from terminal_kit.console import local_time, plain, style, table, write_json, write_lines
from terminal_kit.diagnostics import say
from terminal_kit.language import _
from terminal_kit.program import session_of
from wallet_api.contract.errors import Usage
from wallet_api.contract.ids import short_code

if TYPE_CHECKING:
    import typer

    from wallet_api.contract.banking import Settlement


def list_settlements(context: typer.Context, limit: int, cursor: str | None, *, json: bool) -> None:
    """Show a page of settlements."""
    with session_of(context) as session:
        page = Settlements(session).page(limit, cursor)
    if json:
        write_json({"items": [plain(item) for item in page.items], "next": page.next})
        return
    lines = [
        f"{local_time(item.cut_off)[:16]}  {short_code(item.id)}"
        f"  {amount_text(item.amount):>20}  {_mark(item)}"
        for item in page.items
    ]
    if page.next is not None:
        lines.append(_("There is more: pos settlements --cursor {next}").format(next=page.next))
    write_lines(lines or [_("Nothing was paid out yet; it happens after each business day.")])


def show_settlement(context: typer.Context, text: str, save: str | None, *, json: bool) -> None:
    """Show a settlement, and write its file where one is asked for. Raises Usage."""
    if save == "-" and json:
        raise Usage(reason=_("Give --save - or --json: stdout has room for one."))
    with session_of(context) as session:
        settlements = Settlements(session)
        settlement = settlements.find(text)
        if save == "-":
            sys.stdout.buffer.write(settlements.file(settlement.id))
            sys.stdout.buffer.flush()
            return
        if save is not None:
            settlements.save(settlement.id, save)
            say(_("The settlement file is in {name}.").format(name=save))
    if json:
        write_json({**plain(settlement), "file": save})
    else:
        write_lines(_settlement_lines(settlement))


def _settlement_lines(settlement: Settlement) -> list[str]:
    rows = [
        (_("Amount"), amount_text(settlement.amount)),
        (_("Up to"), local_time(settlement.cut_off)),
        (_("Simulated"), settlement.simulated or ""),
        (_("Settlement"), short_code(settlement.id)),
    ]
    return [_mark(settlement), *table(rows)]


def _mark(settlement: Settlement) -> str:
    if settlement.state == "succeeded":
        return style(_("✓ Paid out"), "green")
    if settlement.state == "returned":
        return style(_("↩ Returned by the bank"), "red")
    return style(_("… On its way"), "yellow")

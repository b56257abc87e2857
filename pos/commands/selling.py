"""Looking at charges and undoing them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from payment_codes.amount import parse_amount
from pos.till import Till
from pos.views import charge_lines, refund_lines, reversal_lines, sale_line
from terminal_kit.console import plain, write_json, write_lines
from terminal_kit.language import _
from terminal_kit.program import session_of

if TYPE_CHECKING:
    import typer

    from wallet_api.contract.wire import Charge


def show_charge(context: typer.Context, text: str, *, json: bool) -> None:
    """Show one charge."""
    with session_of(context) as session:
        till = Till(session)
        charge = till.show(till.full_id(text))
    _put(charge, json=json)


def close_charge(context: typer.Context, text: str, *, json: bool) -> None:
    """Close an unpaid charge."""
    with session_of(context) as session:
        till = Till(session)
        charge = till.close(till.full_id(text))
    _put(charge, json=json)


def _put(charge: Charge, *, json: bool) -> None:
    if json:
        write_json(plain(charge))
    else:
        write_lines(charge_lines(charge))


def reverse_charge(context: typer.Context, text: str, *, json: bool) -> None:
    """Reverse a charge; a full id may be one that the service never saw."""
    with session_of(context) as session:
        till = Till(session)
        reversal = till.reverse(till.full_id(text))
    if json:
        write_json(plain(reversal))
    else:
        write_lines(reversal_lines(reversal))


def refund_charge(
    context: typer.Context, text: str, amount: str | None, reason: str | None, *, json: bool
) -> None:
    """Refund a charge."""
    with session_of(context) as session:
        wanted = None if amount is None else parse_amount(amount, session.profile.currency)
        till = Till(session)
        refund = till.refund(till.full_id(text), wanted, reason)
    if json:
        write_json(plain(refund))
    else:
        write_lines(refund_lines(refund))


def list_sales(context: typer.Context, limit: int, cursor: str | None, *, json: bool) -> None:
    """Show a page of charges."""
    with session_of(context) as session:
        page = Till(session).sales(limit, cursor)
    if json:
        write_json({"items": [plain(item) for item in page.items], "next": page.next})
        return
    lines = [sale_line(item) for item in page.items] or [_("No charges yet: pos charge 12.50")]
    if page.next is not None:
        command = f"pos sales --cursor {page.next}"
        lines.append(_("There is more: {command}").format(command=command))
    write_lines(lines)

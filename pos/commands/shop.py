"""The shop day: shifts, X and Z reports, receipts."""

from __future__ import annotations

from typing import TYPE_CHECKING

from payment_codes.amount import Amount, amount_text, parse_amount
from pos.shop import ShopDay
from pos.till import Till
from terminal_kit.console import local_time, plain, style, table, write_json, write_lines
from terminal_kit.language import _
from terminal_kit.program import session_of
from wallet_api.contract.ids import short_code

if TYPE_CHECKING:
    import typer

    from terminal_kit.receipts.output import Output
    from wallet_api.contract.shop import Shift, ShiftReport

NO_SHIFT = {
    "id": None,
    "number": None,
    "state": "none",
    "till": None,
    "cash_float": None,
    "opened_at": None,
    "closed_at": None,
}


def open_shift(context: typer.Context, cash_float: str | None, *, json: bool) -> None:
    """Open a shift."""
    with session_of(context) as session:
        currency = session.profile.currency
        cash = None if cash_float is None else _cash(cash_float, currency)
        shift = ShopDay(session).open(cash)
    _show(shift, json=json)


def _cash(text: str, currency: str) -> Amount:
    """Read a float, which may be nothing. Raises AmountInvalid."""
    return Amount(0, currency) if text in {"0", "0.00"} else parse_amount(text, currency)


def close_shift(context: typer.Context, *, json: bool) -> None:
    """Close the open shift."""
    with session_of(context) as session:
        shift = ShopDay(session).close()
    _show(shift, json=json)


def show_shift(context: typer.Context, *, json: bool) -> None:
    """Show the open shift."""
    with session_of(context) as session:
        shift = ShopDay(session).current()
    if shift is not None:
        _show(shift, json=json)
    elif json:
        write_json(NO_SHIFT)
    else:
        write_lines([_("No shift is open. Open one with: pos shift open")])


def _show(shift: Shift, *, json: bool) -> None:
    if json:
        write_json(plain(shift))
        return
    mark = _("✓ Shift {number} is open") if shift.state == "open" else _("✓ Shift {number} closed")
    lines = [
        style(mark.format(number=shift.number), "bold", "green"),
        *table(
            [
                (_("Opened"), local_time(shift.opened_at)),
                (_("Closed"), local_time(shift.closed_at) if shift.closed_at else ""),
                (_("Float"), amount_text(shift.cash_float) if shift.cash_float.minor else ""),
                (_("Shift"), short_code(shift.id)),
            ]
        ),
    ]
    if shift.state == "closed":
        lines.append(_("What was taken: pos report z {number}").format(number=shift.number))
    write_lines(lines)


def report_x(context: typer.Context, output: Output, *, json: bool) -> None:
    """Show what was taken so far in the open shift."""
    output.check()
    with session_of(context) as session:
        report = ShopDay(session).running()
    _put(report, output, json=json)


def report_z(context: typer.Context, which: str | None, output: Output, *, json: bool) -> None:
    """Show what was taken in a closed shift."""
    output.check()
    with session_of(context) as session:
        report = ShopDay(session).final(which)
    _put(report, output, json=json)


def _put(report: ShiftReport, output: Output, *, json: bool) -> None:
    from pos.papers import report_paper, report_title
    from terminal_kit.receipts.output import put_paper, say_saved

    put_paper(report_paper(report), report_title(report), output, quiet=json)
    say_saved(output.save)
    if json:
        write_json({**plain(report), "saved": output.save})


def show_receipt(context: typer.Context, text: str, output: Output, *, json: bool) -> None:
    """Show, save or print the receipt of a charge."""
    from pos.baskets import Baskets
    from terminal_kit.receipts.output import put_receipt

    output.check()
    with session_of(context) as session:
        receipt = ShopDay(session).receipt(Till(session).full_id(text))
        lines = Baskets.of(session).lines(receipt.charge)
    put_receipt(session.chosen, receipt, output, json=json, items=lines)

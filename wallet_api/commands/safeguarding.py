"""``wallet-api report safeguarding``: the customers' money beside what is owed to them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Any

import typer

from payment_codes.amount import Amount, amount_text
from terminal_kit.console import fitted, style, write_json, write_lines
from terminal_kit.language import _
from wallet_api.banking.safeguarding import safeguarding
from wallet_api.commands.books import books
from wallet_api.commands.places import bank_path, database_path
from wallet_api.contract.error_base import Exit
from wallet_api.contract.errors import Usage
from wallet_api.service.simulated_bank import statement_of
from wallet_api.store.calendar import business_zone, period_of_day

if TYPE_CHECKING:
    from pathlib import Path

    from wallet_api.banking.safeguarding import Line

#: Later than every moment: the report of all there is.
EVER = 2**62


@dataclass(frozen=True, slots=True)
class _Report:
    day: str | None
    lines: list[Line]

    @property
    def holds(self) -> bool:
        return all(line.holds for line in self.lines)


def report_safeguarding(
    database: str | None, key_file: str | None, day: str | None, *, json: bool
) -> None:
    """Show the report and exit with 1 when the customers' money is not all there. Raises Usage."""
    wanted = _day(day)
    with books(database, key_file) as (transaction, _keys):
        zone = business_zone(transaction)
        until = EVER if wanted is None else period_of_day(zone, wanted).ends_at
        statement = _statement(bank_path(database_path(database)), until)
        report = _Report(day, safeguarding(transaction, until, statement))
    if json:
        write_json(_as_json(report))
    else:
        write_lines(_as_lines(report))
    if not report.holds:
        raise typer.Exit(Exit.REFUSED)


def _day(text: str | None) -> date | None:
    try:
        return None if text is None else date.fromisoformat(text)
    except ValueError:
        raise Usage(reason=_("A day is YYYY-MM-DD.")) from None


def _statement(path: Path, until: int) -> list[tuple[str, str, int]] | None:
    """Read the bank's own statement, or give None where there is no such bank."""
    if not path.exists():
        return None
    return [(one.key, one.currency, one.minor) for one in statement_of(path, until)]


def _as_json(report: _Report) -> dict[str, Any]:
    items = [_item(line) for line in report.lines]
    return {"day": report.day, "holds": report.holds, "items": items, "next": None}


def _item(line: Line) -> dict[str, Any]:
    return {
        "currency": line.currency,
        "holds": line.holds,
        "safeguarded": line.safeguarded,
        "owed": line.owed,
        "classes": line.classes,
        "bank": line.bank,
        "shortfall": line.shortfall,
        "breaks": [
            {"id": one.reference, "books": one.books, "bank": one.bank, "reason": one.reason}
            for one in line.breaks
        ],
    }


def _as_lines(report: _Report) -> list[str]:
    lines = [style(_("Safeguarding {day}").format(day=report.day or _("up to now")), "bold")]
    for line in report.lines:
        lines += _currency_lines(line)
    if report.holds:
        return [*lines, style(_("✓ The customers' money is all there."), "green")]
    return [*lines, style(_("✗ The customers' money is NOT all there."), "red")]


def _currency_lines(line: Line) -> list[str]:
    rows = sorted(line.classes.items())
    rows += [(_("owed"), line.owed), (_("safeguarded"), line.safeguarded)]
    if line.bank is not None:
        rows.append((_("bank's statement"), line.bank))
    if line.shortfall:
        rows.append((_("shortfall"), line.shortfall))
    text = [f"  {fitted(name, 20)} {_money(amount, line.currency):>22}" for name, amount in rows]
    text += [
        f"  {one.reference}  {_money(one.bank - one.books, line.currency)}  {_(one.reason)}"
        for one in line.breaks
    ]
    return [style(line.currency, "bold"), *text]


def _money(minor: int, currency: str) -> str:
    return ("-" if minor < 0 else "") + amount_text(Amount(abs(minor), currency))

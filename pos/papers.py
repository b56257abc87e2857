"""What stands on the paper of an X or Z report."""

from __future__ import annotations

from typing import TYPE_CHECKING

from payment_codes.amount import Amount, amount_text
from terminal_kit.console import local_time
from terminal_kit.language import _
from terminal_kit.receipts.paper import Pair, Rule, Text
from wallet_api.contract.ids import short_code

if TYPE_CHECKING:
    from terminal_kit.receipts.paper import Paper
    from wallet_api.contract.shop import ShiftReport, Total


def report_title(report: ShiftReport) -> str:
    """Name a report: its letter and the shift's number."""
    title = _("Z REPORT {number}") if report.kind == "z" else _("X REPORT, SHIFT {number}")
    return title.format(number=report.number)


def report_paper(report: ShiftReport) -> Paper:
    """Give a report's content: sums, then what moved, hour by hour."""
    return [
        Text(report_title(report), "center", bold=True, large=True),
        Text(report.merchant, "center"),
        Text(report.store, "center"),
        Rule(),
        *_facts(report),
        Rule(),
        *_sums(report),
        Rule(),
        *_hours(report),
    ]


def _facts(report: ShiftReport) -> list[Pair]:
    facts = [
        (_("Till"), short_code(report.till)),
        (_("Opened"), local_time(report.opened_at)),
        (_("Closed"), local_time(report.closed_at) if report.closed_at else "-"),
        (_("Float"), amount_text(report.cash_float)),
        (_("First charge"), short_code(report.first_charge) if report.first_charge else "-"),
        (_("Last charge"), short_code(report.last_charge) if report.last_charge else "-"),
    ]
    return [Pair(name, value) for name, value in facts]


def _sums(report: ShiftReport) -> list[Pair]:
    return [
        _total(_("Sales"), report.sales),
        _total(_("Tips in them"), report.tips),
        _total(_("Discounts given"), report.discounts),
        _total(_("Refunds"), report.refunds, sign=-1),
        _total(_("Reversals"), report.reversals, sign=-1),
        Pair(_("Fees"), amount_text(Amount(-report.fees.minor, report.fees.currency))),
        Pair(_("Net"), amount_text(report.net), bold=True),
    ]


def _total(name: str, total: Total, sign: int = 1) -> Pair:
    amount = Amount(sign * total.amount.minor, total.amount.currency)
    return Pair(f"{total.count} × {name}", amount_text(amount))


def _hours(report: ShiftReport) -> list[Pair]:
    pairs = []
    for hour in report.hours:
        when = local_time(hour.starts_at)[:16]
        if hour.sales.count:
            pairs.append(_total(when, hour.sales))
        if hour.returns.count:
            back = _("{when} back").format(when=when)
            pairs.append(_total(back, hour.returns, sign=-1))
    return pairs

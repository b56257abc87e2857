"""A shift's report on the screen: its sums, how they compare, and the day as plots."""

from __future__ import annotations

from typing import TYPE_CHECKING

from textual.containers import Horizontal, HorizontalGroup, Vertical, VerticalScroll
from textual.content import Content
from textual.widgets import Digits, Static

from payment_codes.amount import Amount
from pos.papers import report_title
from pos.takings import hours_of
from terminal_kit.console import local_time
from terminal_kit.language import _
from terminal_kit.screens.money import figure, shown, signed
from terminal_kit.screens.widgets.bars import BACK, FULL, Bar, Bars, margin_of

if TYPE_CHECKING:
    from textual.app import ComposeResult

    from wallet_api.contract.shop import HourTakings, ShiftReport, Total

#: The sums of a report in the order of its paper; what went out of the till is taken off.
ROWS = ("sales", "tips", "discounts", "refunds", "reversals", "fees", "net")
OUTGOING = frozenset({"refunds", "reversals", "fees"})


def _names() -> dict[str, str]:
    return {
        "sales": _("Sales"),
        "tips": _("Tips in them"),
        "discounts": _("Discounts"),
        "refunds": _("Refunds"),
        "reversals": _("Reversals"),
        "fees": _("Fees"),
        "net": _("Net"),
    }


def _sum(report: ShiftReport, name: str) -> tuple[int | None, Amount]:
    """Give how many, where they are counted, and how much, below zero where it went out."""
    value: Total | Amount = getattr(report, name)
    count, amount = (None, value) if isinstance(value, Amount) else (value.count, value.amount)
    return count, Amount(-amount.minor, amount.currency) if name in OUTGOING else amount


class SumRow(HorizontalGroup):
    """One sum: its name, how many, how much, and how much more than the shift before."""

    def compose(self) -> ComposeResult:
        """Give the four parts."""
        for part in ("name", "count", "amount", "more"):
            yield Static(classes=f"sum-{part}", markup=False)

    def show(self, name: str, count: str, amount: str, more: str) -> None:
        """Fill them in."""
        for part, text in (("name", name), ("count", count), ("amount", amount), ("more", more)):
            self.query_one(f".sum-{part}", Static).update(text)


class ReportView(Horizontal):
    """Shows a report beside its plots; ``turn`` puts the plots into words and back."""

    def __init__(self, *, id: str | None = None) -> None:  # noqa: A002 - Textual's name
        super().__init__(id=id)
        self._currency = "CNY"

    def compose(self) -> ComposeResult:
        """Give the sums at the left and the hours at the right."""
        with Vertical(id="sums"):
            yield Static(id="report-title", classes="card-title", markup=False)
            yield Static(id="report-place", markup=False)
            yield Static(id="report-times", classes="muted", markup=False)
            yield Digits(id="net-figure")
            yield SumRow(id="sum-heads", classes="muted")
            for name in ROWS:
                yield SumRow(id=f"sum-{name}")
            yield Static(id="report-more", classes="muted", markup=False)
        with Vertical(id="hours"):
            yield Static(_("Takings by the hour"), classes="card-title", markup=False)
            with Vertical(id="plots"):
                yield Bars(self._money, id="takings")
                yield Static(id="legend", classes="muted", markup=False)
                yield Static(_("How many sales"), classes="card-title", markup=False)
                yield Bars(str, id="counts")
            with VerticalScroll(id="in-words"):
                yield Static(id="takings-words", markup=False)
                yield Static(_("How many sales"), classes="card-title", markup=False)
                yield Static(id="counts-words", markup=False)

    def show(self, report: ShiftReport, before: ShiftReport | None) -> None:
        """Fill everything in; ``before`` is the shift to compare with."""
        self._currency = report.net.currency
        self.query_one("#report-title", Static).update(report_title(report))
        place = f"{report.merchant} · {report.store}"
        self.query_one("#report-place", Static).update(place)
        self.query_one("#report-times", Static).update(_times(report))
        self.query_one("#net-figure", Digits).update(figure(report.net))
        heads = _("The shift before: {number}") if before else ""
        number = before.number if before else ""
        self.query_one("#sum-heads", SumRow).show("", "", "", heads.format(number=number))
        names = _names()
        for name in ROWS:
            count, amount = _sum(report, name)
            counted = "" if count is None else str(count)
            row = self.query_one(f"#sum-{name}", SumRow)
            row.show(names[name], counted, shown(amount), _more(before, name, amount))
        more = _more(before, "net", report.net)
        said = _("{more} net against shift {number}").format(more=more, number=number)
        self.query_one("#report-more", Static).update(said if before else "")
        self._plot(report)

    def _money(self, minor: int) -> str:
        return figure(Amount(minor, self._currency))

    def _plot(self, report: ShiftReport) -> None:
        hours = hours_of(report)
        takings, counts = self.query_one("#takings", Bars), self.query_one("#counts", Bars)
        money = [_bar(one, one.sales.amount.minor, one.returns.amount.minor) for one in hours]
        margin = margin_of(money, self._money) if money else 0
        takings.plot(money)
        # The hours of both plots stand under each other.
        counts.plot([_bar(one, one.sales.count, one.returns.count) for one in hours], margin)
        nothing = _("Nothing was taken yet.")
        self.query_one("#legend", Static).update(_legend() if hours else nothing)
        for plot in (takings, counts):
            words = self.query_one(f"#{plot.id}-words", Static)
            words.update("\n".join(plot.words) or nothing)

    def turn(self) -> None:
        """Show the hours in words instead of plots, or plots again."""
        self.toggle_class("-words")


def _legend() -> Content:
    taken, back = _("taken"), _("given back")
    return Content.assemble((FULL, "$primary"), f" {taken}  ", (BACK, "$warning"), f" {back}")


def _times(report: ShiftReport) -> str:
    said = _("Opened {time}").format(time=local_time(report.opened_at)[:16])
    if report.closed_at is not None:
        said += "\n" + _("Closed {time}").format(time=local_time(report.closed_at)[:16])
    if report.cash_float.minor:
        said += "\n" + _("Float {amount}").format(amount=shown(report.cash_float))
    return said


def _more(before: ShiftReport | None, name: str, amount: Amount) -> str:
    if before is None:
        return ""
    earlier = _sum(before, name)[1]
    return signed(Amount(amount.minor - earlier.minor, amount.currency))


def _bar(hour: HourTakings, value: int, back: int) -> Bar:
    label = local_time(hour.starts_at)[11:16]
    return Bar(label, label[:2], value, back)

"""A month's statement as lines of 80 columns."""

from __future__ import annotations

from typing import TYPE_CHECKING

from payment_codes.amount import Amount, decimal_text
from terminal_kit.console import fitted, local_time
from terminal_kit.language import _
from terminal_kit.receipts.movements import kind_name, party_name, what_for
from wallet_api.contract.text import cells, printable

if TYPE_CHECKING:
    from collections.abc import Sequence

    from wallet_api.contract.statement import Movement, Statement

WIDTH = 80
DATE_CELLS, AMOUNT_CELLS, BALANCE_CELLS = 16, 16, 16
TEXT_CELLS = WIDTH - DATE_CELLS - AMOUNT_CELLS - BALANCE_CELLS - 3


def signed(movement: Movement) -> str:
    """Give a movement's amount with its sign."""
    minor = movement.amount.minor if movement.direction == "in" else -movement.amount.minor
    return ("+" if minor > 0 else "") + decimal_text(Amount(minor, movement.amount.currency))


def headings() -> tuple[str, str, str, str]:
    """Give the names of the columns."""
    return _("Date"), _("What"), _("Amount"), _("Balance")


def facts(statement: Statement) -> list[tuple[str, str]]:
    """Give what stands above the lines, as names and values."""
    return [
        (_("Wallet"), statement.wallet),
        (_("Name"), printable(statement.name)),
        (_("Month"), f"{statement.month} ({statement.zone})"),
        (_("Currency"), statement.opening.currency),
    ]


def stated(name: str, value: str) -> str:
    """Write a fact in one line."""
    return _("{name}: {value}").format(name=name, value=value)


def sums(statement: Statement) -> list[tuple[str, str]]:
    """Give what stands below the lines, as names and values."""
    return [
        (_("Came in"), decimal_text(statement.total_in)),
        (_("Went out"), decimal_text(statement.total_out)),
        (_("Closing balance"), decimal_text(statement.closing)),
    ]


def described(movement: Movement) -> str:
    """Say in one line what a movement was."""
    parts = (kind_name(movement.kind), party_name(movement), what_for(movement))
    return printable(_(", ").join(part for part in parts if part))


def statement_lines(statement: Statement, movements: Sequence[Movement]) -> list[str]:
    """Give a statement as lines, none of them wider than 80 cells."""
    rule = "-" * WIDTH
    title = _("Statement of {month}").format(month=statement.month)
    lines = [title, rule]
    lines += [stated(name, value) for name, value in facts(statement)]
    lines += [rule, _row(*headings())]
    lines.append(_row("", _("Opening balance"), "", decimal_text(statement.opening)))
    lines += [
        _row(
            local_time(movement.created_at, statement.zone)[:DATE_CELLS],
            described(movement),
            signed(movement),
            decimal_text(movement.balance_after),
        )
        for movement in movements
    ]
    return [*lines, rule, *(_row("", name, "", value) for name, value in sums(statement))]


def _row(date: str, text: str, amount: str, balance: str) -> str:
    return (
        f"{fitted(date, DATE_CELLS)} {fitted(text, TEXT_CELLS)}"
        f" {_right(amount, AMOUNT_CELLS)} {_right(balance, BALANCE_CELLS)}"
    )


def _right(text: str, columns: int) -> str:
    return " " * (columns - cells(text)) + text

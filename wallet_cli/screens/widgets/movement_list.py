"""What moved in the wallet, as a list of any length."""

from __future__ import annotations

from typing import TYPE_CHECKING

from payment_codes.amount import Amount
from terminal_kit.console import local_time
from terminal_kit.language import N_, _
from terminal_kit.receipts.movements import kind_name, party_name, what_for
from terminal_kit.screens.money import figure, signed
from terminal_kit.screens.widgets.paged_list import Column, PagedList
from wallet_cli.statement import ALL, PAGE, Statements, Wanted

if TYPE_CHECKING:
    from collections.abc import Sequence

    from terminal_kit.screens.widgets.paged_list import Cell
    from wallet_api.contract.statement import Movement
    from wallet_api.contract.wire import Page

#: The events after which something may have moved.
MOVING = (
    *("payment.succeeded", "payment.reversed", "refund.*", "transfer.*", "gift.*", "top_up.*"),
    *("withdrawal.*", "stray.*"),
)


class MovementList(PagedList["Movement"]):
    """The movements that are ``wanted``, newest first."""

    COLUMNS = (
        Column(N_("When"), 16),
        Column(N_("What"), 12),
        Column(N_("With whom")),
        Column(N_("What for"), narrow=False),
        Column(N_("Amount"), 15, "right"),
        Column(N_("Balance after"), 15, "right", narrow=False),
    )
    FOLLOWS = MOVING
    EMPTY = N_("Nothing has moved yet. Press b to bring money from the bank.")

    def __init__(self, *, id: str | None = None) -> None:  # noqa: A002 - Textual's name
        super().__init__(id=id)
        self._wanted = ALL

    @property
    def wanted(self) -> Wanted:
        """What is listed."""
        return self._wanted

    def want(self, wanted: Wanted) -> None:
        """List other movements."""
        if wanted != self._wanted:
            self._wanted = wanted
            self.restart()

    def empty(self) -> str:
        """Say that nothing moved, or nothing that is wanted."""
        return super().empty() if self._wanted == ALL else _("Nothing like that has moved.")

    def fetch(self, cursor: str | None) -> Page[Movement]:
        """Ask for a page of them."""
        return Statements(self.desk.session).look(self._wanted, PAGE, cursor)

    def key(self, row: Movement) -> str:
        """Give what a movement is known by: both sides of a hold have one id."""
        return f"{row.id} {row.kind}"

    def cells(self, row: Movement) -> Sequence[Cell]:
        """Give its time, what it was, with whom, and its amount with a sign."""
        return (
            (local_time(row.created_at)[:16], "muted"),
            (kind_name(row.kind), ""),
            (party_name(row), "bold"),
            (what_for(row), "muted"),
            (signed(moved(row)), "good" if row.direction == "in" else ""),
            (figure(row.balance_after), "muted"),
        )


def moved(movement: Movement) -> Amount:
    """Give a movement's amount, below zero for what went out."""
    amount = movement.amount
    return amount if movement.direction == "in" else Amount(-amount.minor, amount.currency)

"""Movements as rows of a list."""

from __future__ import annotations

from typing import TYPE_CHECKING

from payment_codes.amount import Amount
from terminal_kit.console import local_time
from terminal_kit.language import N_
from terminal_kit.receipts.movements import kind_name, party_name, what_for
from terminal_kit.screens.money import signed
from terminal_kit.screens.widgets.columns import Column

if TYPE_CHECKING:
    from terminal_kit.screens.widgets.columns import Cell
    from wallet_api.contract.statement import Movement

COLUMNS = (
    Column(N_("When"), 11),
    Column(N_("What"), 17),
    Column(N_("With whom")),
    Column(N_("What for"), narrow=False),
    Column(N_("Amount"), 16, "right"),
)


def cells(movement: Movement) -> tuple[Cell, ...]:
    """Give a row: what came in has a plus, what went out a minus."""
    came = movement.direction == "in"
    minor = movement.amount.minor if came else -movement.amount.minor
    mark = "↓" if came else "↑"
    return (
        (local_time(movement.created_at)[5:16], ""),
        (f"{mark} {kind_name(movement.kind)}", "good" if came else ""),
        (party_name(movement), "bold"),
        (what_for(movement), ""),
        (signed(Amount(minor, movement.amount.currency)), "good" if came else ""),
    )

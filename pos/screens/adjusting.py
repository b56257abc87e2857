"""What can be changed about a whole sale, by the key that changes it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pos.sale import Part, Sale, parse_part, part_text
from pos.screens.dialogs.adjust import Adjustment
from terminal_kit.language import _

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

#: What is offered off, in per cent.
DISCOUNTS = (5, 10, 20, 50)


def adjustment(what: str, sale: Sale, tips: Sequence[int]) -> Adjustment:
    """Give how "tip", "discount", "note" or "reference" of a sale is asked for.

    ``tips`` are those offered, in per cent.
    """
    if what == "tip":
        return Adjustment(
            title=_("Tip"),
            placeholder=_("5.00 or 10%"),
            value=_written(sale.tip),
            change=_part_change(sale, sale.tipped),
            choices=[f"{tip}%" for tip in tips],
        )
    if what == "discount":
        return Adjustment(
            title=_("Discount"),
            placeholder=_("5.00 or 10%"),
            value=_written(sale.discount),
            change=_part_change(sale, sale.discounted),
            choices=[f"{off}%" for off in DISCOUNTS],
        )
    if what == "note":
        return Adjustment(
            title=_("Note for the customer"),
            placeholder=_("such as: table by the window"),
            value=sale.note or "",
            change=sale.noted,
        )
    return Adjustment(
        title=_("The shop's own reference"),
        placeholder=_("1 to 12 letters and digits"),
        value=sale.reference or "",
        change=sale.referring,
    )


def _written(part: Part | None) -> str:
    return "" if part is None else part_text(part)


def _part_change(sale: Sale, change: Callable[[Part | None], Sale]) -> Callable[[str], Sale]:
    return lambda text: change(parse_part(text, sale.currency) if text else None)

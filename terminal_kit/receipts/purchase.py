"""What stands on the receipt of a purchase: the same for the customer and for the merchant."""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

from payment_codes.amount import Amount, amount_text
from terminal_kit.console import local_time
from terminal_kit.language import _
from terminal_kit.receipts.paper import Code, Pair, Rule, Text
from wallet_api.contract.ids import short_code
from wallet_api.contract.wire import ChargeState

if TYPE_CHECKING:
    from collections.abc import Sequence

    from terminal_kit.receipts.paper import Paper
    from wallet_api.contract.statement import Receipt


class Item(Protocol):
    """One line of what was bought: its name, how often, and the price of one."""

    @property
    def name(self) -> str:
        """What it is."""

    @property
    def quantity(self) -> int:
        """How many, from 1."""

    @property
    def price(self) -> Amount:
        """What one costs."""


def receipt_paper(receipt: Receipt, *, reprint: bool = False, items: Sequence[Item] = ()) -> Paper:
    """Give a receipt's content; a ``reprint`` says so.

    ``items`` are what was bought, which only the till knows that rang it up.
    """
    return [
        Text(receipt.merchant, "center", bold=True, large=True),
        Text(_("{store}, {city}").format(store=receipt.store, city=receipt.city), "center"),
        *([Text(_("REPRINT"), "center", bold=True)] if reprint else []),
        Rule(),
        *_facts(receipt),
        Rule(),
        *_lines(items),
        *_money(receipt),
        Rule(),
        Text(_state(receipt.state), "center", bold=True),
        Code(receipt.charge),
    ]


def _state(state: ChargeState) -> str:
    """Give what became of the purchase, in capitals where the script has them."""
    return {
        ChargeState.CREATED: _("NOT PAID YET"),
        ChargeState.AWAITING_PAYER: _("NOT PAID YET"),
        ChargeState.SUCCEEDED: _("PAID"),
        ChargeState.PARTIALLY_REFUNDED: _("PAID, PARTLY REFUNDED"),
        ChargeState.REFUNDED: _("REFUNDED"),
        ChargeState.REVERSED: _("REVERSED"),
        ChargeState.CLOSED: _("NOT PAID"),
        ChargeState.FAILED: _("NOT PAID"),
    }[state]


def _facts(receipt: Receipt) -> list[Text | Pair]:
    facts: list[Text | Pair] = [
        Pair(_("Date"), local_time(receipt.paid_at or receipt.created_at)),
        Pair(_("Till"), short_code(receipt.till)),
        Pair(_("Charge"), short_code(receipt.charge)),
    ]
    if receipt.payment is not None:
        facts.append(Pair(_("Payment"), short_code(receipt.payment)))
    if receipt.reference is not None:
        facts.append(Pair(_("Reference"), receipt.reference))
    if receipt.note is not None:
        facts.append(Text(receipt.note))
    return facts


def _lines(items: Sequence[Item]) -> list[Text | Pair | Rule]:
    """Give each line of the sale with what it comes to, and a rule under them."""
    if not items:
        return []
    lines: list[Text | Pair | Rule] = []
    for item in items:
        name = item.name if item.quantity == 1 else f"{item.quantity} × {item.name}"
        total = Amount(item.quantity * item.price.minor, item.price.currency)
        lines.append(Pair(name, amount_text(total)))
    return [*lines, Rule()]


def _money(receipt: Receipt) -> list[Text | Pair]:
    tip, discount = receipt.tip, receipt.discount
    lines: list[Text | Pair] = []
    if tip or discount:
        price = receipt.amount.minor - (tip.minor if tip else 0)
        price += discount.minor if discount else 0
        lines.append(Pair(_("Price"), amount_text(_like(receipt, price))))
    if discount:
        lines.append(Pair(_("Discount"), _minus(discount)))
    if tip:
        lines.append(Pair(_("Tip"), amount_text(tip)))
    lines.append(Pair(_("Total"), amount_text(receipt.amount), bold=True))
    return lines + _returns(receipt)


def _returns(receipt: Receipt) -> list[Text | Pair]:
    """Tell each refund, and what the customer has paid in the end."""
    lines: list[Text | Pair] = []
    earlier = receipt.refunded.minor - sum(refund.amount.minor for refund in receipt.refunds)
    if earlier:
        lines.append(Pair(_("Refunded before"), _minus(_like(receipt, earlier))))
    for refund in receipt.refunds:
        day = local_time(refund.created_at)[:10]
        lines.append(Pair(_("Refund {day}").format(day=day), _minus(refund.amount)))
        if refund.reason is not None:
            lines.append(Text(refund.reason))
    if receipt.reversed_at is not None:
        day = local_time(receipt.reversed_at)[:10]
        lines.append(Pair(_("Reversed {day}").format(day=day), _minus(receipt.amount)))
    if not lines:
        return []
    rest = 0 if receipt.reversed_at else receipt.amount.minor - receipt.refunded.minor
    return [*lines, Pair(_("Paid in the end"), amount_text(_like(receipt, rest)), bold=True)]


def _like(receipt: Receipt, minor: int) -> Amount:
    return Amount(minor, receipt.amount.currency)


def _minus(amount: Amount) -> str:
    return amount_text(Amount(-amount.minor, amount.currency))

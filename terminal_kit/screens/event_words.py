"""What the kinds of events say to a person, with the state that gives each its mark."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from payment_codes.amount import Amount
from terminal_kit.language import N_, _
from terminal_kit.screens.marks import mark_of, tone_of
from terminal_kit.screens.money import shown
from terminal_kit.words import word
from wallet_api.contract.ids import is_id, short_code

if TYPE_CHECKING:
    from collections.abc import Mapping

    from wallet_api.contract.events import Event

#: Each kind of event: a state of the table of marks, and its words.
KIND_WORDS: Mapping[str, tuple[str, str]] = {
    "charge.created": ("created", N_("Charge made")),
    "charge.seen": ("open", N_("Charge seen by a wallet")),
    "charge.awaiting_payer": ("awaiting_payer", N_("Charge awaits the PIN")),
    "charge.succeeded": ("succeeded", N_("Charge paid")),
    "charge.failed": ("failed", N_("Charge failed")),
    "charge.closed": ("closed", N_("Charge closed")),
    "charge.reversed": ("reversed", N_("Charge reversed")),
    "charge.partially_refunded": ("partially_refunded", N_("Charge refunded in part")),
    "charge.refunded": ("refunded", N_("Charge refunded")),
    "payment.pin_required": ("pin_required", N_("Payment needs my PIN")),
    "payment.succeeded": ("succeeded", N_("Paid")),
    "payment.failed": ("failed", N_("Payment failed")),
    "payment.expired": ("expired", N_("Payment expired")),
    "payment.reversed": ("reversed", N_("Payment reversed")),
    "refund.succeeded": ("refunded", N_("Refund received")),
    "transfer.held": ("held", N_("Transfer held")),
    "transfer.succeeded": ("succeeded", N_("Transfer done")),
    "transfer.returned": ("returned", N_("Transfer returned")),
    "request.created": ("created", N_("Money asked for")),
    "request.paid": ("paid", N_("Request paid")),
    "request.declined": ("declined", N_("Request declined")),
    "request.cancelled": ("cancelled", N_("Request cancelled")),
    "request.expired": ("expired", N_("Request expired")),
    "request.reopened": ("open", N_("Request open again")),
    "gift.created": ("created", N_("Gift given")),
    "gift.claimed": ("claimed", N_("Gift taken")),
    "gift.returned": ("returned", N_("Gift returned")),
    "top_up.succeeded": ("succeeded", N_("Topped up")),
    "top_up.failed": ("failed", N_("Top-up failed")),
    "top_up.returned": ("returned", N_("Top-up returned")),
    "withdrawal.pending": ("pending", N_("Withdrawal at the bank")),
    "withdrawal.succeeded": ("succeeded", N_("Withdrawn")),
    "withdrawal.failed": ("failed", N_("Withdrawal failed")),
    "withdrawal.returned": ("returned", N_("Withdrawal returned")),
    "stray.matched": ("succeeded", N_("Late money found its way")),
    "settlement.pending": ("pending", N_("Settlement on its way")),
    "settlement.succeeded": ("succeeded", N_("Settlement paid out")),
    "settlement.returned": ("returned", N_("Settlement returned")),
    "wallet.frozen": ("failed", N_("Wallet frozen")),
    "wallet.unfrozen": ("active", N_("Wallet unfrozen")),
    "merchant.frozen": ("failed", N_("Shop frozen")),
    "merchant.unfrozen": ("active", N_("Shop unfrozen")),
    "device.pending": ("pending", N_("Device asks to be let in")),
    "device.active": ("active", N_("Device let in")),
    "device.revoked": ("revoked", N_("Device shut out")),
    "till.active": ("active", N_("Till added")),
    "till.revoked": ("revoked", N_("Till shut out")),
    "pin.changed": ("done", N_("PIN changed")),
    "pin.unlocked": ("done", N_("PIN unlocked")),
    "tier.changed": ("done", N_("Tier changed")),
    "risk.held": ("held", N_("Held as unusual")),
    "risk.released": ("done", N_("Released after all")),
    "shift.opened": ("open", N_("Shift opened")),
    "shift.closed": ("closed", N_("Shift closed")),
    "webhook.test": ("done", N_("Webhook tested")),
    "webhook.disabled": ("failed", N_("Webhook disabled")),
    "webhook.enabled": ("active", N_("Webhook enabled")),
}


def kind_text(kind: str) -> str:
    """Give the words of a kind; one that a newer service has made up stays as it is."""
    return _(KIND_WORDS.get(kind, ("", kind))[1])


def kind_mark(kind: str) -> tuple[str, str]:
    """Give the mark of a kind, and its tone."""
    state = KIND_WORDS.get(kind, ("", ""))[0]
    return mark_of(state), tone_of(state)


def event_amount(event: Event) -> str:
    """Give the amount that an event is about, or nothing."""
    amount = _amount(event.data.get("amount"))
    return "" if amount is None else shown(amount)


def event_details(event: Event, *, whole: bool = False) -> list[tuple[str, str]]:
    """Give what else an event tells: names and values, ids in short unless the ``whole`` is asked.

    The state is left out, because the kind says it.
    """
    told = {name: value for name, value in event.data.items() if name not in {"state", "amount"}}
    return [(word(name), _text(value, whole)) for name, value in told.items() if value is not None]


def _text(value: Any, whole: bool) -> str:  # noqa: ANN401 - a JSON value
    amount = _amount(value)
    if amount is not None:
        return shown(amount)
    if isinstance(value, list):
        return _(", ").join(word(str(one)) for one in value)
    text = str(value)
    if is_id(text):
        return text if whole else short_code(text)
    return word(text)


def _amount(value: Any) -> Amount | None:  # noqa: ANN401 - a JSON value
    is_one = isinstance(value, dict) and value.keys() == {"minor", "currency"}
    return Amount(**value) if is_one else None

"""The events that customers and merchants are told: kinds, data, and their form on the wire.

A kind that is not in this table is not published. ``data`` has the same keys in every event of a
kind, null where there is nothing; it holds ids, states and amounts, never a name, a note or a code.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Any, Literal

import msgspec

Audience = Literal["customer", "merchant"]

#: What a stream says besides events: that some are lost, and at its end how things stand.
RESET, STATE = "reset", "state"
#: What is sent to one webhook only, so that its owner sees it work.
TEST = "webhook.test"


@dataclass(frozen=True, slots=True)
class Kind:
    """A kind of event: whom it is for, and the keys of its data."""

    audience: Audience
    keys: frozenset[str]


def _kind(audience: Audience, keys: str) -> Kind:
    return Kind(audience, frozenset(keys.split()))


_CHARGE = _kind("merchant", "charge till state reason amount refunded")
_PAYMENT = _kind("customer", "payment charge payee state reason amount")
_WEBHOOK = _kind("merchant", "webhook")
_SHIFT = _kind("merchant", "shift till number")
_TRANSFER = _kind("customer", "transfer sender receiver request state reason amount")
_REQUEST = _kind("customer", "request requester payer transfer state amount")
_GIFT = _kind("customer", "gift sender receiver state amount")
_TOP_UP = _kind("customer", "top_up state amount")
_WITHDRAWAL = _kind("customer", "withdrawal state amount fee")
_SETTLEMENT = _kind("merchant", "settlement state amount")

KINDS: dict[str, Kind] = {
    # A charge, as its merchant is told; ``refunded`` is what was given back so far.
    "charge.created": _CHARGE,
    "charge.seen": _CHARGE,
    "charge.awaiting_payer": _CHARGE,
    "charge.succeeded": _CHARGE,
    "charge.failed": _CHARGE,
    "charge.closed": _CHARGE,
    "charge.reversed": _CHARGE,
    "charge.partially_refunded": _CHARGE,
    "charge.refunded": _CHARGE,
    # A payment, as its payer is told; ``payee`` is the merchant's id.
    "payment.pin_required": _PAYMENT,
    "payment.succeeded": _PAYMENT,
    "payment.failed": _PAYMENT,
    "payment.expired": _PAYMENT,
    "payment.reversed": _PAYMENT,
    "refund.succeeded": _kind("customer", "refund charge payee amount"),
    # Money between people.
    "transfer.held": _TRANSFER,
    "transfer.succeeded": _TRANSFER,
    "transfer.returned": _TRANSFER,
    "request.created": _REQUEST,
    "request.paid": _REQUEST,
    "request.declined": _REQUEST,
    "request.cancelled": _REQUEST,
    "request.expired": _REQUEST,
    "request.reopened": _REQUEST,
    "gift.created": _GIFT,
    "gift.claimed": _kind("customer", "gift claim sender claimer amount"),
    "gift.returned": _GIFT,
    # Money between the wallet and the bank.
    "top_up.succeeded": _TOP_UP,
    "top_up.failed": _TOP_UP,
    "top_up.returned": _TOP_UP,
    "withdrawal.pending": _WITHDRAWAL,
    "withdrawal.succeeded": _WITHDRAWAL,
    "withdrawal.failed": _WITHDRAWAL,
    "withdrawal.returned": _WITHDRAWAL,
    "stray.matched": _kind("customer", "stray amount"),
    # A merchant's takings on their way to the merchant's bank account.
    "settlement.pending": _SETTLEMENT,
    "settlement.succeeded": _SETTLEMENT,
    "settlement.returned": _SETTLEMENT,
    # Who may act: ``by`` names who has frozen the account now, the bank or its owner or both.
    "wallet.frozen": _kind("customer", "by"),
    "wallet.unfrozen": _kind("customer", "by"),
    "merchant.frozen": _kind("merchant", "by"),
    "merchant.unfrozen": _kind("merchant", "by"),
    "device.pending": _kind("customer", "device"),
    "device.active": _kind("customer", "device"),
    "device.revoked": _kind("customer", "device"),
    "till.active": _kind("merchant", "till"),
    "till.revoked": _kind("merchant", "till"),
    "pin.changed": _kind("customer", "device"),
    "pin.unlocked": _kind("customer", "by"),
    # What the bank decided about the wallet; ``rule`` names a risk rule.
    "tier.changed": _kind("customer", "tier"),
    "risk.held": _kind("customer", "rule"),
    "risk.released": _kind("customer", "rule"),
    # A till's shifts.
    "shift.opened": _SHIFT,
    "shift.closed": _SHIFT,
    # A merchant's own webhooks.
    TEST: _WEBHOOK,
    "webhook.disabled": _WEBHOOK,
    "webhook.enabled": _WEBHOOK,
}

#: One kind, or all whose name begins so: ``charge.succeeded``, ``charge.*``, ``*``.
_PATTERN = re.compile(r"\*|[a-z_]+\.\*|[a-z_]+\.[a-z_]+")


class Event(msgspec.Struct, frozen=True, kw_only=True):
    """One event. ``id`` counts a customer's or merchant's events from 1 without gaps.

    ``at`` is RFC 3339 text of business time. Of ``reset`` and ``state``, ``id`` is where the stream
    stands.
    """

    id: int
    kind: str
    at: str
    data: dict[str, Any]


def matches(pattern: str, kind: str) -> bool:
    """Say whether a kind is meant by a pattern, such as ``charge.*``."""
    return pattern in {kind, "*"} or (
        pattern.endswith(".*") and kind.startswith(pattern.removesuffix("*"))
    )


def is_pattern(text: str) -> bool:
    """Say whether a text is a pattern of at least one kind that merchants are told."""
    return bool(_PATTERN.fullmatch(text)) and any(
        matches(text, kind) for kind, row in KINDS.items() if row.audience != "customer"
    )

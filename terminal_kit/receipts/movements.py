"""What a movement is called, and with whom and what for it was, in words for a person."""

from __future__ import annotations

from typing import TYPE_CHECKING

from terminal_kit.language import _

if TYPE_CHECKING:
    from wallet_api.contract.statement import Movement


def kind_name(kind: str) -> str:
    """Name a kind of movement."""
    names = {
        "payment": _("Payment"),
        "refund": _("Refund"),
        "reversal": _("Reversal"),
        "send": _("Transfer"),
        "hold": _("Transfer, held"),
        "release": _("Transfer"),
        "send_return": _("Transfer returned"),
        "gift": _("Gift"),
        "gift_claim": _("Gift"),
        "gift_return": _("Gift returned"),
        "top_up": _("Top-up"),
        "top_up_returned": _("Top-up taken back"),
        "withdrawal": _("Withdrawal"),
        "withdrawal_returned": _("Withdrawal returned"),
        "stray_matched": _("Arrived transfer"),
    }
    return names.get(kind, kind.replace("_", " ").capitalize())


def party_name(movement: Movement) -> str:
    """Name the other side."""
    return _("bank") if movement.party == "bank" else movement.party


def what_for(movement: Movement) -> str:
    """Say what it was for, as far as anybody said."""
    return " ".join(part for part in (movement.note, movement.reference) if part)

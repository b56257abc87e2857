"""What a movement is called, and with whom and what for it was, in words for a person."""

from __future__ import annotations

from typing import TYPE_CHECKING

from terminal_kit.language import N_, _

if TYPE_CHECKING:
    from wallet_api.contract.statement import Movement


#: What each kind of movement is called.
NAMES = {
    "payment": N_("Payment"),
    "refund": N_("Refund"),
    "reversal": N_("Reversal"),
    "send": N_("Transfer"),
    "hold": N_("Transfer, held"),
    "release": N_("Transfer"),
    "send_return": N_("Transfer returned"),
    "gift": N_("Gift"),
    "gift_claim": N_("Gift"),
    "gift_return": N_("Gift returned"),
    "top_up": N_("Top-up"),
    "top_up_returned": N_("Top-up taken back"),
    "withdrawal": N_("Withdrawal"),
    "withdrawal_returned": N_("Withdrawal returned"),
    "stray_matched": N_("Arrived transfer"),
}


def kind_name(kind: str) -> str:
    """Name a kind of movement."""
    name = NAMES.get(kind)
    return kind.replace("_", " ").capitalize() if name is None else _(name)


def party_name(movement: Movement) -> str:
    """Name the other side."""
    return _("bank") if movement.party == "bank" else movement.party


def what_for(movement: Movement) -> str:
    """Say what it was for, as far as anybody said."""
    return " ".join(part for part in (movement.note, movement.reference) if part)

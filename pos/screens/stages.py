"""How far a charge is, as a cashier sees it: a mark, a word, what it means, and a tone."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from terminal_kit.language import N_, _
from terminal_kit.screens.marks import BACK, BAD, GOOD, WAITING
from terminal_kit.words import word
from wallet_api.contract.wire import ChargeState

if TYPE_CHECKING:
    from wallet_api.contract.wire import Charge


@dataclass(frozen=True, slots=True)
class Stage:
    """One stage. ``word`` and ``about`` are marked for the catalogue by `N_`."""

    mark: str
    word: str
    about: str
    tone: str

    @property
    def headline(self) -> str:
        """The mark and the word."""
        return f"{self.mark} {_(self.word)}"


SENDING = Stage("◌", N_("Sending"), N_("Asking the bank."), WAITING)
SHOWN = Stage("▣", N_("Ready to scan"), N_("The customer scans this code."), WAITING)
SEEN = Stage("◉", N_("Scanned"), N_("The customer is looking at it."), WAITING)
CONFIRMING = Stage(
    "◌", N_("Waiting for the PIN"), N_("The customer confirms on the phone."), WAITING
)
CLOSING = Stage("◌", N_("Cancelling"), N_("Asking the bank to close it."), WAITING)
ASKING = Stage(
    "◌",
    N_("Outcome unknown: asking"),
    N_("The answer was lost. Do not charge again: the till is finding out."),
    WAITING,
)
REVERSING = Stage(
    "↩",
    N_("Reversing"),
    N_("Nobody answered in time, so nothing may be paid any more."),
    WAITING,
)
UNKNOWN = Stage(
    "▲",
    N_("Outcome unknown"),
    N_("Nobody answers. It is noted, and the till goes on asking when you press Enter."),
    BAD,
)
REFUSED = Stage("✗", N_("Not charged"), "", BAD)
PAID = Stage("✓", N_("Paid"), N_("The money is yours."), GOOD)
EXPIRED = Stage("✗", N_("Expired"), N_("Nobody paid in time. No money moved."), BAD)
PIN_LATE = Stage(
    "✗", N_("Not confirmed"), N_("The customer gave no PIN in time. No money moved."), BAD
)
DECLINED = Stage("✗", N_("Declined"), N_("The customer said no. No money moved."), BAD)
FAILED = Stage("✗", N_("Not paid"), "", BAD)
CLOSED = Stage("↩", N_("Cancelled"), N_("Nobody can pay it any more. No money moved."), BACK)
REVERSED = Stage("↩", N_("Reversed"), N_("The customer has the money back."), BACK)
PREVENTED = Stage("↩", N_("Reversed"), N_("It was never paid, and nobody can pay it."), BACK)
RETURNED = Stage("↩", N_("Refunded"), N_("The customer has the money back."), BACK)

_BY_REASON = {
    "expired": EXPIRED,
    "payer_timeout": PIN_LATE,
    "declined": DECLINED,
    "tombstone": PREVENTED,
    "reversed": PREVENTED,
}
_BY_STATE = {
    ChargeState.AWAITING_PAYER: CONFIRMING,
    ChargeState.SUCCEEDED: PAID,
    ChargeState.PARTIALLY_REFUNDED: PAID,
    ChargeState.REFUNDED: RETURNED,
    ChargeState.REVERSED: REVERSED,
}


def stage_of(charge: Charge) -> Stage:
    """Give the stage of a charge that the bank knows."""
    if charge.state is ChargeState.CREATED:
        return SHOWN if charge.seen_at is None else SEEN
    if charge.state in _BY_STATE:
        return _BY_STATE[charge.state]
    ended = CLOSED if charge.state is ChargeState.CLOSED else FAILED
    return _BY_REASON.get(charge.reason or "", ended)


def about(stage: Stage, charge: Charge | None) -> str:
    """Say what a stage means; of a payment that failed, why."""
    if stage is FAILED and charge is not None:
        why = word(charge.reason or "unknown")
        return _("The bank says: {reason}. No money moved.").format(reason=why)
    return _(stage.about) if stage.about else ""

"""What became of money between people and with one's own bank, as the screens say it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from terminal_kit.console import local_time
from terminal_kit.language import N_, _
from terminal_kit.screens.marks import marked
from terminal_kit.screens.money import shown
from terminal_kit.screens.outcome import Outcome
from terminal_kit.words import word
from wallet_api.contract.ids import short_code
from wallet_api.contract.people import GiftState, RequestState, TransferState
from wallet_api.contract.wire import TopUp

if TYPE_CHECKING:
    from collections.abc import Iterable

    from wallet_api.contract.people import Claim, Gift, MoneyRequest, SplitShares, Transfer
    from wallet_cli.bank import Transfer as BankTransfer

TRANSFERS = {
    TransferState.SUCCEEDED: N_("Sent"),
    TransferState.PIN_REQUIRED: N_("Waits for your PIN"),
    TransferState.HELD: N_("Held by the bank, not delivered yet"),
    TransferState.RETURNED: N_("Returned, the sender has the money"),
    TransferState.FAILED: N_("Not sent"),
    TransferState.CANCELLED: N_("Cancelled, not sent"),
    TransferState.EXPIRED: N_("Expired, not sent"),
}
REQUESTS = {
    RequestState.OPEN: N_("Not paid yet"),
    RequestState.PAID: N_("Paid"),
    RequestState.DECLINED: N_("Declined"),
    RequestState.CANCELLED: N_("Taken back"),
    RequestState.EXPIRED: N_("Expired"),
}
GIFTS = {
    GiftState.PIN_REQUIRED: N_("Waits for your PIN"),
    GiftState.OPEN: N_("Waits to be taken"),
    GiftState.CLAIMED: N_("All of it was taken"),
    GiftState.RETURNED: N_("The rest came back"),
    GiftState.FAILED: N_("Not given"),
    GiftState.CANCELLED: N_("Cancelled, not given"),
    GiftState.EXPIRED: N_("Expired, not given"),
}
TOP_UPS = {
    "pending": N_("Waiting for the bank"),
    "succeeded": N_("The money came from the bank"),
    "returned": N_("The bank took it back"),
    "failed": N_("The bank refused"),
}
WITHDRAWALS = {
    "pin_required": N_("Waits for your PIN"),
    "pending": N_("On its way to the bank"),
    "succeeded": N_("The money is at the bank"),
    "returned": N_("The bank sent it back"),
    "failed": N_("Not withdrawn"),
    "expired": N_("Expired, not withdrawn"),
}


def moment(text: str) -> str:
    """Write a moment of the wire to the minute."""
    return local_time(text)[:16]


def transfer_outcome(transfer: Transfer, own: str) -> Outcome:
    """Say how a transfer stands; ``own`` is one's own wallet."""
    out = transfer.sender_id == own
    headline = _(TRANSFERS[transfer.state])
    if transfer.state is TransferState.SUCCEEDED and not out:
        headline = _("Received")
    what_now = ""
    if transfer.state is TransferState.HELD and transfer.deliver_at is not None:
        held = _("The bank looks at it first. It is delivered at {time}.")
        if out:
            held = _("The bank looks at it first. You can take it back until {time}.")
        what_now = held.format(time=moment(transfer.deliver_at))
    return Outcome(
        transfer.state,
        headline,
        shown(transfer.amount),
        _facts(
            (_("To") if out else _("From"), transfer.receiver if out else transfer.sender),
            (_("Note"), transfer.note),
            (_("Why"), word(transfer.reason or "")),
            (_("What now"), what_now),
            (_("When"), moment(transfer.created_at)),
            (_("Number"), short_code(transfer.id)),
        ),
        transfer.id,
    )


def request_outcome(request: MoneyRequest, own: str) -> Outcome:
    """Say how a request for money stands."""
    mine = request.requester_id == own
    open_until = moment(request.expires_at) if request.state is RequestState.OPEN else ""
    return Outcome(
        request.state,
        _(REQUESTS[request.state]),
        shown(request.amount),
        _facts(
            (_("You asked"), request.payer) if mine else (_("Asks you"), request.requester),
            (_("Note"), request.note),
            (_("Open until"), open_until),
            (_("When"), moment(request.created_at)),
            (_("Number"), short_code(request.id)),
        ),
        request.id,
    )


def split_outcome(split: SplitShares) -> Outcome:
    """Say who has paid of a split bill."""
    paid = _("{paid} of {people} paid").format(paid=split.paid, people=split.people)
    return Outcome(
        "paid" if split.paid == split.people else "open",
        paid,
        shown(split.amount),
        _facts(
            (_("Note"), split.note),
            (_("Your own share"), shown(split.own)),
            (_("Received"), shown(split.received)),
            *(
                (request.payer, f"{shown(request.amount)}  {marked(request.state)}")
                for request in split.requests
            ),
        ),
        split.id,
    )


def gift_outcome(gift: Gift, claims: Iterable[Claim] = ()) -> Outcome:
    """Say how a gift stands, and who took a share."""
    taken = _("{taken} of {count} taken").format(taken=gift.claims, count=gift.count)
    waits = gift.state in {GiftState.OPEN, GiftState.PIN_REQUIRED}
    return Outcome(
        gift.state,
        _(GIFTS[gift.state]),
        shown(gift.amount),
        _facts(
            (_("From"), gift.sender),
            (_("For"), gift.receiver),
            (_("Shares"), taken),
            (_("Note"), gift.note),
            (_("Why"), word(gift.reason or "")),
            (_("Open until"), moment(gift.expires_at) if waits else ""),
            *((f"✓ {claim.claimer}", shown(claim.amount)) for claim in claims),
        ),
        gift.id,
    )


def claim_outcome(claim: Claim) -> Outcome:
    """Say what one took of a gift."""
    return Outcome(
        claim.state,
        _("Yours"),
        shown(claim.amount),
        _facts(
            (_("From"), claim.sender),
            (_("Note"), claim.note),
            (_("When"), moment(claim.created_at)),
            (_("Number"), short_code(claim.gift)),
        ),
        claim.gift,
    )


def bank_outcome(transfer: BankTransfer) -> Outcome:
    """Say how a top-up or a withdrawal stands."""
    incoming = isinstance(transfer, TopUp)
    fee = None if isinstance(transfer, TopUp) else transfer.fee
    reason = None if isinstance(transfer, TopUp) else transfer.reason
    balance = transfer.balance if isinstance(transfer, TopUp) else None
    return Outcome(
        transfer.state,
        _((TOP_UPS if incoming else WITHDRAWALS)[transfer.state]),
        shown(transfer.amount),
        _facts(
            (_("Fee"), shown(fee) if fee is not None else ""),
            (_("Why"), word(reason or "")),
            (_("When"), moment(transfer.created_at)),
            (_("Simulated"), transfer.simulated),
            (_("Number"), short_code(transfer.id)),
            (_("Balance"), shown(balance) if balance else ""),
        ),
        transfer.id,
    )


def _facts(*facts: tuple[str, str | None]) -> list[tuple[str, str]]:
    """Leave out what there is nothing to say about."""
    return [(name, value) for name, value in facts if value]

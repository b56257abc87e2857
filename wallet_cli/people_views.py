"""How money between people looks to one of them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from payment_codes.amount import amount_text
from terminal_kit.console import fitted, local_time, style, table
from terminal_kit.language import _
from terminal_kit.words import word
from wallet_api.contract.ids import short_code
from wallet_api.contract.people import GiftState, RequestState, TransferState

if TYPE_CHECKING:
    from collections.abc import Sequence

    from wallet_api.contract.people import Claim, Gift, MoneyRequest, Split, SplitShares, Transfer

PARTY_CELLS = 24


def _transfer_mark(state: TransferState) -> str:
    texts = {
        TransferState.SUCCEEDED: (_("✓ Sent"), "green"),
        TransferState.PIN_REQUIRED: (_("… Waiting for your PIN"), "yellow"),
        TransferState.HELD: (_("… Held for a while, not delivered yet"), "yellow"),
        TransferState.RETURNED: (_("↩ Returned, the sender has the money"), "cyan"),
        TransferState.FAILED: (_("✗ Not sent"), "red"),
        TransferState.CANCELLED: (_("✗ Cancelled, not sent"), "red"),
        TransferState.EXPIRED: (_("✗ Expired, not sent"), "red"),
    }
    text, colour = texts[state]
    return style(text, "bold", colour)


def transfer_lines(transfer: Transfer) -> list[str]:
    """Show one transfer as a receipt."""
    held = transfer.state is TransferState.HELD
    return [
        _transfer_mark(transfer.state),
        *table(
            [
                (_("Amount"), amount_text(transfer.amount)),
                (_("From"), transfer.sender),
                (_("To"), transfer.receiver),
                (_("Note"), transfer.note or ""),
                (_("Why"), word(transfer.reason or "")),
                (
                    _("Delivered"),
                    local_time(transfer.deliver_at) if held and transfer.deliver_at else "",
                ),
                (_("When"), local_time(transfer.created_at)),
                (_("Transfer"), short_code(transfer.id)),
            ]
        ),
    ]


def transfer_line(transfer: Transfer, own: str) -> str:
    """Show one transfer in a list, within 80 columns; ``own`` is one's own wallet."""
    out = transfer.sender_id == own
    return _line(
        transfer.created_at,
        transfer.id,
        ("-" if out else "+") + amount_text(transfer.amount),
        transfer.receiver if out else transfer.sender,
        word(transfer.state),
    )


def _request_mark(state: RequestState) -> str:
    texts = {
        RequestState.OPEN: (_("… Not paid yet"), "yellow"),
        RequestState.PAID: (_("✓ Paid"), "green"),
        RequestState.DECLINED: (_("✗ Declined"), "red"),
        RequestState.CANCELLED: (_("✗ Cancelled"), "red"),
        RequestState.EXPIRED: (_("✗ Expired"), "red"),
    }
    text, colour = texts[state]
    return style(text, "bold", colour)


def request_lines(request: MoneyRequest) -> list[str]:
    """Show one request for money."""
    return [
        _request_mark(request.state),
        *table(
            [
                (_("Amount"), amount_text(request.amount)),
                (_("Asked by"), request.requester),
                (_("Of"), request.payer),
                (_("Note"), request.note or ""),
                (_("Until"), local_time(request.expires_at)),
                (_("Request"), short_code(request.id)),
            ]
        ),
    ]


def request_line(request: MoneyRequest, own: str) -> str:
    """Show one request in a list: what others ask of one with a minus."""
    out = request.payer_id == own
    return _line(
        request.created_at,
        request.id,
        ("-" if out else "+") + amount_text(request.amount),
        request.requester if out else request.payer,
        word(request.state),
    )


def split_line(split: Split) -> str:
    """Show one split bill in a list."""
    paid = _("{paid} of {people} paid").format(paid=split.paid, people=split.people)
    return _line(split.created_at, split.id, amount_text(split.amount), split.note or "", paid)


def split_lines(split: SplitShares) -> list[str]:
    """Show a split bill with who has paid."""
    paid = _("{paid} of {people} paid").format(paid=split.paid, people=split.people)
    return [
        style(paid, "bold"),
        *table(
            [
                (_("Bill"), amount_text(split.amount)),
                (_("Your share"), amount_text(split.own)),
                (_("Received"), amount_text(split.received)),
                (_("Note"), split.note or ""),
                (_("Split"), short_code(split.id)),
            ]
        ),
        *(
            f"{short_code(request.id)}  {amount_text(request.amount):>17}"
            f"  {style(fitted(request.payer, PARTY_CELLS), 'bold')}"
            f"  {_request_mark(request.state)}"
            for request in split.requests
        ),
    ]


def _gift_mark(state: GiftState) -> str:
    texts = {
        GiftState.PIN_REQUIRED: (_("… Waiting for your PIN"), "yellow"),
        GiftState.OPEN: (_("… Waiting to be taken"), "yellow"),
        GiftState.CLAIMED: (_("✓ All of it was taken"), "green"),
        GiftState.RETURNED: (_("↩ The rest came back"), "cyan"),
        GiftState.FAILED: (_("✗ Not given"), "red"),
        GiftState.CANCELLED: (_("✗ Cancelled, not given"), "red"),
        GiftState.EXPIRED: (_("✗ Expired, not given"), "red"),
    }
    text, colour = texts[state]
    return style(text, "bold", colour)


def gift_lines(gift: Gift, claims: Sequence[Claim] = ()) -> list[str]:
    """Show one gift, with who took a share."""
    shares = _("{taken} of {count} taken").format(taken=gift.claims, count=gift.count)
    return [
        _gift_mark(gift.state),
        *table(
            [
                (_("Amount"), amount_text(gift.amount)),
                (_("From"), gift.sender),
                (_("For"), gift.receiver or ""),
                (_("Shares"), shares),
                (_("Note"), gift.note or ""),
                (_("Why"), word(gift.reason or "")),
                (_("Until"), local_time(gift.expires_at)),
                (_("Gift"), short_code(gift.id)),
            ]
        ),
        *(
            f"{local_time(claim.created_at)[:16]}  {amount_text(claim.amount):>17}"
            f"  {style(fitted(claim.claimer, PARTY_CELLS), 'bold')}"
            for claim in claims
        ),
    ]


def gift_line(gift: Gift) -> str:
    """Show one gift in a list."""
    shares = _("{taken} of {count} taken").format(taken=gift.claims, count=gift.count)
    party = gift.receiver or gift.note or ""
    said = _(", ").join([word(gift.state), shares])
    return _line(gift.created_at, gift.id, amount_text(gift.amount), party, said)


def claim_lines(claim: Claim) -> list[str]:
    """Show the share that one took."""
    return [
        style(_("✓ Yours"), "bold", "green"),
        *table(
            [
                (_("Amount"), amount_text(claim.amount)),
                (_("From"), claim.sender),
                (_("Note"), claim.note or ""),
                (_("When"), local_time(claim.created_at)),
                (_("Gift"), short_code(claim.gift)),
            ]
        ),
    ]


def _line(when: str, subject: str, amount: str, party: str, said: str) -> str:
    """Lay out a line of a list in 80 columns."""
    name = style(fitted(party, 16), "bold")
    return (
        f"{local_time(when)[5:16]}  {short_code(subject)}  {amount:>18}  {name}"
        f"  {fitted(said, 19).rstrip()}"
    )

"""The charge table as data: every event in every state, its answer and the money it moves.

Two columns stand for the table's ``closed``: an ordinary charge that was closed, and a tombstone.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple

from tests.wallet_api.checkout import charge_cases as cases
from tests.wallet_api.checkout.charge_cases import BIG, SMALL, Case
from wallet_api.contract.wire import ChargeState

if TYPE_CHECKING:
    from collections.abc import Callable

Money = tuple[int, int, int]

#: What the payer, the merchant and the fees gain.
NOTHING: Money = (0, 0, 0)
SMALL_PAID: Money = (-12_345, 12_271, 74)
BIG_PAID: Money = (-250_000, 248_500, 1_500)
BIG_BACK: Money = (250_000, -248_500, -1_500)
PART_BACK: Money = (100_001, -99_401, -600)
REST_BACK: Money = (149_999, -149_099, -900)


class To(NamedTuple):
    """A cell that changes something: the next state, the answer, and the money that moves.

    ``payment`` is the state of the payer's payment afterwards, ``burnt`` whether the code is.
    """

    after: str
    outcome: str
    moved: Money = NOTHING
    payment: str | None = None
    burnt: bool | None = None


class Dash(NamedTuple):
    """A dash of the table: the event does not exist there. What is answered; nothing changes."""

    outcome: str


#: A cell that is a text changes nothing and is answered with it.
Cell = To | Dash | str


def change(cell: Cell, state: str) -> To:
    """Give any cell of a state as a change, though it change nothing."""
    if isinstance(cell, To):
        return cell
    return To(state, cell if isinstance(cell, str) else cell.outcome)


@dataclass(frozen=True)
class Event:
    """A row of the table, or a variant of one, with its cells by column."""

    row: str
    variant: str
    act: Callable[[Case], str]
    cells: dict[str, Cell]
    amount: int = BIG
    before: Callable[[Case], str] | None = None


COLUMNS = ("none", *(state.value for state in ChargeState), "tombstone")
PAID = ("succeeded", "partially_refunded", "refunded")
OVER = (*PAID, "reversed", "closed", "failed")


def each(columns: tuple[str, ...], cell: Cell) -> dict[str, Cell]:
    return dict.fromkeys(columns, cell)


def every(cell: Cell) -> dict[str, Cell]:
    return each(COLUMNS, cell)


#: The table's rows, each with its columns that hold a dash, as the rules of the money have them.
DASHES: dict[str, tuple[str, ...]] = {
    "create MP": (),
    "create PP, within limit": tuple(c for c in COLUMNS if c not in {"none", "tombstone"}),
    "create PP, PIN needed": tuple(c for c in COLUMNS if c not in {"none", "tombstone"}),
    "create PP, refused": tuple(c for c in COLUMNS if c not in {"none", "tombstone"}),
    "pay": (),
    "pay refused": tuple(c for c in COLUMNS if c not in {"none", "created"}),
    "confirm": (),
    "PIN wrong": tuple(c for c in COLUMNS if c not in {"none", "created", "awaiting_payer"}),
    "decline": (),
    "time passes": tuple(c for c in COLUMNS if c not in {"created", "awaiting_payer"}),
    "close": (),
    "reverse within 7 days": (),
    "reverse later": (),
    "refund": (),
    "freeze": ("none", "refunded", "reversed", "closed", "tombstone", "failed"),
}

OVER_REFUSES: dict[str, Cell] = {
    **each(PAID, "already_paid"),
    "reversed": "charge_reversed",
    "closed": "charge_closed",
    "failed": "charge_failed",
}
OVER_NEVER = {column: Dash(str(cell)) for column, cell in OVER_REFUSES.items()}
CODE_CELLS: dict[str, Cell] = {
    **every(Dash("key_reused")),
    "tombstone": To("closed", "charge_closed", burnt=False),
}


def frozen(who: str, freeze: Callable[[Case], str], code: str) -> tuple[Event, ...]:
    """Freeze somebody, alone and followed by what is refused or still allowed."""
    part = To("partially_refunded", "succeeded", PART_BACK)
    alone = {**every("frozen"), **each(DASHES["freeze"], Dash("frozen"))}
    unpaid: dict[str, Cell] = {"created": To("created", code, payment="failed")}
    unconfirmed: dict[str, Cell] = {"awaiting_payer": To("failed", code, payment="failed")}
    refunded = each(("succeeded", "partially_refunded"), part)
    returned: dict[str, Cell] = {"succeeded": To("reversed", "returned", BIG_BACK, "reversed")}
    return (
        Event("freeze", who, freeze, alone),
        Event("freeze", f"{who}, then pay", cases.pay_it, unpaid, SMALL, freeze),
        Event("freeze", f"{who}, then confirm", cases.confirm_it, unconfirmed, before=freeze),
        Event("freeze", f"{who}, then refund", cases.refund_part, refunded, before=freeze),
        Event("freeze", f"{who}, then reverse", cases.reverse_it, returned, before=freeze),
    )


EVENTS = (
    Event(
        "create MP",
        "",
        cases.create_scanned,
        {**every("replay"), "none": To("created", "created"), "tombstone": "charge_closed"},
    ),
    Event(
        "create PP, within limit",
        "",
        cases.create_on_code,
        {**CODE_CELLS, "none": To("succeeded", "succeeded", SMALL_PAID, "succeeded", burnt=True)},
        amount=SMALL,
    ),
    Event(
        "create PP, PIN needed",
        "",
        cases.create_on_code,
        {
            **CODE_CELLS,
            "none": To("awaiting_payer", "awaiting_payer", payment="pin_required", burnt=True),
        },
    ),
    *(
        Event(
            "create PP, refused",
            variant,
            cases.create_on_code,
            {**CODE_CELLS, "none": To("failed", "failed", payment="failed", burnt=True)},
            before=before,
        )
        for variant, before in (
            ("no funds", cases.drain),
            ("payer frozen", cases.freeze_payer),
            ("merchant frozen", cases.freeze_merchant),
        )
    ),
    Event(
        "pay",
        "",
        cases.pay_it,
        {
            **OVER_REFUSES,
            "none": "not_found",
            "created": To("succeeded", "succeeded", SMALL_PAID, "succeeded"),
            "awaiting_payer": "use_confirm",
            "tombstone": "charge_closed",
        },
        amount=SMALL,
    ),
    Event("pay", "by another", cases.pay_by_another, {"awaiting_payer": "not_yours"}),
    Event(
        "pay refused",
        "no funds",
        cases.pay_it,
        {
            **OVER_NEVER,
            "none": "not_found",
            "created": To("created", "insufficient_funds", payment="failed"),
            "awaiting_payer": Dash("use_confirm"),
            "tombstone": Dash("charge_closed"),
        },
        amount=SMALL,
        before=cases.drain,
    ),
    Event(
        "pay refused",
        "PIN due",
        cases.pay_it,
        {"created": To("created", "pin_required", payment="pin_required")},
    ),
    Event(
        "confirm",
        "",
        cases.confirm_it,
        {
            **OVER_REFUSES,
            "none": "not_found",
            "created": To("succeeded", "succeeded", BIG_PAID, "succeeded"),
            "awaiting_payer": To("succeeded", "succeeded", BIG_PAID, "succeeded"),
            "tombstone": "not_found",
        },
    ),
    Event(
        "confirm",
        "no funds",
        cases.confirm_it,
        {
            "created": To("created", "insufficient_funds", payment="failed"),
            "awaiting_payer": To("failed", "insufficient_funds", payment="failed"),
        },
        before=cases.drain,
    ),
    Event(
        "PIN wrong",
        "once",
        cases.wrong_pin,
        {
            **OVER_NEVER,
            "none": "not_found",
            "created": To("created", "pin_wrong", payment="pin_required"),
            "awaiting_payer": To("awaiting_payer", "pin_wrong", payment="pin_required"),
            "tombstone": Dash("not_found"),
        },
    ),
    Event(
        "PIN wrong",
        "thrice",
        cases.wrong_pin_thrice,
        {
            "created": To("created", "pin_locked", payment="failed"),
            "awaiting_payer": To("failed", "pin_locked", payment="failed"),
        },
    ),
    Event(
        "decline",
        "",
        cases.decline_it,
        {
            **OVER_REFUSES,
            "none": "not_found",
            "created": To("created", "failed", payment="failed"),
            "awaiting_payer": To("failed", "failed", payment="failed"),
            "failed": "failed",
            "tombstone": "not_found",
        },
    ),
    Event(
        "time passes",
        "",
        cases.time_passes,
        {
            **{column: Dash(column) for column in (*OVER, "none")},
            "created": To("closed", "closed", payment="expired"),
            "awaiting_payer": To("closed", "closed", payment="expired"),
            "tombstone": Dash("closed"),
        },
    ),
    Event(
        "close",
        "",
        cases.close_it,
        {
            **OVER_REFUSES,
            "none": "not_found",
            "created": To("closed", "closed", payment="expired"),
            "awaiting_payer": To("closed", "closed", payment="expired"),
            "closed": "closed",
            "failed": "failed",
            "tombstone": "closed",
        },
    ),
    Event(
        "reverse within 7 days",
        "",
        cases.reverse_it,
        {
            "none": To("closed", "closed"),
            "created": To("closed", "closed", payment="expired"),
            "awaiting_payer": To("closed", "closed", payment="expired"),
            "succeeded": To("reversed", "returned", BIG_BACK, "reversed"),
            **each(("partially_refunded", "refunded"), "has_refunds"),
            "reversed": "returned",
            **each(("closed", "tombstone"), "closed"),
            "failed": "none",
        },
    ),
    Event(
        "reverse later",
        "",
        cases.reverse_later,
        {
            "none": To("closed", "closed"),
            **each(("created", "awaiting_payer"), To("closed", "closed", payment="expired")),
            "succeeded": "reversal_window_passed",
            **each(("partially_refunded", "refunded"), "has_refunds"),
            "reversed": "returned",
            **each(("closed", "tombstone"), "closed"),
            "failed": "none",
        },
    ),
    Event(
        "refund",
        "part",
        cases.refund_part,
        {
            "none": "not_found",
            **each(("created", "awaiting_payer", "closed", "tombstone", "failed"), "not_paid"),
            "succeeded": To("partially_refunded", "succeeded", PART_BACK, "succeeded"),
            "partially_refunded": To("partially_refunded", "succeeded", PART_BACK, "succeeded"),
            "refunded": "refund_too_large",
            "reversed": "charge_reversed",
        },
    ),
    Event(
        "refund",
        "rest",
        cases.refund_rest,
        {
            "succeeded": To("refunded", "succeeded", BIG_BACK, "succeeded"),
            "partially_refunded": To("refunded", "succeeded", REST_BACK, "succeeded"),
        },
    ),
    *frozen("payer", cases.freeze_payer, "wallet_frozen"),
    *frozen("merchant", cases.freeze_merchant, "merchant_frozen"),
)

"""Receipts and statements as the service gives them."""

from __future__ import annotations

from dataclasses import dataclass

from payment_codes.amount import Amount
from wallet_api.contract.statement import Movement, Receipt, ReceiptRefund, Statement
from wallet_api.contract.wire import ChargeState


def cny(minor: int) -> Amount:
    return Amount(minor, "CNY")


@dataclass(frozen=True)
class Bought:
    """One line of a sale."""

    name: str
    quantity: int
    price: Amount


ITEMS = (
    Bought("Flat white", 2, cny(3_200)),
    Bought("桂花糕（大份，打包带走）", 12, cny(150)),
    Bought("Apple pie with a great deal of whipped cream", 1, cny(2_800)),
)


LATIN = Receipt(
    charge="01890a5d-ac96-774b-bcce-b302099a8057",
    state=ChargeState.PARTIALLY_REFUNDED,
    merchant="Café Señor Müller & Daughters",
    store="Main store",
    city="Zürich",
    till="01890a5d-ac96-774b-bcce-b30209911111",
    amount=cny(10_000),
    refunded=cny(1_250),
    created_at="2026-01-31T08:59:00.000Z",
    refunds=[
        ReceiptRefund(
            id="01890a5d-ac96-774b-bcce-b302099a0001",
            amount=cny(1_000),
            created_at="2026-02-01T09:00:00.000Z",
            reason="the coffee was cold and the cake was yesterday's",
        ),
        ReceiptRefund(
            id="01890a5d-ac96-774b-bcce-b302099a0002",
            amount=cny(250),
            created_at="2026-02-02T09:00:00.000Z",
        ),
    ],
    tip=cny(500),
    discount=cny(1_500),
    note="2 flat whites, 1 apple pie",
    reference="TABLE7",
    payment="01890a5d-ac96-774b-bcce-b302099a7777",
    paid_at="2026-01-31T09:00:00.000Z",
)

CHINESE = Receipt(
    charge="01890a5d-ac96-774b-bcce-b302099a8057",
    state=ChargeState.REVERSED,
    merchant="老上海茶馆有限责任公司第一分店",
    store="南京东路店",
    city="上海",
    till="01890a5d-ac96-774b-bcce-b30209922222",
    amount=cny(999_999_999_999),
    refunded=cny(0),
    created_at="2026-01-31T08:59:00.000Z",
    refunds=[],
    note="龙井茶两壶，桂花糕一份，打包带走，谢谢惠顾，欢迎下次光临本店",
    payment="01890a5d-ac96-774b-bcce-b302099a7777",
    paid_at="2026-01-31T09:00:00.000Z",
    reversed_at="2026-01-31T10:00:00.000Z",
)

RECEIPTS = {"latin": LATIN, "chinese": CHINESE}

STATEMENT = Statement(
    wallet="01890a5d-ac96-774b-bcce-b302099a8057",
    name="王小明",
    month="2026-01",
    zone="Asia/Shanghai",
    starts_at="2025-12-31T16:00:00.000Z",
    ends_at="2026-01-31T16:00:00.000Z",
    opening=cny(5_000),
    total_in=cny(50_000),
    total_out=cny(12_345),
    closing=cny(42_655),
    count=2,
    cursor="3.42655",
)

MOVEMENTS = [
    Movement(
        id="01890a5d-ac96-774b-bcce-b302099a0001",
        kind="top_up",
        direction="in",
        amount=cny(50_000),
        balance_after=cny(55_000),
        party="bank",
        created_at="2026-01-01T01:00:00.000Z",
    ),
    Movement(
        id="01890a5d-ac96-774b-bcce-b302099a0002",
        kind="payment",
        direction="out",
        amount=cny(12_345),
        balance_after=cny(42_655),
        party="老上海茶馆",
        created_at="2026-01-02T02:03:04.000Z",
        note="two teas",
        reference="T7",
        category="5812",
        charge="01890a5d-ac96-774b-bcce-b302099a8057",
    ),
]

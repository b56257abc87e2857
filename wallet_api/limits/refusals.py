"""What a refused customer is told: which limit, what is left, when it renews, how to raise it."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING

from payment_codes.amount import Amount, amount_text
from wallet_api.contract.errors import LimitExceeded
from wallet_api.contract.instants import instant_text
from wallet_api.contract.limits import EVIDENCE, Tier
from wallet_api.store.calendar import business_zone

if TYPE_CHECKING:
    from collections.abc import Sequence

    from wallet_api.contract.error_base import WalletError
    from wallet_api.identity.records import Customer
    from wallet_api.store.database import Transaction

#: Limit → what was met, in English and Chinese.
REASONS = {
    "single": (
        "A wallet of tier {tier} can spend at most {size} at once.",
        "{tier} 类钱包单笔限额为 {size}。",
    ),
    "day": (
        "A wallet of tier {tier} can spend {size} a day; {left} is left until {renews}.",
        "{tier} 类钱包每日限额为 {size}，剩余 {left}，{renews} 恢复。",
    ),
    "year": (
        "A wallet of tier {tier} can spend {size} a year; {left} is left until {renews}.",
        "{tier} 类钱包每年限额为 {size}，剩余 {left}，{renews} 恢复。",
    ),
    "static_code": (
        "Codes without an amount can take {size} a day; {left} is left until {renews}.",
        "静态码付款每日限额为 {size}，剩余 {left}，{renews} 恢复。",
    ),
    "balance": (
        "A wallet of tier {tier} can hold {size}; there is room for {left}.",
        "{tier} 类钱包余额上限为 {size}，还可存入 {left}。",
    ),
}
ASK_FOR_AMOUNT = ("Ask the merchant for a code with the amount.", "请商户出示带金额的收款码。")
RAISE = (
    "For more, run `wallet raise-tier {tier}` with {needs}.",
    "如需提高限额，请备好{needs}并运行 wallet raise-tier {tier}。",
)
NEEDS = {
    "name": ("your name", "姓名"),
    "identity_number": ("your identity number", "身份证号"),
    "bank_card": ("a bank card", "银行卡号"),
    "branch_document": ("a document from a branch", "网点凭证"),
}


def limit_exceeded(
    transaction: Transaction,
    customer: Customer,
    limit: str,
    size: int,
    left: int,
    renews_at: int | None,
) -> WalletError:
    """Give the refusal of one limit; ``size`` and ``left`` are minor units, ``renews_at`` ms."""
    above = None if limit == "static_code" else Tier(customer.tier).next
    words = {
        "tier": customer.tier,
        "size": amount_text(Amount(size, customer.currency)),
        "left": amount_text(Amount(left, customer.currency)),
        "renews": "" if renews_at is None else _local(transaction, renews_at),
    }
    return LimitExceeded(
        limit=limit,
        tier=customer.tier,
        size={"minor": size, "currency": customer.currency},
        left={"minor": left, "currency": customer.currency},
        renews_at=None if renews_at is None else instant_text(renews_at),
        next_tier=above,
        needs=[] if above is None else list(EVIDENCE[above]),
        reason=_both(REASONS[limit], words),
        remedy=_both(ASK_FOR_AMOUNT, {}) if above is None else remedy(above),
    )


def remedy(tier: Tier) -> dict[str, str]:
    """Say how a tier is reached, in both languages."""
    needs = in_words(EVIDENCE[tier])
    english, chinese = RAISE
    return {
        "en": english.format(tier=tier, needs=needs["en"]),
        "zh": chinese.format(tier=tier, needs=needs["zh"]),
    }


def in_words(fields: Sequence[str]) -> dict[str, str]:
    """Name kinds of evidence, in both languages."""
    *most, last = (NEEDS[field][0] for field in fields)
    chinese = "、".join(NEEDS[field][1] for field in fields)
    return {"en": f"{', '.join(most)} and {last}" if most else last, "zh": chinese}


def _both(templates: tuple[str, str], words: dict[str, str]) -> dict[str, str]:
    english, chinese = templates
    return {"en": english.format(**words), "zh": chinese.format(**words)}


def _local(transaction: Transaction, milliseconds: int) -> str:
    """Write a moment in the bank's own time zone, to the minute."""
    zone = business_zone(transaction)
    return f"{datetime.fromtimestamp(milliseconds // 1_000, zone):%Y-%m-%d %H:%M} ({zone.key})"

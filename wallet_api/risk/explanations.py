"""How a decision explains itself: the rule's name, what was seen, and from where on it speaks."""

from __future__ import annotations

from typing import TYPE_CHECKING

from payment_codes.amount import Amount, amount_text
from wallet_api.risk.rules import Habit, NewDevice, Velocity

if TYPE_CHECKING:
    from wallet_api.risk.rules import Rule

#: Kind of rule → the sentence in English and Chinese.
SENTENCES: dict[type[Rule], tuple[str, str]] = {
    Velocity: (
        "Rule {name}: {seen} movements within {minutes} min, and {threshold} are usual at most.",
        "规则 {name}：{minutes} 分钟内第 {seen} 笔支出，通常不超过 {threshold} 笔。",
    ),
    Habit: (
        "Rule {name}: {seen} is far above this wallet's habit; {threshold} is usual at most.",
        "规则 {name}：{seen} 远高于该钱包的习惯金额，通常不超过 {threshold}。",
    ),
    NewDevice: (
        (
            "Rule {name}: {seen} on a device added less than {hours} h ago;"
            " it can spend {threshold} at once."
        ),
        "规则 {name}：设备添加不足 {hours} 小时，单笔最多 {threshold}，本次为 {seen}。",
    ),
}
STILL_HELD = (
    "Rule {name} holds this wallet since an earlier payment.",
    "规则 {name} 自之前的付款起已暂停该钱包的支出。",
)


def explain(rule: Rule, seen: int, threshold: int, currency: str) -> dict[str, str]:
    """Say in both languages why a rule speaks; amounts are minor units of the currency."""
    words = {"name": rule.name, "seen": str(seen), "threshold": str(threshold)}
    if isinstance(rule, Velocity):
        words["minutes"] = str(-(-rule.seconds // 60))
    else:
        words["seen"] = amount_text(Amount(seen, currency))
        words["threshold"] = amount_text(Amount(threshold, currency))
    if isinstance(rule, NewDevice):
        words["hours"] = str(rule.hours)
    return _both(SENTENCES[type(rule)], words)


def explain_hold(name: str) -> dict[str, str]:
    """Say in both languages that a rule holds a customer back since earlier."""
    return _both(STILL_HELD, {"name": name})


def _both(sentences: tuple[str, str], words: dict[str, str]) -> dict[str, str]:
    english, chinese = sentences
    return {"en": english.format(**words), "zh": chinese.format(**words)}

"""A bank that follows a script: late, never, twice, refusing, taking back. It forgets nothing."""

from __future__ import annotations

from dataclasses import dataclass

from wallet_api.banking.notices import Notice
from wallet_api.banking.orders import Answer
from wallet_api.banking.records import DEBIT, OrderRow

LATE_BY = 40_000


@dataclass
class Told:
    """An order as the bank has it; it is answered from ``answers_at`` on, None for never."""

    order: OrderRow
    paid: bool
    answers_at: int | None


class ScriptedBank:
    """``plan`` is what it does with the next order of a kind; times are in milliseconds."""

    def __init__(self) -> None:
        self.plan: dict[str, str] = {}
        self.told: dict[str, Told] = {}
        self.movements: list[tuple[str, str, int]] = []
        self.notices: list[tuple[int, Notice]] = []
        self.heard: set[int] = set()

    def ask(self, order: OrderRow, now: int) -> Answer | None:
        """Act on an order the first time, and give the answer or None for silence."""
        if order.id not in self.told:
            self._act(order, self.plan.pop(order.kind, "pay"), now)
        told = self.told[order.id]
        if told.answers_at is None or told.answers_at > now:
            return None
        return Answer(order.id, told.paid)

    def _act(self, order: OrderRow, fault: str, now: int) -> None:
        paid = fault != "refuse"
        answers_at = {"late": now + LATE_BY, "never": None}.get(fault, now)
        self.told[order.id] = Told(order, paid, answers_at)
        if paid:
            self._move(order, 1 if order.kind == DEBIT else -1)
        if fault == "twice":
            self._say("answer", order.id, order, now, paid=paid)
        if fault == "take_back":
            self._say("taken_back", order.id, order, now + LATE_BY, paid=False)

    def stray(self, key: str, order: OrderRow, now: int) -> None:
        """Receive money that nobody asked for, of an order's amount and currency."""
        self.movements.append((key, order.currency, order.amount))
        self._say("incoming", key, order, now, paid=True)

    def open_up(self, now: int) -> None:
        """Say by itself what was never answered."""
        for told in self.told.values():
            if told.answers_at is None:
                told.answers_at = now
                self._say("answer", told.order.id, told.order, now, paid=told.paid)

    def said_by(self, now: int) -> list[Notice]:
        """Give what is to be heard; what is taken back is gone from then on."""
        due = [notice for at, notice in self.notices if at <= now and notice.id not in self.heard]
        for notice in due:
            self.heard.add(notice.id)
            if notice.kind == "taken_back":
                self._move(self.told[notice.key].order, -1)
        return due

    def _say(self, kind: str, key: str, order: OrderRow, at: int, *, paid: bool) -> None:
        number = len(self.notices) + 1
        notice = Notice(number, kind, key, order.amount, order.currency, paid)  # type: ignore[arg-type]
        self.notices.append((at, notice))

    def _move(self, order: OrderRow, sign: int) -> None:
        self.movements.append((order.id, order.currency, sign * order.amount))

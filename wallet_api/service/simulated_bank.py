"""The simulated bank: another party, with its own memory and its own statement.

It keeps a small SQLite file beside the books, so that what it paid is not forgotten when the
service dies, and it can be told to fail: each outcome it makes then names its rule (``bank:late``).
"""

from __future__ import annotations

import asyncio
import threading
from dataclasses import dataclass
from typing import TYPE_CHECKING

import apsw

from wallet_api.banking.notices import Notice
from wallet_api.contract.ids import new_id
from wallet_api.service.bank import BankMovement, BankSilentError, Instruction, Reply

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from payment_codes.amount import Amount
    from wallet_api.contract.banking import Fault
    from wallet_api.store.clock import Clock
    from wallet_api.store.database import Row, Value

MOST_NOTICES = 100
BUSY_TIMEOUT_MS = 5_000
_SCHEMA = """
CREATE TABLE IF NOT EXISTS orders (
    key TEXT PRIMARY KEY, kind TEXT NOT NULL, minor INTEGER NOT NULL, currency TEXT NOT NULL,
    paid INTEGER NOT NULL, rule TEXT, answers_at INTEGER
);
CREATE TABLE IF NOT EXISTS movements (
    number INTEGER PRIMARY KEY, at INTEGER NOT NULL, key TEXT NOT NULL, minor INTEGER NOT NULL,
    currency TEXT NOT NULL
);
CREATE TABLE IF NOT EXISTS notices (
    number INTEGER PRIMARY KEY, at INTEGER NOT NULL, kind TEXT NOT NULL, key TEXT NOT NULL,
    minor INTEGER NOT NULL, currency TEXT NOT NULL, paid INTEGER NOT NULL, rule TEXT,
    begun INTEGER NOT NULL DEFAULT 0, heard INTEGER NOT NULL DEFAULT 0
);
"""


_STATEMENT = "SELECT at, key, minor, currency FROM movements WHERE at < ? ORDER BY at, number"


def statement_of(path: Path, until: int) -> list[BankMovement]:
    """Read the statement in a bank's file before a moment, whether or not the bank runs."""
    books = apsw.Connection(str(path), apsw.SQLITE_OPEN_READONLY)
    books.set_busy_timeout(BUSY_TIMEOUT_MS)
    rows: list[Row] = books.execute(_STATEMENT, (until,)).fetchall()
    books.close()
    return [BankMovement(*row) for row in rows]


@dataclass(slots=True)
class _Plan:
    """What the bank does with its next calls of a kind; ``seconds`` are of business time."""

    fault: Fault
    calls: int
    seconds: int

    @property
    def rule(self) -> str:
        return f"bank:{self.fault}"


class SimulatedBank:
    """A bank that does at once what it is asked, unless it was told otherwise.

    ``path`` is its file; without one it remembers in memory only.
    """

    def __init__(self, clock: Clock, path: Path | None = None) -> None:
        self._clock = clock
        self._lock = threading.Lock()
        self._plans: dict[str, _Plan] = {}
        self._books = apsw.Connection(":memory:" if path is None else str(path))
        self._books.set_busy_timeout(BUSY_TIMEOUT_MS)
        if path is not None:
            path.chmod(0o600)
            self._books.pragma("journal_mode", "wal")
            self._books.pragma("synchronous", "full")
        self._books.execute(_SCHEMA)

    async def debit(self, instruction: Instruction) -> Reply:
        """Bring money in. The same key asked again is moved once only."""
        return await asyncio.to_thread(self._act, "debit", instruction)

    async def credit(self, instruction: Instruction) -> Reply:
        """Pay money out. The same key asked again is moved once only."""
        return await asyncio.to_thread(self._act, "credit", instruction)

    async def notices(self) -> Sequence[Notice]:
        """Give what is to be said and was not heard."""
        return await asyncio.to_thread(self._notices)

    async def acknowledge(self, notice: int) -> None:
        """Say it no more."""
        await asyncio.to_thread(self._acknowledge, notice)

    async def statement(self, until: int) -> Sequence[BankMovement]:
        """Give every movement before a moment."""
        return await asyncio.to_thread(self._statement, until)

    def close(self) -> None:
        """Let go of the file."""
        self._books.close()

    def plan(self, kind: str, fault: Fault, calls: int, seconds: int) -> None:
        """Do this with the next calls of a kind."""
        self._plans[kind] = _Plan(fault, calls, seconds)

    def planned(self, kind: str) -> int:
        """Give how many calls of a kind are still to be failed."""
        plan = self._plans.get(kind)
        return 0 if plan is None else plan.calls

    def stray(self, amount: Amount) -> str:
        """Receive money that nobody asked for, and give its reference."""
        now, key = self._clock.now().business, new_id()
        with self._lock, self._books:
            self._move(now, key, amount.minor, amount.currency)
            order = Instruction(key, "", amount.minor, amount.currency)
            self._say(now, "incoming", order, paid=True, rule="bank:stray")
        return key

    def answer_all(self) -> None:
        """Plan nothing any more, and say by itself what was never answered."""
        self._plans.clear()
        now = self._clock.now().business
        with self._lock, self._books:
            for key, minor, currency, paid, rule in self._rows(
                "SELECT key, minor, currency, paid, rule FROM orders WHERE answers_at IS NULL"
            ):
                order = Instruction(key, "", minor, currency)
                self._say(now, "answer", order, paid=bool(paid), rule=rule)
            self._books.execute("UPDATE orders SET answers_at = ? WHERE answers_at IS NULL", (now,))

    def _act(self, kind: str, order: Instruction) -> Reply:
        now = self._clock.now().business
        with self._lock, self._books:
            known = self._rows(
                "SELECT minor, currency, paid, rule, answers_at FROM orders WHERE key = ?",
                order.key,
            )
            minor, currency, paid, rule, answers_at = (
                known[0] if known else self._begin(kind, order, now)
            )
        if (minor, currency) != (order.minor, order.currency):
            return Reply(paid=False)
        if answers_at is None or answers_at > now:
            raise BankSilentError(rule)
        return Reply(bool(paid), rule)

    def _begin(self, kind: str, order: Instruction, now: int) -> Row:
        """Do what is asked the first time, by plan; the money moves before any answer."""
        plan = self._next_plan(kind)
        fault, rule = (None, None) if plan is None else (plan.fault, plan.rule)
        later = now + (0 if plan is None else plan.seconds * 1_000)
        paid = fault != "refuse"
        answers_at = {"never": None, "late": later}.get(fault or "", now)
        sign = 1 if kind == "debit" else -1
        if paid:
            self._move(now, order.key, sign * order.minor, order.currency)
        if fault == "twice":
            self._say(now, "answer", order, paid=paid, rule=rule)
        if fault == "take_back":
            self._say(later, "taken_back", order, paid=False, rule=rule)
        self._books.execute(
            "INSERT INTO orders VALUES (?, ?, ?, ?, ?, ?, ?)",
            (order.key, kind, order.minor, order.currency, paid, rule, answers_at),
        )
        return order.minor, order.currency, paid, rule, answers_at

    def _next_plan(self, kind: str) -> _Plan | None:
        plan = self._plans.get(kind)
        if plan is None:
            return None
        plan.calls -= 1
        if plan.calls == 0:
            del self._plans[kind]
        return plan

    def _move(self, at: int, key: str, minor: int, currency: str) -> None:
        self._books.execute(
            "INSERT INTO movements (at, key, minor, currency) VALUES (?, ?, ?, ?)",
            (at, key, minor, currency),
        )

    def _say(self, at: int, kind: str, order: Instruction, *, paid: bool, rule: str | None) -> None:
        self._books.execute(
            "INSERT INTO notices (at, kind, key, minor, currency, paid, rule)"
            " VALUES (?, ?, ?, ?, ?, ?, ?)",
            (at, kind, order.key, order.minor, order.currency, paid, rule),
        )

    def _notices(self) -> list[Notice]:
        now = self._clock.now().business
        with self._lock, self._books:
            self._take_back(now)
            rows = self._rows(
                "SELECT number, kind, key, minor, currency, paid, rule FROM notices"
                " WHERE heard = 0 AND at <= ? ORDER BY at, number LIMIT ?",
                now,
                MOST_NOTICES,
            )
        return [
            Notice(number, kind, key, minor, currency, bool(paid), rule)
            for number, kind, key, minor, currency, paid, rule in rows
        ]

    def _take_back(self, now: int) -> None:
        """Move the money of what is due to be taken back by now."""
        for number, at, key, minor, currency in self._rows(
            "SELECT number, at, key, minor, currency FROM notices"
            " WHERE kind = 'taken_back' AND begun = 0 AND at <= ?",
            now,
        ):
            self._move(at, key, -minor, currency)
            self._books.execute("UPDATE notices SET begun = 1 WHERE number = ?", (number,))

    def _statement(self, until: int) -> list[BankMovement]:
        with self._lock:
            rows = self._rows(_STATEMENT, until)
        return [BankMovement(*row) for row in rows]

    def _acknowledge(self, notice: int) -> None:
        with self._lock:
            self._books.execute("UPDATE notices SET heard = 1 WHERE number = ?", (notice,))

    def _rows(self, sql: str, *values: Value) -> list[Row]:
        return self._books.execute(sql, values).fetchall()

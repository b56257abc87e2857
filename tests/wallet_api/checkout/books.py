"""Real books in a temporary folder: one engine, settable clocks, and what the books say."""

from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING, TypeVar

from wallet_api.checkout.records import CHARGES, PAYMENTS, ChargeRow, PaymentRow
from wallet_api.contract.error_base import WalletError
from wallet_api.contract.ids import new_id
from wallet_api.identity.keys import Keys
from wallet_api.ledger.accounts import FEES_UNSWEPT, owed_to
from wallet_api.service.proof import prove
from wallet_api.store.answers import Key
from wallet_api.store.clock import Now
from wallet_api.store.engine import Engine
from wallet_api.store.sqlite import SqliteDatabase

if TYPE_CHECKING:
    from collections.abc import Callable
    from concurrent.futures import Future
    from pathlib import Path

    from wallet_api.store.database import Row, Transaction, Value

C = TypeVar("C")
T = TypeVar("T")

START = 1_800_000_000_000
SECOND, MINUTE, DAY = 1_000, 60_000, 86_400_000


class SettableClock:
    """Two clocks that stand still until they are moved, in milliseconds."""

    def __init__(self) -> None:
        self.wall = START
        self.business = START

    def now(self) -> Now:
        return Now(self.wall, self.business)


class Books:
    """A database with its engine; amounts are minor units."""

    def __init__(self, folder: Path) -> None:
        self.clock = SettableClock()
        self.keys = Keys(bytes(range(32)))
        self.engine = Engine(SqliteDatabase(folder / "books.db", bytes(32)), self.clock)

    def close(self) -> None:
        self.engine.close()

    def submit(self, use_case: Callable[[Transaction, C, Now], T], command: C) -> Future[T]:
        return self.engine.submit(lambda transaction, now: use_case(transaction, command, now))

    def run(self, use_case: Callable[[Transaction, C, Now], T], command: C) -> T:
        return self.submit(use_case, command).result(timeout=30)

    def refusal(self, use_case: Callable[[Transaction, C, Now], T], command: C) -> WalletError:
        """Give the refusal of a command that must be refused."""
        try:
            answer = self.run(use_case, command)
        except WalletError as refused:
            return refused
        raise AssertionError(f"not refused: {answer}")

    def advance(self, milliseconds: int) -> None:
        self.clock.business += milliseconds

    def key(self, owner: str, *asked: object, key_id: str | None = None) -> Key:
        """Make a key; its fingerprint covers what is asked."""
        fingerprint = hashlib.sha256(repr(asked).encode()).digest()
        return Key(key_id or new_id(self.clock.wall), owner, fingerprint)

    def read(self, query: Callable[[Transaction, C], T], argument: C) -> T:
        return self.engine.read(lambda transaction, _now: query(transaction, argument))

    def rows(self, sql: str, *values: Value) -> list[Row]:
        return self.engine.read(lambda transaction, _now: list(transaction.all(sql, *values)))

    def change(self, *statements: str) -> None:
        """Damage the books behind the use cases' back."""

        def damage(transaction: Transaction, _now: Now) -> None:
            for statement in statements:
                transaction.run(statement)

        self.engine.submit(damage).result(timeout=30)

    def charge_row(self, charge: str) -> ChargeRow:
        row = self.read(CHARGES.get, charge)
        assert row is not None
        return row

    def payment_row(self, payment: str) -> PaymentRow:
        row = self.read(PAYMENTS.get, payment)
        assert row is not None
        return row

    def owed(self, account: str, currency: str = "CNY") -> int:
        return self.engine.read(lambda tx, _now: owed_to(tx, account, currency))

    def fees(self, currency: str = "CNY") -> int:
        return self.owed(FEES_UNSWEPT, currency)

    def entries(self) -> int:
        """Count the journal's entries."""
        return int(self.rows("SELECT COUNT(*) FROM journal")[0][0])

    def findings(self) -> list[str]:
        """Prove journal and charges, and give what is off."""

        def verify(transaction: Transaction, _now: Now) -> list[str]:
            report = prove(transaction)
            assert report.intact or report.findings
            return report.findings

        return self.engine.read(verify)

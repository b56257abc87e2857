"""A town by the harbour: its people, and the bank's answers given by hand."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING

from payment_codes.amount import Amount
from tests.wallet_api.checkout.town import PIN, Shop, Town, Wallet
from wallet_api.banking.firm import Clear, clear
from wallet_api.banking.notices import Notice, hear
from wallet_api.banking.orders import Answer, apply_answer
from wallet_api.banking.outbox import due
from wallet_api.banking.records import ORDERS, SETTLEMENTS, OrderRow, SettlementRow
from wallet_api.banking.safeguarding import Line, safeguarding
from wallet_api.banking.settlement_file import settlement_file
from wallet_api.banking.settlements import Settle, settle
from wallet_api.banking.withdrawals import (
    ConfirmWithdrawal,
    Withdraw,
    confirm_withdrawal,
    view_withdrawal,
    withdraw,
)
from wallet_api.checkout.terms import Evidence
from wallet_api.contract.banking import BANK_ACCOUNT, Withdrawal, WithdrawalRequest
from wallet_api.contract.ids import new_id
from wallet_api.contract.signatures import approval_text, encode_bytes
from wallet_api.ledger.accounts import FEES_UNSWEPT, balance_of
from wallet_api.store.engine import Engine
from wallet_api.store.sqlite import SqliteDatabase

if TYPE_CHECKING:
    from pathlib import Path

    from wallet_api.store.database import Row

EVER = 2**62
#: An account and what an entry moved on it: debit positive, in minor units.
Moves = dict[str, int]


def day_of(milliseconds: int) -> str:
    """Give the day of a moment in UTC."""
    return datetime.fromtimestamp(milliseconds // 1_000, UTC).date().isoformat()


class Harbour(Town):
    """Books with people and a bank that says what a test tells it to."""

    def __init__(self, folder: Path) -> None:
        super().__init__(folder)
        self._folder = folder

    def restart(self) -> None:
        """End the engine and start another one on the same books."""
        self.engine.close()
        self.engine = Engine(SqliteDatabase(self._folder / "books.db", bytes(32)), self.clock)

    def withdrawal(
        self, wallet: Wallet, minor: int, fee: int = 0, withdrawal: str | None = None
    ) -> Withdraw:
        unit = wallet.currency
        request = WithdrawalRequest(amount=Amount(minor, unit), fee=Amount(fee, unit))
        evidence = Evidence(wallet.device.id, b"a wallet's request", b"its signature")
        key = self.key(wallet.id, request, key_id=withdrawal)
        return Withdraw(key, wallet.id, request, evidence)

    def confirmation(
        self, wallet: Wallet, shown: Withdrawal, pin: str = PIN, payee: str = BANK_ACCOUNT
    ) -> ConfirmWithdrawal:
        text = approval_text(
            shown.id,
            payee,
            shown.total.minor,
            shown.total.currency,
            shown.expires_at,
            encode_bytes(self.keys.signing_public),
        )
        approval = wallet.signing.sign(text)
        key = self.key(wallet.id, shown.id, approval)
        return ConfirmWithdrawal(key, wallet.id, wallet.device, shown.id, pin, approval, self.keys)

    def take_out(self, wallet: Wallet, minor: int, fee: int = 0) -> str:
        """Withdraw, with the PIN where it is due, and give the withdrawal's id."""
        shown = self.run(withdraw, self.withdrawal(wallet, minor, fee)).value
        if shown.state == "pin_required":
            shown = self.run(confirm_withdrawal, self.confirmation(wallet, shown)).value
        assert shown.state == "pending"
        return shown.id

    def seen(self, wallet: Wallet, withdrawal: str) -> Withdrawal:
        return self.engine.read(lambda tx, now: view_withdrawal(tx, withdrawal, wallet.id, now))

    def answer(self, order: str, *, paid: bool, simulated: str | None = None) -> None:
        self.run(apply_answer, Answer(order, paid, simulated))

    def say(self, notice: Notice) -> None:
        self.engine.submit(lambda tx, now: hear(tx, notice, now)).result()

    def take_back(self, number: int, top_up: str, minor: int, currency: str = "CNY") -> None:
        self.say(Notice(number, "taken_back", top_up, minor, currency, paid=False))

    def settle(self, shop: Shop, cut_off: int | None = None) -> SettlementRow | None:
        """Settle a shop up to a moment, or up to now."""
        moment = self.clock.business + 1 if cut_off is None else cut_off
        return self.run(settle, Settle(new_id(self.clock.wall), shop.id, moment))

    def settled(self, shop: Shop, cut_off: int | None = None) -> SettlementRow:
        row = self.settle(shop, cut_off)
        assert row is not None
        return row

    def file_of(self, settlement: str) -> bytes:
        row = self.read(SETTLEMENTS.get, settlement)
        assert row is not None
        return self.read(settlement_file, row)

    def sweep(self, currency: str = "CNY") -> str:
        """Order a sweep of the fees and give its id."""
        row = self.run(clear, Clear(new_id(self.clock.wall), FEES_UNSWEPT, currency))
        assert row is not None
        return row.id

    def order(self, order: str) -> OrderRow:
        row = self.read(ORDERS.get, order)
        assert row is not None
        return row

    def due(self) -> list[str]:
        return [row.id for row in self.engine.read(due)]

    def balance_of(self, account: str, currency: str = "CNY") -> int:
        return self.engine.read(lambda tx, _now: balance_of(tx, account, currency))

    def moves(self, subject: str) -> list[tuple[str, Moves]]:
        """Give what the journal moved for a subject: each entry's kind and lines."""
        found: list[tuple[str, Moves]] = []
        rows: list[Row] = self.rows(
            "SELECT journal.number, journal.kind, accounts.name, postings.amount FROM journal"
            " JOIN postings ON postings.number = journal.number"
            " JOIN accounts ON accounts.id = postings.account"
            " WHERE journal.subject = ? ORDER BY journal.number, postings.line",
            subject,
        )
        last = None
        for number, kind, account, amount in rows:
            if number != last:
                found.append((kind, {}))
            last = number
            found[-1][1][account] = amount
        return found

    def report(
        self, statement: list[tuple[str, str, int]] | None = None, until: int = EVER
    ) -> dict[str, Line]:
        lines = self.engine.read(lambda tx, _now: safeguarding(tx, until, statement))
        return {line.currency: line for line in lines}

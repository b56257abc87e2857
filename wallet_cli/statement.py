"""What moved in the wallet: history, months, receipts; what commands and screens call."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from terminal_kit.lookup import find_short
from wallet_api.contract.errors import AnswerInvalid
from wallet_api.contract.ids import is_id
from wallet_api.contract.statement import Movement, Receipt, Statement
from wallet_api.contract.wire import Page

if TYPE_CHECKING:
    from collections.abc import Iterator

    from payment_codes.amount import Amount
    from terminal_kit.session import Standing

PAGE = 100


@dataclass(frozen=True, slots=True)
class Wanted:
    """Only these movements; None stands for any.

    ``since`` and ``until`` are days, such as 2026-01-31, both included, or moments of RFC 3339.
    """

    since: str | None = None
    until: str | None = None
    kind: str | None = None
    direction: str | None = None
    least: Amount | None = None
    most: Amount | None = None
    text: str | None = None

    def query(self) -> dict[str, str | int | None]:
        """Give the query string's names and values."""
        return {
            "from": self.since,
            "to": self.until,
            "kind": self.kind,
            "direction": self.direction,
            "min": None if self.least is None else self.least.minor,
            "max": None if self.most is None else self.most.minor,
            "q": self.text,
        }


ALL = Wanted()


@dataclass(frozen=True, slots=True)
class _Named:
    """A payment under one of the ids on its receipt."""

    id: str
    payment: str


class Statements:
    """The history of one customer's wallet."""

    def __init__(self, session: Standing) -> None:
        self._session = session

    def page(
        self, wanted: Wanted = ALL, limit: int = 20, cursor: str | None = None
    ) -> Page[Movement]:
        """Give so many movements, newest first, and where the rest begins.

        The service looks at a bounded number of movements at a time, so it may be asked often.
        """
        items: list[Movement] = []
        while True:
            found = self.look(wanted, limit - len(items), cursor)
            items += found.items
            cursor = found.next
            if cursor is None or len(items) == limit:
                return Page(items=items, next=cursor)

    def look(
        self, wanted: Wanted = ALL, limit: int = PAGE, cursor: str | None = None
    ) -> Page[Movement]:
        """Ask the service once; a page may hold fewer movements than there are, or none."""
        return self._session.get(
            "/v1/history", Page[Movement], limit=limit, cursor=cursor, **wanted.query()
        )

    def movements(self, wanted: Wanted = ALL, cursor: str | None = None) -> Iterator[Movement]:
        """Give all of them, newest first."""
        while True:
            page = self.look(wanted, PAGE, cursor)
            yield from page.items
            if page.next is None:
                return
            cursor = page.next

    def sums(self, month: str) -> Statement:
        """Give a month's balances and what came and went, without its lines."""
        return self._session.get("/v1/statement", Statement, month=month)

    def month(self, month: str) -> tuple[Statement, list[Movement]]:
        """Give a month's statement and its lines, oldest first, which add up to it.

        Raises AnswerInvalid when they do not.
        """
        statement = self.sums(month)
        wanted = Wanted(since=statement.starts_at)
        lines = list(self.movements(wanted, statement.cursor))[::-1]
        if not _adds_up(statement, lines):
            raise AnswerInvalid(url=self._session.client.url)
        return statement, lines

    def receipt(self, text: str) -> Receipt:
        """Give the receipt of a payment, by its id or by a short code that stands on it."""
        payment = text if is_id(text) else find_short(text, self._named(), "payment").payment
        return self._session.get(f"/v1/payments/{payment}/receipt", Receipt)

    def receipt_of(self, movement: Movement) -> Receipt | None:
        """Give the receipt of the purchase that a movement belongs to, None if to none."""
        if movement.kind == "payment":
            return self.receipt(movement.id)
        if movement.charge is None:
            return None
        wanted = Wanted(kind="payment", text=movement.charge)
        payment = next(self.movements(wanted), None)
        return None if payment is None else self.receipt(payment.id)

    def _named(self) -> Iterator[_Named]:
        for movement in self.movements(Wanted(kind="payment")):
            yield _Named(movement.id, movement.id)
            if movement.charge not in {None, movement.id}:
                yield _Named(str(movement.charge), movement.id)


def _adds_up(statement: Statement, lines: list[Movement]) -> bool:
    """Say whether each line leads to the next, and all of them to the closing balance."""
    balance, came, went = statement.opening.minor, 0, 0
    for line in lines:
        if line.direction == "in":
            came += line.amount.minor
        else:
            went += line.amount.minor
        if line.balance_after.minor != balance + came - went:
            return False
    return (came, went, balance + came - went, len(lines)) == (
        statement.total_in.minor,
        statement.total_out.minor,
        statement.closing.minor,
        statement.count,
    )

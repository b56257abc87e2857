"""Who stands on the other side of a journal entry, and what it was for: one query for each kind."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from wallet_api.store.database import Transaction


class Details(NamedTuple):
    """What a kind's query gives for the id that an entry is about.

    ``receiver`` is who stands on the other side of money that leaves, ``sender`` of money that
    comes.
    """

    receiver: str
    sender: str
    note: str | None = None
    reference: str | None = None
    category: str | None = None
    charge: str | None = None


BANK = "bank"
#: What is said of a kind that has no query.
_UNNAMED = Details("", "")

_MERCHANT = (
    "SELECT merchants.name, merchants.name, charges.note, charges.reference, merchants.category,"
    " charges.id FROM {0} JOIN charges ON charges.id = {0}.charge"
    " JOIN merchants ON merchants.id = charges.merchant WHERE {0}.id = ?"
)
#: Of people: a transfer or a gift with both sides; a gift may be for anyone.
_PEOPLE = (
    "SELECT {0}, {1}, {2}.note FROM {2} JOIN customers AS sender ON sender.id = {2}.sender"
    " LEFT JOIN customers AS receiver ON receiver.id = {2}.receiver WHERE {2}.id = ?"
)
_SENDER, _RECEIVER = "sender.name", "COALESCE(receiver.name, '')"
_TRANSFER = _PEOPLE.format(_RECEIVER, _SENDER, "transfers")
_BANK = f"SELECT '{BANK}', '{BANK}' WHERE ? <> ''"

#: Kind of entry → the query for its Details, with one place for the entry's subject.
PARTIES = {
    "payment": _MERCHANT.format("payments"),
    "reversal": _MERCHANT.format("payments"),
    "refund": _MERCHANT.format("refunds").replace(
        "charges.note", "COALESCE(refunds.reason, charges.note)"
    ),
    "send": _TRANSFER,
    "hold": _TRANSFER,
    "release": _TRANSFER,
    "send_return": _PEOPLE.format(_SENDER, _RECEIVER, "transfers"),
    "gift": _PEOPLE.format(_RECEIVER, _SENDER, "gifts"),
    "gift_return": _PEOPLE.format(_SENDER, _RECEIVER, "gifts"),
    "gift_claim": (
        "SELECT sender.name, sender.name, gifts.note FROM claims"
        " JOIN gifts ON gifts.id = claims.gift"
        " JOIN customers AS sender ON sender.id = gifts.sender WHERE claims.id = ?"
    ),
    "top_up": _BANK,
    "top_up_returned": _BANK,
    "withdrawal": _BANK,
    "withdrawal_returned": _BANK,
    "stray_matched": _BANK,
}


def details_of(transaction: Transaction, kind: str, subject: str) -> Details:
    """Give what is known of an entry besides its money."""
    query = PARTIES.get(kind)
    row = None if query is None else transaction.one(query, subject)
    return _UNNAMED if row is None else Details(*row)

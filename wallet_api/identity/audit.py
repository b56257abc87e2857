"""The audit log: every act of the bank's admin, append-only and hash-chained over every column.

Each row keeps what the admin's device signed, so that the act is proven by its signature too.
Moments are wall time: an act is somebody's, whatever the business clock says.
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from typing import TYPE_CHECKING

from wallet_api.contract.administration import AuditEntry
from wallet_api.contract.errors import SignatureInvalid
from wallet_api.contract.instants import instant_text
from wallet_api.contract.signatures import check_signature, content_digest, encode_bytes
from wallet_api.contract.wire import Page
from wallet_api.identity.records import DEVICES
from wallet_api.store.table import Table

if TYPE_CHECKING:
    from wallet_api.store.clock import Now
    from wallet_api.store.database import Transaction

GENESIS = bytes(32)
DONE = "done"


@dataclass(frozen=True, slots=True)
class Act:
    """What the admin asked for; ``signed`` is the signature base, an empty line and the body."""

    id: str
    name: str
    subject: str
    device: str
    signed: bytes
    signature: bytes


@dataclass(frozen=True, slots=True)
class AuditRow:
    """An act and its outcome: ``done``, or the code of the refusal. Wall milliseconds."""

    number: int
    id: str
    act: str
    subject: str
    happened_at: int
    device: str
    signed: bytes
    signature: bytes
    outcome: str
    previous: bytes
    hash: bytes


AUDIT = Table("audit", AuditRow)


def record(transaction: Transaction, act: Act, outcome: str, now: Now) -> None:
    """Append an act, in the very transaction that does or refuses it."""
    newest = AUDIT.where(transaction, "number > 0 ORDER BY number DESC LIMIT 1")
    number, previous = (newest[0].number + 1, newest[0].hash) if newest else (1, GENESIS)
    row = AuditRow(
        number,
        act.id,
        act.name,
        act.subject,
        now.wall,
        act.device,
        act.signed,
        act.signature,
        outcome,
        previous,
        hash=_seal(number, act, now.wall, outcome, previous),
    )
    AUDIT.insert(transaction, row)


def damage(transaction: Transaction) -> str | None:
    """Say what is wrong with the log, or give None when chain and signatures hold."""
    previous = GENESIS
    for number, row in enumerate(AUDIT.where(transaction, "number > 0 ORDER BY number"), start=1):
        act = Act(row.id, row.act, row.subject, row.device, row.signed, row.signature)
        expected = _seal(number, act, row.happened_at, row.outcome, previous)
        if (row.number, row.previous, row.hash) != (number, previous, expected):
            return f"the audit log's chain breaks at {row.number}"
        if not _is_signed(transaction, act):
            return f"the audit log's signature does not hold at {number}"
        previous = row.hash
    return None


def entries(transaction: Transaction, before: int | None, limit: int) -> Page[AuditEntry]:
    """Give a page of acts, newest first, from before a number."""
    bound = before if before is not None else 2**62
    rows = AUDIT.where(transaction, "number < ? ORDER BY number DESC LIMIT ?", bound, limit + 1)
    shown = rows[:limit]
    more = str(shown[-1].number) if len(rows) > limit else None
    return Page(items=[_entry(row) for row in shown], next=more)


def _seal(number: int, act: Act, at: int, outcome: str, previous: bytes) -> bytes:
    """Give the SHA-256 over the row's columns; those of any length are hashed to a fixed one."""
    lines = [str(number), act.id, act.name, act.subject, str(at), act.device, outcome]
    lines += [hashlib.sha256(part).hexdigest() for part in (act.signed, act.signature)]
    return hashlib.sha256(previous + "\n".join(lines).encode()).digest()


def _is_signed(transaction: Transaction, act: Act) -> bool:
    device = DEVICES.get(transaction, act.device)
    base, _, body = act.signed.partition(b"\n\n")
    if device is None or content_digest(body).encode() not in base:
        return False
    try:
        check_signature(base, act.signature, device.signing_key)
    except SignatureInvalid:
        return False
    return True


def _entry(row: AuditRow) -> AuditEntry:
    return AuditEntry(
        number=row.number,
        id=row.id,
        act=row.act,
        subject=row.subject,
        at=instant_text(row.happened_at),
        device=row.device,
        outcome=row.outcome,
        signed=encode_bytes(row.signed),
        signature=encode_bytes(row.signature),
        hash=encode_bytes(row.hash),
    )

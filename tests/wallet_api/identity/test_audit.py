"""The audit log: appended only, chained, each act proven by the admin's own signature."""

from __future__ import annotations

from typing import TYPE_CHECKING

import apsw
import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from tests.wallet_api.identity.conftest import PATIENCE
from wallet_api.contract.ids import new_id
from wallet_api.contract.signatures import Message, claim, sign
from wallet_api.identity.administration import Admin, WrongAdminKeyError, recognise_admin
from wallet_api.identity.audit import Act, damage, entries, record

if TYPE_CHECKING:
    from tests.wallet_api.identity.conftest import Bank
    from wallet_api.contract.administration import AuditEntry
    from wallet_api.contract.wire import Page

BODY = b'{"reason":"stolen"}'


class Office:
    """The admin at work."""

    def __init__(self, bank: Bank) -> None:
        self.bank = bank
        self.key = Ed25519PrivateKey.generate()
        self.device = new_id(bank.clock.wall)
        self.recognise(self.admin(made_now=True))

    def admin(self, *, made_now: bool) -> Admin:
        return Admin(self.device, self.key.public_key().public_bytes_raw(), made_now)

    def recognise(self, admin: Admin) -> None:
        self.bank.engine.submit(lambda tx, now: recognise_admin(tx, admin, now)).result(PATIENCE)

    def act(self, outcome: str = "done") -> None:
        path = f"/v1/admin/accounts/{new_id()}/freeze"
        message = Message("POST", "bank.example", path, "", BODY, new_id())
        claimed = claim(message, _lower(sign(message, self.device, self.key, 1_800_000_000)))
        signed = claimed.base + b"\n\n" + BODY
        act = Act(new_id(), "freeze", "somebody", self.device, signed, claimed.signature)
        self.bank.engine.submit(lambda tx, now: record(tx, act, outcome, now)).result(PATIENCE)

    def damage(self) -> str | None:
        return self.bank.engine.read(lambda tx, _now: damage(tx))

    def page(self, before: int | None = None, limit: int = 2) -> Page[AuditEntry]:
        return self.bank.engine.read(lambda tx, _now: entries(tx, before, limit))


def _lower(headers: dict[str, str]) -> dict[str, str]:
    return {name.lower(): value for name, value in headers.items()}


@pytest.fixture
def office(bank: Bank) -> Office:
    made = Office(bank)
    for outcome in ("done", "not_found", "done"):
        made.act(outcome)
    return made


def test_a_log_that_nobody_touched_is_whole(office: Office) -> None:
    assert office.damage() is None


def test_it_is_read_by_pages_newest_first(office: Office) -> None:
    first = office.page()
    assert [(item.number, item.outcome) for item in first.items] == [(3, "done"), (2, "not_found")]
    assert first.next == "2"
    second = office.page(int(first.next))
    assert ([item.number for item in second.items], second.next) == ([1], None)


@pytest.mark.parametrize("sql", ["UPDATE audit SET outcome = 'done'", "DELETE FROM audit"])
def test_nothing_in_it_is_changed_or_deleted(office: Office, sql: str) -> None:
    with pytest.raises(apsw.ConstraintError):
        office.bank.write(sql)


@pytest.mark.parametrize(
    "column",
    [
        "id = 'x'",
        "act = 'unfreeze'",
        "subject = 'x'",
        "happened_at = 1",
        "outcome = 'done'",
        "previous = x'00'",
        "hash = x'00'",
        "signed = x'00'",
        "signature = x'00'",
    ],
)
def test_any_changed_column_is_found(office: Office, column: str) -> None:
    office.bank.write("DROP TRIGGER audit_kept")
    office.bank.write(f"UPDATE audit SET {column} WHERE number = 2")
    assert office.damage() == "the audit log's chain breaks at 2"


def test_a_row_that_was_taken_out_is_found(office: Office) -> None:
    office.bank.write("DROP TRIGGER audit_whole")
    office.bank.write("DELETE FROM audit WHERE number = 1")
    assert office.damage() == "the audit log's chain breaks at 2"


def test_an_act_that_the_admin_did_not_sign_is_found(office: Office) -> None:
    office.key = Ed25519PrivateKey.generate()
    office.act()
    assert office.damage() == "the audit log's signature does not hold at 4"


def test_an_act_whose_body_was_not_the_one_signed_is_found(office: Office) -> None:
    message = Message("POST", "bank.example", "/v1/admin/invites", "", BODY, new_id())
    claimed = claim(message, _lower(sign(message, office.device, office.key, 1_800_000_000)))
    signed = claimed.base + b'\n\n{"reason":"other"}'
    act = Act(new_id(), "invites", "", office.device, signed, claimed.signature)
    office.bank.engine.submit(lambda tx, now: record(tx, act, "done", now)).result(PATIENCE)
    assert office.damage() == "the audit log's signature does not hold at 4"


# The admin's key.


def test_the_known_key_is_recognised_and_a_foreign_one_is_not(office: Office) -> None:
    office.recognise(office.admin(made_now=False))
    with pytest.raises(WrongAdminKeyError):
        office.recognise(Admin(new_id(), b"\x02" * 32, made_now=False))
    with pytest.raises(WrongAdminKeyError):
        office.recognise(Admin(office.device, b"\x02" * 32, made_now=False))


def test_a_new_key_takes_the_place_of_a_lost_one(office: Office) -> None:
    lost = office.admin(made_now=False)
    office.recognise(Admin(new_id(), b"\x02" * 32, made_now=True))
    with pytest.raises(WrongAdminKeyError):
        office.recognise(lost)
    assert office.damage() is None

"""Invitations: once, for 15 minutes of wall time, for one role; and the tills they let in."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.wallet_api.identity.conftest import PATIENCE, Shopper
from tests.wallet_api.identity.household import Household
from wallet_api.contract.administration import InviteRequest
from wallet_api.contract.errors import (
    BadRequest,
    DeviceIsThis,
    EnrolmentClosed,
    InviteExpired,
    InviteMismatch,
    InviteUnknown,
    InviteUsed,
    NotFound,
    NotYours,
    TextInvalid,
)
from wallet_api.contract.ids import new_id
from wallet_api.contract.invites import INVITE_LIFE, invite_digest, new_invite
from wallet_api.contract.signatures import encode_bytes
from wallet_api.identity.enrolment import EnrolCustomer, enrol_customer
from wallet_api.identity.invites import MakeInvite, make_invite
from wallet_api.identity.tills import RevokeTill, revoke_till, tills
from wallet_api.store.answers import Key

if TYPE_CHECKING:
    from tests.wallet_api.identity.conftest import Bank
    from wallet_api.contract.administration import TillCard
    from wallet_api.contract.invites import InviteRole
    from wallet_api.identity.records import Till

#: An id of nobody; written out, so that tests have the same names in every process.
NOBODY = "01890a5d-ac96-774b-bcce-b302099a8057"


@pytest.fixture
def house(bank: Bank) -> Household:
    return Household(bank)


def open_wallet(house: Household, invite: str | None, name: str = "Ann") -> str:
    """Open a wallet where an invitation is needed."""
    shopper = Shopper(house.bank)
    request = shopper.request()
    request = type(request)(
        name=name, currency="CNY", device=request.device, pin=request.pin, invite=invite
    )
    key = Key(shopper.customer, shopper.customer, b"open")
    command = EnrolCustomer(key, request, bytes(16), house.bank.keys, needs_invite=True)
    future = house.bank.engine.submit(lambda tx, now: enrol_customer(tx, command, now))
    return future.result(PATIENCE).value.wallet


def test_without_an_invitation_nobody_enrols_where_one_is_needed(house: Household) -> None:
    with pytest.raises(EnrolmentClosed):
        open_wallet(house, None)
    with pytest.raises(InviteUnknown):
        open_wallet(house, new_invite())
    assert house.bank.rows("SELECT 1 FROM customers") == []


def test_an_invitation_works_once_however_it_is_typed(house: Household) -> None:
    code = house.invite("customer")
    wallet = open_wallet(house, f" {code.lower().replace('-', ' ').replace('0', 'o')} ")
    assert house.bank.rows("SELECT used_by FROM invites") == [(wallet,)]
    with pytest.raises(InviteUsed):
        open_wallet(house, code)


def test_a_refused_enrolment_leaves_its_invitation_unused(house: Household) -> None:
    code = house.invite("customer")
    with pytest.raises(TextInvalid):
        open_wallet(house, code, name="\x1b[2J")
    open_wallet(house, code)


@pytest.mark.parametrize("waited", [INVITE_LIFE - 1, INVITE_LIFE])
def test_an_invitation_lasts_15_minutes_of_wall_time(house: Household, waited: int) -> None:
    code = house.invite("customer")
    house.bank.clock.business += 86_400_000
    house.bank.clock.wall += waited * 1_000
    if waited < INVITE_LIFE:
        open_wallet(house, code)
    else:
        with pytest.raises(InviteExpired):
            open_wallet(house, code)


@pytest.mark.parametrize("role", ["merchant", "till", "device"])
def test_an_invitation_is_for_one_role(
    house: Household, shopper: Shopper, role: InviteRole
) -> None:
    subjects = {"till": house.open_merchant().merchant, "device": shopper.customer}
    code = house.invite(role, subjects.get(role))
    with pytest.raises(InviteMismatch) as refusal:
        open_wallet(house, code)
    assert refusal.value.details == {"role": role}


def test_one_that_is_given_counts_where_none_is_needed(house: Household) -> None:
    code = house.invite("merchant")
    house.open_merchant(invite=code)
    with pytest.raises(InviteUsed):
        house.open_merchant(invite=code)


def test_the_code_is_nowhere_in_the_books(house: Household) -> None:
    code = house.invite("customer")
    open_wallet(house, code)
    for table in ("invites", "answers", "customers", "devices", "events", "audit"):
        for row in house.bank.rows(f"SELECT * FROM {table}"):
            assert code.replace("-", "") not in repr(row).replace("-", "")
    assert house.bank.rows("SELECT digest FROM invites") == [(invite_digest(code),)]


@pytest.mark.parametrize(
    ("role", "subject"),
    [("till", None), ("device", None), ("customer", NOBODY), ("merchant", NOBODY)],
)
def test_tills_and_devices_alone_are_invited_to_somebody(
    house: Household, role: InviteRole, subject: str | None
) -> None:
    with pytest.raises(BadRequest):
        house.invite(role, subject)


def test_whom_an_invitation_is_to_must_be_there(house: Household, shopper: Shopper) -> None:
    till = house.open_merchant()
    for role, subject in (("till", shopper.customer), ("device", till.merchant)):
        with pytest.raises(NotFound):
            house.invite(role, subject)  # type: ignore[arg-type]  # A loop over the literal.


@pytest.mark.parametrize("digest", ["", "AA", "AAA=", "A" * 44, encode_bytes(bytes(31))])
def test_a_digest_has_32_bytes(house: Household, digest: str) -> None:
    request = InviteRequest(digest=digest, role="customer")
    with pytest.raises(BadRequest):
        house.run(make_invite, MakeInvite(house.key("admin"), house.admin.device, request))


def test_the_same_digest_is_no_second_invitation_but_the_same_key_is_a_replay(
    house: Household,
) -> None:
    request = InviteRequest(digest=encode_bytes(bytes(32)), role="customer")
    command = MakeInvite(house.key("admin"), house.admin.device, request)
    assert not house.run(make_invite, command).replayed
    assert house.run(make_invite, command).replayed
    with pytest.raises(BadRequest):
        house.run(make_invite, MakeInvite(house.key("admin"), house.admin.device, request))


# Tills.


def listed(house: Household, till: Till) -> dict[str, TillCard]:
    return {card.id: card for card in house.read(lambda tx, _now: tills(tx, till)).items}


def test_a_till_invites_another_into_its_own_store(house: Household) -> None:
    first = house.open_merchant()
    code = house.invite("till", first.merchant, made_by=first.id)
    card = house.add_till(code)
    assert (card.merchant, card.store) == (first.merchant, "West Lake")
    shown = listed(house, first)
    assert shown.keys() == {first.id, card.till}
    assert (shown[first.id].this, shown[card.till].this) == (True, False)
    with pytest.raises(InviteUsed):
        house.add_till(code)


def test_the_bank_invites_a_till_into_the_first_store(house: Household) -> None:
    first = house.open_merchant()
    assert house.add_till(house.invite("till", first.merchant)).store == "West Lake"


def test_a_till_needs_a_tills_invitation(house: Household) -> None:
    for code in (new_invite(), house.invite("merchant")):
        with pytest.raises((InviteUnknown, InviteMismatch)):
            house.add_till(code)


def test_tills_shut_out_each_other_and_nobody_elses(house: Household) -> None:
    first, foreign = house.open_merchant(), house.open_merchant()
    second = house.add_till(house.invite("till", first.merchant)).till

    def shut_out(caller: Till, till: str, *, itself: bool = False) -> TillCard:
        command = RevokeTill(house.key(caller.merchant), caller, till, itself)
        return house.run(revoke_till, command).value

    for caller, till, refusal in (
        (foreign, first.id, NotYours),
        (first, new_id(), NotFound),
        (first, first.id, DeviceIsThis),
    ):
        with pytest.raises(refusal):
            shut_out(caller, till)
    assert shut_out(first, second).state == "revoked"
    assert shut_out(first, first.id, itself=True).state == "revoked"
    assert {card.state for card in listed(house, first).values()} == {"revoked"}

"""Raising a tier over HTTP: the evidence's form, the verifier, and what is kept of it."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING, Any

import pytest

from tests.wallet_api.service.caller import PIN, cny, done, read, refused, write
from tests.wallet_api.service.desk import AUTHORITY, Desk, open_desk
from wallet_api.contract.ids import new_id
from wallet_api.service.verifier import SimulatedVerifier, Verdict, VerifierSilentError

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable

    from tests.wallet_api.service.caller import Caller
    from wallet_api.contract.limits import RaiseTier
    from wallet_api.identity.keys import Keys
    from wallet_api.store.sqlite import SqliteDatabase

NUMBER, DECLINED_NUMBER = "11010519491231002X", "110105194912310003"
CARD, DECLINED_CARD = "4111111111111111", "9999990000000006"
FOR_III = {"tier": "III", "name": "王小明", "identity_number": NUMBER}
FOR_II = {**FOR_III, "tier": "II", "bank_card": CARD}
FOR_I = {"tier": "I", "branch_document": "BJ20270115A7"}


@pytest.mark.parametrize("wish", [FOR_III, FOR_II, FOR_I])
def test_a_tier_is_raised_with_the_evidence_that_it_names(
    wallet: Caller, wish: dict[str, Any]
) -> None:
    before = done(wallet.get("/v1/limits"))
    assert (before["tier"], before["needs"]) == ("IV", ["name", "identity_number"])
    key = new_id()
    card = done(wallet.post("/v1/tier", wish, key))
    assert (card["tier"], card["simulated"]) == (wish["tier"], "verifier:well_formed")
    again = wallet.post("/v1/tier", wish, key)
    assert (again.headers["idempotent-replay"], again.json()) == ("true", card)
    after = done(wallet.get("/v1/limits"))
    assert (after["tier"], after["next_tier"]) == (wish["tier"], card["next_tier"])
    assert refused(wallet.post("/v1/tier", wish)) == "tier_not_above"


@pytest.mark.parametrize(
    ("wish", "code"),
    [
        *((FOR_II | {field: None}, "evidence_missing") for field in FOR_II if field != "tier"),
        (FOR_I | {"branch_document": None}, "evidence_missing"),
        (FOR_III | {"identity_number": "110105194912310021"}, "evidence_invalid"),
        (FOR_II | {"bank_card": "4111111111111112"}, "evidence_invalid"),
        (FOR_I | {"branch_document": "bj20270115"}, "evidence_invalid"),
        (FOR_III | {"name": "\u202e"}, "text_invalid"),
        ({"tier": "V"}, "bad_request"),
        ({"tier": "IV"}, "tier_not_above"),
    ],
)
def test_evidence_that_cannot_be_is_refused_before_it_is_verified(
    wallet: Caller, wish: dict[str, Any], code: str
) -> None:
    response = wallet.post("/v1/tier", wish)
    assert refused(response) == code
    assert not any(str(secret) in response.text for secret in (NUMBER, CARD))
    assert done(wallet.get("/v1/limits"))["tier"] == "IV"


def test_a_refusal_travels_with_its_figures(wallet: Caller, till: Caller) -> None:
    wallet.top_up(5_000_00)
    charge = till.charge(2_000_01)
    offer = wallet.offer(charge)
    body = {name: offer[name] for name in ("charge", "payee", "amount", "expires_at")}
    problem = wallet.post("/v1/payments", body).json()
    details = problem["details"]
    assert (problem["code"], problem["status"], problem["money_moved"]) == (
        "limit_exceeded",
        409,
        False,
    )
    assert (details["limit"], details["tier"], details["next_tier"]) == ("single", "IV", "III")
    assert (details["size"], details["left"]) == (cny(2_000_00), cny(2_000_00))
    assert details["reason"].keys() == {"en", "zh"}
    assert "`wallet raise-tier III`" in problem["detail"]


def test_a_till_has_no_tier(till: Caller) -> None:
    assert refused(till.get("/v1/limits")) == "wrong_role"
    assert refused(till.post("/v1/tier", FOR_III)) == "wrong_role"


class ScriptedVerifier:
    """A verifier that does what the test says; it remembers what it was shown."""

    def __init__(self, act: Callable[[], Awaitable[Verdict]]) -> None:
        self.act = act
        self.shown: list[RaiseTier] = []

    async def verify(self, evidence: RaiseTier) -> Verdict:
        self.shown.append(evidence)
        return await self.act()


async def silent() -> Verdict:
    raise VerifierSilentError


async def yes() -> Verdict:
    return Verdict(verified=True)


def run(database: SqliteDatabase, keys: Keys, scene: Callable[[Desk], Awaitable[None]]) -> None:
    async def main() -> None:
        async with open_desk(database, keys) as desk:
            body = {"name": "王小明", "currency": "CNY", "pin": PIN, "device": desk.device.keys()}
            done(await desk.send(write(AUTHORITY, "/v1/customers", body)))
            await scene(desk)

    asyncio.run(main())


def with_verifier(desk: Desk, verifier: object) -> None:
    object.__setattr__(desk.service, "verifier", verifier)


def test_a_silent_verifier_leaves_the_key_free(database: SqliteDatabase, keys: Keys) -> None:
    async def scene(desk: Desk) -> None:
        verifier = ScriptedVerifier(silent)
        with_verifier(desk, verifier)
        call = write(AUTHORITY, "/v1/tier", FOR_III, new_id())
        response = await desk.send(call)
        assert (refused(response), response.status_code) == ("verifier_silent", 503)
        verifier.act = yes
        assert done(await desk.send(call))["tier"] == "III"

    run(database, keys, scene)


def test_the_verifier_is_shown_what_the_tier_needs_and_no_more(
    database: SqliteDatabase, keys: Keys
) -> None:
    async def scene(desk: Desk) -> None:
        verifier = ScriptedVerifier(yes)
        with_verifier(desk, verifier)
        wish = FOR_II | {"tier": "III", "branch_document": "BJ20270115A7"}
        done(await desk.send(write(AUTHORITY, "/v1/tier", wish)))
        shown = verifier.shown[0]
        assert (shown.name, shown.identity_number) == ("王小明", NUMBER)
        assert (shown.bank_card, shown.branch_document) == (None, None)

    run(database, keys, scene)


def test_the_same_key_with_other_evidence_is_no_replay(
    database: SqliteDatabase, keys: Keys
) -> None:
    async def scene(desk: Desk) -> None:
        key = new_id()
        done(await desk.send(write(AUTHORITY, "/v1/tier", FOR_III, key)))
        other = FOR_III | {"identity_number": "440524188001010014"}
        assert refused(await desk.send(write(AUTHORITY, "/v1/tier", other, key))) == "key_reused"

    run(database, keys, scene)


@pytest.mark.parametrize(
    ("wish", "rule"),
    [
        (FOR_III | {"identity_number": DECLINED_NUMBER}, "verifier:sequence_000"),
        (FOR_II | {"bank_card": DECLINED_CARD}, "verifier:card_999999"),
        (FOR_I | {"branch_document": "DECLINE1"}, "verifier:document_decline"),
    ],
)
@pytest.mark.parametrize("lab", [False, True])
def test_test_numbers_are_declined_under_lab_only(
    database: SqliteDatabase, keys: Keys, wish: dict[str, Any], rule: str, *, lab: bool
) -> None:
    async def scene(desk: Desk) -> None:
        with_verifier(desk, SimulatedVerifier(lab=lab))
        response = await desk.send(write(AUTHORITY, "/v1/tier", wish))
        if lab:
            assert refused(response) == "evidence_declined"
            assert response.json()["details"] == {"simulated": rule}
        else:
            assert done(response)["simulated"] == "verifier:well_formed"
        tier = done(await desk.send(read(AUTHORITY, "/v1/limits")))["tier"]
        assert tier == ("IV" if lab else wish["tier"])

    run(database, keys, scene)

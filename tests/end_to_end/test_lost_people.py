"""Answers about money between people get lost: nothing is sent twice, and the outcome is found."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tests.end_to_end.go_between import BEHIND, Answer, Forward, GoBetween, Request

if TYPE_CHECKING:
    from tests.end_to_end.programs import Programs
    from tests.end_to_end.services import Service

SERVE = BEHIND


def test_a_lost_answer_is_asked_for_and_sent_once(shop: Programs, service: Service) -> None:
    lost: list[Request] = []

    def lose_the_first(request: Request, forward: Forward) -> Answer | None:
        answer = forward()
        if request.method == "POST" and not lost:
            lost.append(request)
            return None
        return answer

    bob = shop.opening_wallet(profile="bob").finish().json["wallet"]
    static = shop.json("pos", "code")["payload"]
    with GoBetween(service, lose_the_first) as between:
        for words, state in (
            (("wallet", "pay", static, "--amount", "10", "--yes"), "succeeded"),
            (("wallet", "send", "20", "--to", bob, "--yes"), "succeeded"),
            (("wallet", "gift", "30", "--count", "2", "--yes"), "open"),
        ):
            lost.clear()
            environment = {"WALLET_API_URL": between.url}
            done = shop.run(*words, "--json", environment=environment).json
            assert done["state"] == state
            assert done["id"] == lost[0].headers["Idempotency-Key"]
    assert shop.balances()[0] == 250000 - 1000 - 2000 - 3000


def test_what_became_of_a_send_is_found_later(shop: Programs, service: Service) -> None:
    def lose_transfers(request: Request, forward: Forward) -> Answer | None:
        answer = forward()
        return None if request.path.startswith("/v1/transfers") else answer

    bob = shop.opening_wallet(profile="bob").finish().json["wallet"]
    with GoBetween(service, lose_transfers) as between:
        shop.refused(
            *("wallet", "send", "20", "--to", bob, "--yes"),
            code="outcome_unknown",
            exit_code=5,
            money_moved=None,
            environment={"WALLET_API_URL": between.url},
        )
    found = shop.json("wallet", "resume")["items"]
    assert [(item["kind"], item["state"]) for item in found] == [("transfer", "succeeded")]
    assert shop.balances()[0] == 250000 - 2000

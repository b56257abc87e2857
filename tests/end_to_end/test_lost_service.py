"""A service that is away, dies, is late, or is another one: nothing is lost or paid twice."""

from __future__ import annotations

import signal
import threading
from functools import partial
from typing import TYPE_CHECKING

import msgspec

from tests.end_to_end.go_between import BEHIND, Answer, Forward, GoBetween, Request
from tests.end_to_end.programs import Programs, at_once
from tests.end_to_end.services import Service
from tests.wallet_api.client.scripted_server import hang_up, raw, truncated

if TYPE_CHECKING:
    import pytest

    from tests.end_to_end.conftest import NothingMoves
    from tests.wallet_api.client.scripted_server import ScriptedServer

SERVE = BEHIND
TOP_UPS = "/v1/top-ups"


def at(url: str) -> dict[str, str]:
    return {"WALLET_API_URL": url}


def test_a_service_that_is_not_there_changes_nothing(
    shop: Programs, server: ScriptedServer, nothing_moves: NothingMoves
) -> None:
    payload = shop.run("pos", "charge", "12.50").out.strip()
    commands = (
        ("wallet", "pay", payload, "--yes"),
        ("pos", "charge", "12.50"),
        ("wallet", "--profile", "new", "open", "--name", "New", "--store", "file"),
    )

    def refused(words: tuple[str, ...]) -> str:
        code, environment = "service_unreachable", at(server.url)
        return shop.refused(*words, code=code, exit_code=3, environment=environment)

    with nothing_moves():
        said = at_once(partial(refused, words) for words in commands)
    assert all(server.url in sentence for sentence in said)
    assert shop.json("wallet", "pay", payload, "--yes")["state"] == "succeeded"
    shop.opening_wallet(profile="new").finish()
    assert len(shop.json("pos", "sales")["items"]) == 1


def test_a_lost_answer_is_asked_for_and_paid_once(shop: Programs, service: Service) -> None:
    lost: list[Request] = []

    def lose_the_first(request: Request, forward: Forward) -> Answer | None:
        answer = forward()
        if request.method == "POST" and not lost:
            lost.append(request)
            return None
        return answer

    payload = shop.run("pos", "charge", "12.50").out.strip()
    code = shop.json("wallet", "code")["code"]
    with GoBetween(service, lose_the_first) as between:
        # What was paid is asked for by its id; what was brought is sent again with its key.
        for words, sent, asked in (
            (("wallet", "pay", payload, "--yes"), 1, 1),
            (("pos", "charge", "1", "--code", code), 1, 1),
            (("wallet", "top-up", "0.50"), 2, 0),
        ):
            lost.clear()
            done = shop.run(*words, "--json", environment=at(between.url))
            assert done.json["state"] == "succeeded"
            assert done.json["id"] == lost[0].headers["Idempotency-Key"]
            path = lost[0].path
            assert between.seen.count(path) == sent
            assert between.seen.count(f"{path}/{done.json['id']}") == asked
            assert ("Paid after all." in done.err) == bool(asked)
            between.seen.clear()
    assert shop.balances()[0] == 250000 - 1250 - 100 + 50


def test_an_unknown_outcome_is_said_and_the_same_command_finds_it(
    shop: Programs, service: Service
) -> None:
    def lose_answers(request: Request, forward: Forward) -> Answer | None:
        answer = forward()
        return None if request.path == TOP_UPS else answer

    top_up = ("wallet", "top-up", "12.50")
    with GoBetween(service, lose_answers) as between:
        said = shop.refused(
            *top_up,
            code="outcome_unknown",
            exit_code=5,
            money_moved=None,
            environment=at(between.url),
        )
        assert "asking again is safe" in said
    assert shop.balances()[0] == 250000 + 1250
    assert shop.json("wallet", "doctor")["requests_without_answer"] == "1"
    again = shop.run(*top_up, "--json")
    assert "asking what became of it" in again.err
    assert again.json["state"] == "succeeded"
    assert again.json["id"] in said
    assert shop.json("wallet", "doctor")["requests_without_answer"] == "0"
    assert shop.balances()[0] == 250000 + 1250


def test_a_killed_till_leaves_nothing_unknown(shop: Programs, service: Service) -> None:
    def answer_only_reversals(request: Request, forward: Forward) -> Answer | None:
        answer = forward()
        return answer if request.path.endswith("/reverse") else None

    code = shop.json("wallet", "code")["code"]
    charge = ("pos", "charge", "12.50", "--code", code)
    with GoBetween(service, answer_only_reversals) as between:
        till = shop.start(*charge, environment=at(between.url))
        assert till.said() == "Outcome unknown, asking (1 of 12, next in 1 s)\n"
        assert till.said() == "Outcome unknown, asking (2 of 12, next in 1 s)\n"
        till.process.kill()
        till.finish(exit_code=-signal.SIGKILL)
    # The customer paid. The same sale on a fresh code is not charged again.
    assert shop.balances()[0] == 250000 - 1250
    fresh = shop.json("wallet", "code")["code"]
    again = shop.run("pos", "charge", "12.50", "--code", fresh, "--json")
    assert "Paid after all." in again.err
    assert again.json["state"] == "succeeded"
    assert shop.balances()[0] == 250000 - 1250
    assert shop.json("pos", "resume") == {"items": [], "next": None}


def test_another_command_says_what_became_of_a_killed_one(shop: Programs, service: Service) -> None:
    def lose_creations(request: Request, forward: Forward) -> Answer | None:
        answer = forward()
        return None if request.method == "POST" else answer

    code = shop.json("wallet", "code")["code"]
    with GoBetween(service, lose_creations) as between:
        till = shop.start("pos", "charge", "12.50", "--code", code, environment=at(between.url))
        till.said()
        till.process.kill()
        till.finish(exit_code=-signal.SIGKILL)
    sales = shop.run("pos", "sales", "--json")
    charge = sales.json["items"][0]
    assert charge["state"] == "succeeded"
    assert sales.err == f"Earlier charge 12.50 CNY ({charge['id'][-8:]}): succeeded.\n"
    assert shop.run("pos", "sales").err == ""


def test_nonsense_is_told_apart_from_silence(
    shop: Programs, service: Service, server: ScriptedServer
) -> None:
    def nonsense(request: Request, forward: Forward) -> Answer:
        return Answer(b"<html>Welcome to the hotel's network</html>", headers={})

    def ask(url: str, code: str) -> str:
        return shop.refused("wallet", "balance", code=code, exit_code=3, environment=at(url))

    server.play(hang_up, truncated, raw(b"SSH-2.0-OpenSSH_9.9\r\n"), hang_up)
    with GoBetween(service, nonsense) as between:
        said, _ = at_once(
            [
                partial(ask, between.url, "answer_invalid"),
                partial(ask, server.url, "service_unreachable"),
            ]
        )
    assert "nonsense" in said
    assert len(server.seen) == 4


def test_a_late_answer_is_waited_for(shop: Programs, service: Service) -> None:
    released = threading.Event()

    def hold(request: Request, forward: Forward) -> Answer:
        answer = forward()
        assert released.wait(30)
        return answer

    with GoBetween(service, hold) as between:
        asking = shop.start("wallet", "balance", "--json", environment=at(between.url))
        between.wait_for("/v1/wallet")
        assert asking.process.poll() is None
        released.set()
        assert asking.finish().json["balance"]["minor"] == 250000


def test_a_waiting_till_outlives_an_outage(shop: Programs, service: Service) -> None:
    away = threading.Event()

    def outage(request: Request, forward: Forward) -> Answer | None:
        answer = None if away.is_set() else forward()
        return None if away.is_set() else answer

    charge = shop.json("pos", "charge", "12.50")
    path = f"/v1/charges/{charge['id']}"
    with GoBetween(service, outage) as between:
        till = shop.start(
            *("pos", "wait", charge["id"], "--wait", "50", "--json"), environment=at(between.url)
        )
        between.wait_for(path, 2)
        away.set()
        shop.run("wallet", "pay", charge["payload"], "--yes")
        # The poll that was on its way when the outage began, and more than a read is tried.
        between.wait_for(path, 8)
        away.clear()
        assert till.finish().json["state"] == "succeeded"


def test_a_pin_goes_to_the_pinned_service_only(
    shop: Programs, service: Service, nothing_moves: NothingMoves
) -> None:
    def forge(request: Request, forward: Forward) -> Answer:
        if request.path == "/v1/challenge":
            return Answer(msgspec.json.encode({"signature": "A" * 86}))
        return forward()

    payload = shop.run("pos", "charge", "1500").out.strip()
    with GoBetween(service, forge) as between, nothing_moves():
        shop.refused(
            *("wallet", "pay", payload, "--yes", "--pin-file", shop.pin_file),
            code="service_changed",
            exit_code=4,
            environment=at(between.url),
        )
        assert not any(path.endswith("/confirm") for path in between.seen)


def test_a_profile_is_of_no_use_at_another_service(
    shop: Programs, tmp_path_factory: pytest.TempPathFactory
) -> None:
    with Service(tmp_path_factory.mktemp("other")) as other:
        shop.refused(
            *("wallet", "balance"), code="device_unknown", exit_code=4, environment=at(other.url)
        )


def test_text_from_the_service_never_steers_the_terminal(shop: Programs, service: Service) -> None:
    def rename(request: Request, forward: Forward) -> Answer:
        answer = forward()
        evil = answer.body.replace("Corner Café".encode(), rb"\u001b]0;owned\u0007\u202eevil")
        return Answer(evil, answer.status, answer.headers)

    charge = shop.json("pos", "charge", "5")
    with GoBetween(service, rename) as between:
        for words in (
            ("wallet", "pay", charge["payload"], "--yes"),
            ("wallet", "history"),
            ("pos", "charge", "5", "--draw"),
            ("pos", "show", charge["id"]),
            ("pos", "whoami"),
        ):
            seen = shop.run(*words, environment=at(between.url))
            text = seen.out + seen.err
            assert "evil" in text, words
            assert not any(character in text for character in ("\x1b]", "\x07", "\u202e")), words


def test_an_interrupted_wait_leaves_the_charge_as_it_is(shop: Programs, service: Service) -> None:
    charge = shop.json("pos", "charge", "5")["id"]
    with GoBetween(service, lambda _request, forward: forward()) as between:
        till = shop.start("pos", "wait", charge, "--json", environment=at(between.url))
        between.wait_for(f"/v1/charges/{charge}", 2)
        till.process.send_signal(signal.SIGINT)
        assert till.finish(exit_code=130).json["error"]["code"] == "interrupted"
    assert shop.json("pos", "show", charge)["state"] == "created"

"""Start, drain, crash and start again."""

from __future__ import annotations

import signal
import socket
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from typing import TYPE_CHECKING

import pytest

from payment_codes.native import parse
from tests.wallet_api.service.caller import PIN, cny, done, payment_of, read, refused, write
from tests.wallet_api.service.running import PATIENCE, launch
from wallet_api.contract.ids import new_id

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from tests.wallet_api.service.caller import Caller
    from tests.wallet_api.service.running import Running

    Start = Callable[..., Running]
    Open = Callable[[Running], Caller]

SERVE = """
import sys
from pathlib import Path
from wallet_api.identity.keys import Keys
from wallet_api.service.server import Settings, serve
from wallet_api.store.sqlite import SqliteDatabase
keys = Keys(bytes(32))
database = SqliteDatabase(Path(sys.argv[1]), keys.database)
settings = Settings("127.0.0.1", 0, open_enrolment=False)
serve(database, keys, settings, lambda url: print("ready", flush=True))
database.hold()
print("returned")
"""


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT])
def test_a_signal_ends_it_with_0(own_service: Start, number: signal.Signals) -> None:
    running = own_service()
    running.process.send_signal(number)
    assert running.process.wait(PATIENCE) == 0
    assert "Traceback" not in running.log


def test_serving_returns_at_a_signal(tmp_path: Path) -> None:
    """To its caller, who may have more to do, and with the books let go."""
    command = [sys.executable, "-c", SERVE, str(tmp_path / "books.db")]
    with subprocess.Popen(command, stdout=subprocess.PIPE) as process:
        assert process.stdout is not None
        assert process.stdout.readline() == b"ready\n"
        process.terminate()
        assert process.stdout.read() == b"returned\n"
    assert process.returncode == 0


def test_who_waits_at_sigterm_gets_the_current_state(own_service: Start, open_caller: Open) -> None:
    running = own_service()
    till = open_caller(running)
    till.open_merchant()
    charge = till.charge(100)
    with ThreadPoolExecutor() as pool:
        waiting = pool.submit(till.get, f"/v1/charges/{charge['id']}?wait=25")
        till.get("/v1/merchant")
        running.terminate()
        assert done(waiting.result(PATIENCE))["state"] == "created"
    assert running.stop() == 0


def test_what_was_answered_is_there_after_a_kill(own_service: Start, open_caller: Open) -> None:
    running = own_service()
    wallet = open_caller(running)
    wallet.open_wallet()
    key = new_id()
    first = wallet.post("/v1/top-ups", {"amount": cny(100)}, key)
    running.kill()

    wallet.authority = own_service().authority
    assert done(wallet.get("/v1/wallet"))["balance"] == cny(100)
    again = wallet.post("/v1/top-ups", {"amount": cny(100)}, key)
    assert again.headers["idempotent-replay"] == "true"
    assert again.json() == first.json()


def test_a_service_that_stops_takes_nothing_new(own_service: Start, open_caller: Open) -> None:
    running = own_service()
    assert open_caller(running).send(read(running.authority, "/healthz")).is_success
    assert running.stop() == 0
    with pytest.raises(ConnectionRefusedError):
        socket.create_connection(("127.0.0.1", running.port), PATIENCE)


def test_the_port_is_free_again_at_once(own_service: Start, open_caller: Open) -> None:
    running = own_service()
    open_caller(running).send(read(running.authority, "/healthz"))
    running.stop()
    again = own_service("--port", str(running.port))
    assert again.authority == running.authority


@pytest.mark.parametrize("reason", ["books", "port"])
def test_a_second_service_does_not_start(service: Running, tmp_path: Path, reason: str) -> None:
    """On the same books, or on the same port."""
    folder = service.folder if reason == "books" else tmp_path / "second"
    options = ["--port", str(service.port)] if reason == "port" else []
    process = launch(folder, *options)
    output, _ = process.communicate(timeout=PATIENCE)
    assert process.returncode == 3
    assert b'"event"' not in output


def test_another_key_does_not_start(own_service: Start) -> None:
    running = own_service()
    running.stop()
    (running.folder / "books.db.key").write_bytes(bytes(32))
    process = launch(running.folder)
    output, _ = process.communicate(timeout=PATIENCE)
    assert process.returncode == 2
    assert b'"event"' not in output


def test_enrolment_by_invitation_only(own_service: Start, open_caller: Open) -> None:
    running = own_service("--enrolment", "invite")
    caller = open_caller(running)
    body = {"name": "Eve", "currency": "CNY", "device": caller.device.keys()}
    response = caller.post("/v1/customers", body)
    assert response.status_code == 403
    assert refused(response) == "enrolment_closed"
    card = done(caller.send(read(running.authority, "/v1/service")))
    assert card["enrolment"] == "invite"


def test_copies_at_once_are_one_payment(own_service: Start, open_caller: Open) -> None:
    """64 copies of one payment, each signed anew: one journal transaction, 63 replays."""
    running = own_service()
    till, wallet = open_caller(running), open_caller(running)
    till.open_merchant()
    wallet.open_wallet()
    wallet.top_up(100_00)
    offer = wallet.offer(till.charge(12_50))
    call = write(running.authority, "/v1/payments", payment_of(offer))

    with ThreadPoolExecutor(64) as pool:
        copies = [call.signed(wallet.device) for _ in range(64)]
        answers = list(pool.map(wallet.send, copies))

    assert {answer.status_code for answer in answers} == {201}
    assert len({answer.content for answer in answers}) == 1
    assert sum("idempotent-replay" in answer.headers for answer in answers) == 63
    items = done(wallet.get("/v1/history"))["items"]
    assert [item["kind"] for item in items] == ["payment", "top_up"]
    assert done(wallet.get("/v1/wallet"))["balance"] == cny(87_50)
    assert running.stop() == 0
    proof = running.verify()
    assert (proof["ok"], proof["journal"]) == (True, 2)


def test_the_log_holds_nothing_of_anybody(own_service: Start, open_caller: Open) -> None:
    """Neither ids, names, tokens, amounts and PINs, nor of those who were refused."""
    running = own_service()
    till, wallet = open_caller(running), open_caller(running)
    merchant, card = till.open_merchant(), wallet.open_wallet()
    top_up = wallet.top_up(9_876_54)
    charge = till.charge(1_234_56, note="生日蛋糕", reference="TABLE7")
    payment = done(wallet.post("/v1/payments", payment_of(wallet.offer(charge))))
    body = {"pin": PIN, "approval": "AA"}
    assert not wallet.post(f"/v1/payments/{payment['id']}/confirm", body).is_success
    assert not wallet.get(f"/v1/payments/{new_id()}").is_success
    assert not wallet.get(f"/v1/nothing/{card['wallet']}").is_success
    assert not till.post("/v1/charges", {"amount": cny(1), "note": "\x1b"}).is_success
    assert running.stop() == 0

    log = running.log
    assert "POST /v1/payments/{id}/confirm" in log
    ids = (merchant["merchant"], card["wallet"], top_up["id"], charge["id"], payment["id"])
    token = parse(charge["payload"]).token
    names = ("王小明", "聚福茶馆", "生日蛋糕", "TABLE7", "CNY", "123456", "1234.56", "987654")
    for private in (*ids, *names, till.device.id, wallet.device.id, token, PIN):
        assert private not in log

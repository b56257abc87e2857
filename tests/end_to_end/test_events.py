"""`events` and `pos webhook` by the installed programs: as it happens, and over restarts."""

from __future__ import annotations

import json
import signal
import stat
from typing import TYPE_CHECKING, Any

from tests.end_to_end.programs import LIMIT_SECONDS, Programs
from tests.end_to_end.services import Service
from wallet_api.contract.text import cells

if TYPE_CHECKING:
    from pathlib import Path

    from tests.end_to_end.programs import Running


def line(running: Running) -> dict[str, Any]:
    """Wait for the next line that a program writes under --json."""
    assert running.process.stdout is not None
    value: dict[str, Any] = json.loads(running.process.stdout.readline())
    return value


def lines(text: str) -> list[dict[str, Any]]:
    return [json.loads(one) for one in text.splitlines()]


def test_what_was_is_listed(shop: Programs) -> None:
    charge = shop.json("pos", "charge", "12.50")
    shop.json("wallet", "pay", charge["payload"], "--yes")
    listed = shop.run("pos", "events", "--no-follow", "--json")
    told = lines(listed.out)
    # A wallet that takes its time is seen too.
    kinds = [event["kind"] for event in told if event["kind"] != "charge.seen"]
    assert kinds == ["charge.created", "charge.succeeded"]
    assert [event["id"] for event in told] == list(range(1, len(told) + 1))
    assert told[1]["data"]["amount"] == {"minor": 1250, "currency": "CNY"}
    assert lines(shop.run("pos", "events", "--since", "1", "--no-follow", "--json").out) == told[1:]
    assert shop.run("pos", "events", "--since", str(len(told)), "--no-follow").out == ""
    reset = lines(shop.run("pos", "events", "--since", "9", "--no-follow", "--json").out)[0]
    assert (reset["kind"], reset["id"]) == ("reset", 0)
    shown = shop.run("wallet", "events", "--no-follow").out
    assert "payment.succeeded" in shown
    assert "12.50 CNY" in shown
    assert "\x1b" not in shown


def test_events_are_followed_over_a_restart(tmp_path: Path) -> None:
    (tmp_path / "service").mkdir()
    (tmp_path / "programs").mkdir()
    service = Service(tmp_path / "service")
    programs = Programs(tmp_path / "programs", service.url)
    programs.open_shop()
    following = programs.start("pos", "events", "--since", "0", "--json")
    first = programs.json("pos", "charge", "1")
    assert line(following)["data"]["charge"] == first["id"]
    service.stop()
    assert line(following)["kind"] == "state"
    assert "Trying again" in following.said()
    port = service.url.rpartition(":")[2]
    with Service(tmp_path / "service", "--port", port):
        assert "is back" in following.said()
        second = programs.json("pos", "charge", "2")
        event = line(following)
        assert (event["id"], event["data"]["charge"]) == (2, second["id"])
        following.process.send_signal(signal.SIGINT)
        ended = following.finish(130)
        assert json.loads(ended.out)["error"]["code"] == "interrupted"
    programs.close()


def test_it_ends_when_nobody_reads_any_more(shop: Programs) -> None:
    """Nothing happens that could be written, and it ends all the same."""
    following = shop.start("wallet", "events", "--since", "0", "--json")
    assert line(following)["id"] == 1
    assert following.process.stdout is not None
    following.process.stdout.close()
    assert following.process.wait(LIMIT_SECONDS) == 0
    assert following.process.stderr is not None
    assert following.process.stderr.read() == b""


def test_every_line_fits_a_terminal(shop: Programs) -> None:
    code = shop.json("wallet", "code")["code"]
    shop.run("pos", "charge", "1200", "--code", code, "--wait", "0", exit_code=5)
    pending = shop.json("wallet", "pending")["items"][0]["id"]
    shop.run("wallet", "decline", pending)
    for program in ("wallet", "pos"):
        for one in shop.run(program, "events", "--no-follow").out.splitlines():
            assert cells(one) <= 80, one


def test_webhooks_are_tried_out_on_one_machine(shop: Programs) -> None:
    secret = shop.folder / "secret"
    listening = shop.start("pos", "webhook", "listen", "--json")
    url = line(listening)["url"]
    added = shop.json("pos", "webhook", "add", url, "--secret-file", secret)
    assert (added["url"], added["kinds"], added["state"]) == (url, ["charge.*"], "active")
    assert secret.read_text().strip() == added["secret"]
    assert stat.S_IMODE(secret.stat().st_mode) == 0o600
    charge = shop.json("pos", "charge", "3.40")
    received = line(listening)
    assert received["verified"] is None  # It was started before there was a secret.
    assert received["event"]["data"]["charge"] == charge["id"]
    listed = shop.json("pos", "webhook", "deliveries", added["id"])["items"]
    assert [(item["id"], item["kind"]) for item in listed] == [
        (received["id"], "charge.created"),
    ]
    again = shop.json("pos", "webhook", "resend", received["id"][-8:])
    assert (again["id"], again["state"]) == (received["id"], "succeeded")
    assert line(listening)["id"] == received["id"]
    [item] = shop.json("pos", "webhook", "list")["items"]
    assert (item["id"], item["secret"]) == (added["id"], None)
    removed = shop.json("pos", "webhook", "remove", added["id"][-8:])
    assert removed["state"] == "removed"
    shop.json("pos", "charge", "1")
    assert shop.json("pos", "webhook", "list")["items"] == []
    listening.process.send_signal(signal.SIGINT)
    listening.finish(130)


def test_a_receiver_checks_signatures(shop: Programs) -> None:
    secret, other = shop.folder / "secret", shop.file("other", "whsec_" + "A" * 44)
    first = shop.start("pos", "webhook", "listen", "--json")
    url = line(first)["url"]
    shop.json("pos", "webhook", "add", url, "--secret-file", secret)
    first.process.send_signal(signal.SIGINT)
    first.finish(130)
    port = url.rpartition(":")[2].strip("/")
    listen = ("pos", "webhook", "listen", "--port", port, "--json", "--secret-file")
    [webhook] = shop.json("pos", "webhook", "list")["items"]
    for file, verified, exit_code, state in (
        (secret, True, 0, "succeeded"),
        (other, False, 1, "failed"),
    ):
        listening = shop.start(*listen, file)
        assert line(listening) == {"event": "ready", "url": url}
        tested = shop.run("pos", "webhook", "test", webhook["id"], "--json", exit_code=exit_code)
        received = line(listening)
        assert (received["verified"], received["event"]["kind"]) == (verified, "webhook.test")
        assert (tested.json["id"], tested.json["state"]) == (received["id"], state)
        listening.process.send_signal(signal.SIGINT)
        listening.finish(130)
    failed = shop.run("pos", "webhook", "test", webhook["id"], exit_code=1)
    assert "not connected" in failed.out
    assert "did not take it" in failed.err


def test_what_cannot_be_added(shop: Programs) -> None:
    add = ("pos", "webhook", "add")
    shop.refused(*add, "https://10.0.0.1/", code="webhook_target_refused")
    shop.refused(*add, "http://shop.example/", code="webhook_target_refused")
    shop.refused(*add, "https://shop.example/", "--events", "x", code="usage", exit_code=2)
    there = shop.file("there", "kept")
    words = (*add, "https://shop.example/", "--secret-file", there)
    shop.refused(*words, code="usage", exit_code=2)
    assert there.read_text() == "kept"
    gone = shop.folder / "new"
    words = (*add, "https://10.0.0.1/", "--secret-file", gone)
    shop.refused(*words, code="webhook_target_refused")
    assert not gone.exists()
    shop.refused("pos", "webhook", "remove", "0" * 8, code="not_found")
    listen = ("pos", "webhook", "listen", "--secret-file")
    shop.refused(*listen, shop.folder / "none", code="usage", exit_code=2)
    shop.refused(*listen, there, code="usage", exit_code=2)

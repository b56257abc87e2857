"""A read is harmless: asked a few times, then given up with what stood in the way."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any
from urllib.parse import parse_qsl, unquote

import pytest

from tests.wallet_api.client.scripted_server import (
    Act,
    answer,
    hang_up,
    http,
    problem,
    reset,
    silent,
    truncated,
)
from tests.wallet_api.client.test_writes import verified
from wallet_api.contract.error_base import WalletError
from wallet_api.contract.errors import AnswerInvalid, NotFound, Overloaded, ServiceUnreachable

if TYPE_CHECKING:
    from tests.wallet_api.client.conftest import OpenClient, Time
    from tests.wallet_api.client.scripted_server import ScriptedServer
    from wallet_api.client.sync import Client

Card = dict[str, Any]


def read(client: Client) -> Card:
    return client.get("/v1/wallet", answer=Card, read_timeout=0.2).value


def test_a_read_is_signed_and_carries_neither_body_nor_key(
    client: Client, server: ScriptedServer
) -> None:
    server.play(answer({"wallet": "w"}))
    assert read(client) == {"wallet": "w"}
    (seen,) = server.seen
    verified(seen)
    assert seen.body == b""
    assert not {"idempotency-key", "content-type", "content-length"} & seen.headers.keys()


@pytest.mark.parametrize("loss", [reset, hang_up, truncated, silent])
def test_a_lost_answer_is_asked_for_three_more_times(
    client: Client, server: ScriptedServer, time: Time, loss: Act
) -> None:
    server.play(*[loss] * 4)
    with pytest.raises(ServiceUnreachable):
        read(client)
    assert len(server.seen) == 4
    assert len({verified(seen).nonce for seen in server.seen}) == 4
    assert time.sleeps == [0.1, 0.2, 0.4]


def test_a_read_succeeds_at_the_last_attempt(client: Client, server: ScriptedServer) -> None:
    server.play(reset, http(502, b"Bad Gateway"), problem(WalletError()), answer({"wallet": "w"}))
    assert read(client) == {"wallet": "w"}


@pytest.mark.parametrize(
    "body", [b"<html>", b"[]", b'{"a":' * 100_000], ids=["HTML", "list", "deep"]
)
def test_nonsense_is_called_so(client: Client, server: ScriptedServer, body: bytes) -> None:
    server.play(*[http(200, body)] * 4)
    with pytest.raises(AnswerInvalid) as raised:
        read(client)
    assert raised.value.details == {"url": server.url}


def test_a_failing_service_is_quoted(client: Client, server: ScriptedServer) -> None:
    server.play(*[problem(WalletError())] * 4)
    with pytest.raises(WalletError) as raised:
        read(client)
    assert raised.value.code == "internal_error"


def test_refusals_come_at_once(client: Client, server: ScriptedServer, time: Time) -> None:
    server.play(problem(NotFound(what="wallet")))
    with pytest.raises(NotFound):
        read(client)
    assert time.sleeps == []


def test_a_busy_service_is_waited_for(client: Client, server: ScriptedServer, time: Time) -> None:
    server.play(problem(Overloaded(), Retry_After="1"), answer({}))
    assert read(client) == {}
    assert time.sleeps == [1]


def test_a_lost_read_does_not_make_a_dead_service_worth_waiting_for(
    client: Client, server: ScriptedServer, time: Time
) -> None:
    server.play(reset)
    with pytest.raises(ServiceUnreachable):
        read(client)
    assert sum(time.sleeps) == pytest.approx(1)


def test_the_target_goes_out_as_it_was_signed(client: Client, server: ScriptedServer) -> None:
    server.play(answer({}))
    path = "/v1//a/../b c%2F?#;é付~'\"<>\\^`{|}"
    cursor = "a&b=c +/%é付#?"
    client.get(path, query={"cursor": cursor, "limit": 20, "after": None}, answer=Card)
    (seen,) = server.seen
    verified(seen)
    target, _, sent = seen.target.partition("?")
    assert unquote(target) == path
    assert parse_qsl(sent) == [("cursor", cursor), ("limit", "20")]


def test_cookies_redirects_and_proxies_are_not_followed(
    client: Client, server: ScriptedServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("http_proxy", "HTTP_PROXY", "all_proxy", "ALL_PROXY"):
        monkeypatch.setenv(name, "http://127.0.0.1:1")
    cookie = answer({}, Set_Cookie="session=1; Path=/")
    moved = http(307, b"", Location=f"{server.url}/v1/elsewhere")
    server.play(cookie, moved, *[answer({})] * 2)
    read(client)
    read(client)
    assert [seen.target for seen in server.seen] == ["/v1/wallet"] * 3
    assert not any("cookie" in seen.headers for seen in server.seen)


def test_a_client_without_a_device_does_not_sign(
    open_client: OpenClient, server: ScriptedServer
) -> None:
    server.play(answer({}))
    read(open_client(server.url, device=None, key=None))
    assert "signature" not in server.seen[0].headers


def test_a_device_without_its_key_is_a_mistake(
    open_client: OpenClient, server: ScriptedServer
) -> None:
    with pytest.raises(ValueError, match="both or neither"):
        open_client(server.url, key=None)

"""The edge of HTTP: hosts, web pages, media types, sizes, and what is hardly HTTP."""

from __future__ import annotations

import socket
from typing import TYPE_CHECKING

import pytest

from tests.wallet_api.service.caller import JSON, Call, challenge, cny, read, refused, write
from tests.wallet_api.service.running import PATIENCE
from wallet_api.contract.rules import LARGEST_BODY

if TYPE_CHECKING:
    from tests.wallet_api.service.caller import Caller
    from tests.wallet_api.service.running import Running


def raw(service: Running, *parts: bytes) -> bytes:
    """Send bytes and give all that comes back until the service closes the connection."""
    with socket.create_connection(("127.0.0.1", service.port), PATIENCE) as connection:
        for part in parts:
            connection.sendall(part)
        connection.shutdown(socket.SHUT_WR)
        answer = b""
        while more := connection.recv(65_536):
            answer += more
    return answer


@pytest.mark.parametrize(
    "host", ["evil.example", "127.0.0.1", "127.0.0.1:1", "evil.example:{port}"]
)
@pytest.mark.parametrize("target", ["/healthz", "/v1/service", "/v1/wallet"])
def test_another_host(service: Running, wallet: Caller, host: str, target: str) -> None:
    """A page that rebinds its own name to 127.0.0.1 still says its own name."""
    call = read(wallet.authority, target).signed(wallet.device)
    response = wallet.send(call.with_headers(host=host.format(port=service.port)))
    assert response.status_code == 421
    assert refused(response) == "host_refused"


def test_a_forwarded_host_counts_for_nothing(wallet: Caller) -> None:
    call = read(wallet.authority, "/healthz")
    forwarded = call.with_headers(x_forwarded_host="evil.example", forwarded="host=evil.example")
    assert wallet.send(forwarded).is_success
    again = call.with_headers(host="evil.example", x_forwarded_host=wallet.authority)
    assert refused(wallet.send(again)) == "host_refused"


@pytest.mark.parametrize("name", ["localhost", "LOCALHOST", "127.0.0.1"])
def test_the_names_of_this_machine(service: Running, wallet: Caller, name: str) -> None:
    call = read(wallet.authority, "/healthz").with_headers(host=f"{name}:{service.port}")
    assert wallet.send(call).is_success


def test_no_host_at_all(service: Running) -> None:
    assert raw(service, b"GET /healthz HTTP/1.0\r\n\r\n").startswith(b"HTTP/1.1 421 ")


@pytest.mark.parametrize("origin", ["https://evil.example", "null", "http://127.0.0.1"])
def test_web_pages_are_refused(wallet: Caller, origin: str) -> None:
    for call in (
        challenge(wallet.authority),
        read(wallet.authority, "/v1/service"),
        write(wallet.authority, "/v1/top-ups", {"amount": cny(1)}).signed(wallet.device),
    ):
        response = wallet.send(call.with_headers(origin=origin))
        assert response.status_code == 403
        assert refused(response) == "origin_refused"
        assert "access-control-allow-origin" not in response.headers
    assert wallet.get("/v1/history").json()["items"] == []


@pytest.mark.parametrize("media", ["", "text/plain", "application/x-www-form-urlencoded", "json"])
def test_another_media_type(wallet: Caller, media: str) -> None:
    """What a form of a web page can send without asking first is never JSON."""
    for call in (
        challenge(wallet.authority),
        write(wallet.authority, "/v1/top-ups", {"amount": cny(1)}).signed(wallet.device),
    ):
        response = wallet.send(call.with_headers(content_type=media))
        assert response.status_code == 415
        assert refused(response) == "media_type"


def test_a_media_type_may_have_parameters(wallet: Caller) -> None:
    call = challenge(wallet.authority).with_headers(content_type="Application/JSON; charset=utf-8")
    assert wallet.send(call).is_success


def test_a_body_that_is_too_large(wallet: Caller) -> None:
    body = b'{"nonce": "' + b"x" * LARGEST_BODY + b'"}'
    response = wallet.send(Call(wallet.authority, "POST", "/v1/challenge", body, headers=JSON))
    assert response.status_code == 413
    assert refused(response) == "body_too_large"
    assert wallet.send(challenge(wallet.authority)).is_success


def test_a_body_that_never_ends(service: Running) -> None:
    """In chunks that name no length: it is refused while it still comes."""
    head = (
        f"POST /v1/challenge HTTP/1.1\r\nHost: {service.authority}\r\n"
        "Content-Type: application/json\r\nTransfer-Encoding: chunked\r\n\r\n"
    )
    chunk = b"1000\r\n" + b"x" * 0x1000 + b"\r\n"
    with socket.create_connection(("127.0.0.1", service.port), PATIENCE) as connection:
        connection.sendall(head.encode() + chunk * 5)
        assert connection.recv(100).startswith(b"HTTP/1.1 413 ")


@pytest.mark.parametrize("size", [0, 1])
def test_a_body_of_the_largest_size_is_read(wallet: Caller, size: int) -> None:
    body = b'{"nonce": "0123456789abcdef"}'.ljust(LARGEST_BODY + size)
    response = wallet.send(Call(wallet.authority, "POST", "/v1/challenge", body, headers=JSON))
    assert response.status_code == (413 if size else 200)


@pytest.mark.parametrize(
    "request_bytes",
    [
        b"\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03",
        b"GET /healthz\r\n\r\n",
        b"GET http://evil.example/v1/service HTTP/1.1\r\nHost: evil.example\r\n\r\n",
        b"POST /v1/challenge HTTP/1.1\r\nContent-Length: 5\r\nContent-Length: 6\r\n\r\nhello",
        b"POST /v1/challenge HTTP/1.1\r\nContent-Length: 5\r\nTransfer-Encoding: chunked\r\n\r\n",
        b"GET /healthz HTTP/1.1\r\nHost: a\r\n b\r\n\r\n",
    ],
)
def test_what_is_hardly_http_is_refused_and_harms_nobody(
    service: Running, wallet: Caller, request_bytes: bytes
) -> None:
    status = raw(service, request_bytes).split(b" ", 2)[1:2]
    assert status in ([b"400"], [b"421"], [])
    assert wallet.get("/v1/wallet").is_success


def test_who_leaves_in_the_middle_of_a_body_harms_nobody(service: Running, wallet: Caller) -> None:
    head = (
        f"POST /v1/challenge HTTP/1.1\r\nHost: {service.authority}\r\n"
        "Content-Type: application/json\r\nContent-Length: 100\r\n\r\n{"
    )
    assert raw(service, head.encode()) == b""
    assert wallet.get("/v1/wallet").is_success
    assert "failed" not in service.log

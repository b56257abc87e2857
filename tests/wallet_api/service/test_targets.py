"""Where webhooks may be sent, by what is written and by what a name stands for."""

from __future__ import annotations

import asyncio
import ipaddress
import socket
import ssl
import threading
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Any

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID
from hypothesis import given
from hypothesis import strategies as st

from wallet_api.contract.errors import WebhookTargetRefused
from wallet_api.events.deliveries import Attempt
from wallet_api.service.post import Post
from wallet_api.service.targets import find_address, is_allowed, is_public, require_target

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

PRIVATE = (
    *("10.0.0.1", "172.16.0.1", "192.168.1.1", "169.254.169.254", "100.64.0.1", "0.0.0.0"),
    *("224.0.0.1", "255.255.255.255", "192.0.2.1", "198.18.0.1", "240.0.0.1"),
    *("::", "fe80::1", "fc00::1", "ff02::1", "::ffff:10.0.0.1", "2002:a00:1::", "64:ff9b::a00:1"),
)
LOOPBACK = ("127.0.0.1", "127.1.2.3", "::1", "::ffff:127.0.0.1")
PUBLIC = ("8.8.8.8", "2606:4700:4700::1111")


def literal(address: str) -> str:
    return f"[{address}]" if ":" in address else address


@pytest.mark.parametrize("public", [True, False])
@pytest.mark.parametrize("address", PRIVATE)
def test_private_addresses_are_never_sent_to(address: str, *, public: bool) -> None:
    assert not is_allowed(ipaddress.ip_address(address), public=public)
    with pytest.raises(WebhookTargetRefused):
        require_target(f"https://{literal(address)}/", public=public)


@pytest.mark.parametrize("address", LOOPBACK)
def test_this_machine_is_sent_to_by_its_own_service_only(address: str) -> None:
    assert is_allowed(ipaddress.ip_address(address), public=False)
    assert not is_allowed(ipaddress.ip_address(address), public=True)
    with pytest.raises(WebhookTargetRefused):
        require_target(f"https://{literal(address)}/", public=True)


@pytest.mark.parametrize("public", [True, False])
@pytest.mark.parametrize("address", PUBLIC)
def test_public_addresses_are_sent_to_over_https_only(address: str, *, public: bool) -> None:
    assert require_target(f"https://{literal(address)}/", public=public).port == 443
    with pytest.raises(WebhookTargetRefused):
        require_target(f"http://{literal(address)}/", public=public)


@pytest.mark.parametrize(
    "url",
    [
        *("", "shop.example", "//shop.example/", "https://", "https:///x", "ftp://shop.example/"),
        *("https://user@shop.example/", "https://user:word@shop.example/", "file:///etc/passwd"),
        *("https://shop.example/#part", "https://shop.example:99999/", "https://shop.example:x/"),
        *("https://shop.example/a b", 'https://shop.example/"', "https://shop.example/\n"),
        *("https://shop.example\\@10.0.0.1/", "https://饭店.example/", "https://[::1/"),
        *("https://localhost/", "https://LOCALHOST/", "https://localhost./", "http://localhost/"),
        "https://shop.example/" + "x" * 256,
    ],
)
def test_what_is_no_url_for_a_public_service(url: str) -> None:
    with pytest.raises(WebhookTargetRefused):
        require_target(url, public=True)


@pytest.mark.parametrize(
    ("url", "host", "port", "authority", "path"),
    [
        ("https://shop.example", "shop.example", 443, "shop.example", "/"),
        ("https://Shop.Example:8443/e?a=1", "shop.example", 8443, "Shop.Example:8443", "/e?a=1"),
        ("http://localhost:81/", "localhost", 81, "localhost:81", "/"),
        ("http://[::1]:81/x", "::1", 81, "[::1]:81", "/x"),
    ],
)
def test_a_url_taken_apart(url: str, host: str, port: int, authority: str, path: str) -> None:
    target = require_target(url, public=False)
    assert (target.host, target.port, target.authority, target.path) == (
        host,
        port,
        authority,
        path,
    )


@given(st.text())
def test_any_text_is_a_target_or_is_refused(text: str) -> None:
    for url in (text, f"https://{text}"):
        try:
            target = require_target(url, public=True)
        except WebhookTargetRefused:
            continue
        assert target.scheme == "https"
        assert target.path.startswith("/")


@pytest.mark.parametrize(
    ("authorities", "public"),
    [
        (("127.0.0.1:8417", "localhost:8417", "[::1]:8417"), False),
        (("bank.example",), True),
        (("127.0.0.1:8417", "bank.example:443"), True),
        (("192.168.1.5:8417",), True),
    ],
)
def test_which_services_others_may_reach(authorities: tuple[str, ...], *, public: bool) -> None:
    assert is_public(authorities) == public


@pytest.mark.parametrize(
    ("found", "allowed"),
    [
        (["8.8.8.8"], True),
        (["10.0.0.1"], False),
        (["8.8.8.8", "127.0.0.1"], False),  # One that is not allowed is one too many.
        (["::ffff:192.168.0.1"], False),
    ],
)
def test_what_a_name_stands_for_is_looked_at(
    found: list[str], monkeypatch: pytest.MonkeyPatch, *, allowed: bool
) -> None:
    async def look_up() -> str:
        async def getaddrinfo(*_: object, **__: object) -> list[Any]:
            return [(socket.AF_INET, socket.SOCK_STREAM, 0, "", (one, 443)) for one in found]

        monkeypatch.setattr(asyncio.get_running_loop(), "getaddrinfo", getaddrinfo)
        target = require_target("https://shop.example/", public=True)
        return await find_address(target, public=True)

    if allowed:
        assert asyncio.run(look_up()) == found[0]
    else:
        with pytest.raises(WebhookTargetRefused):
            asyncio.run(look_up())


def test_a_public_service_sends_nothing_to_this_machine() -> None:
    """Even a webhook that was added while the service was this machine's own."""

    async def send() -> str | None:
        sender = Post(public=True)
        outcome = await sender.send(Attempt("id", "http://127.0.0.1:1/", b"{}"), b"secret", 0)
        await sender.close()
        return outcome.error

    assert asyncio.run(send()) == "target_refused"


class SecureReceiver:
    """A receiver over TLS that takes one request and answers 204."""

    def __init__(self, context: ssl.SSLContext) -> None:
        self.head = b""
        self._listener = socket.create_server(("127.0.0.1", 0))
        self.port = self._listener.getsockname()[1]
        self._context = context
        self._thread = threading.Thread(target=self._serve)
        self._thread.start()

    def _serve(self) -> None:
        connection, _ = self._listener.accept()
        try:
            with self._context.wrap_socket(connection, server_side=True) as secure:
                # Closing with something unread would reset the connection and lose the answer.
                while not self.head.endswith(b"{}") and (more := secure.recv(65_536)):
                    self.head += more
                secure.sendall(b"HTTP/1.1 204 No Content\r\n\r\n")
        except OSError:  # The sender does not trust us.
            connection.close()

    def close(self) -> None:
        self._thread.join(20)
        self._listener.close()


@pytest.fixture
def certified(tmp_path: Path) -> Iterator[tuple[SecureReceiver, ssl.SSLContext]]:
    """A receiver certified as shop.example, and a context that trusts it."""
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "shop.example")])
    now = datetime.now(UTC)
    certificate = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(1)
        .not_valid_before(now - timedelta(hours=1))
        .not_valid_after(now + timedelta(hours=1))
        .add_extension(x509.SubjectAlternativeName([x509.DNSName("shop.example")]), critical=False)
        .sign(key, hashes.SHA256())
    )
    file = tmp_path / "shop.pem"
    file.write_bytes(
        key.private_bytes(
            serialization.Encoding.PEM,
            serialization.PrivateFormat.PKCS8,
            serialization.NoEncryption(),
        )
        + certificate.public_bytes(serialization.Encoding.PEM)
    )
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(file)
    receiver = SecureReceiver(context)
    yield receiver, ssl.create_default_context(cafile=file)
    receiver.close()


@pytest.mark.parametrize(
    ("name", "error"), [("shop.example", None), ("other.example", "not_connected")]
)
def test_tls_is_checked_by_name_at_the_address_that_was_looked_at(
    certified: tuple[SecureReceiver, ssl.SSLContext],
    monkeypatch: pytest.MonkeyPatch,
    name: str,
    error: str | None,
) -> None:
    receiver, trust = certified

    async def address(*_: object, **__: object) -> str:
        return "127.0.0.1"

    monkeypatch.setattr("wallet_api.service.post.find_address", address)

    async def send() -> tuple[int | None, str | None]:
        sender = Post(public=True, trust=trust)
        url = f"https://{name}:{receiver.port}/events"
        outcome = await sender.send(Attempt("id", url, b"{}"), b"secret", 0)
        await sender.close()
        return outcome.status, outcome.error

    assert asyncio.run(send()) == (None if error else 204, error)
    if error is None:
        assert receiver.head.startswith(b"POST /events HTTP/1.1\r\n")
        assert f"Host: {name}:{receiver.port}".encode() in receiver.head


def test_a_name_that_nobody_has() -> None:
    async def send() -> str | None:
        async def getaddrinfo(*_: object, **__: object) -> list[Any]:
            raise socket.gaierror(socket.EAI_NONAME, "not known")

        loop = asyncio.get_running_loop()
        loop.getaddrinfo = getaddrinfo  # type: ignore[method-assign]
        sender = Post(public=True)
        outcome = await sender.send(Attempt("id", "https://none.example/", b""), b"secret", 0)
        return outcome.error

    assert asyncio.run(send()) == "name_not_found"

"""Over https a service is believed by its certificate, or by a private authority's."""

from __future__ import annotations

import ssl
from datetime import UTC, datetime, timedelta
from ipaddress import ip_address
from typing import TYPE_CHECKING, Any

import pytest
from cryptography import x509
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat

from tests.wallet_api.client.scripted_server import ScriptedServer, answer
from wallet_api.contract.errors import ServiceUntrusted, Usage

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from tests.wallet_api.client.conftest import OpenClient, Time

Card = dict[str, Any]


@pytest.fixture
def certificate(tmp_path: Path) -> Path:
    """Give a self-signed certificate for 127.0.0.1, with its key beside it."""
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(x509.NameOID.COMMON_NAME, "a test's own service")])
    now = datetime.now(UTC)
    address = x509.SubjectAlternativeName([x509.IPAddress(ip_address("127.0.0.1"))])
    signed = (
        x509.CertificateBuilder(name, name, key.public_key(), x509.random_serial_number())
        .not_valid_before(now - timedelta(days=1))
        .not_valid_after(now + timedelta(days=1))
        .add_extension(address, critical=False)
        .add_extension(x509.BasicConstraints(ca=True, path_length=0), critical=True)
        .sign(key, SHA256())
    )
    private = key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption())
    (tmp_path / "key.pem").write_bytes(private)
    path = tmp_path / "certificate.pem"
    path.write_bytes(signed.public_bytes(Encoding.PEM))
    return path


@pytest.fixture
def server(certificate: Path) -> Iterator[ScriptedServer]:
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(certificate, certificate.with_name("key.pem"))
    made = ScriptedServer(context)
    yield made
    made.close()


def test_a_private_authority_is_trusted_when_it_is_named(
    open_client: OpenClient,
    server: ScriptedServer,
    certificate: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setenv("WALLET_API_CA", str(certificate))
    server.play(answer({"wallet": "w"}))
    assert open_client(server.url).get("/v1/wallet", answer=Card).value == {"wallet": "w"}


def test_a_stranger_hears_nothing(
    open_client: OpenClient,
    server: ScriptedServer,
    certificate: Path,
    monkeypatch: pytest.MonkeyPatch,
    time: Time,
) -> None:
    monkeypatch.setenv("SSL_CERT_FILE", str(certificate))
    server.play(*[answer({})] * 5)
    with pytest.raises(ServiceUntrusted, match="self-signed"):
        open_client(server.url).get("/v1/wallet", answer=Card)
    assert server.seen == []
    assert time.sleeps == []  # Asking again would not help.


@pytest.mark.parametrize("content", [None, "no certificate"])
def test_an_authority_that_cannot_be_read_is_named(
    open_client: OpenClient, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, content: str | None
) -> None:
    bundle = tmp_path / "bundle.pem"
    if content is not None:
        bundle.write_text(content)
    monkeypatch.setenv("WALLET_API_CA", str(bundle))
    with pytest.raises(Usage, match=r"bundle\.pem"):
        open_client("https://bank.example")

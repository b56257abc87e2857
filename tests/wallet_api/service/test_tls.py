"""The service over https, and the programs that reach it there."""

from __future__ import annotations

import json
import os
import socket
import ssl
import subprocess
import sys
import warnings
from datetime import timedelta
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from tests.wallet_api.certificates import Authority
from tests.wallet_api.service.caller import Device, done, read
from tests.wallet_api.service.running import PATIENCE, launch
from wallet_api.client.sync import Client
from wallet_api.contract.errors import ServiceUntrusted
from wallet_api.contract.wire import Health, ServiceCard, WalletCard

if TYPE_CHECKING:
    from collections.abc import Callable

    from tests.wallet_api.service.caller import Caller
    from tests.wallet_api.service.running import Running

    Start = Callable[..., Running]


@pytest.fixture
def authority(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Authority:
    """A private authority that the clients of this test trust."""
    made = Authority(tmp_path / "authority")
    monkeypatch.setenv("WALLET_API_CA", str(made.root))
    return made


def program(*arguments: str, url: str) -> subprocess.CompletedProcess[str]:
    """Run a program against a service; its PIN comes from nowhere and its keys lie in a file."""
    passphrase = Path.home() / "passphrase"
    passphrase.write_text("correct horse battery staple\n", encoding="ascii")
    passphrase.chmod(0o600)
    return subprocess.run(
        [sys.executable, "-m", *arguments],
        env={**os.environ, "WALLET_API_URL": url, "WALLET_PASSPHRASE_FILE": str(passphrase)},
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        timeout=PATIENCE,
        check=False,
    )


def test_a_wallet_lives_over_https(own_service: Start, authority: Authority) -> None:
    """Opened, signed for, and read again by a command of its own."""
    running = own_service(*authority.issue("127.0.0.1").options)
    url = f"https://{running.authority}"
    opened = program("wallet_cli", "open", "--name", "Alice", "--store", "file", "--json", url=url)
    assert opened.returncode == 0, opened.stderr
    asked = program("wallet_cli", "balance", "--json", url=url)
    assert asked.returncode == 0, asked.stderr
    assert json.loads(asked.stdout)["balance"] == {"minor": 0, "currency": "CNY"}
    assert "wallet" not in asked.stderr.lower()


def test_a_device_signs_for_the_name_in_the_certificate(
    own_service: Start, authority: Authority
) -> None:
    running = own_service(*authority.issue("localhost").options, "--authority", "localhost")
    assert running.authority == f"localhost:{running.port}"
    device, url = Device(), f"https://{running.authority}"
    with Client(url, device.id, device.key) as client:
        card = client.get("/v1/service", answer=ServiceCard).value
        assert card.enrolment == "open"
        body = {"name": "Bob", "currency": "CNY", "device": device.keys()}
        opened = client.send("POST", "/v1/customers", body=body, key=device.id, answer=WalletCard)
        assert client.get("/v1/wallet", answer=WalletCard).value == opened.value


@pytest.mark.parametrize("wrong", ["authority", "time", "name"])
def test_a_certificate_that_is_not_the_services(
    own_service: Start,
    authority: Authority,
    tmp_path: Path,
    wrong: str,
) -> None:
    """Nothing is sent, the service hears of nothing, and the person is told what is wrong."""
    signer = Authority(tmp_path / "other") if wrong == "authority" else authority
    life = timedelta(days=-1) if wrong == "time" else timedelta(days=1)
    hosts = ("bank.example",) if wrong == "name" else ("127.0.0.1",)
    running = own_service(*signer.issue(*hosts, life=life).options)
    with (
        Client(f"https://{running.authority}") as client,
        pytest.raises(ServiceUntrusted) as raised,
    ):
        client.get("/healthz", answer=Health)
    told = str(raised.value)
    assert {"authority": "issuer", "time": "expired", "name": "127.0.0.1"}[wrong] in told
    assert "Nothing was sent" in told
    assert "GET /healthz" not in running.log


def test_nobody_listens_in_clear_and_nobody_is_harmed(
    own_service: Start, authority: Authority
) -> None:
    running = own_service(*authority.issue("127.0.0.1").options)
    with socket.create_connection(("127.0.0.1", running.port), PATIENCE) as peer:
        peer.sendall(f"GET /healthz HTTP/1.1\r\nHost: {running.authority}\r\n\r\n".encode())
        assert not peer.recv(1_000).startswith(b"HTTP/1.1 200")
    with Client(f"https://{running.authority}") as client:
        assert client.get("/healthz", answer=Health).value.status == "ok"
    assert running.stop() == 0
    assert "Traceback" not in running.log


def test_old_versions_of_tls_are_refused(own_service: Start, authority: Authority) -> None:
    running = own_service(*authority.issue("127.0.0.1").options)
    context = ssl.create_default_context(cafile=str(authority.root))
    with warnings.catch_warnings(action="ignore", category=DeprecationWarning):
        context.minimum_version = ssl.TLSVersion.TLSv1
        context.maximum_version = ssl.TLSVersion.TLSv1_1
    with (
        socket.create_connection(("127.0.0.1", running.port), PATIENCE) as peer,
        pytest.raises((ssl.SSLError, ConnectionError)),
    ):
        context.wrap_socket(peer, server_hostname="127.0.0.1")


@pytest.mark.parametrize(
    ("options", "says"),
    [
        (("--tls-cert", "{certificate}"), "go together"),
        (("--tls-key", "{key}"), "go together"),
        (("--tls-cert", "{key}", "--tls-key", "{key}"), "no certificate"),
        (("--tls-cert", "{certificate}", "--tls-key", "{root}"), "no certificate"),
        (("--tls-cert", "{certificate}", "--tls-key", "{certificate}.none"), "cannot be read"),
        (("--authority", "https://bank.example"), "--authority"),
        (("--authority", "bank.example:0"), "--authority"),
        (("--authority", "bank.example:99999"), "--authority"),
        (("--authority", "bank example"), "--authority"),
        (("--lab", "--authority", "bank.example"), "--lab"),
        (("--lab", "--host", "0.0.0.0"), "--lab"),
    ],
)
def test_settings_that_make_no_sense_do_not_start(
    authority: Authority, tmp_path: Path, options: tuple[str, ...], says: str
) -> None:
    made = authority.issue("127.0.0.1")
    files = {"certificate": made.certificate, "key": made.key, "root": authority.root}
    process = launch(tmp_path / "own", *(option.format(**files) for option in options))
    output, _ = process.communicate(timeout=PATIENCE)
    assert process.returncode == 2
    assert b'"event"' not in output
    assert says in (tmp_path / "own" / "log").read_text() + output.decode()


def test_a_key_that_others_can_read_is_not_used(authority: Authority, tmp_path: Path) -> None:
    made = authority.issue("127.0.0.1")
    made.key.chmod(0o644)
    process = launch(tmp_path / "own", *made.options)
    output, _ = process.communicate(timeout=PATIENCE)
    assert process.returncode == 2
    assert b"chmod 600" in output


@pytest.mark.parametrize(
    ("options", "warned"), [((), True), (("--authority", "bank.example:443"), False)]
)
def test_a_service_beyond_this_machine_says_what_is_missing_and_asks_for_invitations(
    own_service: Start, open_caller: Callable[[Running], Caller], options: tuple[str], warned: bool
) -> None:
    running = own_service("--host", "0.0.0.0", *options)
    assert running.authority.startswith("127.0.0.1:")
    assert "Without --tls-cert" in running.log
    assert ("Without --authority" in running.log) is warned
    caller = open_caller(running)
    assert done(caller.send(read(running.authority, "/v1/service")))["enrolment"] == "invite"


def test_a_name_beyond_this_machine_closes_enrolment_even_behind_a_loopback_address(
    own_service: Start, open_caller: Callable[[Running], Caller]
) -> None:
    """Something in front of it brings strangers to the loopback address."""
    running = own_service("--authority", "bank.example:443")
    caller = open_caller(running)
    assert done(caller.send(read(running.authority, "/v1/service")))["enrolment"] == "invite"


def test_http_beyond_this_machine_is_refused_unless_told_and_then_said_loudly(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    url = "http://192.0.2.1:8417"  # A documentation address (RFC 5737): nobody is there.
    arguments = ("wallet_cli", "open", "--name", "Eve", "--store", "file", "--json")
    refused = program(*arguments, url=url)
    assert refused.returncode == 2
    assert json.loads(refused.stdout)["error"]["code"] == "service_insecure"
    assert "WALLET_API_INSECURE=1" in refused.stdout + refused.stderr
    monkeypatch.setenv("WALLET_API_INSECURE", "1")
    told = program(*arguments, url="http://example.invalid:8417")
    assert told.returncode == 3
    assert "WARNING" in told.stderr
    assert "neither https nor on this machine" in told.stderr

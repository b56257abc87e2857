"""The OS keyring against a real Secret Service: unlocked, locked, absent, silent."""

from __future__ import annotations

import signal
from typing import TYPE_CHECKING

import keyring
import pytest

from tests.terminal_kit.secret_service import empty_home, secret_service, silent_socket
from wallet_api.contract.errors import StoreUnavailable

if TYPE_CHECKING:
    from pathlib import Path

    from terminal_kit.credentials.os_keyring import OsKeyring
    from tests.terminal_kit.secret_service import SessionBus

pytestmark = pytest.mark.keyring

SECRET_SERVICE = "keyring.backends.SecretService.Keyring"


def test_a_secret_outlives_the_process_that_wrote_it(unlocked_bus: SessionBus) -> None:
    assert unlocked_bus.ask("write", "device-key", "00ff10")["result"] == "written"
    assert unlocked_bus.ask("read", "device-key")["result"] == "00ff10"
    assert unlocked_bus.ask("remove", "device-key")["result"] == "removed"
    missing = unlocked_bus.ask("read", "device-key")
    assert (missing["error"], missing["details"]) == ("secret_missing", {"name": "device-key"})


def test_a_secret_outlives_the_session(bus: SessionBus) -> None:
    with secret_service(bus, "login password"):
        bus.ask("write", "device-key", "00ff10")
    with secret_service(bus, "login password"):
        assert bus.ask("read", "device-key")["result"] == "00ff10"


def test_two_homes_do_not_see_each_other(unlocked_bus: SessionBus, tmp_path: Path) -> None:
    for home, secret in (("a", "0a"), ("b", "0b")):
        unlocked_bus.ask("write", "device-key", secret, WALLET_HOME=str(tmp_path / home))
    read = [
        unlocked_bus.ask("read", "device-key", WALLET_HOME=str(tmp_path / home)) for home in "ab"
    ]
    assert [answer["result"] for answer in read] == ["0a", "0b"]
    assert unlocked_bus.ask("read", "device-key")["error"] == "secret_missing"


def test_a_description_names_the_backend(unlocked_bus: SessionBus) -> None:
    assert unlocked_bus.ask("describe")["result"] == {
        "kind": "os",
        "detail": SECRET_SERVICE,
        "state": "ready",
    }


@pytest.mark.parametrize("password", ["another password", None])
def test_a_locked_keyring_is_locked(bus: SessionBus, password: str | None) -> None:
    with secret_service(bus, "login password"):
        bus.ask("write", "device-key", "00ff10")
    with secret_service(bus, password):
        for action in (["read", "device-key"], ["write", "device-key", "01"]):
            assert bus.ask(*action)["error"] == "store_locked"
        assert bus.ask("describe")["result"]["state"] == "locked"


def test_a_keyring_never_unlocked_is_locked(bus: SessionBus) -> None:
    with secret_service(bus, None):
        assert bus.ask("read", "device-key")["error"] == "store_locked"


def test_a_bus_without_a_secret_service_is_unavailable(bus: SessionBus) -> None:
    assert bus.ask("read", "device-key")["error"] == "store_unavailable"
    assert bus.ask("describe")["result"]["state"] == "absent"


def test_no_bus_is_unavailable() -> None:
    with empty_home() as nowhere:
        assert nowhere.ask("write", "device-key", "00")["error"] == "store_unavailable"


def test_a_service_that_never_answers_holds_up_neither_call_nor_exit(bus: SessionBus) -> None:
    with secret_service(bus, "login password") as daemon:
        daemon.send_signal(signal.SIGSTOP)
        answer = bus.ask("read", "device-key", PROBE_LIMIT_SECONDS="0.5")
        description = bus.ask("describe", PROBE_LIMIT_SECONDS="0.5")["result"]
    assert answer["error"] == "store_unavailable"
    assert description["state"] == "absent"
    assert "0.5 s" in answer["details"]["reason"]
    assert 0.5 <= answer["seconds"] < 5


def test_a_bus_that_never_answers_is_unavailable() -> None:
    with empty_home() as home, silent_socket(home.socket):
        answer = home.ask("read", "device-key", PROBE_LIMIT_SECONDS="0.5")
    assert answer["error"] == "store_unavailable"
    assert answer["seconds"] < 5


@pytest.mark.parametrize("backend", ["null", "fail"])
def test_a_configured_backend_that_keeps_nothing_is_refused(
    unlocked_bus: SessionBus, backend: str
) -> None:
    name = f"keyring.backends.{backend}.Keyring"
    answer = unlocked_bus.ask("write", "device-key", "00", PYTHON_KEYRING_BACKEND=name)
    assert answer["error"] == "store_unavailable"
    assert name in answer["details"]["reason"]


def test_a_configured_backend_that_does_not_exist_is_unavailable(unlocked_bus: SessionBus) -> None:
    answer = unlocked_bus.ask("read", "device-key", PYTHON_KEYRING_BACKEND="no.such.Keyring")
    assert answer["error"] == "store_unavailable"


PLAINTEXT_PLUGIN = """
from keyring.backend import KeyringBackend

class Plaintext(KeyringBackend):
    priority = 9

    def get_password(self, service, username):
        return "bm90IHlvdXJz"

    def set_password(self, service, username, password):
        raise AssertionError("written in plain text")
"""


def test_inside_a_chain_only_the_allowed_backend_is_used(
    unlocked_bus: SessionBus, tmp_path: Path
) -> None:
    (tmp_path / "plaintext_plugin.py").write_text(PLAINTEXT_PLUGIN)
    metadata = tmp_path / "plaintext_plugin-1.dist-info"
    metadata.mkdir()
    (metadata / "METADATA").write_text("Name: plaintext-plugin\nVersion: 1\n")
    (metadata / "entry_points.txt").write_text("[keyring.backends]\nplaintext = plaintext_plugin\n")
    path = str(tmp_path)
    assert unlocked_bus.ask("backend", PYTHONPATH=path)["result"] == SECRET_SERVICE
    assert unlocked_bus.ask("write", "device-key", "0a", PYTHONPATH=path)["result"] == "written"
    assert unlocked_bus.ask("read", "device-key", PYTHONPATH=path)["result"] == "0a"


def test_an_entry_is_base64_under_program_profile_and_name(os_keyring: OsKeyring) -> None:
    os_keyring.write("device-key", b"\x00\xff")
    assert keyring.get_password("terminal-wallet", "wallet:test:device-key") == "AP8="


def test_an_entry_that_somebody_else_wrote_is_no_secret(os_keyring: OsKeyring) -> None:
    for text in ("not base64", "Ä"):
        keyring.set_password("terminal-wallet", "wallet:test:device-key", text)
        with pytest.raises(StoreUnavailable, match="device-key"):
            os_keyring.read("device-key")


def test_a_write_that_does_not_last_is_an_error(
    os_keyring: OsKeyring, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(keyring.get_keyring(), "set_password", lambda *_arguments: None)
    with pytest.raises(StoreUnavailable, match="does not give it back"):
        os_keyring.write("device-key", b"\x00\xff")

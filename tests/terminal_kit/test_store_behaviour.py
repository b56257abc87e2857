"""What holds for every credential store."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from terminal_kit.credentials.encrypted_file import EncryptedFile
from terminal_kit.credentials.memory import Memory
from terminal_kit.credentials.store import SECRET_BYTES_MAX
from wallet_api.contract.errors import SecretMissing

if TYPE_CHECKING:
    from pathlib import Path

    from terminal_kit.credentials.os_keyring import OsKeyring
    from terminal_kit.credentials.store import CredentialStore


@pytest.fixture(params=["memory", "file", pytest.param("os", marks=pytest.mark.keyring)])
def store(request: pytest.FixtureRequest, tmp_path: Path) -> CredentialStore:
    match request.param:
        case "memory":
            return Memory()
        case "file":
            return EncryptedFile(tmp_path / "credentials", ask=lambda _prompt: "passphrase")
    os_keyring: OsKeyring = request.getfixturevalue("os_keyring")
    return os_keyring


def test_gives_back_what_was_written(store: CredentialStore) -> None:
    longest = bytes(range(256)) * 4
    store.write("device-key", longest[:SECRET_BYTES_MAX])
    store.write("state-key", b"\x00")
    assert store.read("device-key") == longest[:SECRET_BYTES_MAX]
    assert store.read("state-key") == b"\x00"


def test_a_later_write_replaces_the_earlier(store: CredentialStore) -> None:
    store.write("device-key", b"old")
    store.write("device-key", b"new")
    assert store.read("device-key") == b"new"
    store.remove("device-key")
    with pytest.raises(SecretMissing):
        store.read("device-key")


def test_remove_takes_one_secret_only(store: CredentialStore) -> None:
    store.write("device-key", b"one")
    store.write("state-key", b"two")
    store.remove("device-key")
    assert store.read("state-key") == b"two"


def test_what_was_never_written_is_missing(store: CredentialStore) -> None:
    store.write("device-key", b"one")
    for action in (store.read, store.remove):
        with pytest.raises(SecretMissing) as raised:
            action("state-key")
        assert raised.value.details == {"name": "state-key"}
        assert raised.value.exit_code == 4


@pytest.mark.parametrize("secret", [b"", b"x" * (SECRET_BYTES_MAX + 1)])
def test_refuses_a_secret_that_some_store_could_not_hold(
    store: CredentialStore, secret: bytes
) -> None:
    with pytest.raises(ValueError, match="bytes"):
        store.write("device-key", secret)
    with pytest.raises(SecretMissing):
        store.read("device-key")


@pytest.mark.parametrize("name", ["", "a:b", "Device", "../device", "x" * 65, "device\n"])
def test_refuses_a_name_that_some_store_could_not_hold(store: CredentialStore, name: str) -> None:
    for action in (store.read, store.remove, lambda name: store.write(name, b"x")):
        with pytest.raises(ValueError, match="name"):
            action(name)


def test_a_description_says_ready_and_no_secret(store: CredentialStore) -> None:
    store.write("device-key", b"pomegranate")
    description = store.describe()
    assert description.state == "ready"
    assert "pomegranate" not in description.detail

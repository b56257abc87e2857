"""Opens the credential store that a profile was opened with."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal, assert_never

from terminal_kit.credentials.passphrase import ask_on_terminal

if TYPE_CHECKING:
    from pathlib import Path

    from terminal_kit.credentials.passphrase import Ask
    from terminal_kit.credentials.store import CredentialStore

StoreKind = Literal["os", "file"]

FILE_NAME = "credentials"


def open_store(
    kind: StoreKind, *, program: str, profile: str, folder: Path, ask: Ask = ask_on_terminal
) -> CredentialStore:
    """Give the store of one profile; nothing is read, made or asked for yet.

    ``ask`` asks a person for the passphrase of a file. ``folder`` is the profile's own, where the
    encrypted file stands. There is no fallback: a store that does not work raises on use.
    """
    match kind:
        case "os":
            from terminal_kit.credentials.os_keyring import OsKeyring
            from terminal_kit.folders import home_id

            return OsKeyring(program, profile, home=home_id())
        case "file":
            from terminal_kit.credentials.encrypted_file import EncryptedFile

            return EncryptedFile(folder / FILE_NAME, ask=ask)
        case _:
            assert_never(kind)

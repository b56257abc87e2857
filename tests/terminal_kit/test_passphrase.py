"""Where the passphrase comes from, and what happens when it comes from nowhere."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from terminal_kit.credentials.passphrase import (
    asked_new_passphrase,
    asked_passphrase,
    given_passphrase,
)
from tests.terminal_kit.secret_service import REPOSITORY
from wallet_api.contract.errors import StoreLocked

VARIABLE = "WALLET_PASSPHRASE_FILE"
STORE = Path("credentials")


@pytest.fixture
def file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    path = tmp_path / "passphrase"
    monkeypatch.setenv(VARIABLE, str(path))
    return path


@pytest.mark.parametrize("content", ["correct horse", "correct horse\n", "correct horse\r\nmore\n"])
def test_the_first_line_is_the_passphrase(file: Path, content: str) -> None:
    file.write_bytes(content.encode())
    assert given_passphrase() == b"correct horse"


def test_spaces_belong_to_the_passphrase(file: Path) -> None:
    file.write_text(" correct horse \n")
    assert given_passphrase() == b" correct horse "


def test_without_the_variable_nothing_is_given() -> None:
    assert given_passphrase() is None


@pytest.mark.parametrize("content", [None, b"", b"\n", b"\r\n", b"\xff\xfe\n", b"x" * 1025])
def test_a_useless_file_locks_the_store_and_names_the_variable(
    file: Path, content: bytes | None
) -> None:
    if content is not None:
        file.write_bytes(content)
    with pytest.raises(StoreLocked, match=VARIABLE) as raised:
        given_passphrase()
    assert str(file) in str(raised.value)


def test_a_folder_locks_the_store(file: Path) -> None:
    file.mkdir()
    with pytest.raises(StoreLocked, match=VARIABLE):
        given_passphrase()


def test_the_same_word_typed_on_two_systems_is_the_same_passphrase(file: Path) -> None:
    file.write_text("cafe\u0301\n", encoding="utf-8")
    assert given_passphrase() == asked_passphrase(STORE, lambda _prompt: "caf\u00e9")


def test_no_answer_locks_the_store() -> None:
    def hangs_up(_prompt: str) -> str:
        raise EOFError

    for ask in (hangs_up, lambda _prompt: ""):
        with pytest.raises(StoreLocked, match="no passphrase was given"):
            asked_passphrase(STORE, ask)
        with pytest.raises(StoreLocked, match="no passphrase was given"):
            asked_new_passphrase(STORE, ask)


ASKER = """
import os, sys
from terminal_kit.credentials.passphrase import ask_on_terminal
from wallet_api.contract.errors import StoreLocked
if len(sys.argv) > 1:
    os.open(sys.argv[1], os.O_RDWR)
try:
    print(ask_on_terminal("Passphrase: "))
except StoreLocked as error:
    print(error)
"""


def asker(*arguments: str) -> subprocess.Popen[bytes]:
    """Start a process that asks, in a session of its own and so without a terminal at first."""
    return subprocess.Popen(
        [sys.executable, "-c", ASKER, *arguments],
        cwd=REPOSITORY,
        start_new_session=True,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
    )


def test_without_a_terminal_nobody_is_asked() -> None:
    process = asker()
    said, _ = process.communicate(b"typed into stdin\n", timeout=30)
    assert b"no terminal" in said
    assert VARIABLE.encode() in said


def test_on_a_terminal_the_passphrase_is_not_shown() -> None:
    controller, terminal = os.openpty()
    try:
        # The first terminal that a session leader opens becomes the one it is asked on.
        process = asker(os.ttyname(terminal))
        shown = b""
        while not shown.endswith(b"Passphrase: "):
            shown += os.read(controller, 100)
        os.write(controller, b"correct horse\n")
        said, _ = process.communicate(timeout=30)
        shown += os.read(controller, 100)
    finally:
        os.close(controller)
        os.close(terminal)
    assert said == b"correct horse\n"
    assert b"correct" not in shown

"""Where state lives, and that a file there is replaced whole and privately."""

from __future__ import annotations

import os
import stat
import sys
import threading
from typing import TYPE_CHECKING

import pytest

from terminal_kit.folders import (
    Folders,
    exclusive_lock,
    folders,
    home_id,
    private_folder,
    replace_file,
)

if TYPE_CHECKING:
    from pathlib import Path


def mode(path: Path) -> int:
    return stat.S_IMODE(path.stat().st_mode)


def test_wallet_home_holds_everything(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("WALLET_HOME", str(tmp_path / "home"))
    home = tmp_path / "home"
    assert folders() == Folders(home / "config", home / "data", home / "state")
    assert not home.exists()


@pytest.mark.skipif(sys.platform != "linux", reason="the folders of XDG")
def test_without_wallet_home_the_platform_decides(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("WALLET_HOME", "")
    for name in ("CONFIG", "DATA", "STATE"):
        monkeypatch.setenv(f"XDG_{name}_HOME", str(tmp_path / name))
    here = [tmp_path / name / "terminal-wallet" for name in ("CONFIG", "DATA", "STATE")]
    assert folders() == Folders(*here)
    assert home_id() is None


def test_the_id_of_a_home_is_stable_and_its_own(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    ids = []
    for home in ("a", "./a/", str(tmp_path / "a"), "b"):
        monkeypatch.setenv("WALLET_HOME", home)
        ids.append(home_id())
    assert ids[0] == ids[1] == ids[2] != ids[3]


def test_folders_are_made_private_and_existing_ones_left_alone(tmp_path: Path) -> None:
    tmp_path.chmod(0o755)
    deepest = private_folder(tmp_path / "a" / "b" / "c")
    assert deepest == private_folder(deepest)
    assert [mode(path) for path in (deepest, deepest.parent, tmp_path / "a")] == [0o700] * 3
    assert mode(tmp_path) == 0o755


def test_a_file_is_replaced_whole_and_private(tmp_path: Path) -> None:
    path = tmp_path / "new" / "file"
    replace_file(path, b"first and long")
    with path.open("rb") as reader:
        replace_file(path, b"second")
        assert reader.read() == b"first and long"
    assert path.read_bytes() == b"second"
    assert mode(path) == 0o600
    assert [file.name for file in path.parent.iterdir()] == ["file"]


def test_a_failed_replacement_leaves_the_old_file_and_nothing_else(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "file"
    replace_file(path, b"old")

    def full_disk(_descriptor: int) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "fsync", full_disk)
    with pytest.raises(OSError, match="No space"):
        replace_file(path, b"new")
    assert path.read_bytes() == b"old"
    assert list(tmp_path.iterdir()) == [path]


def test_the_file_and_then_its_folder_reach_the_disk(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "file"
    synced: list[tuple[str, bool]] = []

    def watch(descriptor: int) -> None:
        kind = "folder" if stat.S_ISDIR(os.fstat(descriptor).st_mode) else "file"
        synced.append((kind, path.exists()))

    monkeypatch.setattr(os, "fsync", watch)
    replace_file(path, b"data")
    assert synced == [("file", False), ("folder", True)]


def test_a_lock_is_exclusive_and_its_wait_is_bounded(tmp_path: Path) -> None:
    path = tmp_path / "new" / "lock"
    with exclusive_lock(path, 1), pytest.raises(TimeoutError), exclusive_lock(path, 0.03):
        pass
    assert mode(path) == 0o600


def test_a_waiting_thread_gets_the_lock_when_it_is_free(tmp_path: Path) -> None:
    path = tmp_path / "lock"
    order: list[str] = []
    starting = threading.Event()

    def wait_for_it() -> None:
        starting.set()
        with exclusive_lock(path, 30):
            order.append("second")

    waiting = threading.Thread(target=wait_for_it)
    with exclusive_lock(path, 1):
        waiting.start()
        assert starting.wait(30)
        order.append("first")
    waiting.join(30)
    assert order == ["first", "second"]

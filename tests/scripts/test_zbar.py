"""What the set-up does about libzbar: install it where nobody needs to be asked, else say how."""

from __future__ import annotations

import ctypes.util
import importlib.util
import os
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from types import ModuleType

FILE = Path(__file__).parents[2] / "scripts" / "environment.py"


@pytest.fixture
def environment(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> ModuleType:
    """Give the module on a Debian machine without libzbar, whose apt-get a test provides."""
    spec = importlib.util.spec_from_file_location("environment", FILE)
    assert spec
    assert spec.loader
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    monkeypatch.setattr(ctypes.util, "find_library", lambda _name: None)
    monkeypatch.setattr(os, "geteuid", lambda: 0)
    monkeypatch.setenv("PATH", f"{tmp_path}:/usr/bin:/bin")
    monkeypatch.setenv("CALLS", str(tmp_path / "calls"))
    return module


def provide_apt(folder: Path, text: str) -> None:
    """Put an apt-get there that notes its calls and says something."""
    path = folder / "apt-get"
    path.write_text(f'#!/bin/sh\necho "$@" >>"$CALLS"\necho noise\n{text}\n')
    path.chmod(0o755)


def calls(folder: Path) -> list[str]:
    """Give what apt-get was asked for, the last word of each call."""
    path = folder / "calls"
    return [line.split()[-1] for line in path.read_text().splitlines()] if path.exists() else []


def test_root_gets_it_without_a_word(
    environment: ModuleType, tmp_path: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    # The first try fails, as it does before the first update of a new machine.
    provide_apt(tmp_path, 'case "$*" in *update) : >"$CALLS.ok" ;; *) [ -e "$CALLS.ok" ] ;; esac')
    environment.look_for_zbar()
    assert calls(tmp_path) == ["libzbar0", "update", "libzbar0"]
    assert capfd.readouterr() == ("", "")


def test_a_failing_installation_only_says_what_is_missing(
    environment: ModuleType, tmp_path: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    provide_apt(tmp_path, "exit 100")
    environment.look_for_zbar()
    assert calls(tmp_path) == ["libzbar0", "update"]
    said = capfd.readouterr().out
    assert said.endswith("sudo apt-get install libzbar0\n")
    assert said.count("\n") == 1


def test_nobody_but_root_installs_anything(
    environment: ModuleType,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capfd: pytest.CaptureFixture[str],
) -> None:
    provide_apt(tmp_path, "exit 0")
    monkeypatch.setattr(os, "geteuid", lambda: 1000)
    environment.look_for_zbar()
    assert calls(tmp_path) == []
    assert capfd.readouterr().out.endswith("sudo apt-get install libzbar0\n")


def test_nothing_is_done_where_it_is_there(
    environment: ModuleType,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capfd: pytest.CaptureFixture[str],
) -> None:
    provide_apt(tmp_path, "exit 0")
    monkeypatch.setattr(ctypes.util, "find_library", lambda name: f"lib{name}.so.0")
    environment.look_for_zbar()
    assert calls(tmp_path) == []
    assert capfd.readouterr() == ("", "")

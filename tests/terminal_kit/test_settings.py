"""What a person chose stays, and a file that cannot be read costs nothing but that."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from terminal_kit.settings import Settings, load_settings, save_settings, settings_file

if TYPE_CHECKING:
    from pathlib import Path


@pytest.fixture(autouse=True)
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("WALLET_HOME", str(tmp_path))


def test_settings_survive() -> None:
    assert load_settings() == Settings(theme="night", language=None, motion=True)
    kept = Settings(theme="day", language="zh", motion=False)
    save_settings(kept)
    assert load_settings() == kept
    assert settings_file().stat().st_mode & 0o777 == 0o600


@pytest.mark.parametrize("content", [b"", b"{", b"\xff", b"[]", b'{"language": "fr"}'])
def test_what_cannot_be_read_counts_as_nothing(content: bytes) -> None:
    save_settings(Settings(theme="day"))
    settings_file().write_bytes(content)
    assert load_settings() == Settings()

"""A till's settings survive, and nothing in their file stops the till."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pos.till_settings import (
    FILE_NAME,
    MOST_TIPS,
    TillSettings,
    change_till_settings,
    load_till_settings,
    till_folder,
    tips_of,
)
from wallet_api.contract.errors import Usage

if TYPE_CHECKING:
    from pathlib import Path


@pytest.fixture(autouse=True)
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("WALLET_HOME", str(tmp_path))
    return tmp_path


def test_each_profile_keeps_its_own() -> None:
    changed = change_till_settings("default", printer="/dev/usb/lp0", width=32)
    assert changed == TillSettings(printer="/dev/usb/lp0", width=32)
    assert change_till_settings("default", tips=(10,)).printer == "/dev/usb/lp0"
    assert load_till_settings("default").tips == (10,)
    assert load_till_settings("other") == TillSettings()


@pytest.mark.parametrize(
    "content",
    ["", "{", '{"width": 40}', '{"tips": [0]}', '{"tips": [1,2,3,4,5]}', '{"tip": []}', "\xff"],
)
def test_a_file_that_cannot_be_read_gives_the_first_settings(content: str) -> None:
    folder = till_folder("default")
    folder.mkdir(parents=True)
    (folder / FILE_NAME).write_bytes(content.encode("latin-1"))
    assert load_till_settings("default") == TillSettings()


def test_what_cannot_be_written_is_said(home: Path) -> None:
    (home / "config").write_text("not a folder")
    with pytest.raises(Usage, match="cannot be written"):
        change_till_settings("default", width=32)


@pytest.mark.parametrize(
    ("text", "tips"),
    [("", ()), ("15 5 10", (5, 10, 15)), ("10%, 20 %", (10, 20)), ("5 5", (5,)), ("100", (100,))],
)
def test_tips_as_one_types_them(text: str, tips: tuple[int, ...]) -> None:
    assert tips_of(text) == tips


@pytest.mark.parametrize("text", ["0", "101", "5.5", "-5", "a", "１０", "1 2 3 4 5", "9" * 5_000])
def test_other_tips_are_refused(text: str) -> None:
    with pytest.raises(Usage):
        tips_of(text)


@given(st.text(max_size=20))
def test_tips_are_few_and_sensible_whatever_is_typed(text: str) -> None:
    try:
        tips = tips_of(text)
    except Usage:
        return
    assert len(tips) <= MOST_TIPS
    assert all(1 <= tip <= 100 for tip in tips)

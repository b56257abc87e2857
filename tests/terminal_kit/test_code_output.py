"""A code on stdout: in the form that was chosen, as large as there is room, and always read."""

from __future__ import annotations

import io
import sys
from collections.abc import Callable
from typing import TYPE_CHECKING

import pytest

from payment_codes.scan.ansi import picture_of_terminal_text
from terminal_kit.code_output import DRAW_VARIABLE, show_code
from terminal_kit.settings import Settings, save_settings
from tests.payment_codes.emulation import Screen
from tests.payment_codes.pictures import PAYER_CODE, WORST_CASE, screenshot
from tests.payment_codes.readers import image_of, read_zxing
from wallet_api.contract.errors import Usage

if TYPE_CHECKING:
    from pathlib import Path

Show = Callable[..., str]


class Terminal(io.StringIO):
    def isatty(self) -> bool:
        return True


@pytest.fixture
def show(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Show:
    """Give what shows a code on a terminal of a size, or into a pipe where there is none."""
    monkeypatch.setenv("WALLET_HOME", str(tmp_path))
    for name in (DRAW_VARIABLE, "NO_COLOR", "TERM_PROGRAM", "KITTY_WINDOW_ID", "TMUX", "COLORFGBG"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("TERM", "xterm-256color")

    def shown(
        text: str,
        size: tuple[int, int] | None = (80, 24),
        *,
        draw: bool = False,
        bars: bool = False,
        scheme: str | None = None,
    ) -> str:
        output = Terminal() if size else io.StringIO()
        columns, lines = size or (80, 24)
        monkeypatch.setenv("COLUMNS", str(columns))
        monkeypatch.setenv("LINES", str(lines))
        monkeypatch.setattr(sys, "stdout", output)
        drawn = show_code(text, [], draw=draw, bars=bars, scheme=scheme)
        assert drawn is (draw or size is not None)
        return output.getvalue()

    return shown


def read_text(text: str) -> list[str]:
    picture = picture_of_terminal_text(text)
    return read_zxing(image_of(picture)) if picture else []


def width(text: str) -> int:
    return screenshot(text.splitlines(), (1, 2)).width - 4


def test_half_blocks_are_what_nobody_chose(show: Show, monkeypatch: pytest.MonkeyPatch) -> None:
    usual = show(WORST_CASE)
    assert (width(usual), len(usual.splitlines())) == (45, 23)
    assert read_text(usual) == [WORST_CASE]
    monkeypatch.setenv("NO_COLOR", "1")
    assert show(WORST_CASE) == usual
    assert show(WORST_CASE, None, draw=True) == usual
    assert show(WORST_CASE, None) == WORST_CASE + "\n"


def test_the_settings_choose_and_the_environment_wins(
    show: Show, monkeypatch: pytest.MonkeyPatch
) -> None:
    save_settings(Settings(draw="full"))
    large = show(WORST_CASE, (120, 60))
    assert (width(large), len(large.splitlines())) == (90, 45)
    monkeypatch.setenv(DRAW_VARIABLE, "text")
    plain = show(WORST_CASE, (120, 60))
    assert "\x1b" not in plain
    assert read_text(plain) == [WORST_CASE]


def test_a_form_without_room_gives_way_to_half_blocks(
    show: Show, monkeypatch: pytest.MonkeyPatch
) -> None:
    usual = show(WORST_CASE)
    for form in ("full", "ascii"):
        monkeypatch.setenv(DRAW_VARIABLE, form)
        small = show(WORST_CASE)
        assert (small == usual) is (form == "full")
        assert len(small.splitlines()) == 23
        assert read_text(small) == [WORST_CASE]


def test_where_rows_are_short_the_quiet_zone_is_narrow(show: Show) -> None:
    low = show(WORST_CASE, (80, 22))
    assert (width(low), len(low.splitlines())) == (41, 21)
    assert read_text(low) == [WORST_CASE]


def test_codes_of_others_take_the_level_that_there_is_room_for(show: Show) -> None:
    assert width(show(WORST_CASE, (120, 60), scheme="pix")) == 65
    assert width(show(WORST_CASE, (120, 60))) == 45
    assert width(show(WORST_CASE, (120, 60), scheme="epc")) == 49


@pytest.mark.parametrize("form", ["half", "full", "text", "ascii"])
def test_a_payer_code_has_its_bars_below(
    show: Show, monkeypatch: pytest.MonkeyPatch, form: str
) -> None:
    monkeypatch.setenv(DRAW_VARIABLE, form)
    assert read_text(show(PAYER_CODE, (160, 50), bars=True)) == [PAYER_CODE, PAYER_CODE]


@pytest.mark.parametrize("environment", [{"KITTY_WINDOW_ID": "1"}, {"TERM": "foot"}])
def test_auto_is_a_picture_where_the_terminal_has_them(
    show: Show, monkeypatch: pytest.MonkeyPatch, environment: dict[str, str]
) -> None:
    monkeypatch.setenv(DRAW_VARIABLE, "auto")
    usual = show(WORST_CASE)
    for name, value in environment.items():
        monkeypatch.setenv(name, value)
    drawn = show(WORST_CASE)
    assert drawn != usual
    screen = Screen(80, 24)
    screen.write(drawn)
    assert read_zxing(screen.image) == [WORST_CASE]
    assert "\x1b" not in show(WORST_CASE, None, draw=True)


def test_a_form_that_there_is_not_is_a_usage_error(
    show: Show, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv(DRAW_VARIABLE, "quarter")
    with pytest.raises(Usage, match="WALLET_DRAW is one of auto, half, full"):
        show(WORST_CASE)

"""The demo on the real screens, as an audience has it, and the pictures that it draws."""

from __future__ import annotations

import re
import shutil
import signal
import subprocess
import sys
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING

import pytest
from PIL import Image

from tests.end_to_end.programs import clean_environment
from tests.end_to_end.terminal import open_terminal
from tests.scripts.programs import SCRIPTS

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tests.end_to_end.terminal import Terminal

ROOT = SCRIPTS.parent
PICTURES = frozenset(
    {
        *("wallet-home", "wallet-check", "wallet-code", "wallet-history"),
        *("till-sale", "till-code", "till-paid", "till-shift"),
    }
)
#: 100 columns and 30 rows with a margin; see scripts/drawing.py.
SIZE = (100 * 12 + 2 * 18, 30 * 24 + 2 * 18)
DEMO = f"clear; {sys.executable} {SCRIPTS / 'demonstration.py'} --live --fast; echo code $?"

needs_tmux = pytest.mark.skipif(shutil.which("tmux") is None, reason="tmux is not installed")


@pytest.fixture
def scratch() -> Iterator[Path]:
    """Give a folder for temporary files whose path is short enough for a socket in it."""
    with TemporaryDirectory() as folder:
        yield Path(folder)


@pytest.fixture
def terminal(scratch: Path) -> Iterator[Terminal]:
    with open_terminal(clean_environment(TMPDIR=str(scratch), HOME=str(scratch))) as opened:
        yield opened


@needs_tmux
def test_it_plays_to_its_end_and_leaves_nothing(terminal: Terminal, scratch: Path) -> None:
    terminal.resize(170, 50)
    terminal.answer(DEMO)
    for caption in (
        *("Morning:", "Two flat whites", "The wallet pastes", "The other way round"),
        *("The PIN is asked", "Something comes back", "The money is back", "Evening:"),
    ):
        terminal.wait_for(caption)
    terminal.wait_for("code 0")
    assert list(scratch.iterdir()) == []


@needs_tmux
@pytest.mark.parametrize("size", [(100, 60), (80, 24)])
def test_ctrl_c_ends_it_and_leaves_nothing(
    size: tuple[int, int], terminal: Terminal, scratch: Path
) -> None:
    terminal.resize(*size)
    terminal.answer(DEMO)
    terminal.wait_for("Two flat whites")
    terminal.press("C-c")
    terminal.wait_for("code 130")
    assert list(scratch.iterdir()) == []


@needs_tmux
def test_it_leaves_nothing_when_its_terminal_goes(scratch: Path) -> None:
    demo = subprocess.Popen(
        [sys.executable, SCRIPTS / "demonstration.py", "--live", "--fast"],
        env=clean_environment(TMPDIR=str(scratch), HOME=str(scratch)),
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        text=True,
    )
    with demo:
        assert demo.stdout is not None
        assert demo.stdout.readline().startswith("Morning:")
        demo.send_signal(signal.SIGHUP)
    assert demo.returncode == 130
    assert list(scratch.iterdir()) == []


def test_the_pictures_are_those_of_the_demo() -> None:
    folder = ROOT / "docs" / "screens"
    assert {path.stem for path in folder.glob("*.png")} == PICTURES
    for name in PICTURES:
        with Image.open(folder / f"{name}.png") as image:
            assert image.size == SIZE
    drawn = re.findall(r'stage\.picture\("([\w-]+)"', (SCRIPTS / "live_demo.py").read_text())
    assert set(drawn) == PICTURES
    named = re.findall(r"docs/screens/([\w-]+)\.png", (ROOT / "README.md").read_text("utf-8"))
    assert set(named) <= PICTURES

"""What takes long, said on stderr: in place on a terminal, one line a change elsewhere."""

from __future__ import annotations

import io
import sys
from typing import TYPE_CHECKING

from terminal_kit.asking import Asking, Away, Known, Reversing, WaitingForPayer
from terminal_kit.progress import CLEAR, Progress

if TYPE_CHECKING:
    import pytest

    from terminal_kit.asking import Doing

SCAN, PIN = WaitingForPayer(pin=False, seconds=60.0), WaitingForPayer(pin=True, seconds=59.2)
STEPS: list[Doing] = [
    Asking(3, 12, 5.0),
    Reversing(),
    Known("closed"),
    Known("succeeded"),
    SCAN,
    PIN,
    Away(),
]


class Terminal(io.StringIO):
    def isatty(self) -> bool:
        return True


def seen(monkeypatch: pytest.MonkeyPatch, stream: io.StringIO, steps: list[Doing]) -> str:
    monkeypatch.setattr(sys, "stderr", stream)
    with Progress() as progress:
        for step in steps:
            progress(step)
    return stream.getvalue()


def test_into_a_pipe_each_change_is_a_line(monkeypatch: pytest.MonkeyPatch) -> None:
    later = WaitingForPayer(pin=False, seconds=35.0)
    lines = seen(monkeypatch, io.StringIO(), [*STEPS, SCAN, later]).splitlines()
    assert lines == [
        "Outcome unknown, asking (3 of 12, next in 5 s)",
        "Nobody answered in time: reversing, so that nothing can be paid later.",
        "The outcome is known: closed.",
        "Paid after all.",
        "Waiting for the customer, 60 s left",
        "Waiting for the customer's PIN, 60 s left",
        "The service does not answer, asking again.",
        "Waiting for the customer, 60 s left",
    ]


def test_on_a_terminal_a_line_is_kept_up_to_date_and_taken_away(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setenv("TERM", "xterm")
    monkeypatch.setenv("COLUMNS", "30")
    text = seen(monkeypatch, Terminal(), [Asking(3, 12, 5.0), Known("succeeded"), PIN])
    assert f"{CLEAR}Outcome unknown, asking (3 of" in text
    assert f"{CLEAR}Paid after all.\n" in text
    assert f"{CLEAR}Waiting for the customer's PI" in text
    assert text.endswith(CLEAR)
    assert text.count("\n") == 1


def test_a_dumb_terminal_is_a_pipe(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TERM", "dumb")
    assert "\x1b" not in seen(monkeypatch, Terminal(), STEPS)

"""The child process of the zbar decoder: its answer, and children that die, hang or babble."""

import json
import os
import sys
from pathlib import Path

import pytest

from payment_codes.scan.decoder import Found, GreyPicture
from payment_codes.scan.zbar import ZbarDecoder
from tests.payment_codes.pictures import PAYER_CODE

LARGE = GreyPicture(1000, 1000, bytes(1_000_000))
"""More than a pipe holds, so that a child which never reads it would block a careless parent."""


GOOD = {"text": "A", "kind": "code128", "decoder": "zbar", "position": None}


ANSWER = json.dumps([GOOD])
FOUND = Found("A", "code128", "zbar", None)
LOOP = """
import sys, struct
from threading import Event
def pictures():
    while head := sys.stdin.buffer.read(8):
        width, height = struct.unpack(">II", head)
        sys.stdin.buffer.read(width * height)
        yield width, height
"""
"""The beginning of a child that takes every picture as the real one does."""


def child(script: str, time_limit: float = 20.0, children: int = 3) -> ZbarDecoder:
    return ZbarDecoder((sys.executable, "-c", script), time_limit, children)


def looks(decoder: ZbarDecoder, *pictures: GreyPicture) -> list[list[Found]]:
    with decoder.opened() as look:
        return [look(picture).found for picture in pictures]


def test_an_answer_is_taken_as_the_codes_it_names() -> None:
    found = Found(PAYER_CODE, "qr", "zbar", ((1, 2), (3, 2), (3, 4), (1, 4)))
    answer = json.dumps(
        [
            {"text": PAYER_CODE, "kind": "qr", "decoder": "zbar", "position": found.position},
            GOOD,
        ]
    )
    script = f"{LOOP}\nfor _ in pictures(): print({answer!r}, flush=True)"
    assert looks(child(script, children=1), LARGE, LARGE) == [[found, FOUND]] * 2


@pytest.mark.parametrize(
    "script",
    [
        "import os, signal; os.kill(os.getpid(), signal.SIGKILL)",
        "import ctypes; ctypes.string_at(0)",
        "import os; os.abort()",
        "raise SystemExit(1)",
        "pass",
        "print('zbar: assertion failed')",
        'print(\'{"text": "A"}\')',
        f"print({json.dumps([GOOD | {'text': 1}])!r})",
        f"print({json.dumps([GOOD | {'kind': 'aztec'}])!r})",
        f"print({json.dumps([GOOD | {'position': [[1, 2]]}])!r})",
        "import sys; sys.stdout.buffer.write(bytes(range(256)) * 10_000)",
        "print('[' * 2_000_000)",
    ],
)
def test_a_child_that_dies_or_talks_nonsense_has_found_nothing(
    script: str, capfd: pytest.CaptureFixture[str]
) -> None:
    noisy = f"import sys; print('assertion', file=sys.stderr, flush=True); {script}"
    assert looks(child(noisy, time_limit=1.0), LARGE) == [[]]
    assert capfd.readouterr() == ("", "")


@pytest.mark.parametrize(
    "end", ["import os; os.abort()", "Event().wait()", "print('nonsense', flush=True)"]
)
def test_a_picture_that_ends_or_stops_its_child_costs_the_next_ones_nothing(end: str) -> None:
    script = f"""{LOOP}
for width, _ in pictures():
    if width == 2:
        {end}
    else:
        print({ANSWER!r}, flush=True)
"""
    deadly, harmless = GreyPicture(2, 1, bytes(2)), GreyPicture(3, 1, bytes(3))
    # Long enough for a child to start on a busy machine; only the one that stops takes it all.
    decoder = child(script, time_limit=1.0, children=2)
    assert looks(decoder, harmless, deadly, harmless, harmless) == [[FOUND], [], [FOUND], [FOUND]]


def test_no_more_children_are_started_than_allowed(tmp_path: Path) -> None:
    starts = tmp_path / "starts"
    script = f"open({str(starts)!r}, 'a').write('x')"
    assert looks(child(script, children=2), LARGE, LARGE, LARGE) == [[], [], []]
    assert starts.read_text() == "xx"


def test_the_child_ends_with_the_last_picture(tmp_path: Path) -> None:
    note = tmp_path / "pid"
    script = f"""{LOOP}
import os, pathlib
for _ in pictures():
    pathlib.Path({str(note)!r}).write_text(str(os.getpid()))
    print({ANSWER!r}, flush=True)
"""
    assert looks(child(script), LARGE) == [[FOUND]]
    with pytest.raises(ProcessLookupError):
        os.kill(int(note.read_text()), 0)


def test_no_child_is_started_where_no_picture_is_shown(tmp_path: Path) -> None:
    with child(f"open({str(tmp_path / 'started')!r}, 'w')").opened():
        pass
    assert list(tmp_path.iterdir()) == []


def test_a_child_that_hangs_is_ended_at_the_time_limit() -> None:
    script = "import threading; threading.Event().wait()"
    assert looks(child(script, time_limit=0.3), LARGE) == [[]]


def test_a_child_that_cannot_be_started_has_found_nothing(tmp_path: Path) -> None:
    assert looks(ZbarDecoder((str(tmp_path / "missing"),)), LARGE) == [[]]


def test_without_pyzbar_or_its_library_the_decoder_is_not_available(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setitem(sys.modules, "pyzbar.wrapper", None)
    assert not ZbarDecoder().available()

"""The child process of the zbar decoder: its answer, and children that die, hang or babble."""

import json
import sys
from pathlib import Path

import pytest

from payment_codes.scan.decoder import Found, GreyPicture
from payment_codes.scan.zbar import ZbarDecoder
from tests.payment_codes.pictures import PAYER_CODE

LARGE = GreyPicture(1000, 1000, bytes(1_000_000))
"""More than a pipe holds, so that a child which never reads it would block a careless parent."""


GOOD = {"text": "A", "kind": "code128", "decoder": "zbar", "position": None}


def child(script: str) -> ZbarDecoder:
    return ZbarDecoder((sys.executable, "-c", script), time_limit=20)


def test_an_answer_is_taken_as_the_codes_it_names() -> None:
    found = Found(PAYER_CODE, "qr", "zbar", ((1, 2), (3, 2), (3, 4), (1, 4)))
    answer = json.dumps(
        [
            {"text": PAYER_CODE, "kind": "qr", "decoder": "zbar", "position": found.position},
            GOOD,
        ]
    )
    codes = child(f"import sys; sys.stdin.read; print({answer!r})").decode(LARGE)
    assert codes == [found, Found("A", "code128", "zbar", None)]


@pytest.mark.parametrize(
    "script",
    [
        "import os, signal; os.kill(os.getpid(), signal.SIGKILL)",
        "import ctypes; ctypes.string_at(0)",
        "import os; os.abort()",
        f"print({json.dumps([GOOD])!r}); raise SystemExit(1)",
        "pass",
        "print('zbar: assertion failed')",
        'print(\'{"text": "A"}\')',
        f"print({json.dumps([GOOD | {'text': 1}])!r})",
        f"print({json.dumps([GOOD | {'kind': 'aztec'}])!r})",
        f"print({json.dumps([GOOD | {'position': [[1, 2]]}])!r})",
        "import sys; sys.stdout.buffer.write(bytes(range(256)) * 10_000)",
    ],
)
def test_a_child_that_dies_or_talks_nonsense_has_found_nothing(
    script: str, capfd: pytest.CaptureFixture[str]
) -> None:
    noisy = f"import sys; print('assertion', file=sys.stderr, flush=True); {script}"
    assert child(noisy).decode(LARGE) == []
    assert capfd.readouterr() == ("", "")


def test_a_child_that_hangs_is_ended_at_the_time_limit() -> None:
    script = "import threading; threading.Event().wait()"
    decoder = ZbarDecoder((sys.executable, "-c", script), time_limit=0.3)
    assert decoder.decode(LARGE) == []


def test_a_child_that_cannot_be_started_has_found_nothing(tmp_path: Path) -> None:
    assert ZbarDecoder((str(tmp_path / "missing"),)).decode(LARGE) == []


def test_without_pyzbar_or_its_library_the_decoder_is_not_available(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setitem(sys.modules, "pyzbar.wrapper", None)
    assert not ZbarDecoder().available()

"""Work grows with the length of a text and no faster, whatever the text: calls are counted."""

import runpy
import sys
from collections.abc import Callable
from functools import cache
from pathlib import Path
from types import FrameType

import pytest

from payment_codes.errors import CodeUnreadable
from payment_codes.parsing import LONGEST_TEXT, parse
from payment_codes.schemes.table import SCHEMES

SCRIPT = Path(__file__).parents[2] / "scripts" / "benchmarks" / "worst_texts.py"
WORST: Callable[[int], dict[str, str]] = runpy.run_path(str(SCRIPT))["worst_texts"]
#: Calls of the longest text: some ten for every character of it would be too many.
MOST_CALLS = 10 * LONGEST_TEXT
#: What twice as long a text may cost: twice as much, and what only the longer one leads to.
GROWTH, MORE = 2.2, LONGEST_TEXT


def calls_of(text: str) -> int:
    """Return how many functions, Python's own too, are called to parse a text."""
    count = 0

    def watch(_frame: FrameType, event: str, _argument: object) -> None:
        nonlocal count
        count += event in ("call", "c_call")

    sys.setprofile(watch)
    try:
        parse(text)
    except CodeUnreadable:
        pass
    finally:
        sys.setprofile(None)
    return count


@cache
def worst_texts(length: int) -> dict[str, str]:
    return WORST(length)


def test_every_scheme_has_texts_that_are_hard() -> None:
    texts = worst_texts(LONGEST_TEXT)
    assert {name.partition(" ")[0] for name in texts} >= {scheme.id for scheme in SCHEMES}
    assert all(len(text) == LONGEST_TEXT for text in texts.values())


@pytest.mark.parametrize("scheme", sorted({scheme.id for scheme in SCHEMES}))
def test_twice_the_text_is_twice_the_work(scheme: str) -> None:
    halves = worst_texts(LONGEST_TEXT // 2)
    for name, whole in worst_texts(LONGEST_TEXT).items():
        if name.startswith(f"{scheme} "):
            most = calls_of(whole)
            assert most <= MOST_CALLS, name
            assert most <= GROWTH * calls_of(halves[name]) + MORE, name

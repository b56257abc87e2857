"""A hand scanner among a person's keys: what it types is told apart by its pace and its content.

A scanner is a keyboard that types a code in one burst and ends it with Enter or Tab. Nobody can
know so before the end of the burst, so whoever feeds the keys says at the first key of each what
stood there before, to put it back when a code was among them.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Generic, TypeVar

from payment_codes.native import GUID
from payment_codes.payer import PresentedKind, classify
from payment_codes.schemes.table import name_of
from terminal_kit.wedge import code_of

if TYPE_CHECKING:
    from collections.abc import Callable

Before = TypeVar("Before")

#: Seconds between two keys of a scanner, at most; a person's are further apart.
GAP_SECONDS = 0.05
#: More characters than any code that a scanner reads.
LONGEST_CODE = 4_096
ENDS = frozenset({"enter", "tab", "ctrl+j"})
#: More digits than an amount has, or the beginning of an EMVCo merchant code.
_NO_AMOUNT = re.compile(r"[0-9]{13,}|000201.{8,}", re.ASCII)


@dataclass(frozen=True, slots=True)
class Scan(Generic[Before]):
    """A code that a scanner typed, and what stood there before its first key.

    The code is empty for an end that comes after one that was told already: some scanners send
    two, and the second is no key of a person either.
    """

    code: str
    before: Before


@dataclass(slots=True)
class _Burst(Generic[Before]):
    text: str
    before: Before


class Scanning(Generic[Before]):
    """Hears every key. ``gap`` is how many seconds a scanner leaves between two keys at most."""

    def __init__(self, gap: float = GAP_SECONDS) -> None:
        self.gap = gap
        self._at = float("-inf")
        self._burst: _Burst[Before] | None = None
        self._told: Scan[Before] | None = None

    def feed(self, key: str, at: float, before: Callable[[], Before]) -> Scan[Before] | None:
        """Take a key at a moment in seconds: its one character, or a name such as "enter".

        ``before`` is asked at the first key of a burst. Gives a code once the burst has ended.
        """
        if at - self._at > self.gap:
            self._burst = self._told = None
        self._at = at
        if key in ENDS:
            return self._end()
        self._told = None
        if self._burst is None:
            self._burst = _Burst("", before())
        if len(self._burst.text) < LONGEST_CODE:
            # A key without a character stands for a control, which is no part of a code.
            self._burst.text += key if len(key) == 1 else "\x1b"
        return None

    def _end(self) -> Scan[Before] | None:
        burst, self._burst = self._burst, None
        if burst is None:
            return self._told
        code = code_in(burst.text)
        if not code:
            return None
        self._told = Scan("", burst.before)
        return Scan(code, burst.before)


def is_article(code: str) -> bool:
    """Say whether a code is only an article's, which may as well be meant for a field."""
    return classify(code).kind is PresentedKind.ARTICLE


def code_in(text: str) -> str:
    """Give the code that a burst or a paste consists of, without what a scanner adds, or nothing.

    It is ours, another wallet's, an article's, or longer than any amount.
    """
    code = code_of(text[:LONGEST_CODE].encode(), ended=True)
    is_code = (
        classify(code).kind is not PresentedKind.UNKNOWN
        or name_of(code) is not None
        or GUID in code
        or _NO_AMOUNT.fullmatch(code) is not None
    )
    return code if is_code else ""

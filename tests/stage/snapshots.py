"""Golden texts of screens: in both languages, two sizes and both of our themes.

A theme changes colours only, so its text must be the same, and every letter must stand out from
what is behind it (WCAG 2.2, 1.4.3: 4.5 to 1). ``WALLET_SNAPSHOTS=write`` records them anew.
"""

from __future__ import annotations

import difflib
import os
import re
import time
from pathlib import Path
from typing import TYPE_CHECKING

from terminal_kit.language import choose, language
from terminal_kit.screens.themes import OWN
from tests.stage.playing import LARGE, LIMIT_SECONDS, SMALL, play

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable, Sequence

    from rich.color import Color

    from terminal_kit.language import Language
    from terminal_kit.screens.app import KitApp
    from tests.stage.playing import Player

GOLDEN = Path(__file__).with_name("golden")
WRITES = os.environ.get("WALLET_SNAPSHOTS") == "write"
LEAST_CONTRAST = 4.5
STILL_SECONDS = 0.05
LANGUAGES: tuple[Language, ...] = ("en", "zh")
SIZES = (SMALL, LARGE)
#: What differs at every run, by what it looks like; as wide as before.
VARYING = (
    (re.compile(r"\d{4}-\d\d-\d\d"), "0000-00-00"),
    (re.compile(r"\b\d\d-\d\d (?=\d\d:\d\d)"), "00-00 "),
    # A dialog lies over the rest of it.
    (re.compile(r"\b\d\d-\d\d \d[\d:]*(?=│)"), None),
    (re.compile(r"\b\d\d:\d\d:\d\d\b"), "00:00:00"),
    (re.compile(r"\b\d?\d:\d\d\b"), None),
    (re.compile(r"[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}"), None),
    (re.compile(r"\b(?=[0-9a-f]*\d)(?=[0-9a-f]*[a-f])[0-9a-f]{8}\b"), None),
    (re.compile(r"\b\d{8}\b"), None),
    (re.compile(r"\b\d{4,6}(?: \d{4,6}){3,4}(?: \d\d?)?\b|\b\d{18}\b"), None),
    (re.compile(r"http://127\.0\.0\.1:\d+"), None),
    (re.compile(r"[█▏▎▍▌▋▊▉]+ *"), lambda found: "0" * len(found[0])),
)


def snapshot(
    name: str,
    make: Callable[[], KitApp],
    scenario: Callable[[Player], Awaitable[None]],
    *,
    anew: bool = False,
) -> None:
    """Play a scenario in both languages, and compare the screen it ends on in both sizes.

    The terminal is made larger under it; where that leads to something else than a terminal that
    was large from the beginning, the scenario is played ``anew``.
    """
    before = language()
    try:
        for spoken in LANGUAGES:
            choose(spoken)
            for sizes in [SIZES[:1], SIZES[1:]] if anew else [SIZES]:

                async def look(
                    player: Player,
                    spoken: Language = spoken,
                    sizes: Sequence[tuple[int, int]] = sizes,
                ) -> None:
                    await scenario(player)
                    for size in sizes:
                        await player.resize(size)
                        await _compare(player, f"{name}.{spoken}")

                play(make, look, sizes[0])
    finally:
        choose(before)


async def _compare(player: Player, name: str) -> None:
    width, height = player.app.size
    path = GOLDEN / f"{name}.{width}x{height}.txt"
    if WRITES:
        path.parent.mkdir(exist_ok=True)
        path.write_text(await _still(player), "utf-8")
    assert path.exists(), f"{path.name} is missing: record it with WALLET_SNAPSHOTS=write"
    wanted = path.read_text("utf-8")
    limit = time.monotonic() + LIMIT_SECONDS
    # The last answer may come after what the scene waited for.
    while (text := await _still(player)) != wanted and time.monotonic() < limit:
        pass
    # To wear a theme takes long, so it begins with the one that is worn.
    for theme in sorted(OWN, key=lambda one: one.name != player.app.theme):
        player.app.theme = theme.name
        await player.pilot.pause()
        text = masked(player)
        assert text == wanted, f"{path.name} in {theme.name}:\n{_difference(wanted, text)}"
        assert not (faint := pale(player)), f"{path.name} in {theme.name}: {faint}"


def _difference(wanted: str, text: str) -> str:
    rows = difflib.unified_diff(wanted.splitlines(), text.splitlines(), "golden", "seen", n=0)
    return "\n".join(rows)


async def _still(player: Player) -> str:
    """Give the text once nothing on the terminal changes any more."""
    before = ""
    while before != (text := masked(player)):
        before = text
        await player.pilot.pause(STILL_SECONDS)
    return text


def masked(player: Player) -> str:
    """Give the text of the terminal without what differs at every run."""
    rows = []
    for segments in player.segments():
        row = "".join("▒" * len(one.text) if _is_code(one.style) else one.text for one in segments)
        for pattern, text in VARYING:
            row = pattern.sub(text or _blank, row)
        rows.append(row.rstrip())
    return "\n".join(rows) + "\n"


def _blank(found: re.Match[str]) -> str:
    return re.sub(r"[0-9a-f█▏▎▍▌▋▊▉]", "0", found[0])


def _is_code(style: object) -> bool:
    colours = {
        str(getattr(getattr(style, name, None), "name", "")) for name in ("color", "bgcolor")
    }
    return colours <= {"#000000", "#ffffff"}


def pale(player: Player) -> list[str]:
    """Give the words that hardly stand out from their background, but for those behind a dialog."""
    found = []
    for segments in player.active():
        for one in segments:
            style = one.style
            if style is None or not re.search(r"\w", one.text) or style.dim:
                continue
            if style.color is not None and style.bgcolor is not None:
                ratio = contrast(style.color, style.bgcolor)
                if ratio < LEAST_CONTRAST:
                    found.append(f"{one.text.strip()} {ratio:.1f}")
    return found


def contrast(one: Color, other: Color) -> float:
    """Give the contrast of two colours (WCAG 2.2, relative luminance)."""
    low, high = sorted((_luminance(one), _luminance(other)))
    return (high + 0.05) / (low + 0.05)


def _luminance(colour: Color) -> float:
    parts = [part / 255 for part in colour.get_truecolor()]
    red, green, blue = (
        part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts
    )
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue

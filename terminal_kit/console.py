"""The one owner of stdout: data for people or, under --json, one object for scripts."""

from __future__ import annotations

import os
import sys
from typing import IO, TYPE_CHECKING, Any

from wallet_api.contract.text import printable

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

_STYLES = {"bold": "1", "dim": "2", "red": "31", "green": "32", "yellow": "33", "cyan": "36"}


def has_colour(stream: IO[str]) -> bool:
    """Say whether to colour a stream: a terminal, unless NO_COLOR or TERM=dumb; or FORCE_COLOR."""
    environment = os.environ
    if environment.get("NO_COLOR") or environment.get("TERM") == "dumb":
        return False
    return stream.isatty() or bool(environment.get("FORCE_COLOR"))


def draws(stream: IO[str]) -> bool:
    """Say whether a code can be drawn on a stream; NO_COLOR does not matter, it is content."""
    return stream.isatty() and os.environ.get("TERM") != "dumb"


def style(text: str, *names: str, stream: IO[str] | None = None) -> str:
    """Colour a text where the stream allows it; unsafe characters become question marks."""
    text = printable(text)
    if not has_colour(stream or sys.stdout):
        return text
    codes = ";".join(_STYLES[name] for name in names)
    return f"\x1b[{codes}m{text}\x1b[0m"


def plain(value: object) -> Any:  # noqa: ANN401 - JSON values
    """Give a struct or dataclass as JSON values; its keys are always the same, some are null."""
    import msgspec

    return msgspec.to_builtins(value)


def write_json(value: Mapping[str, Any]) -> None:
    """Write one JSON object on one line."""
    import msgspec

    sys.stdout.write(msgspec.json.encode(value).decode() + "\n")
    sys.stdout.flush()


def write_lines(lines: Iterable[str]) -> None:
    """Write lines for a person."""
    for line in lines:
        sys.stdout.write(line + "\n")
    sys.stdout.flush()


def table(rows: Iterable[tuple[str, str]]) -> list[str]:
    """Lay out names and values in two columns, by terminal cells."""
    from wallet_api.contract.text import cells

    kept = [(name, value) for name, value in rows if value]
    width = max((cells(name) for name, _ in kept), default=0)
    return [
        style(name + " " * (width - cells(name)), "dim") + "  " + printable(value)
        for name, value in kept
    ]


def local_time(text: str, zone: str | None = None) -> str:
    """Write a moment of the wire in a time zone, this machine's if none is named, to the second."""
    from datetime import datetime
    from zoneinfo import ZoneInfo

    place = None if zone is None else ZoneInfo(zone)
    return datetime.fromisoformat(text).astimezone(place).strftime("%Y-%m-%d %H:%M:%S")


def fitted(text: str, columns: int) -> str:
    """Make a text safe to print, and cut or pad it to so many terminal cells."""
    from wallet_api.contract.text import cells

    text = printable(text)
    while cells(text) > columns:
        text = text[:-1]
    return text + " " * (columns - cells(text))

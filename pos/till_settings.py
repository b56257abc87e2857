"""How one till works: its printer, how long it thanks, the tips it offers; a file one may edit."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, Literal

import msgspec
from msgspec import Meta

from terminal_kit.folders import folders, replace_file
from terminal_kit.language import _
from terminal_kit.words import system_reason
from wallet_api.contract.errors import Usage

if TYPE_CHECKING:
    from pathlib import Path

FILE_NAME = "till.json"
MOST_TIPS = 4
MOST_PER_CENT = 100
LONGEST_TIP = 3
LONGEST_RETURN = 60

PerCent = Annotated[int, Meta(ge=1, le=MOST_PER_CENT)]


class TillSettings(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """What a shop chose for one till.

    ``printer`` is the path of a receipt printer, or of a file that stands for one, and ``width``
    its columns. ``return_seconds`` is how long a paid sale is shown; 0 waits for a key. ``tips``
    are what the customer is offered, in per cent.
    """

    printer: str | None = None
    width: Literal[32, 42] = 42
    return_seconds: Annotated[int, Meta(ge=0, le=LONGEST_RETURN)] = 5
    tips: Annotated[tuple[PerCent, ...], Meta(max_length=MOST_TIPS)] = (5, 10, 15)


def till_folder(profile: str) -> Path:
    """Give the folder of what a person edits for the till of a profile."""
    return folders().config / "pos" / profile


def load_till_settings(profile: str) -> TillSettings:
    """Read a till's settings; those that are missing or cannot be read are the first ones."""
    try:
        content = (till_folder(profile) / FILE_NAME).read_bytes()
        return msgspec.json.decode(content, type=TillSettings)
    except (OSError, msgspec.DecodeError, UnicodeDecodeError):
        return TillSettings()


def change_till_settings(profile: str, **changes: object) -> TillSettings:
    """Change some of a till's settings and keep them. Raises Usage where that cannot be."""
    kept = msgspec.structs.asdict(load_till_settings(profile))
    settings = msgspec.convert({**kept, **changes}, TillSettings)
    try:
        save_till_settings(profile, settings)
    except OSError as error:
        reason = _("The settings cannot be written: {reason}.")
        raise Usage(reason=reason.format(reason=system_reason(error))) from None
    return settings


def tips_of(text: str) -> tuple[int, ...]:
    """Read tips in per cent, such as "5 10 15", lowest first; none are offered for an empty text.

    Raises Usage.
    """
    words = text.replace("%", " ").replace(",", " ").split()
    whole = all(word.isascii() and word.isdigit() and len(word) <= LONGEST_TIP for word in words)
    tips = sorted({int(word) for word in words}) if whole else []
    if len(tips) > MOST_TIPS or not whole or any(not 1 <= tip <= MOST_PER_CENT for tip in tips):
        reason = _("Write up to {most} whole numbers from 1 to 100, such as 5 10 15.")
        raise Usage(reason=reason.format(most=MOST_TIPS))
    return tuple(tips)


def save_till_settings(profile: str, settings: TillSettings) -> None:
    """Write a till's settings; durable on return. Raises OSError."""
    written = msgspec.json.format(msgspec.json.encode(settings), indent=2)
    replace_file(till_folder(profile) / FILE_NAME, written)

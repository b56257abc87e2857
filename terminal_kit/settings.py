"""How the programs look and speak, kept for every profile on this machine."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal, TypeAlias

import msgspec

from terminal_kit.folders import folders, replace_file

if TYPE_CHECKING:
    from pathlib import Path

FILE_NAME = "settings.json"
#: How a terminal draws a code: "auto", or a form of payment_codes.draw.drawing for terminals.
Draw: TypeAlias = Literal["auto", "half", "full", "text", "ascii", "kitty", "sixel"]


class Settings(msgspec.Struct, frozen=True, kw_only=True):
    """What a person chose. ``language`` is None where the locale decides.

    ``motion`` is whether anything moves besides what counts down. ``draw`` is how commands draw
    codes, "auto" being the best that the terminal's environment promises; WALLET_DRAW wins over it.
    """

    theme: str = "night"
    language: Literal["en", "zh"] | None = None
    motion: bool = True
    draw: Draw = "half"


def settings_file() -> Path:
    """Give the file of the settings."""
    return folders().config / FILE_NAME


def load_settings() -> Settings:
    """Read the settings; those that are missing or cannot be read are the first ones."""
    try:
        return msgspec.json.decode(settings_file().read_bytes(), type=Settings)
    except (OSError, msgspec.DecodeError):
        return Settings()


def save_settings(settings: Settings) -> None:
    """Write the settings; durable on return. Raises OSError."""
    replace_file(settings_file(), msgspec.json.format(msgspec.json.encode(settings), indent=2))

"""Profiles: several wallets and tills on one machine, each in a folder of its own.

A profile's file holds ids and public keys only: no name, no amount, no secret.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Literal

import msgspec

from terminal_kit.folders import folders, replace_file
from terminal_kit.language import _
from wallet_api.contract.errors import NoProfile, ProfileExists, StateDamaged, Usage

if TYPE_CHECKING:
    from pathlib import Path

FILE_NAME = "profile.json"
_NAME = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]{0,31}")


class Profile(msgspec.Struct, frozen=True, kw_only=True):
    """What a program knows of one wallet or till without opening its credential store.

    ``owner`` is the customer's or merchant's id. The service's keys (base64url) are pinned at
    enrolment; ``url`` is where that was, for messages only.
    """

    version: Literal[1] = 1
    store: Literal["os", "file"]
    owner: str
    device: str
    currency: str
    url: str
    service_key: str
    service_code_key: str


def profile_folder(program: str, name: str) -> Path:
    """Give the folder of a profile. Raises Usage for a name that is no file name."""
    if not _NAME.fullmatch(name):
        raise Usage(reason=_("A profile's name is 1 to 32 letters, digits, dots, dashes."))
    return folders().data / program / name


def load_profile(program: str, name: str) -> Profile:
    """Read a profile. Raises NoProfile, StateDamaged, Usage."""
    path = profile_folder(program, name) / FILE_NAME
    try:
        content = path.read_bytes()
    except FileNotFoundError:
        raise NoProfile(program=program, profile=name) from None
    try:
        return msgspec.json.decode(content, type=Profile)
    except (msgspec.DecodeError, UnicodeDecodeError):
        raise StateDamaged(path=str(path)) from None


def require_new(program: str, name: str) -> None:
    """Raise ProfileExists when there is a profile of that name."""
    if (profile_folder(program, name) / FILE_NAME).exists():
        raise ProfileExists(program=program, profile=name)


def save_profile(program: str, name: str, profile: Profile) -> None:
    """Write a profile; durable on return."""
    replace_file(profile_folder(program, name) / FILE_NAME, msgspec.json.encode(profile))

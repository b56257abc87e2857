"""Looks for secrets in bytes: as they are, and in the spellings that keys are written in."""

from __future__ import annotations

import base64
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from pathlib import Path


def text(secret: str) -> list[bytes]:
    """Give how a name, a note, an amount or a PIN would lie in a file."""
    return [secret.encode(), secret.encode("utf-16-le"), secret.encode("ascii", "backslashreplace")]


def key(secret: bytes) -> list[bytes]:
    """Give how a key would lie in a file: raw, hexadecimal, base64 and base64url."""
    spellings = [secret, secret.hex().encode(), secret.hex().upper().encode()]
    spellings += [base64.b64encode(secret), base64.urlsafe_b64encode(secret)]
    return [spelling.rstrip(b"=") for spelling in spellings]


def found(needles: Mapping[str, Iterable[bytes]], places: Mapping[str, bytes]) -> set[str]:
    """Give "secret in place" for every secret that lies open."""
    return {
        f"{secret} in {place}"
        for secret, spellings in needles.items()
        for place, content in places.items()
        if any(spelling in content for spelling in spellings)
    }


def files(folder: Path) -> dict[str, bytes]:
    """Give the content of every file below a folder, and its name, which may tell as well."""
    return {
        str(path.relative_to(folder)): str(path).encode() + b"\n" + path.read_bytes()
        for path in folder.rglob("*")
        if path.is_file()
    }

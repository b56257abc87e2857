"""Claims: which running process is at a request. The system ends a claim with its process."""

from __future__ import annotations

import fcntl
import os
from typing import TYPE_CHECKING

from terminal_kit.folders import private_folder

if TYPE_CHECKING:
    from pathlib import Path


class Claims:
    """The claims of one process, each an OS lock on a file named after its key."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._held: dict[str, int] = {}

    def take(self, key: str) -> bool:
        """Claim a key; False when another running process has it."""
        if key in self._held:
            return True
        path = private_folder(self._folder) / key
        descriptor = os.open(path, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
        try:
            fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            os.close(descriptor)
            return False
        self._held[key] = descriptor
        return True

    def drop(self, key: str) -> None:
        """End a claim for good: its key is not used again."""
        (self._folder / key).unlink(missing_ok=True)
        descriptor = self._held.pop(key, None)
        if descriptor is not None:
            os.close(descriptor)

    def release(self) -> None:
        """End all claims but keep their keys, as the end of the process does."""
        while self._held:
            os.close(self._held.popitem()[1])

"""Where state lives, and how a file there is replaced and locked.

``WALLET_HOME``, when set, holds everything; otherwise the folders are those of the platform
(the XDG Base Directory Specification on Linux). Folders are made with mode 0700 when something
is first written, files with mode 0600.
"""

from __future__ import annotations

import contextlib
import fcntl
import hashlib
import os
import time
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

APPLICATION = "terminal-wallet"
HOME_VARIABLE = "WALLET_HOME"

_LOCK_POLL_SECONDS = 0.01


@dataclass(frozen=True)
class Folders:
    """The three kinds of state: what a person edits, what must last, what may be lost."""

    config: Path
    data: Path
    state: Path


def wallet_home() -> Path | None:
    """Give the absolute ``WALLET_HOME``, or ``None`` when it is unset or empty."""
    value = os.environ.get(HOME_VARIABLE)
    return Path(value).expanduser().resolve() if value else None


def home_id() -> str | None:
    """Give 12 hexadecimal digits that stand for ``WALLET_HOME``, or ``None`` when it is unset.

    They keep two homes apart in stores that all homes share, such as the OS keyring.
    """
    home = wallet_home()
    return hashlib.sha256(os.fsencode(home)).hexdigest()[:12] if home else None


def folders() -> Folders:
    """Give the folders of this user; none of them needs to exist yet."""
    home = wallet_home()
    if home:
        return Folders(config=home / "config", data=home / "data", state=home / "state")
    import platformdirs

    return Folders(
        config=platformdirs.user_config_path(APPLICATION, appauthor=False),
        data=platformdirs.user_data_path(APPLICATION, appauthor=False),
        state=platformdirs.user_state_path(APPLICATION, appauthor=False),
    )


def private_folder(path: Path) -> Path:
    """Make a folder and its missing parents, each with mode 0700, and give it back."""
    if not path.is_dir():
        private_folder(path.parent)
        path.mkdir(mode=0o700, exist_ok=True)
    return path


def replace_file(path: Path, data: bytes) -> None:
    """Replace a file whole and durably, with mode 0600; its folder is made when missing.

    A reader sees all the old bytes or all the new ones, also after a crash and after the
    `OSError` that this raises.
    """
    folder = private_folder(path.parent)
    temporary = folder / f".{path.name}.{os.urandom(8).hex()}"
    try:
        _write_durably(temporary, data)
        temporary.replace(path)
    finally:
        temporary.unlink(missing_ok=True)
    _sync_folder(folder)


@contextlib.contextmanager
def exclusive_lock(path: Path, limit_seconds: float) -> Iterator[None]:
    """Hold the lock file ``path`` against every other process and thread.

    The lock is advisory (``flock``) and ends with the process that holds it. The file stays
    behind, because removing it would let two holders lock two different files. Raises
    `TimeoutError` when the lock is not free within ``limit_seconds``, and `OSError`.
    """
    private_folder(path.parent)
    descriptor = os.open(path, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
    try:
        _take_lock(descriptor, time.monotonic() + limit_seconds)
        yield
    finally:
        os.close(descriptor)


def is_held(path: Path) -> bool:
    """Say whether somebody holds the lock file ``path``. Raises `OSError`."""
    try:
        descriptor = os.open(path, os.O_RDONLY | os.O_CLOEXEC)
    except FileNotFoundError:
        return False
    try:
        fcntl.flock(descriptor, fcntl.LOCK_SH | fcntl.LOCK_NB)
    except BlockingIOError:
        return True
    finally:
        os.close(descriptor)
    return False


def _take_lock(descriptor: int, deadline: float) -> None:
    # flock has no time limit of its own, and a thread blocked in it cannot be called back.
    while True:
        try:
            fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError as busy:
            if time.monotonic() >= deadline:
                raise TimeoutError from busy
            time.sleep(_LOCK_POLL_SECONDS)
        else:
            return


def _write_durably(path: Path, data: bytes) -> None:
    descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_CLOEXEC, 0o600)
    with os.fdopen(descriptor, "wb") as file:
        file.write(data)
        file.flush()
        os.fsync(file.fileno())


def _sync_folder(folder: Path) -> None:
    descriptor = os.open(folder, os.O_RDONLY | os.O_DIRECTORY | os.O_CLOEXEC)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)

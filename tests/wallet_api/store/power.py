"""A disk whose power can fail at any write: an apsw VFS beneath the cipher.

What was synced survives. Of each write after the last sync a random part survives, sector by
sector. A synced write is believed: lying disks and lost directory entries are not modelled.
"""
# ruff: noqa: N802 - the names are those of SQLite.

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

import apsw

if TYPE_CHECKING:
    from collections.abc import Callable
    from random import Random

SECTOR = 512
#: The layer to open a database with; SQLite puts its cipher above the layer named after it.
CIPHER_VFS = "multipleciphers-power"


@dataclass
class Medium:
    """A file as the disk holds it: what is safe, and the writes that are on their way."""

    safe: bytearray = field(default_factory=bytearray)
    pending: list[tuple[int, bytes] | int] = field(default_factory=list)
    syncs: int = 0

    def sync(self) -> None:
        self.syncs += 1
        for change in self.pending:
            apply(self.safe, change)
        self.pending.clear()

    def after_cut(self, random: Random) -> bytes:
        """Give what is found after the power failed now."""
        content = bytearray(self.safe)
        for change in self.pending:
            if isinstance(change, int):
                if random.random() < 0.5:
                    apply(content, change)
                continue
            offset, data = change
            for start in range(0, len(data), SECTOR):
                if random.random() < 0.5:
                    apply(content, (offset + start, data[start : start + SECTOR]))
        return bytes(content)


def apply(content: bytearray, change: tuple[int, bytes] | int) -> None:
    """Write data at an offset, or cut a file to a length."""
    if isinstance(change, int):
        del content[change:]
        return
    offset, data = change
    content.extend(bytes(max(0, offset - len(content))))
    content[offset : offset + len(data)] = data


class PowerVFS(apsw.VFS):
    """The machine's files; ``on_write`` is called before every write and sync of one of them."""

    def __init__(self) -> None:
        super().__init__("power", "unix")
        self.media: dict[str, Medium] = {}
        self.on_write: Callable[[], None] = lambda: None

    def begin(self, on_write: Callable[[], None]) -> None:
        """Start with an empty disk."""
        self.media = {}
        self.on_write = on_write

    def xOpen(self, name: apsw.URIFilename | str | None, flags: list[int]) -> PowerFile:
        path = name.filename() if isinstance(name, apsw.URIFilename) else name
        assert path is not None, "no temporary files"
        return PowerFile(self, path, name, flags)

    def xDelete(self, filename: str, syncdir: bool) -> None:
        self.media.pop(Path(filename).name, None)
        super().xDelete(filename, syncdir)

    def after_cut(self, folder: Path, random: Random) -> None:
        """Write into a folder what is found after the power failed now."""
        folder.mkdir()
        for name, medium in self.media.items():
            (folder / name).write_bytes(medium.after_cut(random))


class PowerFile(apsw.VFSFile):
    """One open file."""

    def __init__(
        self, vfs: PowerVFS, path: str, name: apsw.URIFilename | str | None, flags: list[int]
    ) -> None:
        super().__init__("unix", name, flags)
        self._vfs = vfs
        self._medium = vfs.media.setdefault(Path(path).name, Medium())

    def xWrite(self, data: bytes, offset: int) -> None:
        self._vfs.on_write()
        self._medium.pending.append((offset, bytes(data)))
        super().xWrite(data, offset)

    def xTruncate(self, newsize: int) -> None:
        self._vfs.on_write()
        self._medium.pending.append(newsize)
        super().xTruncate(newsize)

    def xSync(self, flags: int) -> None:
        self._vfs.on_write()
        super().xSync(flags)
        self._medium.sync()


#: One for the life of the process: the cipher keeps a pointer to it for as long.
DISK = PowerVFS()

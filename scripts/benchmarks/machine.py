"""What the figures depend on: the processor, the disk, the versions."""

from __future__ import annotations

import os
import platform
import time
from pathlib import Path

import apsw

BLOCK = bytes(4096)


def facts() -> list[str]:
    """Say what this machine is, in lines."""
    cores, load = len(os.sched_getaffinity(0)), os.getloadavg()[0]
    sqlite = f"SQLite {apsw.sqlite_lib_version()} (encrypted, WAL, synchronous=FULL)"
    return [
        f"{cores} cores of {_processor()}, {load:.2f} busy before the run",
        f"Python {platform.python_version()}, {sqlite}",
    ]


def _processor() -> str:
    for line in Path("/proc/cpuinfo").read_text("utf-8").splitlines():
        name, _, value = line.partition(":")
        if name.strip() == "model name":
            return value.strip()
    return platform.machine()


def sync_rate(folder: Path, seconds: float) -> float:
    """Give how often a second 4 KiB can be appended to a file and made durable (fdatasync)."""
    path = folder / "sync-rate"
    descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o600)
    try:
        count, start = 0, time.perf_counter()
        while time.perf_counter() - start < seconds:
            os.write(descriptor, BLOCK)
            os.fdatasync(descriptor)
            count += 1
        return count / (time.perf_counter() - start)
    finally:
        os.close(descriptor)
        path.unlink()


def cpu_seconds(pid: int) -> float:
    """Give the CPU time that a process has used so far, all its threads together (proc(5))."""
    fields = Path(f"/proc/{pid}/stat").read_text("ascii").rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")

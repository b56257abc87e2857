"""A real Secret Service on a session bus of its own, and a Python process that talks to it."""

from __future__ import annotations

import contextlib
import json
import os
import shutil
import socket
import subprocess
import sys
import tempfile
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

REPOSITORY = Path(__file__).parents[2]
PROGRAMS = ("dbus-daemon", "gnome-keyring-daemon")
BUS_NAME = "org.freedesktop.secrets"
WAIT_SECONDS = 20.0

# No service folder: the bus starts nothing by itself, not even a dialogue that asks to unlock.
BUS_CONFIGURATION = """\
<!DOCTYPE busconfig PUBLIC "-//freedesktop//DTD D-BUS Bus Configuration 1.0//EN"
 "http://www.freedesktop.org/standards/dbus/1.0/busconfig.dtd">
<busconfig>
  <type>session</type>
  <listen>unix:path={socket}</listen>
  <auth>EXTERNAL</auth>
  <policy context="default">
    <allow send_destination="*"/>
    <allow receive_sender="*"/>
    <allow own="*"/>
  </policy>
</busconfig>
"""


@dataclass(frozen=True)
class SessionBus:
    """The folder that is HOME for everything on this bus, and the bus's socket."""

    home: Path
    socket: Path

    @property
    def address(self) -> str:
        return f"unix:path={self.socket}"

    def environment(self) -> dict[str, str]:
        """Give this process's environment, with nothing in it that leads to the user's own."""
        strange = ("WALLET_", "XDG_", "PYTHON_KEYRING", "KEYRING_PROPERTY", "DBUS_")
        kept = {key: text for key, text in os.environ.items() if not key.startswith(strange)}
        return kept | {
            "HOME": str(self.home),
            "XDG_RUNTIME_DIR": str(self.home),
            "DBUS_SESSION_BUS_ADDRESS": self.address,
        }

    def ask(self, *arguments: str, **variables: str) -> dict[str, Any]:
        """Use the OS keyring from a process of its own; give what `keyring_probe` prints."""
        process = subprocess.run(
            [sys.executable, "-m", "tests.terminal_kit.keyring_probe", *arguments],
            cwd=REPOSITORY,
            env=self.environment() | variables,
            stdin=subprocess.DEVNULL,
            capture_output=True,
            text=True,
            timeout=WAIT_SECONDS,
            check=False,
        )
        assert process.returncode == 0, process.stderr
        answer: dict[str, Any] = json.loads(process.stdout)
        return answer


@contextlib.contextmanager
def empty_home() -> Iterator[SessionBus]:
    """Make a HOME whose bus socket does not exist; short, for a socket's path is 108 bytes."""
    with tempfile.TemporaryDirectory(prefix="wallet-") as folder:
        yield SessionBus(home=Path(folder), socket=Path(folder) / "bus")


@contextlib.contextmanager
def session_bus() -> Iterator[SessionBus]:
    """Start a session bus without a Secret Service; skips where the programs are missing."""
    for program in PROGRAMS:
        if shutil.which(program) is None:
            pytest.skip(f"{program} is not installed")
    with empty_home() as bus:
        configuration = bus.home / "bus.conf"
        configuration.write_text(BUS_CONFIGURATION.format(socket=bus.socket))
        command = ["dbus-daemon", f"--config-file={configuration}", "--nofork", "--print-address=1"]
        with ended(
            subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL)
        ) as (daemon):
            assert daemon.stdout
            # The address comes once the bus listens.
            assert daemon.stdout.readline().startswith(b"unix:")
            yield bus


@contextlib.contextmanager
def secret_service(bus: SessionBus, password: str | None) -> Iterator[subprocess.Popen[bytes]]:
    """Start gnome-keyring, with its login keyring unlocked by ``password`` unless that is None."""
    command = ["gnome-keyring-daemon", "--foreground", "--components=secrets"]
    unlock = ["--unlock"] if password is not None else []
    with watched_name(bus) as wait:
        daemon = subprocess.Popen(
            command + unlock,
            env=bus.environment(),
            stdin=subprocess.PIPE,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )
        with ended(daemon):
            assert daemon.stdin
            daemon.stdin.write(f"{password or ''}\n".encode())
            daemon.stdin.close()
            wait()
            yield daemon


@contextlib.contextmanager
def ended(process: subprocess.Popen[bytes]) -> Iterator[subprocess.Popen[bytes]]:
    """End the process at the end of the block, also one that is stopped."""
    with process:
        try:
            yield process
        finally:
            process.kill()


@contextlib.contextmanager
def silent_socket(path: Path) -> Iterator[None]:
    """Listen where a bus would, take every connection and never say a word."""
    with socket.socket(socket.AF_UNIX) as listener:
        listener.bind(str(path))
        listener.listen()
        yield


@contextlib.contextmanager
def watched_name(bus: SessionBus) -> Iterator[Callable[[], object]]:
    """Give a function that waits until somebody owns the name of the Secret Service."""
    jeepney = pytest.importorskip("jeepney")
    blocking = pytest.importorskip("jeepney.io.blocking")
    rule = jeepney.MatchRule(
        type="signal", interface=jeepney.message_bus.interface, member="NameOwnerChanged"
    )
    rule.add_arg_condition(0, BUS_NAME)
    with blocking.open_dbus_connection(bus.address) as connection:
        connection.bus_proxy.AddMatch(rule)
        with connection.filter(rule) as signals:
            yield lambda: connection.recv_until_filtered(signals, timeout=WAIT_SECONDS)

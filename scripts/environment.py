"""Makes the checkout's ``.venv``: the packages of a lock file, and the project, editable.

`scripts/setup` runs this with the Python that it found. A stamp inside ``.venv`` says what it was
made from, and nothing is run while that holds. The stamp goes when work begins and comes back
when it ends, so a ``.venv`` without one was left half way, and is made anew.
"""

from __future__ import annotations

import argparse
import ctypes.util
import fcntl
import hashlib
import json
import os
import platform
import re
import shutil
import subprocess
import sys
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
VENV = ROOT / ".venv"
PYTHON = VENV / "bin" / "python"
STAMP = VENV / "setup.json"
LOCKS = {"runtime": "requirements.lock", "dev": "requirements-dev.lock"}

APT = ("apt-get", "-qq", "-o", "Acquire::http::Timeout=20", "-o", "DPkg::Lock::Timeout=60")
ZBAR = {
    "apt-get": "sudo apt-get install libzbar0",
    "dnf": "sudo dnf install zbar",
    "pacman": "sudo pacman -S zbar",
    "brew": "brew install zbar",
}


def main() -> None:
    """Make ``.venv`` unless it stands."""
    parser = argparse.ArgumentParser(prog="scripts/setup", description="Make .venv.")
    parser.add_argument("--dev", action="store_true", help="add the tools that tests need")
    kind = "dev" if parser.parse_args().dev else "runtime"
    if stands(kind):
        return
    with Path(__file__).open("rb+") as lock:
        take(lock.fileno())
        if not stands(kind):
            make(kind, lock.fileno())


def stands(kind: str) -> bool:
    """Whether ``.venv`` is what is wanted; one with the development tools serves either wish."""
    found = read_stamp()
    return PYTHON.exists() and any(found == stamp(each) for each in {kind, "dev"})


def stamp(kind: str) -> dict[str, str]:
    """Say what a finished ``.venv`` was made from, and what the scripts in it point at."""
    digest = hashlib.sha256()
    for name in (LOCKS[kind], "pyproject.toml"):
        digest.update((ROOT / name).read_bytes())
    return {"made_from": digest.hexdigest(), "place": str(ROOT), "python": str(PYTHON.resolve())}


def read_stamp() -> dict[str, str]:
    """Give the stamp of ``.venv``, empty when there is none."""
    try:
        found: dict[str, str] = json.loads(STAMP.read_bytes())
    except (OSError, ValueError):
        return {}
    return found


def take(lock: int) -> None:
    """Wait until no other set-up of this checkout runs."""
    try:
        fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        say("Another set-up of this checkout is running; waiting for it.")
        fcntl.flock(lock, fcntl.LOCK_EX)


def make(kind: str, lock: int) -> None:
    """Bring ``.venv`` to what is wanted, in place when it was finished once."""
    began = time.monotonic()
    found, wanted = read_stamp(), stamp(kind)
    STAMP.unlink(missing_ok=True)
    if not PYTHON.exists() or any(found.get(key) != wanted[key] for key in ("place", "python")):
        say(f"Making .venv with Python {platform.python_version()}")
        run([sys.executable, "-I", "-m", "venv", "--clear", str(VENV)], lock)
    packages = re.findall(r"^[\w.-]+==", (ROOT / LOCKS[kind]).read_text(), re.MULTILINE)
    say(f"Installing what {LOCKS[kind]} pins: {len(packages)} packages")
    pip(lock, "--require-hashes", "-r", LOCKS[kind], progress=len(packages))
    say("Installing the project itself")
    pip(lock, "--no-build-isolation", "--editable", ".")
    look_for_zbar()
    STAMP.write_text(json.dumps(stamp(kind)))
    say(f"Ready after {time.monotonic() - began:.0f} s: wallet, pos and wallet-api in .venv/bin")


def pip(lock: int, *arguments: str, progress: int = 0) -> None:
    """Install with pip what is named, and nothing that it depends on."""
    options = ["--no-deps", "--no-input", "--disable-pip-version-check", "--progress-bar=off"]
    run([str(PYTHON), "-I", "-m", "pip", "install", *options, *arguments], lock, progress)


def run(command: list[str], lock: int, progress: int = 0) -> None:
    """Run one step, showing how many of ``progress`` packages pip has come to.

    The step holds the lock too: should this process be killed, the next set-up waits until
    nothing writes into ``.venv`` any more.
    """
    lines: list[str] = []
    seen = 0
    with subprocess.Popen(
        command,
        cwd=ROOT,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        pass_fds=[lock],
        text=True,
        errors="replace",
    ) as process:
        assert process.stdout
        for line in process.stdout:
            lines.append(line)
            seen += line.startswith(("Collecting ", "Requirement already", "Ignoring "))
            if progress and sys.stdout.isatty():
                sys.stdout.write(f"\r  {seen} of {progress}\x1b[K")
                sys.stdout.flush()
    if progress and sys.stdout.isatty():
        sys.stdout.write("\r\x1b[K")
    if process.returncode:
        sys.stderr.writelines(lines[-20:])
        sys.exit("The set-up stopped there; scripts/setup starts over.")


def look_for_zbar() -> None:
    """Install libzbar where nobody needs to be asked, else say how a person can."""
    if ctypes.util.find_library("zbar") or (os.geteuid() == 0 and apt_installs("libzbar0")):
        return
    command = next((text for name, text in ZBAR.items() if shutil.which(name)), "the zbar library")
    say(f"Pictures are read by the bundled decoder alone; to add a second one: {command}")


def apt_installs(package: str) -> bool:
    """Install a Debian package without a word; whether that worked."""
    if not shutil.which("apt-get"):
        return False
    install = [*APT, "install", "--yes", "--no-install-recommends", package]
    return quiet(install) or (quiet([*APT, "update"]) and quiet(install))


def quiet(command: list[str]) -> bool:
    """Run a command without a word; whether it worked."""
    environment = os.environ | {"DEBIAN_FRONTEND": "noninteractive"}
    return not subprocess.run(
        command,
        env=environment,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        check=False,
    ).returncode


def say(text: str) -> None:
    """Tell the person who waits."""
    print(text, flush=True)


if __name__ == "__main__":
    try:
        main()
    except KeyboardInterrupt:
        sys.exit(130)

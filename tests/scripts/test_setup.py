"""``scripts/setup`` on a small checkout of its own: once, again, at the same time, cut short."""

from __future__ import annotations

import hashlib
import os
import shutil
import socket
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

SCRIPTS = Path(__file__).parents[2] / "scripts"
BASE_PYTHON = Path(sys.executable).resolve()
PATIENCE = 120

PROJECT = """\
[build-system]
requires = []
build-backend = "backend"
backend-path = ["."]
"""
# It hands out a wheel that stands ready, so that no build backend needs to be installed. Where a
# test listens, it waits until the test hangs up.
BACKEND = """\
import os
import shutil
import socket

def build_editable(folder, config_settings=None, metadata_directory=None):
    if os.path.exists("port"):
        with open("port") as port, socket.create_connection(("127.0.0.1", port.read())) as held:
            held.recv(1)
    shutil.copy("../wheels/shop-1-py3-none-any.whl", folder)
    return "shop-1-py3-none-any.whl"
"""


def write_wheel(folder: Path, name: str) -> str:
    """Write a wheel with one empty module and give its line for a lock file."""
    path = folder / f"{name}-1-py3-none-any.whl"
    about = f"{name}-1.dist-info"
    with zipfile.ZipFile(path, "w") as wheel:
        wheel.writestr(f"{name}.py", "")
        wheel.writestr(f"{about}/METADATA", f"Metadata-Version: 2.1\nName: {name}\nVersion: 1\n")
        wheel.writestr(
            f"{about}/WHEEL", "Wheel-Version: 1.0\nRoot-Is-Purelib: true\nTag: py3-none-any\n"
        )
        wheel.writestr(
            f"{about}/RECORD",
            "".join(f"{file},,\n" for file in [*wheel.namelist(), f"{about}/RECORD"]),
        )
    return f"{name}==1 --hash=sha256:{hashlib.sha256(path.read_bytes()).hexdigest()}\n"


class Checkout:
    """A checkout with a locked package, a locked tool and a project, and no network."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.wheels = folder.parent / "wheels"
        self.wheels.mkdir()
        (folder / "scripts").mkdir(parents=True)
        for name in ("setup", "environment.py"):
            shutil.copy(SCRIPTS / name, folder / "scripts" / name)
        package, tool = write_wheel(self.wheels, "package"), write_wheel(self.wheels, "tool")
        write_wheel(self.wheels, "shop")
        (folder / "requirements.lock").write_text(package)
        (folder / "requirements-dev.lock").write_text(package + tool)
        (folder / "pyproject.toml").write_text(PROJECT)
        (folder / "backend.py").write_text(BACKEND)
        self.programs = folder.parent / "programs"
        self.programs.mkdir()
        self.program("python3", f'exec "{BASE_PYTHON}" "$@"')

    def program(self, name: str, text: str) -> None:
        """Put a program before those of the system."""
        path = self.programs / name
        path.write_text(f"#!/bin/sh\n{text}\n")
        path.chmod(0o755)

    def start(self, *options: str) -> subprocess.Popen[str]:
        """Start the set-up."""
        variables = {
            "PATH": f"{self.programs}:{os.environ['PATH']}",
            "PIP_NO_INDEX": "1",
            "PIP_FIND_LINKS": str(self.wheels),
        }
        return subprocess.Popen(
            [self.folder / "scripts" / "setup", *options],
            env=os.environ | variables,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
        )

    def setup(self, *options: str, code: int = 0) -> str:
        """Run the set-up to its end and give what it said."""
        with self.start(*options) as process:
            said = process.communicate(timeout=PATIENCE)[0]
        assert process.returncode == code, said
        return said

    def imports(self, *names: str) -> bool:
        """Whether the environment has modules."""
        command = [str(self.folder / ".venv/bin/python"), "-c", f"import {', '.join(names)}"]
        return subprocess.run(command, capture_output=True, check=False).returncode == 0


@pytest.fixture
def checkout(tmp_path: Path) -> Checkout:
    return Checkout(tmp_path / "a checkout")


def test_an_environment_is_made_once_and_then_extended(checkout: Checkout) -> None:
    assert "Making .venv" in checkout.setup()
    assert checkout.imports("package", "shop")
    assert not checkout.imports("tool")
    assert checkout.setup() == ""

    assert "Making .venv" not in checkout.setup("--dev")
    assert checkout.imports("tool")
    assert checkout.setup() == checkout.setup("--dev") == ""

    (checkout.folder / "pyproject.toml").write_text(f"{PROJECT}# changed\n")
    assert "Installing" in checkout.setup()
    assert checkout.setup() == ""


def test_a_package_that_is_not_the_locked_one_stops_the_setup(checkout: Checkout) -> None:
    checkout.setup()
    lock = checkout.folder / "requirements.lock"
    good = lock.read_text()
    write_wheel(checkout.wheels, "other")
    lock.write_text(f"other==1 --hash=sha256:{'0' * 64}")
    assert "DO NOT MATCH THE HASHES" in checkout.setup(code=1)
    assert not checkout.imports("other")
    # What was left half way is not trusted, though its lock file is the old one again.
    lock.write_text(good)
    assert "Making .venv" in checkout.setup()


def test_after_a_killed_setup_two_at_once_make_one_environment(checkout: Checkout) -> None:
    port = checkout.folder / "port"
    with socket.create_server(("127.0.0.1", 0)) as server:
        server.settimeout(PATIENCE)
        port.write_text(str(server.getsockname()[1]))
        with checkout.start() as killed:
            held, _ = server.accept()
            killed.kill()
    port.unlink()
    with checkout.start() as first, checkout.start() as second:
        for each in (first, second):
            # What the killed one had started is still at work in the environment.
            assert each.stdout
            assert "waiting" in each.stdout.readline()
        held.close()
        said = [each.communicate(timeout=PATIENCE)[0] for each in (first, second)]
    assert (first.returncode, second.returncode) == (0, 0), said
    assert "".join(said).count("Making .venv") == 1
    assert checkout.imports("package", "shop")


@pytest.mark.parametrize(
    ("python", "message"),
    [
        ("exit 1", "This needs Python 3.11 or newer"),
        ("echo 3.12; exit 1", "sudo apt-get install python3.12-venv"),
    ],
)
def test_a_machine_without_a_fit_python_is_told_so(
    checkout: Checkout, python: str, message: str
) -> None:
    for name in ("python", *(f"python3{minor}" for minor in ("", ".11", ".12", ".13", ".14"))):
        checkout.program(name, python)
    assert message in checkout.setup(code=1)
    assert not (checkout.folder / ".venv").exists()

"""What is shipped: every import is a declared dependency, and the lock files agree."""

from __future__ import annotations

import ast
import re
import sys
import tomllib
from importlib.metadata import packages_distributions
from itertools import chain
from pathlib import Path

REPOSITORY = Path(__file__).parents[1]
PACKAGES = ("payment_codes", "wallet_api", "terminal_kit", "wallet_cli", "pos")


def normalised(name: str) -> str:
    """Give a distribution's name as PEP 503 compares it."""
    return re.sub(r"[-_.]+", "-", name).lower()


def imported() -> set[str]:
    """Give every top-level name that the shipped code imports, inside functions too."""
    names = set()
    for package in PACKAGES:
        for path in (REPOSITORY / package).rglob("*.py"):
            for node in ast.walk(ast.parse(path.read_text("utf-8"))):
                if isinstance(node, ast.Import):
                    names |= {alias.name.partition(".")[0] for alias in node.names}
                elif isinstance(node, ast.ImportFrom) and node.module and not node.level:
                    names.add(node.module.partition(".")[0])
    return names


def pinned(name: str) -> dict[str, str]:
    """Give the versions that a lock file pins."""
    text = (REPOSITORY / name).read_text("ascii")
    return dict(re.findall(r"^([\w.-]+)==([\w.+-]+)", text, re.MULTILINE))


#: Distributions of an extra that need not be installed here.
OPTIONAL = {"cv2": ["opencv-python-headless"]}


def test_every_import_is_declared() -> None:
    project = tomllib.loads((REPOSITORY / "pyproject.toml").read_text("utf-8"))["project"]
    declared = {
        normalised(re.split(r"[^\w.-]", wish, maxsplit=1)[0])
        for wish in chain(project["dependencies"], *project["optional-dependencies"].values())
    }
    distributions = packages_distributions()
    foreign = imported() - set(PACKAGES) - sys.stdlib_module_names
    undeclared = {
        name
        for name in foreign
        if declared.isdisjoint(map(normalised, distributions.get(name, OPTIONAL.get(name, []))))
    }
    assert undeclared == set()


def test_the_development_lock_pins_what_the_runtime_lock_pins() -> None:
    runtime, development = pinned("requirements.lock"), pinned("requirements-dev.lock")
    assert len(runtime) > 30
    assert runtime.items() <= development.items()


def test_the_lock_files_name_no_place() -> None:
    for name in ("requirements.lock", "requirements-dev.lock"):
        assert not re.search(r"://|file:|--(index|find)", (REPOSITORY / name).read_text("ascii"))


def test_the_wheel_holds_the_catalogue() -> None:
    from hatchling.builders.wheel import WheelBuilder

    shipped = {
        file.distribution_path for file in WheelBuilder(str(REPOSITORY)).recurse_included_files()
    }
    folder = "terminal_kit/catalogues/zh_CN/LC_MESSAGES"
    assert {f"{folder}/terminal-wallet.{kind}" for kind in ("mo", "po")} <= shipped

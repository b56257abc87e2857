"""A profile's store: the one it was opened with, and cheap until it is used."""

from __future__ import annotations

import subprocess
import sys
from typing import TYPE_CHECKING

import pytest

from terminal_kit.credentials.choose import open_store
from tests.terminal_kit.secret_service import REPOSITORY

if TYPE_CHECKING:
    from pathlib import Path

    from terminal_kit.credentials.choose import StoreKind


def test_the_file_stands_in_the_folder_of_the_profile(tmp_path: Path) -> None:
    store = open_store("file", program="pos", profile="till-2", folder=tmp_path)
    description = store.describe()
    assert (description.kind, description.state) == ("file", "absent")
    assert description.detail == str(tmp_path / "credentials")


@pytest.mark.parametrize("kind", ["os", "file"])
def test_opening_makes_nothing(tmp_path: Path, kind: StoreKind) -> None:
    open_store(kind, program="wallet", profile="default", folder=tmp_path / "new")
    assert list(tmp_path.iterdir()) == []


IMPORTS = """
import sys
from pathlib import Path
from terminal_kit.credentials.choose import open_store
open_store(sys.argv[1], program="wallet", profile="default", folder=Path("/nowhere"))
print(*sys.modules)
"""


@pytest.mark.parametrize("kind", ["os", "file"])
def test_opening_imports_nothing_heavy(kind: str) -> None:
    process = subprocess.run(
        [sys.executable, "-c", IMPORTS, kind],
        cwd=REPOSITORY,
        capture_output=True,
        text=True,
        check=True,
    )
    loaded = set(process.stdout.split())
    assert loaded.isdisjoint({"keyring", "cryptography", "platformdirs", "secretstorage"})

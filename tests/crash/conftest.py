"""A bank of its own for each test."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.crash.bank import Bank

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path


@pytest.fixture
def bank(tmp_path: Path) -> Iterator[Bank]:
    """A bank that is not running yet."""
    made = Bank(tmp_path)
    yield made
    made.close()

"""Neighbours for each test, their books proven whole when the test is over."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.wallet_api.people.neighbours import Neighbours

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path


@pytest.fixture
def damaged(tmp_path: Path) -> Iterator[Neighbours]:
    """Neighbours whose books a test damages."""
    town = Neighbours(tmp_path)
    yield town
    town.close()


@pytest.fixture
def town(damaged: Neighbours) -> Iterator[Neighbours]:
    """Neighbours whose books every test must leave whole."""
    yield damaged
    assert damaged.findings() == []

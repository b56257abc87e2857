"""A harbour for each test, its books proven whole when the test is over."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.wallet_api.banking.harbour import Harbour

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path


@pytest.fixture
def damaged(tmp_path: Path) -> Iterator[Harbour]:
    """A harbour whose books a test damages."""
    harbour = Harbour(tmp_path)
    yield harbour
    harbour.close()


@pytest.fixture
def harbour(damaged: Harbour) -> Iterator[Harbour]:
    """A harbour whose books every test must leave whole."""
    yield damaged
    assert damaged.findings() == []

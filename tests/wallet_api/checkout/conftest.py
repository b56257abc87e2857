"""A town for each test, its books proven whole when the test is over."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.wallet_api.checkout.town import Town

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path


@pytest.fixture
def damaged(tmp_path: Path) -> Iterator[Town]:
    """A town whose books a test damages."""
    town = Town(tmp_path)
    yield town
    town.close()


@pytest.fixture
def town(damaged: Town) -> Iterator[Town]:
    """A town whose books every test must leave whole."""
    yield damaged
    assert damaged.findings() == []

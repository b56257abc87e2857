"""A stage for tests that say themselves what goes wrong."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.simulation.stage import Stage

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path


@pytest.fixture
def stage(tmp_path: Path) -> Iterator[Stage]:
    """A shop that is open, in calm weather."""
    made = Stage(tmp_path)
    yield made
    made.close()

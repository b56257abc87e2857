"""A real service, and profiles whose screens are played in the test's own process."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.end_to_end.conftest import nothing_moves, programs, service

if TYPE_CHECKING:
    from tests.end_to_end.programs import Programs

__all__ = ["nothing_moves", "programs", "service", "shop", "town"]


@pytest.fixture
def town(programs: Programs, monkeypatch: pytest.MonkeyPatch) -> Programs:
    """Give programs without a profile, whose environment is this process's too."""
    for name, value in programs.environment.items():
        monkeypatch.setenv(name, value)
    return programs


@pytest.fixture
def shop(town: Programs) -> Programs:
    """Give programs with a wallet that holds 2500.00 CNY and a till."""
    town.open_shop()
    return town

"""A service for each module, and programs with a home of their own for each test."""

from __future__ import annotations

from contextlib import contextmanager
from typing import TYPE_CHECKING

import pytest

from tests.end_to_end.programs import Programs
from tests.end_to_end.services import Service
from tests.wallet_api.client.scripted_server import ScriptedServer

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from contextlib import AbstractContextManager
    from pathlib import Path

    NothingMoves = Callable[[], AbstractContextManager[None]]


@pytest.fixture(scope="module")
def service(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Service]:
    """Give the module's service, started with the options that the module names in ``SERVE``."""
    options = getattr(request.module, "SERVE", ())
    with Service(tmp_path_factory.mktemp("service"), *options) as started:
        yield started


@pytest.fixture
def programs(service: Service, tmp_path: Path) -> Iterator[Programs]:
    """Give programs that nobody has opened a profile for."""
    made = Programs(tmp_path, service.url)
    yield made
    made.close()


@pytest.fixture
def shop(programs: Programs) -> Programs:
    """Give programs with a wallet that holds 2500.00 CNY and a till."""
    programs.open_shop()
    return programs


@pytest.fixture
def nothing_moves(service: Service) -> NothingMoves:
    """Give a context in which the books, right before and after, get no new entry."""

    @contextmanager
    def context() -> Iterator[None]:
        before = service.entries()
        yield
        assert service.entries() == before

    return context


@pytest.fixture
def server() -> Iterator[ScriptedServer]:
    """Give a server that refuses every connection until it is told what to play."""
    made = ScriptedServer()
    yield made
    made.close()

"""One running service for most tests of this folder, and devices that call it."""

from __future__ import annotations

from typing import TYPE_CHECKING

import httpx
import pytest

from tests.wallet_api.service.caller import Caller
from tests.wallet_api.service.running import PATIENCE, start

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from tests.wallet_api.service.running import Running


@pytest.fixture(scope="session")
def service(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Running]:
    running = start(tmp_path_factory.mktemp("service"))
    yield running
    assert running.stop() == 0
    assert "Traceback" not in running.log
    assert "does not list" not in running.log


@pytest.fixture
def own_service(tmp_path: Path) -> Iterator[Callable[..., Running]]:
    """Start services that the test may stop, kill and start again."""
    started: list[Running] = []

    def make(*options: str) -> Running:
        started.append(start(tmp_path / "own", *options))
        return started[-1]

    yield make
    for running in started:
        if running.process.poll() is None:
            running.kill()


@pytest.fixture
def open_caller() -> Iterator[Callable[[Running], Caller]]:
    """Connect new devices to a service."""
    with httpx.Client(trust_env=False, timeout=PATIENCE) as client:
        yield lambda running: Caller(running.authority, client)


@pytest.fixture
def wallet(service: Running, open_caller: Callable[[Running], Caller]) -> Caller:
    caller = open_caller(service)
    caller.open_wallet()
    return caller


@pytest.fixture
def till(service: Running, open_caller: Callable[[Running], Caller]) -> Caller:
    caller = open_caller(service)
    caller.open_merchant()
    return caller

"""Papers are written in English, at the time of Shanghai."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING

import pytest

from terminal_kit import language

if TYPE_CHECKING:
    from collections.abc import Iterator


@pytest.fixture(autouse=True)
def place(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    monkeypatch.setattr(language, "_chosen", ["en"])
    with monkeypatch.context() as patch:
        patch.setenv("TZ", "Asia/Shanghai")
        time.tzset()
        yield
    time.tzset()

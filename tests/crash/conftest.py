"""A bank of its own for each test, and a shop at it."""

from __future__ import annotations

from contextlib import ExitStack
from functools import cache
from typing import TYPE_CHECKING

import pytest

from terminal_kit.credentials.file_format import KeyDerivation
from tests.crash.bank import Bank
from tests.crash.shop import Nursery, Shop

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path


@pytest.fixture
def bank(tmp_path: Path) -> Iterator[Bank]:
    """A bank that is not running yet."""
    made = Bank(tmp_path)
    yield made
    made.close()


@pytest.fixture
def shop(bank: Bank, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Shop]:
    """A shop at a bank that runs."""
    bank.start()
    for name, secret in (("passphrase", "correct horse battery staple"), ("pin", "294751")):
        (tmp_path / name).write_text(secret)
    monkeypatch.setenv("WALLET_PASSPHRASE_FILE", str(tmp_path / "passphrase"))
    monkeypatch.setenv("WALLET_API_URL", bank.url)
    # Deriving the key of a store is made slow on purpose; here it is derived once.
    monkeypatch.setattr(KeyDerivation, "key", cache(KeyDerivation.key))
    with Nursery() as nursery, ExitStack() as stack:
        yield Shop(tmp_path, nursery, stack)

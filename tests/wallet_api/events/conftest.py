"""A town whose events are read back."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import msgspec
import pytest

from tests.wallet_api.checkout.town import Town

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from tests.wallet_api.checkout.town import Shop, Wallet

PURCHASES = ("charge.", "payment.", "refund.")


class EventfulTown(Town):
    """A town that says what a customer or merchant was told."""

    def events(self, who: Wallet | Shop) -> list[tuple[int, str, dict[str, Any]]]:
        """Give the events that are kept: number, kind and data, in order."""
        rows = self.rows(
            "SELECT number, kind, data FROM events WHERE subject = ? AND data IS NOT NULL"
            " ORDER BY number",
            who.id,
        )
        return [(number, kind, msgspec.json.decode(data)) for number, kind, data in rows]

    def kinds(self, who: Wallet | Shop) -> list[str]:
        """Give the kinds of a customer's or merchant's events about purchases."""
        return [kind for _, kind, _ in self.events(who) if kind.startswith(PURCHASES)]


@pytest.fixture
def town(tmp_path: Path) -> Iterator[EventfulTown]:
    made = EventfulTown(tmp_path)
    yield made
    made.close()

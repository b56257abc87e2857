"""Facts by name, whose number may change."""

from __future__ import annotations

from typing import TYPE_CHECKING

from textual.containers import HorizontalGroup, VerticalGroup
from textual.widgets import Static

if TYPE_CHECKING:
    from collections.abc import Sequence

    from textual.app import ComposeResult


class FactRow(HorizontalGroup):
    """A name and its value, which may both change."""

    def compose(self) -> ComposeResult:
        """Give both."""
        yield Static(classes="fact-name", markup=False)
        yield Static(classes="fact-value", markup=False)


class Facts(VerticalGroup):
    """Rows that are used again, so that nothing flickers when one value changes."""

    async def show(self, facts: Sequence[tuple[str, str]]) -> None:
        """Show these and no others."""
        missing = len(facts) - len(self.query(FactRow))
        if missing > 0:
            await self.mount(*(FactRow(classes="fact") for _number in range(missing)))
        rows = list(self.query(FactRow))
        for row, (name, value) in zip(rows, facts, strict=False):
            row.query_one(".fact-name", Static).update(name)
            row.query_one(".fact-value", Static).update(value)
        for place, row in enumerate(rows):
            row.display = place < len(facts)

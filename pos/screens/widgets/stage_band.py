"""A stage as a band in the colour of its tone, with its mark and its word."""

from __future__ import annotations

from typing import TYPE_CHECKING

from textual.widgets import Static

if TYPE_CHECKING:
    from pos.screens.stages import Stage


class StageBand(Static):
    """One row, or three where there is room; its looks are in ``stage_band.tcss``."""

    def __init__(self, stage: Stage, *, id: str | None = None) -> None:  # noqa: A002
        super().__init__(stage.headline, id=id, classes=stage.tone, markup=False)

    def show(self, stage: Stage) -> None:
        """Show another stage."""
        self.update(stage.headline)
        self.set_classes(stage.tone)

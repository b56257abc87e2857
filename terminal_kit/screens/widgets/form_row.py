"""A row of a form: what it is, and the widget that takes it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from textual.containers import HorizontalGroup
from textual.widgets import Static

if TYPE_CHECKING:
    from textual.app import ComposeResult
    from textual.widget import Widget


class FormRow(HorizontalGroup):
    """Gives a name at the left of its widgets, in line with a field's text."""

    DEFAULT_CSS = """
    FormRow > .form-name { width: 14; padding: 1 1 0 0; color: $muted; height: auto; }
    FormRow > Input { width: 1fr; }
    FormRow > AmountField { width: 1fr; }
    """

    def __init__(self, name: str, *widgets: Widget, id: str | None = None) -> None:  # noqa: A002
        super().__init__(id=id)
        self._text = name
        self._widgets = widgets

    def compose(self) -> ComposeResult:
        """Give the name and the widgets."""
        yield Static(self._text, classes="form-name", markup=False)
        yield from self._widgets

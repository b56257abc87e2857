"""Choosing one of a few things that are named, such as the codes in one picture."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from textual import on
from textual.binding import Binding
from textual.containers import VerticalGroup
from textual.screen import ModalScreen
from textual.widgets import OptionList, Static

from terminal_kit.language import N_

if TYPE_CHECKING:
    from collections.abc import Sequence

    from textual.app import ComposeResult


class ChooseDialog(ModalScreen[int | None]):
    """Gives the place of the chosen name, from 0, or None when the person goes back."""

    DEFAULT_CSS = "ChooseDialog OptionList { height: auto; max-height: 12; }"
    BINDINGS: ClassVar = [Binding("escape", "dismiss(None)", N_("Back"), id="back")]

    def __init__(self, question: str, names: Sequence[str]) -> None:
        super().__init__()
        self._question = question
        self._names = names

    def compose(self) -> ComposeResult:
        """Give the question and the names."""
        with VerticalGroup(classes="dialog"):
            yield Static(self._question, classes="question", markup=False)
            yield OptionList(*self._names, markup=False, id="names")

    @on(OptionList.OptionSelected)
    def _choose(self, event: OptionList.OptionSelected) -> None:
        self.dismiss(event.option_index)

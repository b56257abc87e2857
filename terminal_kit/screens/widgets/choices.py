"""A few things to choose one from: a mark stands before the one that holds now."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from textual.message import Message
from textual.widgets import OptionList
from textual.widgets.option_list import Option

if TYPE_CHECKING:
    from collections.abc import Mapping

CHOSEN, OTHER = "●", "○"


class Choices(OptionList):
    """Up and down move, Enter or a click picks.

    ``names`` are what the choices are called, by what they stand for; ``chosen`` holds now.
    """

    @dataclass
    class Picked(Message):
        """One was picked; the mark stays where it is until `mark` moves it."""

        choices: Choices
        value: str

        @property
        def control(self) -> Choices:
            """The list."""
            return self.choices

    @dataclass
    class Moved(Message):
        """The cursor stands on one."""

        choices: Choices
        value: str

        @property
        def control(self) -> Choices:
            """The list."""
            return self.choices

    def __init__(
        self,
        names: Mapping[str, str],
        chosen: str,
        *,
        id: str | None = None,  # noqa: A002 - Textual's name
    ) -> None:
        self._names = dict(names)
        self._chosen = chosen
        super().__init__(*self._rows(), id=id, markup=False)
        self.rest()

    @property
    def chosen(self) -> str:
        """What holds now."""
        return self._chosen

    def mark(self, chosen: str) -> None:
        """Mark another one as what holds now."""
        self._chosen = chosen
        for place, option in enumerate(self._rows()):
            self.replace_option_prompt_at_index(place, option.prompt)

    def rest(self) -> None:
        """Put the cursor on the one that holds."""
        if self._chosen in self._names:
            self.highlighted = list(self._names).index(self._chosen)

    def _rows(self) -> list[Option]:
        return [
            Option(f"{CHOSEN if value == self._chosen else OTHER} {name}", id=value)
            for value, name in self._names.items()
        ]

    def on_option_list_option_selected(self, event: OptionList.OptionSelected) -> None:
        """Say what was picked."""
        event.stop()
        self.post_message(self.Picked(self, event.option.id or ""))

    def on_option_list_option_highlighted(self, event: OptionList.OptionHighlighted) -> None:
        """Say where the cursor stands."""
        event.stop()
        self.post_message(self.Moved(self, event.option.id or ""))

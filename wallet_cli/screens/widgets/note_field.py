"""A field for a note that another person reads."""

from __future__ import annotations

from textual.widgets import Input

from terminal_kit.language import _
from wallet_api.contract.text import LARGEST_CELLS, clean_text


class NoteField(Input):
    """May stay empty."""

    def __init__(self, value: str = "", *, id: str | None = None) -> None:  # noqa: A002
        placeholder = _("They read it; may stay empty")
        super().__init__(
            value,
            placeholder=placeholder,
            max_length=LARGEST_CELLS,
            select_on_focus=False,
            id=id,
        )

    @property
    def note(self) -> str | None:
        """The note, or None. Raises TextInvalid."""
        return clean_text(self.value, "note") if self.value.strip() else None

"""A field for a code, which may be pasted with its line breaks."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from textual.message import Message
from textual.widgets import Input

if TYPE_CHECKING:
    from textual.events import Paste


class CodeField(Input):
    """A field of one line that tells of a paste of several, which it cannot hold."""

    @dataclass
    class Lines(Message):
        """A text of several lines was pasted."""

        text: str

    def take(self, text: str) -> None:
        """Take what was pasted in place of what stands here; several lines are only told."""
        text = text.strip()
        self.focus()
        if "\n" in text or "\r" in text:
            self.clear()
            self.post_message(self.Lines(text))
        else:
            self.value = text

    def _on_paste(self, event: Paste) -> None:
        """Keep Textual from taking the first line alone."""
        if len(event.text.strip().splitlines()) > 1:
            event.stop()
            event.prevent_default()
            self.take(event.text)

"""Choosing a picture: the folders and pictures of a folder, narrowed down as one types."""

from __future__ import annotations

from datetime import datetime
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, ClassVar, cast

from rich.cells import cell_len
from textual import on
from textual.binding import Binding
from textual.containers import VerticalGroup
from textual.content import Content
from textual.screen import ModalScreen
from textual.widgets import Input, OptionList, Static
from textual.widgets.option_list import Option

from terminal_kit.language import N_, _
from terminal_kit.pictures import Entry, entries, is_picture
from terminal_kit.screens.widgets.columns import fit
from terminal_kit.words import told
from wallet_api.contract.error_base import WalletError
from wallet_api.contract.text import printable

if TYPE_CHECKING:
    from collections.abc import Iterable

    from textual.app import ComposeResult
    from textual.events import Key

    from terminal_kit.screens.app import KitApp

PARENT = ".."
#: Keys that move in the list while one types in the field.
MOVES = {
    "up": "cursor_up",
    "down": "cursor_down",
    "pageup": "page_up",
    "pagedown": "page_down",
}


class FilePicker(ModalScreen[Path | None]):
    """Gives a picture's path, or None when the person goes back.

    What is typed narrows the list down; a path goes there. Backspace in the empty field goes up.
    """

    CSS_PATH = "file_picker.tcss"
    BINDINGS: ClassVar = [Binding("escape", "dismiss(None)", N_("Back"), id="back")]

    def __init__(self, folder: Path | None = None) -> None:
        """Begin in a folder: the given one, where a picture was found last, or the current one."""
        super().__init__()
        self._start = folder
        self._folder = Path()
        self._entries: list[Entry] = []
        self._shown: list[Path] = []

    def compose(self) -> ComposeResult:
        """Give the folder, the field, the list, and what is wrong."""
        with VerticalGroup(classes="dialog"):
            yield Static(id="folder", markup=False)
            yield Input(placeholder=_("Type a part of the name, or a path"), id="name")
            yield OptionList(markup=False, id="entries")
            yield Static(id="said", classes="muted", markup=False)

    def on_mount(self) -> None:
        """Look into the folder."""
        self._enter(self._start or cast("KitApp", self.app).pictures or Path.cwd())

    def _enter(self, folder: Path) -> None:
        self.run_worker(self._look(folder), exclusive=True)

    async def _look(self, folder: Path) -> None:
        desk = cast("KitApp", self.app).desk
        assert desk is not None, "a profile is open"
        try:
            # Where links lead is looked up too, so that going up comes back.
            folder = await desk.look(folder.resolve)
            found = await desk.look(partial(entries, folder))
        except WalletError as error:
            self._say(f"✗ {told(error)}", "bad")
            return
        self._folder, self._entries = folder, found
        self.query_one("#folder", Static).update(printable(str(self._folder)))
        self.query_one("#name", Input).value = ""
        self._fill("")

    def _fill(self, typed: str) -> None:
        """Show the entries whose name holds what was typed."""
        wanted = typed.casefold()
        kept = [one for one in self._entries if wanted in one.name.casefold()]
        listed = self.query_one("#entries", OptionList)
        listed.clear_options()
        self._shown = [one.path for one in kept]
        if not wanted and self._folder != self._folder.parent:
            self._shown.insert(0, self._folder.parent)
            listed.add_option(Option(f"▸ {PARENT}"))
        listed.add_options(self._rows(kept))
        if self._shown:
            # The first that was found, and not the way up.
            listed.highlighted = min(len(self._shown) - 1, 0 if wanted else 1)
        pictures = sum(not one.is_folder for one in kept)
        said = _("Pictures: {count}. Enter opens, Backspace goes up.").format(count=pictures)
        self._say(said if pictures else _("No pictures here. Enter opens, Backspace goes up."))

    def _rows(self, kept: Iterable[Entry]) -> list[Option]:
        width = max(self.query_one("#entries").size.width - 2, 30)
        return [Option(_row(one, width)) for one in kept]

    def on_key(self, event: Key) -> None:
        """Move in the list from the field, and go up from the empty one."""
        field = self.query_one("#name", Input)
        if event.key == "backspace" and field.has_focus and not field.value:
            event.stop()
            self._enter(self._folder.parent)
        elif event.key in MOVES and field.has_focus:
            event.stop()
            event.prevent_default()
            getattr(self.query_one("#entries", OptionList), f"action_{MOVES[event.key]}")()

    @on(Input.Changed, "#name")
    def _typed(self, event: Input.Changed) -> None:
        self._fill("" if "/" in event.value else event.value)

    @on(Input.Submitted, "#name")
    def _entered(self, event: Input.Submitted) -> None:
        if "/" in event.value:
            self._open(self._folder / Path(event.value.strip()).expanduser())
            return
        highlighted = self.query_one("#entries", OptionList).highlighted
        if highlighted is not None:
            self._open(self._shown[highlighted])

    @on(OptionList.OptionSelected)
    def _selected(self, event: OptionList.OptionSelected) -> None:
        self._open(self._shown[event.option_index])

    def _open(self, path: Path) -> None:
        if is_picture(path):
            cast("KitApp", self.app).pictures = path.parent
            self.dismiss(path)
        else:
            self._enter(path)

    def _say(self, text: str, tone: str = "muted") -> None:
        said = self.query_one("#said", Static)
        said.update(text)
        said.set_classes(tone)


def _row(entry: Entry, width: int) -> Content:
    if entry.is_folder:
        return Content(f"▸ {fit(entry.name, width - 2).rstrip()}/")
    when = datetime.fromtimestamp(entry.written_at).astimezone().strftime("%Y-%m-%d %H:%M")
    about = f"{_size(entry.size):>7}  {when}"
    name = fit(entry.name, width - 4 - cell_len(about))
    return Content.assemble("  ", name, "  ", (about, "$muted"))


def _size(size: int) -> str:
    """Write a number of bytes shortly."""
    for unit in ("B", "kB", "MB"):
        if size < 1_000:
            return f"{size} {unit}"
        size //= 1_000
    return f"{size} GB"

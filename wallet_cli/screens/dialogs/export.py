"""Exporting what the history lists to a file, with how far it has come, and a way to stop."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from textual.message import Message
from textual.widgets import Static

from terminal_kit.language import _
from terminal_kit.receipts.output import require_writable, write_file
from terminal_kit.screens.dialogs.save import SaveDialog
from wallet_cli.exports import EXPORT_SUFFIXES, Export, history_content

if TYPE_CHECKING:
    from wallet_cli.statement import Statements, Wanted


class ExportDialog(SaveDialog):
    """Asks for the file's name; leaving the dialog stops the export."""

    @dataclass
    class Counted(Message):
        """So many movements were collected; told from a thread."""

        count: int

    def __init__(self, statements: Statements, wanted: Wanted) -> None:
        self._export = Export(statements, wanted)
        hint = _("For a spreadsheet as .csv, for programs as .json")
        super().__init__(_("Export what is listed"), "history.csv", self._write_all, hint)

    def on_unmount(self) -> None:
        """Stop what nobody waits for any more."""
        self._export.stop()

    def _write_all(self, file: str) -> None:
        require_writable(file, EXPORT_SUFFIXES)
        movements = self._export.collect(self._tell)
        if movements is not None:
            write_file(file, history_content(movements, Path(file).suffix.lower().lstrip(".")))

    def _tell(self, count: int) -> None:
        self.post_message(self.Counted(count))

    def on_export_dialog_counted(self, counted: Counted) -> None:
        """Say how far it has come, unless the dialog is on its way out."""
        said = _("◌ {count} so far. Esc stops.").format(count=f"{counted.count:,}")
        for hint in self.query("#hint").results(Static):
            hint.update(said)

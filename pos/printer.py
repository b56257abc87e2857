"""The till's receipt printer: a device, or else a simulated one that shows its roll."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from pos.till_settings import load_till_settings
from terminal_kit.folders import folders, private_folder
from terminal_kit.receipts.output import Output, hand_out, put_paper
from terminal_kit.receipts.unroll import unrolled

if TYPE_CHECKING:
    from collections.abc import Sequence

    from terminal_kit.receipts.paper import Paper, Row
    from terminal_kit.receipts.purchase import Item
    from terminal_kit.session import Session
    from wallet_api.contract.statement import Receipt

SIMULATED = "printer.bin"


class Printer:
    """The printer of one till, as its settings say now."""

    def __init__(self, session: Session) -> None:
        self._chosen = session.chosen
        settings = load_till_settings(session.chosen.profile)
        self.width = settings.width
        self.is_simulated = settings.printer is None
        roll = folders().state / session.chosen.program / session.chosen.profile / SIMULATED
        self.path = Path(settings.printer) if settings.printer is not None else roll

    def receipt(self, receipt: Receipt, items: Sequence[Item] = ()) -> bool:
        """Print a receipt, and say whether it is a second one. Raises PrinterUnavailable."""
        return hand_out(self._chosen, receipt, self._output(), quiet=True, items=items)

    def paper(self, paper: Paper, title: str) -> None:
        """Print any other paper. Raises PrinterUnavailable."""
        put_paper(paper, title, self._output(), quiet=True)

    def roll(self) -> list[Row]:
        """Give what a simulated printer printed last."""
        return unrolled(self.path.read_bytes()) if self.is_simulated else []

    def _output(self) -> Output:
        if self.is_simulated:
            private_folder(self.path.parent)
            self.path.unlink(missing_ok=True)  # It shows the last paper only.
            self.path.touch(mode=0o600)
        return Output(self.width, None, str(self.path))

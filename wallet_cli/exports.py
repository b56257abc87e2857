"""Files of what moved: an export of the history, a month's statement."""

from __future__ import annotations

import threading
from typing import TYPE_CHECKING

from wallet_cli.statement import ALL

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from wallet_api.contract.statement import Movement, Statement
    from wallet_cli.statement import Statements, Wanted

#: The forms of an export; a file's ending names its form.
FORMS = ("csv", "json")
EXPORT_SUFFIXES = tuple(f".{form}" for form in FORMS)
STATEMENT_SUFFIXES = (".pdf", ".txt")
#: How often it is told how far it has come, in movements.
STEP = 100


def silent(_count: int) -> None:
    """Tell nobody."""


class Export:
    """Collects all movements that are wanted; it may be stopped from another thread."""

    def __init__(self, statements: Statements, wanted: Wanted = ALL) -> None:
        self._statements = statements
        self._wanted = wanted
        self._stopped = threading.Event()

    def stop(self) -> None:
        """Have it collect no more."""
        self._stopped.set()

    def collect(self, tell: Callable[[int], None] = silent) -> list[Movement] | None:
        """Give them, newest first, or None once stopped; ``tell`` hears how many there are so far.

        Raises WalletError.
        """
        movements: list[Movement] = []
        for movement in self._statements.movements(self._wanted):
            if self._stopped.is_set():
                return None
            movements.append(movement)
            if len(movements) % STEP == 0:
                tell(len(movements))
        return movements


def history_content(movements: Sequence[Movement], form: str) -> bytes:
    """Give the content of a file in one of FORMS."""
    if form == "json":
        import msgspec

        return msgspec.json.encode({"items": movements, "next": None}) + b"\n"
    from terminal_kit.receipts.csv_text import csv_text

    return csv_text(movements).encode()


def statement_content(statement: Statement, lines: Sequence[Movement], suffix: str) -> bytes:
    """Give the content of a month's file with one of STATEMENT_SUFFIXES."""
    if suffix == ".pdf":
        from terminal_kit.receipts.statement_pdf import statement_pdf

        return statement_pdf(statement, lines)
    from terminal_kit.receipts.statement import statement_lines

    return "".join(f"{line}\n" for line in statement_lines(statement, lines)).encode()

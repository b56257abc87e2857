"""What moved: history, exports, monthly statements, receipts."""

from __future__ import annotations

import re
from pathlib import Path
from typing import TYPE_CHECKING

from terminal_kit.console import plain, write_json, write_lines
from terminal_kit.language import _
from terminal_kit.program import session_of
from wallet_api.contract.errors import Usage
from wallet_cli.asked import Asked
from wallet_cli.exports import (
    FORMS,
    STATEMENT_SUFFIXES,
    Export,
    history_content,
    statement_content,
)
from wallet_cli.statement import Statements
from wallet_cli.views import movement_line

if TYPE_CHECKING:
    import typer

_MONTH = re.compile(r"20[0-9]{2}-(0[1-9]|1[0-2])")


def list_history(
    context: typer.Context, asked: Asked, limit: int, cursor: str | None, *, json: bool
) -> None:
    """Show a page of what moved."""
    with session_of(context) as session:
        wanted = asked.wanted(session.profile.currency)
        page = Statements(session).page(wanted, limit, cursor)
    if json:
        write_json({"items": [plain(item) for item in page.items], "next": page.next})
        return
    lines = [movement_line(item) for item in page.items] or [_nothing(asked)]
    if page.next is not None:
        lines.append(_("There is more: add --cursor {cursor}").format(cursor=page.next))
    write_lines(lines)


def _nothing(asked: Asked) -> str:
    if asked == Asked():
        return _("Nothing has moved yet. Bring money with: wallet top-up 500")
    return _("Nothing like that has moved.")


def export_history(
    context: typer.Context, asked: Asked, form: str, save: str, *, json: bool
) -> None:
    """Write everything that moved to a file or to stdout."""
    from terminal_kit.receipts.output import require_writable, say_saved, write_file

    if form not in FORMS:
        raise Usage(reason=_("--format is csv or json."))
    if save == "-" and json and form == "csv":
        raise Usage(reason=_("CSV is no JSON: give --save FILE too, or --format json."))
    if save != "-":
        require_writable(save, (f".{form}",))
    with session_of(context) as session:
        wanted = asked.wanted(session.profile.currency)
        movements = Export(Statements(session), wanted).collect()
    assert movements is not None, "nobody stopped it"
    content = history_content(movements, form)
    if save == "-":
        _write_stdout(content)
        return
    write_file(save, content)
    say_saved(save)
    if json:
        write_json({"saved": save, "count": len(movements), "format": form})


def _write_stdout(content: bytes) -> None:
    """Write bytes as they are: CSV ends its lines by itself."""
    import sys

    sys.stdout.buffer.write(content)
    sys.stdout.flush()


def show_statement(context: typer.Context, month: str, save: str | None, *, json: bool) -> None:
    """Show or save a month's statement."""
    from terminal_kit.receipts.output import require_writable, say_saved, write_file
    from terminal_kit.receipts.statement import statement_lines

    if not _MONTH.fullmatch(month):
        raise Usage(reason=_("--month is written as 2026-01."))
    if save is not None:
        require_writable(save, STATEMENT_SUFFIXES)
    with session_of(context) as session:
        statement, lines = Statements(session).month(month)
    if save is None and not json:
        write_lines(statement_lines(statement, lines))
    elif save is not None:
        write_file(save, statement_content(statement, lines, Path(save).suffix.lower()))
        say_saved(save)
    if json:
        moved = [plain(line) for line in lines]
        write_json({**plain(statement), "lines": moved, "saved": save})


def show_receipt(
    context: typer.Context,
    text: str,
    width: int,
    save: str | None,
    printer: str | None,
    *,
    json: bool,
) -> None:
    """Show, save or print a payment's receipt."""
    from terminal_kit.receipts.output import Output, put_receipt

    output = Output(width, save, printer)
    output.check()
    with session_of(context) as session:
        receipt = Statements(session).receipt(text)
    put_receipt(session.chosen, receipt, output, json=json)

"""What moved: history, exports, monthly statements, receipts."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from payment_codes.amount import parse_amount
from terminal_kit.console import plain, write_json, write_lines
from terminal_kit.language import _
from terminal_kit.program import session_of
from wallet_api.contract.errors import Usage
from wallet_api.contract.statement import KINDS
from wallet_cli.statement import Statements, Wanted
from wallet_cli.views import movement_line

if TYPE_CHECKING:
    import typer

    from wallet_api.contract.statement import Movement

_MONTH = re.compile(r"20[0-9]{2}-(0[1-9]|1[0-2])")
STATEMENT_SUFFIXES = (".pdf", ".txt")


@dataclass(frozen=True, slots=True)
class Asked:
    """What the person typed to choose movements."""

    since: str | None = None
    until: str | None = None
    kind: str | None = None
    direction: str | None = None
    search: str | None = None
    least: str | None = None
    most: str | None = None

    def wanted(self, currency: str) -> Wanted:
        """Read it. Raises Usage, AmountInvalid."""
        if self.direction not in {None, "in", "out"}:
            raise Usage(reason=_("--direction is in or out."))
        if self.kind is not None and self.kind not in KINDS:
            raise Usage(reason=_("--kind is one of {kinds}.").format(kinds=", ".join(KINDS)))
        return Wanted(
            since=_moment(self.since),
            until=_moment(self.until),
            kind=self.kind,
            direction=self.direction,
            least=None if self.least is None else parse_amount(self.least, currency),
            most=None if self.most is None else parse_amount(self.most, currency),
            text=self.search,
        )


def _moment(text: str | None) -> str | None:
    """Check a day or a moment. Raises Usage."""
    from datetime import datetime

    if text is not None:
        try:
            datetime.fromisoformat(text)
        except ValueError:
            reason = _("{text} is no day, such as 2026-01-31.").format(text=text)
            raise Usage(reason=reason) from None
    return text


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
    from terminal_kit.receipts.output import require_writable, write_file

    if form not in {"csv", "json"}:
        raise Usage(reason=_("--format is csv or json."))
    if save == "-" and json and form == "csv":
        raise Usage(reason=_("CSV is no JSON: give --save FILE too, or --format json."))
    if save != "-":
        require_writable(save, (f".{form}",))
    with session_of(context) as session:
        movements = list(Statements(session).movements(asked.wanted(session.profile.currency)))
    content = _csv(movements) if form == "csv" else _json(movements)
    if save == "-":
        _write_stdout(content)
        return
    write_file(save, content)
    if json:
        write_json({"saved": save, "count": len(movements), "format": form})


def _csv(movements: list[Movement]) -> bytes:
    from terminal_kit.receipts.csv_text import csv_text

    return csv_text(movements).encode()


def _json(movements: list[Movement]) -> bytes:
    import msgspec

    return msgspec.json.encode({"items": movements, "next": None}) + b"\n"


def _write_stdout(content: bytes) -> None:
    """Write bytes as they are: CSV ends its lines by itself."""
    import sys

    sys.stdout.buffer.write(content)
    sys.stdout.flush()


def show_statement(context: typer.Context, month: str, save: str | None, *, json: bool) -> None:
    """Show or save a month's statement."""
    from terminal_kit.receipts.output import require_writable, write_file
    from terminal_kit.receipts.statement import statement_lines

    if not _MONTH.fullmatch(month):
        raise Usage(reason=_("--month is written as 2026-01."))
    if save is not None:
        require_writable(save, STATEMENT_SUFFIXES)
    with session_of(context) as session:
        statement, lines = Statements(session).month(month)
    if save is None and not json:
        write_lines(statement_lines(statement, lines))
    elif save is not None and save.lower().endswith(".pdf"):
        from terminal_kit.receipts.statement_pdf import statement_pdf

        write_file(save, statement_pdf(statement, lines))
    elif save is not None:
        text = "".join(f"{line}\n" for line in statement_lines(statement, lines))
        write_file(save, text.encode())
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

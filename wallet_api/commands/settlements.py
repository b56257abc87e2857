"""``wallet-api check-settlement``: a settlement file against the ledger."""

from __future__ import annotations

from pathlib import Path

from payment_codes.amount import Amount, amount_text
from terminal_kit.console import plain, style, table, write_json, write_lines
from terminal_kit.language import _
from terminal_kit.words import system_reason
from wallet_api.banking.settlement_check import FileBrokenError, agrees, check_file
from wallet_api.commands.books import books
from wallet_api.contract.errors import FileBroken, Usage


def check_settlement_file(
    database: str | None, key_file: str | None, name: str, *, json: bool
) -> None:
    """Check a file by itself and against the books. Raises FileBroken, Usage."""
    try:
        content = Path(name).read_bytes()
    except OSError as error:
        reason = _("The file {name} cannot be read: {reason}.")
        raise Usage(reason=reason.format(name=name, reason=system_reason(error))) from None
    try:
        checked = check_file(content)
    except FileBrokenError as broken:
        raise FileBroken(reason=str(broken)) from None
    with books(database, key_file) as (transaction, _keys):
        if not agrees(transaction, content, checked.settlement):
            raise FileBroken(reason="the ledger has another one")
    if json:
        write_json({"ok": True, **plain(checked)})
        return
    rows = [
        (_("Opening"), amount_text(Amount(checked.opening, checked.currency))),
        (_("Paid out"), amount_text(Amount(checked.payout, checked.currency))),
        (_("Closing"), amount_text(Amount(checked.closing, checked.currency))),
        (_("Lines"), str(checked.lines)),
        (_("Settlement"), checked.settlement),
    ]
    head = style(_("✓ The file is the ledger's, to the cent."), "green")
    write_lines([head, *table(rows)])

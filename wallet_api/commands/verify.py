"""``wallet-api verify``: the proof of the books, for a person or a script."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

import msgspec
import typer

from payment_codes.amount import Amount, amount_text
from terminal_kit.console import plain, style, write_json, write_lines
from terminal_kit.language import _
from terminal_kit.words import system_reason
from wallet_api.commands.books import books
from wallet_api.contract.error_base import Exit
from wallet_api.contract.errors import SignatureInvalid, Usage
from wallet_api.ledger.heads import SignedHead, check_head, sign_head
from wallet_api.service.proof import prove

if TYPE_CHECKING:
    from wallet_api.identity.keys import Keys
    from wallet_api.ledger.journal import Head
    from wallet_api.ledger.verify import Report


class _Saved(msgspec.Struct):
    """An earlier answer of this command, of which the head counts."""

    head: SignedHead


def verify_books(url: str | None, key_file: str | None, head: str | None, *, json: bool) -> None:
    """Prove the books and exit with 1 if anything is off. Raises Usage."""
    with books(url, key_file) as (transaction, keys):
        anchor = None if head is None else _anchor(head, keys)
        report = prove(transaction, anchor)
    if json:
        write_json(_as_json(report, keys))
    else:
        write_lines(_as_lines(report, anchor))
    if not report.ok:
        raise typer.Exit(Exit.REFUSED)


def _anchor(name: str, keys: Keys) -> Head:
    try:
        saved = msgspec.json.decode(Path(name).read_bytes(), type=_Saved)
        return check_head(saved.head, keys.signing_public)
    except OSError as error:
        reason = _("The head {name} cannot be read: {reason}.")
        raise Usage(reason=reason.format(name=name, reason=system_reason(error))) from None
    except (msgspec.DecodeError, ValueError):
        reason = _("{name} is no answer of verify --json.")
        raise Usage(reason=reason.format(name=name)) from None
    except SignatureInvalid:
        reason = _("The head in {name} was not signed with this key.")
        raise Usage(reason=reason.format(name=name)) from None


def _as_json(report: Report, keys: Keys) -> dict[str, Any]:
    return {
        "ok": report.ok,
        "journal": report.entries,
        "chain": "intact" if report.intact else "broken",
        "currencies": report.totals(),
        "findings": report.findings,
        "head": plain(sign_head(report.head, keys.signing)),
    }


def _as_lines(report: Report, anchor: Head | None) -> list[str]:
    said = _("{count} journal entries, the hash chain is intact.")
    if not report.intact:
        said = _("{count} journal entries, the hash chain is BROKEN.")
    lines = [said.format(count=report.entries)]
    if anchor is not None and report.ok:
        kept = _("Nothing up to entry {number} was cut or rewritten.")
        lines.append(kept.format(number=anchor.number))
    for currency, classes in sorted(report.totals().items()):
        lines.extend(
            f"  {name:<18} {amount_text(Amount(abs(total), currency)):>20} {_side(total)}"
            for name, total in sorted(classes.items())
        )
    lines += ["  " + _("off: {finding}").format(finding=one) for one in report.findings]
    if report.ok:
        return [*lines, style(_("✓ The books are right to the cent."), "green")]
    return [*lines, style(_("✗ The books are wrong."), "red")]


def _side(total: int) -> str:
    return _("debit") if total > 0 else _("credit")

"""``wallet-api verify``: the proof of the books, for a person or a script."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

import msgspec
import typer

from payment_codes.amount import Amount, amount_text
from terminal_kit.console import plain, style, write_json, write_lines
from wallet_api.commands.places import database_path, load_keys
from wallet_api.contract.error_base import Exit
from wallet_api.contract.errors import SignatureInvalid, Usage
from wallet_api.identity.keys import recognised
from wallet_api.ledger.heads import SignedHead, check_head, sign_head
from wallet_api.service.proof import prove
from wallet_api.store.database import WrongKeyError
from wallet_api.store.sqlite import SqliteDatabase

if TYPE_CHECKING:
    from wallet_api.identity.keys import Keys
    from wallet_api.ledger.journal import Head
    from wallet_api.ledger.verify import Report


class _Saved(msgspec.Struct):
    """An earlier answer of this command, of which the head counts."""

    head: SignedHead


def verify_books(url: str | None, key_file: str | None, head: str | None, *, json: bool) -> None:
    """Prove the books and exit with 1 if anything is off. Raises Usage."""
    path = database_path(url)
    if not path.exists():
        raise Usage(reason=f"There is no database at {path}.")
    keys = load_keys(path, key_file)
    anchor = None if head is None else _anchor(head, keys)
    report = _verify(path, keys, anchor)
    if json:
        write_json(_as_json(report, keys))
    else:
        write_lines(_as_lines(report, anchor))
    if not report.ok:
        raise typer.Exit(Exit.REFUSED)


def _verify(path: Path, keys: Keys, anchor: Head | None) -> Report:
    foreign = Usage(reason=f"The key file does not belong to {path}.")
    try:
        session = SqliteDatabase(path, keys.database).reader()
    except WrongKeyError:
        raise foreign from None
    transaction = session.begin()
    if not recognised(transaction, keys):
        raise foreign
    report = prove(transaction, anchor)
    session.close()
    return report


def _anchor(name: str, keys: Keys) -> Head:
    try:
        saved = msgspec.json.decode(Path(name).read_bytes(), type=_Saved)
        return check_head(saved.head, keys.signing_public)
    except OSError as error:
        raise Usage(reason=f"The head {name} cannot be read: {error.strerror}.") from None
    except (msgspec.DecodeError, ValueError):
        raise Usage(reason=f"{name} is no answer of verify --json.") from None
    except SignatureInvalid:
        raise Usage(reason=f"The head in {name} was not signed with this key.") from None


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
    lines = [f"{report.entries} journal entries, the hash chain is intact."]
    if not report.intact:
        lines = [f"{report.entries} journal entries, the hash chain is BROKEN."]
    if anchor is not None and report.ok:
        lines.append(f"Nothing up to entry {anchor.number} was cut or rewritten.")
    for currency, classes in sorted(report.totals().items()):
        lines.extend(
            f"  {name:<18} {amount_text(Amount(abs(total), currency)):>20} {_side(total)}"
            for name, total in sorted(classes.items())
        )
    lines += [f"  off: {finding}" for finding in report.findings]
    if report.ok:
        return [*lines, style("✓ The books are right to the cent.", "green")]
    return [*lines, style("✗ The books are wrong.", "red")]


def _side(total: int) -> str:
    return "debit" if total > 0 else "credit"

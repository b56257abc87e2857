"""Who may act for the merchant: its tills, and whether it takes payments."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pos.security import Security
from terminal_kit.console import fitted, local_time, plain, style, table, write_json, write_lines
from terminal_kit.diagnostics import say
from terminal_kit.language import _
from terminal_kit.program import session_of
from terminal_kit.prompts import confirm
from terminal_kit.words import word
from wallet_api.contract.ids import short_code

if TYPE_CHECKING:
    import typer

    from wallet_api.contract.administration import TillCard

STORE_CELLS = 24


def list_tills(context: typer.Context, *, json: bool) -> None:
    """Show the merchant's tills."""
    with session_of(context) as session:
        page = Security(session).tills()
    if json:
        write_json({"items": [plain(item) for item in page.items], "next": page.next})
    else:
        write_lines(_till_line(item) for item in page.items)


def _till_line(till: TillCard) -> str:
    state = style(_("active"), "green") if till.state == "active" else style(_("shut out"), "dim")
    this = _(" (this one)") if till.this else ""
    store = style(fitted(till.store, STORE_CELLS), "bold")
    return f"{short_code(till.id)}  {store}  {local_time(till.added_at)[:16]}  {state}{this}"


def invite_till(context: typer.Context, *, json: bool) -> None:
    """Make an invitation and show its code, this once."""
    with session_of(context) as session:
        code, card = Security(session).invite()
    if json:
        write_json({**plain(card), "invite": code})
        return
    rows = [(_("For"), word(card.role)), (_("Until"), local_time(card.expires_at)[11:])]
    said = _("On the other till: pos open --invite {code}").format(code=code)
    write_lines([style(code, "bold"), *table(rows), said])


def revoke_till(context: typer.Context, text: str, *, yes: bool, json: bool) -> None:
    """Shut a till out, after asking."""
    with session_of(context) as session:
        security = Security(session)
        till = security.find(text)
        say(_("{name}, {id}").format(name=till.store, id=short_code(till.id)))
        confirm(_("Shut this till out?"), yes=yes or till.this)
        till = security.revoke(till.id, itself=yes)
    if json:
        write_json(plain(till))
    else:
        write_lines([style(_("✓ The till is shut out."), "bold", "green")])


def freeze_merchant(context: typer.Context, *, frozen: bool, json: bool) -> None:
    """Stop taking payments, or take them again."""
    with session_of(context) as session:
        security = Security(session)
        state = security.freeze() if frozen else security.unfreeze()
    if json:
        write_json(plain(state))
    elif "bank" in state.frozen_by:
        write_lines([style(_("✗ The bank has frozen this merchant; ask there."), "bold", "red")])
    elif state.frozen_by:
        said = _("✓ No more payments are taken until `pos unfreeze`.")
        write_lines([style(said, "bold", "cyan")])
    else:
        write_lines([style(_("✓ Payments are taken again."), "bold", "green")])

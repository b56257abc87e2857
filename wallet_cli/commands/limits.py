"""The work behind `wallet limits` and `wallet raise-tier`."""

from __future__ import annotations

from typing import TYPE_CHECKING

from payment_codes.amount import decimal_text
from terminal_kit.console import local_time, plain, style, table, write_json, write_lines
from terminal_kit.language import _
from terminal_kit.program import session_of
from terminal_kit.prompts import ask_hidden, ask_line, can_ask, read_text
from terminal_kit.receipts.paper import wrapped
from wallet_api.contract.errors import Usage
from wallet_api.contract.limits import EVIDENCE, RaiseTier, Tier
from wallet_api.contract.text import cells
from wallet_cli.limits import Limits

if TYPE_CHECKING:
    from collections.abc import Mapping

    import typer

    from wallet_api.contract.limits import Cap, LimitsCard

COLUMNS, FIRST_CELLS, COLUMN_CELLS = 80, 18, 14
UNLIMITED = "–"


def show_limits(context: typer.Context, *, json: bool) -> None:
    """Show the limits of the wallet."""
    with session_of(context) as session:
        card = Limits(session).card()
    if json:
        write_json(plain(card))
    else:
        write_lines(_lines(card))


def _lines(card: LimitsCard) -> list[str]:
    currency = card.pin_free_limit.currency
    head = (_("Limit"), _("Used"), _("Left"), _("Renews"))
    lines = [
        style(_("Tier {tier}, in {currency}").format(tier=card.tier, currency=currency), "bold"),
        style(_row("", *head), "dim"),
        _cap(_("At once"), card.single),
        _cap(_("A day"), card.day),
        _cap(_("A year"), card.year),
        _cap(_("Static codes a day"), card.static_code),
        _cap(_("To hold"), card.balance),
    ]
    free = _("Without the PIN: {left} more payments until {renews}, each up to {limit}.")
    said = [
        free.format(
            left=card.pin_free_left,
            renews=local_time(card.pin_free_renews_at)[:16],
            limit=decimal_text(card.pin_free_limit),
        )
    ]
    if card.next_tier is not None:
        more = _("For more: wallet raise-tier {tier}, with {needs}.")
        needs = _(", ").join(_words()[field] for field in card.needs)
        said.append(more.format(tier=card.next_tier, needs=needs))
    lines += [line for sentence in said for line in wrapped(sentence, COLUMNS, cells)]
    if card.held_by is not None:
        held = _("The risk rule {rule} holds this wallet. Ask the bank to release it.")
        lines.append(style(held.format(rule=card.held_by), "red"))
    return lines


def _cap(name: str, cap: Cap) -> str:
    return _row(
        name,
        UNLIMITED if cap.limit is None else decimal_text(cap.limit),
        decimal_text(cap.used) if cap.used.minor else "",
        UNLIMITED if cap.left is None else decimal_text(cap.left),
        local_time(cap.renews_at)[:16] if cap.renews_at is not None else "",
    )


def _row(name: str, limit: str, used: str, left: str, renews: str) -> str:
    """Lay out one line of at most 80 columns, by terminal cells."""
    parts = [name + " " * (FIRST_CELLS - cells(name))]
    parts += [" " * (COLUMN_CELLS - cells(text)) + text for text in (limit, used, left)]
    return "".join([*parts, "  ", renews]).rstrip()


def raise_to(
    context: typer.Context,
    tier: str,
    name: str | None,
    files: Mapping[str, str | None],
    *,
    json: bool,
) -> None:
    """Raise the tier with evidence from options, files and answers. Raises Usage."""
    wish = _wish(tier, name, files)
    with session_of(context) as session:
        card = Limits(session).raise_tier(wish)
    if json:
        write_json(plain(card))
        return
    done = _("✓ The wallet is in tier {tier} now.").format(tier=card.tier)
    write_lines([style(done, "bold", "green"), *table([(_("Simulated"), card.simulated or "")])])


def _wish(text: str, name: str | None, files: Mapping[str, str | None]) -> RaiseTier:
    if text not in EVIDENCE:
        raise Usage(reason=_("A tier to raise to is III, II or I."))
    tier = Tier(text)
    if list(files.values()).count("-") > 1:
        raise Usage(reason=_("Only one thing can be read from stdin."))
    given = {"name": name} | {field: _read(field, file) for field, file in files.items()}
    needed = {field: given[field] or _ask(field) for field in EVIDENCE[tier]}
    missing = _(", ").join(_words()[field] for field, value in needed.items() if not value)
    if missing:
        reason = _("Tier {tier} needs {needs}. Nothing was sent.")
        raise Usage(reason=reason.format(tier=tier, needs=missing))
    return RaiseTier(tier=tier, **needed)


def _read(field: str, file: str | None) -> str | None:
    """Read a number from a file; spaces between its digits are left out."""
    return None if file is None else _number(read_text(file, _words()[field]).splitlines()[0])


def _ask(field: str) -> str | None:
    """Ask for what was not given; None where nobody can be asked."""
    if not can_ask():
        return None
    question = _("{what}: ").format(what=_words()[field])
    return ask_line(question) if field == "name" else _number(ask_hidden(question))


def _number(text: str) -> str:
    return "".join(text.split()).upper()


def _words() -> dict[str, str]:
    """Name each kind of evidence."""
    return {
        "name": _("your name"),
        "identity_number": _("your identity number"),
        "bank_card": _("your bank card's number"),
        "branch_document": _("a branch's document"),
    }

"""How it looks to a person what became of earlier commands' requests."""

from __future__ import annotations

from typing import TYPE_CHECKING

import typer

from payment_codes.amount import Amount, amount_text
from terminal_kit.console import plain, write_json, write_lines
from terminal_kit.language import _
from terminal_kit.resuming import NEVER, REPEAT, UNKNOWN
from terminal_kit.words import word
from wallet_api.contract.error_base import Exit
from wallet_api.contract.ids import short_code

if TYPE_CHECKING:
    from collections.abc import Sequence

    from terminal_kit.resuming import Outcome


def outcome_line(outcome: Outcome, command: str) -> str:
    """Say what became of one request; ``command`` is the one that goes on with it."""
    what = word(outcome.kind)
    if outcome.amount is not None:
        what += f" {amount_text(Amount(**outcome.amount))}"
    return _sentence(outcome).format(
        what=what, id=short_code(outcome.id), state=word(outcome.state), command=command
    )


def _sentence(outcome: Outcome) -> str:
    if outcome.state == UNKNOWN:
        return _("Earlier {what} ({id}): outcome still unknown; `{command}` goes on asking.")
    if outcome.state == REPEAT:
        return _("Earlier {what} ({id}): repeat the command to learn its outcome.")
    if outcome.state == NEVER:
        return _("Earlier {what} ({id}): it never arrived, so nothing happened.")
    return _("Earlier {what} ({id}): {state}.")


def write_outcomes(outcomes: Sequence[Outcome], command: str, *, json: bool) -> None:
    """Write what became of everything, and exit with 5 when something is still unknown."""
    if json:
        write_json({"items": [plain(outcome) for outcome in outcomes], "next": None})
    elif outcomes:
        write_lines(outcome_line(outcome, command) for outcome in outcomes)
    else:
        write_lines([_("Nothing is left without an outcome.")])
    if not all(outcome.known for outcome in outcomes):
        raise typer.Exit(Exit.UNKNOWN)
